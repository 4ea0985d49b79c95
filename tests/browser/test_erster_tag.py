"""The first day of a new installation: from the first account of the coordination office to the first letter.

No demo world and no factory: what is here came with `migrate`, `stammdaten` and `koordination_anlegen`; everything else
is done on pages. The case itself is told in `test_ganze_kette.py`.
"""

import re
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from schulerfolg.konten.models import Mail
from tests.browser.haende import Haende
from tests.browser.test_ganze_kette import (
    BEGINN,
    HEUTE,
    einladen,
    einreichen,
    entscheiden,
    pruefen,
    schreiben,
    tagen,
    zum_antrag,
)
from tests.factories import code_der_app

PASSWORT = "Regen auf dem Brocken 7"
SCHULE = "Sekundarschule am Gröpertor"
GREMIUM = SimpleNamespace(name="Beirat Schulerfolg")


@pytest.fixture
def neu(transactional_db):
    """A new installation, as docs/betrieb.md says."""
    call_command("stammdaten", verbosity=0)
    call_command("koordination_anlegen", "karla@koordination.example", "Karla", "Koordination")


def test_from_an_empty_portal_to_the_first_letter(neu, besuch):
    def hand():
        return Haende(besuch(), "maus")

    koordination = hand()
    erstes_passwort(koordination, "karla@koordination.example")
    leitung = hand()
    leitung_einladen(koordination)
    konto_annehmen(leitung, "lena@stelle.example", faktor=True)
    einrichten(leitung)
    lehrkraft = registrieren(hand())
    leute = {name: hand() for name in ("sach", "frei", "kopf", "vera", "mia")}
    for name, faktor in (("sach", True), ("frei", True), ("kopf", False), ("vera", True), ("mia", False)):
        konto_annehmen(leute[name], f"{name}@neu.example", faktor=faktor)
    freigeben(leute["kopf"])
    lehrkraft.beginn()

    schreiben(lehrkraft, leute["sach"])
    einreichen(leute["kopf"].beginn())
    call_command("arbeiten", verbosity=0)
    pruefen(leute["sach"], leitung)
    einladen(leute["sach"], GREMIUM)
    call_command("arbeiten", verbosity=0)
    tagen(leute["vera"].beginn(), leute["mia"].beginn())
    entscheiden(leute["frei"].beginn())
    call_command("arbeiten", verbosity=0)

    zum_antrag(lehrkraft)
    lehrkraft.lies("Bewilligt")
    brief = Mail.objects.get(an="tom@schule.example", betreff__contains="zu Ihrem Antrag")
    assert bytes(brief.anlagen.first().inhalt).startswith(b"%PDF-")
    leitung.menue("Übersicht")
    assert "Ihre Netzwerkstelle einrichten" not in leitung.page.inner_text("main")


def mail_an(adresse):
    return Mail.objects.filter(an=adresse).latest("pk")


def erstes_passwort(hand, adresse):
    """The first account has no password: its owner asks for one as everybody does who forgot theirs."""
    hand.beginn("/konto/anmelden/")
    hand.drueck("Passwort vergessen")
    hand.schreib("E-Mail", adresse)
    hand.drueck("Link zuschicken")
    hand.aus_der_mail(mail_an(adresse))
    hand.schreib("Neues Passwort", PASSWORT)
    hand.schreib("Neues Passwort wiederholen", PASSWORT)
    hand.drueck("Passwort festlegen")
    hand.beginn("/konto/anmelden/")
    hand.schreib("E-Mail", adresse)
    hand.schreib("Passwort", PASSWORT)
    hand.drueck("Anmelden")
    faktor_einrichten(hand)


def konto_annehmen(hand, adresse, *, faktor):
    """From the mail with the invitation to one's own first page."""
    hand.aus_der_mail(mail_an(adresse))
    hand.schreib("Passwort", PASSWORT)
    hand.schreib("Passwort noch einmal", PASSWORT)
    hand.drueck("Konto anlegen und Einladung annehmen")
    if faktor:
        faktor_einrichten(hand)
        hand.menue("Übersicht")
    hand.lies("Ihre nächsten Schritte")


def faktor_einrichten(hand):
    hand.lies("Zweiter Faktor")
    hand.drueck("App einrichten")
    hand.schreib("Code", code_der_app(re.sub(r"\s", "", hand.page.locator("code.konto-schluessel").inner_text())))
    hand.drueck("App einrichten")
    hand.lies("Notfallcodes")


def leitung_einladen(koordination):
    koordination.menue("Übersicht")
    koordination.drueck("14 Stellen können noch nichts bewilligen")
    koordination.drueck("Harz")
    koordination.drueck("Ins Team einladen")
    ins_team(koordination, "Lena", "Leitung", "lena@stelle.example", "Leitung der Netzwerkstelle")


def ins_team(hand, vorname, nachname, adresse, rolle, zeichnet=False):
    hand.drueck("Ins Team einladen")
    wer(hand, vorname, nachname, adresse)
    hand.waehl("Rolle", rolle)
    if zeichnet:
        hand.kreuz("zeichnungsbefugt")
    hand.drueck("Einladung senden")
    hand.lies(adresse)


def wer(hand, vorname, nachname, adresse):
    hand.schreib("Vorname", vorname)
    hand.schreib("Nachname", nachname)
    hand.schreib("E-Mail-Adresse", adresse)


def einrichten(leitung):
    """Step by step, as „Erste Schritte“ leads; back there by the card of the overview."""
    for schritt in (angaben, team, schulen, regel, budget, gremium):
        leitung.menue("Übersicht")
        leitung.drueck("Schritte")
        schritt(leitung)


def angaben(leitung):
    leitung.drueck("Angaben ergänzen")
    leitung.schreib("Telefon", "03941 5970")
    leitung.drueck("Angaben speichern")


def team(leitung):
    leitung.drueck("Ins Team einladen")
    ins_team(leitung, "Sascha", "Sachlich", "sach@neu.example", "Sachbearbeitung")
    ins_team(leitung, "Friede", "Frei", "frei@neu.example", "Freigabe beim Träger", zeichnet=True)


def schulen(leitung):
    leitung.drueck("Schule eintragen")
    leitung.drueck("Schule eintragen")
    leitung.schreib("Name", SCHULE)
    leitung.schreib("Schulnummer", "0815")
    leitung.waehl("Schulform", "Sekundarschule")
    leitung.schreib("Straße", "Gröpertor 1")
    leitung.schreib("Postleitzahl", "38820")
    leitung.schreib("Ort", "Halberstadt")
    leitung.drueck("Schule speichern")
    leitung.drueck("einladen")
    wer(leitung, "Karl", "Kopf", "kopf@neu.example")
    leitung.waehl("Rolle", "Schulleitung")
    leitung.drueck("Einladung senden")


def regel(leitung):
    leitung.drueck("Förderregel festlegen")
    assert leitung.page.get_by_label("Höchstbetrag in Euro").input_value() == "3.000,00"
    leitung.drueck("Regel festlegen")
    leitung.lies("28 Tage")


def budget(leitung):
    leitung.drueck("Budget anlegen")
    for jahr in sorted({HEUTE.year, BEGINN.year}):
        if jahr != HEUTE.year:
            leitung.menue("Verwaltung")
            leitung.drueck("Budget")
            leitung.drueck("Budget anlegen")
        leitung.schreib("Jahr", str(jahr))
        leitung.schreib("Ansatz", "20.000")
        leitung.schreib("Woher", "Zuwendungsbescheid vom 12.01.")
        leitung.drueck("Budget anlegen")
        leitung.lies("20.000,00")


def gremium(leitung):
    leitung.drueck("Gremium anlegen")
    leitung.schreib("Name", GREMIUM.name)
    leitung.drueck("Gremium anlegen")
    sitze = (("Vera", "Vorsitz"), ("Steffi", "stellvertretender Vorsitz"), ("Mia", "Mitglied"))
    for vorname, rolle in sitze:
        leitung.drueck("Mitglied aufnehmen")
        wer(leitung, vorname, "Neumann", f"{vorname.lower()}@neu.example")
        leitung.waehl("Rolle", rolle)
        leitung.schreib("Zur Verschwiegenheit verpflichtet am", HEUTE.isoformat())
        leitung.drueck("Ins Gremium aufnehmen")
        leitung.lies(f"{vorname} Neumann")


def registrieren(lehrkraft):
    """A teacher nobody invited asks for access, from the page on which everybody signs in."""
    lehrkraft.beginn("/konto/anmelden/")
    lehrkraft.drueck("Zugang für Schulen beantragen")
    lehrkraft.schreib("Name, Ort oder Schulnummer", "Gröpertor")
    lehrkraft.drueck("Suchen")
    lehrkraft.drueck("Das ist meine Schule")
    wer(lehrkraft, "Tom", "Lehmann", "tom@schule.example")
    lehrkraft.waehl("Aufgabe an der Schule", "Lehrkraft")
    lehrkraft.schreib("Woher die Schule Sie kennt", "Klassenleitung 7b")
    lehrkraft.drueck("Link an diese Adresse senden")
    lehrkraft.aus_der_mail(mail_an("tom@schule.example"))
    lehrkraft.schreib("Passwort", PASSWORT)
    lehrkraft.schreib("Passwort noch einmal", PASSWORT)
    lehrkraft.drueck("Konto anlegen")
    lehrkraft.lies("wartet noch auf Freigabe")
    return lehrkraft


def freigeben(kopf):
    kopf.drueck("Tom Lehmann möchte mitarbeiten")
    kopf.drueck("Freigeben")
    kopf.lies("Freigegeben")
