"""Mails that somebody wants collected, or not at all; and those that must arrive."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG
from angebote.beratung.machine import BERATUNG
from schulerfolg.konten.models import Abwesenheit, Mail, Postwunsch
from schulerfolg.konten.post.services import sammelpost, wuenschen
from schulerfolg.konten.services import notify, send_mails
from tests.factories_antrag import make_antrag_in

DIENSTAG, MONTAG = date(2027, 3, 9), date(2027, 3, 15)


def schreiben(cast, *personen, nummer=1, art="fortgang", **mehr):
    context = {"schule": cast.schule, "durch": "Jana Petersen", "geschehen": "hat die Schule umbenannt"}
    context |= {"entwuerfe": [], "beratungen": []}
    notify(personen, "angebote/mail/schule_geaendert.txt", context, ereignis=f"probe:{nummer}", art=art, **mehr)


def betreffe(person):
    return list(Mail.objects.filter(empfaenger=person, sammeln="").order_by("pk").values_list("betreff", flat=True))


def test_a_person_chooses_under_my_account_and_reads_it_again(als, cast):
    client = als(cast.lehrkraft)
    assert 'href="/konto/mails/"' in client.get("/konto/").text
    seite = client.get("/konto/mails/")
    assert "Was immer sofort kommt" in seite.text
    form = seite.context["form"]
    assert {name: form[name].value() for name in ("eingang", "fortgang", "nachricht", "erinnerung")} == dict.fromkeys(
        ("eingang", "fortgang", "nachricht", "erinnerung"), "sofort"
    )
    gewaehlt = {"eingang": "sofort", "fortgang": "taeglich", "nachricht": "woechentlich", "erinnerung": "nie"}
    antwort = client.post("/konto/mails/", gewaehlt, follow=True)
    assert "Ihre Einstellungen zu Mails sind gespeichert." in antwort.text
    assert dict(cast.lehrkraft.postwuensche.values_list("art", "weg")) == gewaehlt
    assert not Postwunsch.objects.exclude(person=cast.lehrkraft).exists()
    assert client.post("/konto/mails/", {"fortgang": "irgendwann"}).status_code == 200


@pytest.mark.parametrize(
    ("weg", "sofort", "am_dienstag", "am_montag"),
    [("sofort", 1, 0, 0), ("taeglich", 0, 1, 0), ("woechentlich", 0, 0, 1), ("nie", 0, 0, 0)],
)
def test_each_way_brings_it_once(cast, weg, sofort, am_dienstag, am_montag):
    wuenschen(cast.lehrkraft, by=cast.lehrkraft, fortgang=weg)
    schreiben(cast, cast.lehrkraft)
    assert len(betreffe(cast.lehrkraft)) == sofort
    assert (sammelpost(DIENSTAG), sammelpost(MONTAG)) == (am_dienstag, am_montag)
    assert send_mails() == sofort + am_dienstag + am_montag
    assert not Mail.objects.filter(sammeln="", versandt_am=None).exists()


def test_what_was_collected_is_one_mail_with_every_subject_and_its_link(cast):
    antrag = make_antrag_in("freigabe_sl", cast)
    wuenschen(cast.schulleitung, by=cast.schulleitung, fortgang="taeglich")
    Mail.objects.all().delete()
    for _ in range(2):
        ANTRAG.write(
            [cast.schulleitung], "zurueckholen", antrag, ANTRAG.note(antrag, "x", "hat etwas getan", by=cast.lehrkraft)
        )
    assert betreffe(cast.schulleitung) == []
    call_command("faelligkeiten", verbosity=0)
    mail = Mail.objects.get(empfaenger=cast.schulleitung, sammeln="")
    assert mail.betreff == "2 Neuigkeiten aus dem Portal"
    assert mail.text.count(f"https://portal.example{antrag.get_absolute_url()}") == 2
    assert mail.gesammelte.count() == 2
    call_command("faelligkeiten", verbosity=0)
    assert betreffe(cast.schulleitung) == ["2 Neuigkeiten aus dem Portal"]


def test_what_comes_after_the_round_of_the_day_waits_for_the_next(cast):
    wuenschen(cast.lehrkraft, by=cast.lehrkraft, fortgang="taeglich")
    schreiben(cast, cast.lehrkraft)
    assert sammelpost(DIENSTAG) == 1
    schreiben(cast, cast.lehrkraft, nummer=2)
    assert sammelpost(DIENSTAG) == 0
    assert sammelpost(DIENSTAG + timedelta(days=1)) == 1


def test_what_must_arrive_does(cast):
    """Whoever wants no mails at all is still told that they must sign, answer or decide."""
    for person in (cast.schulleitung, cast.lehrkraft):
        wuenschen(person, by=person, eingang="nie", fortgang="nie", nachricht="nie", erinnerung="nie")
    Mail.objects.all().delete()
    make_antrag_in("nachforderung", cast)
    for person in (cast.schulleitung, cast.lehrkraft):
        (gefragt,) = betreffe(person)
        assert re.match(r"Bitte bis \d\d\.\d\d\. antworten: zwei Rückfragen zu Antrag HZ-", gefragt)
    schreiben(cast, cast.lehrkraft, art=None, nummer=3)
    assert f"Ihre Schule hat sich im Portal geändert: {cast.schule}" in betreffe(cast.lehrkraft)


def test_only_these_mails_are_a_matter_of_choice():
    """Nothing that asks somebody to sign, to answer or to decide stands here, no letter, no date."""
    antrag = "einreichen selbst_einreichen nachreichen nachreichen_fachlich zurueckholen wiederaufnehmen zurueckziehen"
    assert set(ANTRAG.post) == {*antrag.split(), "verwerfen", "entwurf_wiederaufnehmen", "bestaetigen"}
    assert set(BERATUNG.post) == {"anfragen", "aendern", "zurueckziehen"}


def test_who_stands_in_gets_it_the_way_they_chose(cast):
    heute, wer = timezone.localdate(), {"person": cast.leitung, "eingetragen_durch": cast.leitung}
    Abwesenheit.objects.create(vertretung=cast.sachbearbeitung, von=heute, bis=heute, **wer)
    wuenschen(cast.leitung, by=cast.leitung, fortgang="nie")
    wuenschen(cast.sachbearbeitung, by=cast.sachbearbeitung, fortgang="taeglich")
    schreiben(cast, cast.leitung, vertretbar=lambda person: True)
    assert betreffe(cast.leitung) == betreffe(cast.sachbearbeitung) == []
    assert Mail.objects.get(empfaenger=cast.sachbearbeitung).sammeln == "taeglich"


def test_a_closed_account_gets_no_collection(cast):
    wuenschen(cast.lehrkraft, by=cast.lehrkraft, fortgang="taeglich")
    schreiben(cast, cast.lehrkraft)
    cast.lehrkraft.is_active = False
    cast.lehrkraft.save()
    assert sammelpost(DIENSTAG) == 0


def test_the_database_keeps_a_collected_mail_from_leaving_alone(cast):
    wuenschen(cast.lehrkraft, by=cast.lehrkraft, fortgang="taeglich")
    schreiben(cast, cast.lehrkraft)
    with pytest.raises(IntegrityError, match="mail_gesammelte_geht_nicht_einzeln"), transaction.atomic():
        Mail.objects.update(versandt_am=timezone.now())
    with pytest.raises(IntegrityError, match="postwunsch_einer_je_art"), transaction.atomic():
        Postwunsch.objects.create(person=cast.lehrkraft, art="fortgang", weg="nie")
