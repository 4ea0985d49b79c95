"""Somebody who works at one school and begins at another: the way there, and what the portal calls it."""

import re

import pytest
from django.template.loader import render_to_string

from netzwerkstellen.models import Registrierung
from netzwerkstellen.registrierung import services
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person, make_registrierung, make_zugehoerigkeit

TITEL = "Zugang zu einer weiteren Schule"


def test_the_mail_to_somebody_with_an_account_links_to_the_page_for_the_other_school(cast, als):
    anfrage = {"vorname": "Ada", "nachname": "Öz", "email": cast.lehrkraft.email, "rolle": Rolle.SCHULE_MITARBEIT}
    services.registrieren(Registrierung(schule=cast.fremdschule, **anfrage))
    text = Mail.objects.get().text
    adressen = re.findall(r"https://portal\.example(/\S+)", text)
    assert adressen == ["/konto/anmelden/", "/registrieren/", "/konto/passwort/vergessen/"]
    seite = als(cast.lehrkraft).get(adressen[1])
    assert "Sie arbeiten an einer weiteren Schule?" in seite.text


@pytest.mark.parametrize("rolle", ["schule_mitarbeit", "schule_leitung", "schule_stellvertretung", "schulsozialarbeit"])
def test_every_hat_of_a_school_has_the_way_in_its_menu(cast, als, rolle):
    person = make_zugehoerigkeit(cast.schule, Rolle(rolle)).person
    assert f'<a class="kern-link" href="/registrieren/">{TITEL}</a>' in als(person).get("/konto/").text


@pytest.mark.parametrize("wer", ["leitung", "koordination", "pruefung", "fremd"])
def test_nobody_else_has(cast, als, wer):
    assert TITEL not in als(getattr(cast, wer)).get("/konto/").text


@pytest.mark.parametrize("lage", ["bestaetigen", "bekannt", "gesperrt"])
def test_asking_for_access_is_not_called_signing_in(cast, lage):
    context = {"registrierung": make_registrierung(cast.schule), "lage": lage, "portal": "", "link": "", "anmelden": ""}
    text = render_to_string("netzwerkstellen/mail/registrierung.txt", context | {"vergessen": ""})
    assert "für diese Adresse hat jemand im Portal „Schulerfolg sichern“ Zugang beantragt:" in text
    assert "angemeldet" not in text


def test_neither_is_it_for_those_who_decide_and_those_who_wait(cast, als):
    anfrage = make_registrierung(cast.schule, make_person("Ada", "Öz"))
    for mail in ("wartet", "verfallen"):
        context = {"registrierung": anfrage, "person": "Ada Öz", "portal": ""}
        _, text = render_to_string(f"netzwerkstellen/mail/registrierung_{mail}.txt", context).strip().split("\n", 1)
        assert re.findall(r"Anmeldung|angemeldet|anmelden", text) == []
    seite = als(cast.schulleitung).get(anfrage.get_absolute_url()).text
    assert "<title>Anfrage von Ada Öz" in seite
    hier = re.sub(r"<noscript>.*?</noscript>", "", seite.partition("<main")[2].partition("</main")[0])
    assert re.findall(r"Anmeldung|[Aa]ngemeldet|anmelden\b", hier) == []


def test_the_page_of_ones_own_account_offers_a_stand_in_to_whoever_has_colleagues(cast, als):
    make_mitarbeit(cast.harz, Rolle.PRUEFUNG, person=cast.fremd)
    wer = ("lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe", "koordination", "pruefung", "fremd")
    gezeigt = ["/konto/abwesenheit/" in als(getattr(cast, name)).get("/konto/").text for name in wer]
    assert gezeigt == [True] * 5 + [False] * 3


def test_whoever_works_alone_reads_who_can_invite_somebody(cast, als):
    text = als(cast.nachbarin).get("/konto/abwesenheit/").text
    assert "Bitten Sie Ihre Schulleitung oder die Leitung Ihrer Netzwerkstelle, jemanden einzuladen." in text
