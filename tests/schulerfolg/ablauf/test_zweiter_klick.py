"""The page of a step is the same everywhere: twice the same form is one step, another one comes too late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.models_akte import Antragsereignis
from angebote.beratung.models import Beratungsereignis
from gremien.sitzung.models import Sitzungsereignis
from schulerfolg.akte import services as akte
from schulerfolg.dach.berichte.models import Bericht, Berichtsereignis
from schulerfolg.dach.berichte.services import anlegen
from tests.factories_antrag import make_antrag_in, make_beratung
from tests.factories_gremium import make_saal, make_sitzung_in
from tests.formulare import formulare


def antrag(cast):
    antrag = make_antrag_in("eingereicht", cast)
    return cast.leitung, reverse("antraege:schritt", args=[antrag.pk, "uebernehmen"]), {}, Antragsereignis


def beratung(cast):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    felder = {"begruendung": "Bitte rufen Sie uns an."}
    return cast.leitung, reverse("beratungen:schritt", args=[beratung.pk, "absagen"]), felder, Beratungsereignis


def sitzung(cast):
    sitzung = make_sitzung_in("eingeladen", cast, make_saal(cast))
    return cast.leitung, reverse("sitzungen:schritt", args=[sitzung.pk, "eroeffnen"]), {}, Sitzungsereignis


def bericht(cast):
    gestern = timezone.localdate() - timedelta(days=1)
    bericht = anlegen(Bericht(titel="Das Jahr", von=gestern, bis=gestern), by=cast.koordination)
    adresse = reverse("berichte:schritt", args=[bericht.pk, "veroeffentlichen"])
    return cast.koordination, adresse, {}, Berichtsereignis


WEGE = pytest.mark.parametrize("weg", [antrag, beratung, sitzung, bericht])


def absenden(client, adresse, felder):
    """Open the page and press its button; returns what was sent as well, to press it again."""
    seite = client.get(adresse)
    formular = next(f for f in formulare(seite.text, adresse) if "schluessel" in f.felder)
    daten = {name: werte[0] for name, werte in formular.felder.items()} | felder
    return daten, client.post(adresse, daten)


@WEGE
def test_the_second_click_gets_the_first_answer(cast, als, weg):
    wer, adresse, felder, ereignisse = weg(cast)
    client, vorher = als(wer), ereignisse.objects.count()
    daten, erste = absenden(client, adresse, felder)
    zweite = client.post(adresse, daten)
    assert erste.status_code == zweite.status_code == 302
    assert erste["Location"] == zweite["Location"] != adresse
    assert ereignisse.objects.count() == vorher + 1


@WEGE
def test_without_the_key_the_second_click_comes_too_late(cast, als, weg, monkeypatch):
    """The counter-test: what the table allows once, it does not allow twice."""
    wer, adresse, felder, ereignisse = weg(cast)
    client, vorher = als(wer), ereignisse.objects.count()
    daten, _ = absenden(client, adresse, felder)
    monkeypatch.setattr("schulerfolg.ablauf.middleware.earlier_answer", lambda **wer: "")
    zweite = client.post(adresse, daten, follow=True)
    assert any(str(m.level_tag) == "warning" for m in zweite.context["messages"]) or zweite.status_code == 409
    assert all(text in zweite.text for text in felder.values())
    assert ereignisse.objects.count() == vorher + 1


def test_a_key_answers_only_the_person_who_sent_it(cast):
    schluessel = "5f2f7f1e-7e0c-4b57-9d2c-0d7c8c7d2d11"
    akte.once(lambda: "/antraege/1/", person_id=cast.leitung.pk, schluessel=schluessel)
    assert akte.earlier_answer(person_id=cast.leitung.pk, schluessel=schluessel) == "/antraege/1/"
    assert akte.earlier_answer(person_id=cast.fremd.pk, schluessel=schluessel) == ""
