"""Reporting a barrier: open to everybody, answered within a month, no way to send spam."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache

from schulerfolg.dach.rechtliches.services import in_einem_monat
from schulerfolg.konten.models import Mail

ADRESSE = "/barriere-melden/"
TEXT = "Der Knopf hat keinen Namen."


@pytest.fixture(autouse=True)
def _zaehlt_von_vorn(db):
    cache.clear()


def melden(client, **werte):
    return client.post(ADRESSE, {"barriere": TEXT, "seite": "/antraege/", "schluessel": str(uuid4())} | werte)


def mails():
    return {nachricht.an: (nachricht.betreff, nachricht.text) for nachricht in Mail.objects.all()}


def test_a_report_reaches_the_operator_and_a_receipt_the_sender(client, settings):
    settings.BETREIBER = settings.BETREIBER | {"email": "portal@stiftung.example"}
    antwort = melden(client, email="kim@schule.example")
    assert antwort.url == "/barriere-melden/danke/"
    assert "Danke für Ihre Meldung" in client.get(antwort.url).text
    bis = in_einem_monat(Mail.objects.first().erstellt_am.astimezone().date())
    betreff, text = mails()["portal@stiftung.example"]
    assert betreff == f"Barriere gemeldet: bitte bis {bis:%d.%m.} antworten"
    assert TEXT in text
    assert "Seite: /antraege/" in text
    assert f"bis zum {bis:%d.%m.%Y} an kim@schule.example" in text
    betreff, text = mails()["kim@schule.example"]
    assert betreff == "Ihre Meldung einer Barriere ist angekommen"
    assert "danke für Ihre Meldung zur Seite https://portal.example/antraege/." in text
    assert f"antworten Ihnen bis zum {bis:%d.%m.%Y}" in text
    assert "lf-barrierefreiheit-st.de/ueber-uns/ombudsstelle" in text


def test_without_an_address_nobody_gets_a_receipt_and_without_an_operator_the_coordination_reads_it(client, cast):
    melden(client)
    assert list(mails()) == [cast.koordination.email]
    assert "Eine Adresse für die Antwort ist nicht angegeben." in mails()[cast.koordination.email][1]


def test_even_a_portal_without_people_loses_no_report(client, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@stiftung.example>"
    melden(client)
    assert list(mails()) == ["portal@stiftung.example"]


def test_the_receipt_carries_no_words_of_strangers(client):
    melden(client, email="opfer@schule.example", seite="kaufen Sie bei https://boese.example", barriere="SPAM")
    text = mails()["opfer@schule.example"][1]
    assert "boese" not in text
    assert "SPAM" not in text


def test_a_form_counts_once(client):
    schluessel = str(uuid4())
    for _ in range(2):
        melden(client, schluessel=schluessel, email="kim@schule.example")
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("seite", "wert"),
    [
        ("/antraege/", "/antraege/"),
        ("/einladung/abcDEF-123/", "/einladung/…/"),
        ("https://boese.example/", ""),
        ("//boese.example/", ""),
        ("/gibt-es-nicht/", ""),
        ("<script>", ""),
    ],
)
def test_only_pages_of_the_portal_are_filled_in(client, seite, wert):
    form = client.get(ADRESSE, {"seite": seite}).context["form"]
    assert form["seite"].value() == wert


def test_every_page_leads_here_with_its_own_address(client):
    assert 'href="/barriere-melden/?seite=/impressum/"' in client.get("/impressum/").text
    assert 'href="/barriere-melden/"' in client.get("/gibt-es-nicht/").text  # foreign and missing look the same


def test_machines_are_held_up_and_people_are_told_why(client):
    antwort = melden(client, falle="https://boese.example")
    assert antwort.context["form"].errors == {"falle": ["Dieses Feld bleibt leer. Bitte löschen Sie, was darin steht."]}
    for _ in range(20):
        assert melden(client).status_code == 302
    antwort = melden(client)
    assert antwort.status_code == 429
    assert "Von Ihrem Anschluss kamen gerade sehr viele Meldungen." in antwort.text
    assert TEXT in antwort.text
    assert Mail.objects.count() == 20


@pytest.mark.parametrize(
    ("tag", "danach"),
    [
        (date(2026, 11, 22), date(2026, 12, 22)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2027, 3, 31), date(2027, 4, 30)),
    ],
)
def test_a_month_ends_on_the_same_day(tag, danach):
    assert in_einem_monat(tag) == danach
