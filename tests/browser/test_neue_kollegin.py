"""A new colleague: invited, signed in with a second factor, and the contact she edits is public."""

import re

import pytest
from django.core.cache import cache

from netzwerkstellen.models import Ansprechperson
from schulerfolg.konten.models import Mail
from tests.browser.haende import WAYS, Haende
from tests.factories import code_der_app

PASSWORT = "Regen auf dem Brocken 7"


@pytest.fixture
def buero(transactional_db, cast):
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Vera Kern", telefon="03941 1000", oeffentlich=True)
    return cast


@pytest.mark.parametrize("way", WAYS)
def test_a_new_colleague_edits_a_contact_that_everybody_sees(buero, besuch, way):
    js = way != "ohne_js"
    leitung = Haende(besuch(buero.leitung, js=js), way).beginn()
    leitung.menue("Verwaltung")
    leitung.drueck("Team")
    leitung.drueck("Ins Team einladen")
    leitung.schreib("Vorname", "Jana")
    leitung.schreib("Nachname", "Neumann")
    leitung.schreib("E-Mail-Adresse", "jana.neumann@stelle.example")
    leitung.waehl("Rolle", "Sachbearbeitung")
    leitung.drueck("Einladung senden")
    leitung.lies("jana.neumann@stelle.example")

    neu = Haende(besuch(js=js), way)
    [brief] = Mail.objects.filter(an="jana.neumann@stelle.example")
    neu.aus_der_mail(brief)
    neu.schreib("Passwort", PASSWORT)
    neu.schreib("Passwort noch einmal", PASSWORT)
    neu.drueck("Konto anlegen und Einladung annehmen")
    neu.lies("Zweiter Faktor")
    neu.drueck("App einrichten")
    geheimnis = re.sub(r"\s", "", neu.page.locator("code.konto-schluessel").inner_text())
    neu.schreib("Code", code_der_app(geheimnis))
    neu.drueck("App einrichten")
    neu.lies("Notfallcodes")
    neu.page.context.clear_cookies()

    cache.clear()  # the same code again within its half minute: only this test may
    neu.beginn("/konto/anmelden/")
    neu.schreib("E-Mail", "jana.neumann@stelle.example")
    neu.schreib("Passwort", PASSWORT)
    neu.drueck("Anmelden")
    neu.schreib("Code", code_der_app(geheimnis))
    neu.drueck("Anmelden")
    neu.lies("Ihre nächsten Schritte")

    neu.menue("Verwaltung")
    neu.drueck("Ansprechpersonen")
    neu.drueck(re.compile("Vera Kern.*bearbeiten|bearbeiten.*Vera Kern", re.I))
    neu.schreib("Telefon", "03941 2222")
    neu.drueck("Ansprechperson speichern")

    jemand = Haende(besuch(js=js), way).beginn("/")
    jemand.drueck(buero.harz.region)
    jemand.lies("03941 2222")


def test_back_to_a_refused_form_leads_to_the_form_again(buero, besuch):
    """Its answer is never stored, so Back would find nothing there (docs/sicherheit.md)."""
    leitung = Haende(besuch(buero.leitung), "maus").beginn()
    leitung.menue("Verwaltung")
    leitung.drueck("Team")
    leitung.drueck("Ins Team einladen")
    leitung.drueck("Einladung senden")
    leitung.lies("Bitte prüfen Sie Ihre Eingaben")
    leitung.menue("Übersicht")
    leitung.page.go_back()
    leitung.lies("Einladung senden")
