"""A date for the conversation, and a request that changes before it."""

from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from angebote.beratung.models import Beratung
from schulerfolg.konten.models import Mail
from tests.angebote.beratung.test_views import IDEE, schluessel, tun
from tests.factories_antrag import make_beratung

BALD = timezone.localtime().replace(hour=13, minute=30, second=0, microsecond=0) + timedelta(days=6)


def gefragt(cast, **felder):
    return make_beratung(cast.schule, cast.lehrkraft, status="angefragt", **felder)


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"telefon": ""}, "Bitte nennen Sie die Nummer, unter der die Netzwerkstelle anruft."),
        ({"telefon": "abc"}, "Das ist keine Telefonnummer."),
        ({"zeit_1": "2020-01-01T10:00"}, "Dieser Zeitpunkt ist schon vorbei."),
        ({"zeit_1": "bald"}, "Bitte geben Sie Tag und Uhrzeit an"),
    ],
)
def test_what_a_call_needs_is_asked_for(cast, als, felder, satz):
    assert satz in als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel() | felder).text
    assert not Beratung.objects.exists()


def test_whoever_wants_no_call_needs_no_number(cast, als):
    als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel() | {"wie": "vor_ort", "telefon": ""})
    assert Beratung.objects.get().wie == "vor_ort"


def test_the_office_takes_an_offered_time_and_the_school_gets_it_for_its_calendar(cast, als):
    zeiten = {"zeit_1": f"{BALD:%Y-%m-%dT%H:%M}", "zeit_2": f"{BALD + timedelta(days=1):%d.%m.%Y %H:%M}"}
    als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel() | zeiten)
    beratung = Beratung.objects.get()
    assert beratung.zeiten == [BALD, BALD + timedelta(days=1)]
    client = als(cast.sachbearbeitung)
    assert 'verabreden/"' in client.get(beratung.get_absolute_url()).text
    seite = client.get(reverse("beratungen:schritt", args=[beratung.pk, "verabreden"]))
    gewaehlt = seite.context["form"].fields["vorschlag"].choices[1][0]
    tun(client, beratung, "verabreden", vorschlag=gewaehlt, weg="telefon", nachricht="Ich freue mich darauf.")
    beratung.refresh_from_db()
    assert (beratung.status, beratung.termin) == ("verabredet", BALD + timedelta(days=1))
    mail = Mail.objects.get(an=cast.lehrkraft.email, betreff__startswith="Termin am")
    assert "Ich freue mich darauf." in mail.text
    [termin] = Calendar.from_ical(bytes(mail.anlagen.get().inhalt)).walk("VEVENT")
    assert (termin.start, str(termin["summary"])) == (beratung.termin, "Beratung: Streit schlichten lernen")
    kalender = als(cast.lehrkraft).get(reverse("beratungen:kalender", args=[beratung.pk]))
    assert kalender.headers["Content-Type"].startswith("text/calendar")


def test_a_date_that_moves_takes_the_place_of_the_old_one_in_the_calendar(cast, als):
    beratung, client = gefragt(cast), als(cast.leitung)
    dateien = []
    for tage in (0, 7):
        tun(client, beratung, "verabreden", anderer=f"{BALD + timedelta(days=tage):%Y-%m-%dT%H:%M}", weg="vor_ort")
        adresse = reverse("beratungen:kalender", args=[beratung.pk])
        dateien += Calendar.from_ical(client.get(adresse).content).walk("VEVENT")
    erster, zweiter = dateien
    assert (erster["uid"], erster["sequence"] + 1) == (zweiter["uid"], zweiter["sequence"])
    assert zweiter.start == BALD + timedelta(days=7)


def test_a_date_is_one_of_them_or_another_and_never_past(cast, als):
    beratung, client = gefragt(cast, zeiten=[BALD]), als(cast.leitung)
    for felder, satz in [
        ({}, "Bitte wählen Sie einen Termin, oder nennen Sie einen anderen."),
        (
            {"vorschlag": BALD.astimezone(UTC).isoformat(), "anderer": f"{BALD:%Y-%m-%dT%H:%M}"},
            "Bitte entweder einen der Vorschläge",
        ),
        ({"anderer": "2020-01-01T10:00"}, "Dieser Zeitpunkt ist schon vorbei."),
    ]:
        assert satz in tun(client, beratung, "verabreden", weg="telefon", **felder).text
    beratung.refresh_from_db()
    assert beratung.status == "angefragt"


def test_the_school_completes_what_it_asked_and_the_office_reads_it_before_it_answers(cast, als):
    beratung = gefragt(cast)
    alt = als(cast.leitung).get(reverse("beratungen:schritt", args=[beratung.pk, "absagen"])).context["form"]
    adresse = reverse("beratungen:aendern", args=[beratung.pk])
    schule = als(cast.lehrkraft)
    assert adresse in schule.get(beratung.get_absolute_url()).text
    form = schule.get(adresse).context["form"]
    gezeigt = {name: form[name].value() for name in ("version", "schluessel", "gesehen")}
    schule.post(adresse, IDEE | gezeigt | {"was": "Acht Nachmittage und ein Elternabend."})
    beratung.refresh_from_db()
    assert beratung.was == "Acht Nachmittage und ein Elternabend."
    assert Mail.objects.filter(an=cast.leitung.email, betreff__startswith="Eine Schule hat ihre Anfrage").count() == 1
    antwort = als(cast.leitung).post(
        reverse("beratungen:schritt", args=[beratung.pk, "absagen"]),
        {"version": alt["version"].value(), "begruendung": "Nein."} | schluessel(),
    )
    assert "hat sich etwas geändert" in antwort.text
    beratung.refresh_from_db()
    assert beratung.status == "angefragt"


def test_the_school_takes_its_request_back(cast, als):
    beratung = gefragt(cast)
    tun(als(cast.lehrkraft), beratung, "zurueckziehen")
    beratung.refresh_from_db()
    assert beratung.status == "zurueckgezogen"
    assert {mail.an for mail in Mail.objects.all()} == {cast.sachbearbeitung.email, cast.leitung.email}
    assert "zurückgezogen" in als(cast.leitung).get(beratung.get_absolute_url()).text
