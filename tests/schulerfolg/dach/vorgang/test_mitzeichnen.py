"""The co-signature: what is signed stands first, the form beside it, and a link that is only opened decides nothing."""

import re
from uuid import uuid4

import pytest

from angebote.antrag import services
from angebote.antrag.models_akte import Antragsfassung
from angebote.antrag.workflow import Status
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel


def aus_der_mail(an):
    text = Mail.objects.get(an=an.email, betreff__startswith="Bitte prüfen und unterschreiben").text
    return re.search(r"https?://[^/]+(/\S+)", text).group(1)


def test_from_the_mail_what_is_asked_then_the_form_then_the_whole_text(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    text = als(cast.schulleitung).get(aus_der_mail(cast.schulleitung)).text
    flach = " ".join(text.split()).replace("\xa0", " ")
    assert f"<strong>{cast.lehrkraft}</strong> bittet Sie seit dem" in flach
    assert "<dd>1.200,00 €; Eigenmittel: 0,00 €</dd>" in flach
    assert "<dd>48 Teilnehmende; Klassenstufen 7; Turnhalle der Schule; es leitet Jana Petersen; mit" in flach
    assert f"Es unterschreibt: {cast.schulleitung}, Schulleitung. Danach ändert niemand mehr den Text." in flach
    folge = [
        "Worum es geht",
        "Ich habe den Antrag gelesen",
        "Zur Überarbeitung zurückgeben",
        "Erst nachfragen: Mail an",
    ]
    folge += ["Das reichen Sie ein", "Zwei Klassen wurden zusammengelegt."]
    stellen = [text.index(worte) for worte in folge]
    assert stellen == sorted(stellen)
    assert f'href="/antraege/{antrag.pk}/zurueckgeben/"' in text


def test_a_scanner_that_opens_the_mail_signs_nothing(cast, als, client):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    adresse = aus_der_mail(cast.schulleitung)
    for besucher in (client, als(cast.schulleitung)):
        for methode in (besucher.get, besucher.head):
            methode(adresse)
            methode(f"{adresse}?gelesen=on&senden=ja&schluessel={uuid4()}")
    antrag.refresh_from_db()
    assert (antrag.status, antrag.nummer) == (Status.FREIGABE_SL, None)


def test_one_tick_and_one_button_sign(cast, als):
    antrag, client = make_antrag_in(Status.FREIGABE_SL, cast), als(cast.schulleitung)
    adresse = aus_der_mail(cast.schulleitung)
    form = client.get(adresse).context["form"]
    daten = {name: form[name].value() for name in ("schluessel", "version")}
    assert client.post(adresse, {**daten, "gelesen": "on"}).url == antrag.get_absolute_url()
    antrag.refresh_from_db()
    assert (antrag.status, Antragsfassung.objects.get().zeichnung) == (Status.EINGEREICHT, "Schulleitung")


def test_the_page_of_the_draft_has_its_box_before_the_text(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    text = als(cast.schulleitung).get(antrag.get_absolute_url()).text
    assert text.index("Sie sind gefragt: Ihre Unterschrift für die Schule") < text.index("Zwei Klassen wurden")
    assert "Sie sind gefragt" not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text


def test_a_deputy_signs_as_one_and_the_record_says_so(cast, als):
    make_regel(cast.harz, vertretung_bei_eigenem=True)
    vertretung = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_STELLVERTRETUNG).person
    antrag = make_antrag(cast.schule, cast.schulleitung)
    services.weitergeben(antrag, by=cast.schulleitung)
    services.einreichen(antrag, by=vertretung)
    assert Antragsfassung.objects.get().zeichnung == "stellvertretende Schulleitung"


@pytest.mark.parametrize("wer", ["lehrkraft", "schulleitung"])
def test_what_the_head_sent_back_says_from_whom_when_and_why(cast, als, wer):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    services.zurueckgeben(antrag, by=cast.schulleitung, begruendung="Bitte die Kosten genauer.")
    kollegin = make_zugehoerigkeit(cast.schule).person
    for person in (getattr(cast, wer), kollegin):
        seite = als(person).get(antrag.get_absolute_url()).text
        assert f"{cast.schulleitung} hat den Antrag zur Überarbeitung zurückgegeben" in seite
        assert "Bitte die Kosten genauer." in seite
        assert "Jetzt ist die Schulleitung dran" not in seite


def test_the_preview_reads_as_the_office_will_and_every_section_leads_there(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    kollegin = make_zugehoerigkeit(cast.schule).person
    antrag.mitschreibende.create(person=kollegin)
    for abschnitt in ("schule", "kooperation", "projekt", "zeitraum", "kosten", "erklaerungen"):
        seite = als(kollegin).get(f"/antraege/{antrag.pk}/abschnitt/{abschnitt}/").text
        assert 'name="vorschau"' in seite, abschnitt
    vorschau = als(kollegin).get(f"/antraege/{antrag.pk}/abschnitt/pruefen/")
    assert "So liest es die Netzwerkstelle" in vorschau.text
    services.einreichen(antrag, by=cast.schulleitung)
    gelesen = als(cast.sachbearbeitung).get(antrag.get_absolute_url()).text
    listen = [re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text, re.DOTALL) for text in (vorschau.text, gelesen)]
    worte = ("Kurzbeschreibung", "Ort", "Beantragte Förderung", "Projektleitung")
    vorher = [paar for paar in listen[0] if paar[0] in worte]
    assert len(vorher) == 4
    assert all(paar in listen[1] for paar in vorher)
