"""The day of a meeting: opened on it, moved with a new invitation, called off, planned on a holiday."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from gremien.abstimmung import services as abstimmung
from gremien.befangenheit import services as befangenheit
from gremien.models import Ladung, Sitzung
from gremien.sitzung import ladung, services
from schulerfolg.akte.services import do_jobs
from schulerfolg.konten.models import Mail
from schulerfolg.zeit import termin
from tests.factories_gremium import heute, make_sitzung, make_sitzung_in


def morgen(sitzung, tage=1):
    Sitzung.objects.filter(pk=sitzung.pk).update(beginn=timezone.now() + timedelta(days=tage))
    sitzung.refresh_from_db()
    return sitzung


def schritt(client, sitzung, name, **daten):
    """Open the page of a step, fill in what it asks, send it as it is."""
    adresse = f"/sitzungen/{sitzung.pk}/{name}/"
    form = client.get(adresse).context["form"]
    versteckt = {feld.name: feld.value() for feld in form.hidden_fields()}
    return client.post(adresse, versteckt | daten, follow=True)


TAG = datetime(2027, 5, 12, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "an_ihrem_tag"),
    [
        (datetime(2027, 5, 11, 22, 10, tzinfo=UTC), True),  # 0:10 in Berlin, still yesterday in UTC
        (datetime(2027, 5, 11, 21, 50, tzinfo=UTC), False),
        (datetime(2027, 5, 12, 21, 50, tzinfo=UTC), True),
        (datetime(2027, 5, 12, 22, 10, tzinfo=UTC), False),
    ],
)
def test_the_day_of_a_meeting_is_the_day_of_the_land(moment, an_ihrem_tag):
    assert Sitzung(beginn=TAG).ist_am_tag_von(moment) is an_ihrem_tag


@pytest.mark.parametrize("tage", [1, -1])
def test_on_another_day_a_meeting_opens_only_with_a_reason(als, cast, saal, tage):
    sitzung = morgen(make_sitzung_in("eingeladen", cast, saal), tage)
    with pytest.raises(ValidationError, match="Bitte begründen Sie, warum sie heute beginnt"):
        befangenheit.eroeffnen(sitzung, by=saal.vorsitz.person)
    client = als(saal.vorsitz.person)
    antwort = schritt(client, sitzung, "eroeffnen")
    assert "Bitte begründen Sie diesen Schritt." in antwort.text
    assert "sagen Sie bitte, warum. Sonst können Sie" in antwort.text
    antwort = schritt(client, sitzung, "eroeffnen", begruendung="Alle sind heute schon da.")
    assert "Die Sitzung läuft seit" in antwort.text
    assert "Alle sind heute schon da." in antwort.text
    assert sitzung.ereignisse.get(schritt="eroeffnen").begruendung == "Alle sind heute schon da."
    kopf = antwort.text.split('class="sitzungskopf"')[1].split("</p>")[0]
    assert date_format(timezone.localdate(), "j. F Y") in kopf  # held today, whatever was planned


def test_on_its_day_nobody_is_asked_why(als, cast, saal):
    sitzung = heute(make_sitzung_in("eingeladen", cast, saal))
    knoepfe = als(saal.vorsitz.person).get(sitzung.get_absolute_url()).context["knoepfe"]
    assert ("Sitzung eröffnen", "primary") in [(text, art) for text, _, art in knoepfe]
    schritt(als(saal.vorsitz.person), sitzung, "eroeffnen")
    sitzung.refresh_from_db()
    assert sitzung.laeuft


@pytest.fixture
def verlegt(als, cast, saal):
    """Invited, sent, moved by four weeks through the page, sent again."""
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    do_jobs()
    alt, neu = sitzung.beginn, timezone.localtime(sitzung.beginn) + timedelta(days=28)
    daten = {"tag": f"{neu:%d.%m.%Y}", "uhrzeit": "15:30", "ort": "Rathaus", "begruendung": "Der Raum ist gesperrt."}
    antwort = schritt(als(cast.leitung), sitzung, "verlegen", **daten)
    assert "Der Termin ist verlegt." in antwort.text
    do_jobs()
    return Sitzung.objects.get(pk=sitzung.pk), alt


def test_a_moved_meeting_invites_everybody_anew_and_keeps_the_old_invitation(als, saal, verlegt):
    sitzung, alt = verlegt
    assert (sitzung.status, sitzung.ort, sitzung.ladung) == ("eingeladen", "Rathaus", 2)
    assert sitzung.nummer.endswith("/01")
    alte, neue = (sitzung.ladungen.filter(nummer=nummer) for nummer in (1, 2))
    assert {zeile.beginn for zeile in alte} == {alt}
    assert {zeile.beginn for zeile in neue} == {sitzung.beginn}
    assert {zeile.mitgliedschaft for zeile in alte} == {zeile.mitgliedschaft for zeile in neue} == set(saal.alle)
    assert {zeile.einladung for zeile in neue} == {sitzung.einladung}
    assert sitzung.einladung not in {zeile.einladung for zeile in alte}
    mail = neue.first().mail
    assert (
        mail.betreff == f"Neuer Termin: {sitzung.gremium} am {timezone.localtime(sitzung.beginn):%d.%m.%Y, %H:%M} Uhr"
    )
    assert f"Bisher: {termin(alt)}" in mail.text
    assert "Der Raum ist gesperrt." in mail.text
    seite = als(saal.mitglieder[0].person).get(sitzung.get_absolute_url()).text
    assert f"hat den Termin verlegt: von {termin(alt)} auf {termin(sitzung.beginn)}" in seite
    assert "4 Mitglieder" in seite
    assert Mail.objects.filter(betreff__startswith="Einladung:").count() == 4


def test_a_step_has_one_moment(saal, verlegt):
    sitzung = verlegt[0]
    momente = {zeile.geladen_am for zeile in sitzung.ladungen.filter(nummer=2)}
    assert momente == {sitzung.ereignisse.get(schritt="verlegen").am}
    assert {z.geladen_am for z in sitzung.ladungen.filter(nummer=1)} == {sitzung.ereignisse.get(schritt="einladen").am}
    sitzung = befangenheit.eroeffnen(heute(sitzung), by=saal.vorsitz.person)
    assert sitzung.ereignisse.get(schritt="eroeffnen").am == sitzung.eroeffnet_am
    offen = sitzung.punkte.offen().values_list("pk", flat=True)
    sitzung = abstimmung.schliessen(sitzung, by=saal.vorsitz.person, antworten=dict.fromkeys(offen, "vertagt"))
    assert sitzung.ereignisse.get(schritt="schliessen").am == sitzung.geschlossen_am


def test_a_move_into_the_ladungsfrist_is_justified(als, cast, saal):
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    neu = timezone.localdate() + timedelta(days=5)
    daten = {"tag": f"{neu:%d.%m.%Y}", "uhrzeit": "10:00", "ort": "Rathaus", "begruendung": "Raum gesperrt."}
    antwort = schritt(als(cast.leitung), sitzung, "verlegen", **daten)
    assert "Die Ladungsfrist von 14 Tagen ist nicht mehr einzuhalten." in antwort.text
    sitzung.refresh_from_db()
    assert sitzung.ladung == 1
    schritt(als(cast.leitung), sitzung, "verlegen", **daten, eile="Die Projekte beginnen bald.")
    assert "Zur kurzen Ladungsfrist: Die Projekte beginnen bald." in sitzung.ereignisse.first().begruendung


def test_an_old_page_moves_nothing(als, cast, saal):
    sitzung, client = make_sitzung_in("eingeladen", cast, saal), als(cast.leitung)
    alte_seite = client.get(f"/sitzungen/{sitzung.pk}/verlegen/").context["form"]
    ladung.verlegen(
        sitzung, by=saal.vorsitz.person, begruendung="x", beginn=sitzung.beginn + timedelta(days=7), ort="Schule"
    )
    daten = {feld.name: feld.value() for feld in alte_seite.hidden_fields()}
    daten |= {"tag": "01.02.2031", "uhrzeit": "10:00", "ort": "Rathaus", "begruendung": "y"}
    assert "hat sich etwas geändert" in client.post(f"/sitzungen/{sitzung.pk}/verlegen/", daten).text
    sitzung.refresh_from_db()
    assert (sitzung.ort, sitzung.ladung) == ("Schule", 2)


def test_an_old_page_of_a_planned_meeting_says_what_holds_now(als, cast, saal):
    sitzung, client = make_sitzung(saal.gremium, cast.leitung), als(cast.leitung)
    seite = f"/sitzungen/{sitzung.pk}/termin/"
    antwort = client.get(seite)
    assert ">Termin ändern<" in antwort.text.replace('value="Termin ändern"', ">Termin ändern<")
    versteckt = {feld.name: feld.value() for feld in antwort.context["form"].hidden_fields()}
    services.termin_aendern(sitzung, by=saal.vorsitz.person, beginn=sitzung.beginn, ort="Schule am Markt")
    daten = versteckt | {"tag": "01.02.2031", "uhrzeit": "10:00", "ort": "Rathaus"}
    antwort = client.post(seite, daten)
    assert "Jemand hat den Termin inzwischen geändert." in antwort.text
    assert "Schule am Markt" in antwort.text
    sitzung.refresh_from_db()
    assert sitzung.ort == "Schule am Markt"


def test_two_meetings_of_a_gremium_never_begin_at_once(cast, saal):
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    with pytest.raises(ValidationError, match="Zu dieser Zeit ist schon die Sitzung"):
        make_sitzung(saal.gremium, cast.leitung, beginn=sitzung.beginn)
    with pytest.raises(IntegrityError, match="sitzung_einmal_zur_selben_zeit"), transaction.atomic():
        Sitzung.objects.create(gremium=saal.gremium, nummer="x", beginn=sitzung.beginn, ort="x")
    services.absagen(sitzung, by=cast.leitung, begruendung="x")
    assert make_sitzung(saal.gremium, cast.leitung, beginn=sitzung.beginn).pk


def test_a_meeting_on_a_holiday_is_planned_with_a_hint(als, cast, saal):
    client = als(cast.leitung)
    seite = f"/gremien/{saal.gremium.pk}/sitzungen/neu/"
    form = client.get(seite).context["form"]
    daten = {"schluessel": form["schluessel"].value(), "tag": "25.12.2030", "uhrzeit": "10:00", "ort": "Kreishaus"}
    text = client.post(seite, daten, follow=True).text
    assert "25. Dezember 2030 ist ein Feiertag (Erster Weihnachtstag). Ist der Termin so gewollt?" in text
    assert client.post(seite, daten, follow=True).status_code == 200
    assert Sitzung.objects.count() == 1


def test_what_was_called_off_is_not_listed_as_held(als, cast, saal):
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    services.absagen(sitzung, by=cast.leitung, begruendung="Krank")
    for seite in ("/sitzungen/", saal.gremium.get_absolute_url()):
        antwort = als(cast.leitung).get(seite)
        assert (list(antwort.context["page"].object_list), list(antwort.context["abgesagte"])) == ([], [sitzung])
        assert "Abgesagte Sitzungen" in antwort.text
        assert "Vergangene Sitzungen</h2>" not in antwort.text
    assert sitzung.punkte.get().ausgang == "nicht_behandelt"


def test_invitations_stay_as_they_went_out(verlegt):
    zeile = verlegt[0].ladungen.first()
    for schreiben in (
        lambda: Ladung.objects.filter(pk=zeile.pk).update(geladen_am=timezone.now()),
        lambda: Ladung.objects.filter(pk=zeile.pk).update(ort="anderswo"),
        lambda: Ladung.objects.filter(pk=zeile.pk).update(mail=None),
        lambda: Ladung.objects.filter(pk=zeile.pk).update(einladung=None),
        zeile.delete,
    ):
        with pytest.raises(Exception, match=r"ladung_bleibt|Cannot delete"), transaction.atomic():
            schreiben()


def test_whoever_has_no_right_to_plan_plans_nothing_past_the_page_either(cast, saal):
    with pytest.raises(PermissionDenied):
        services.sitzung_anlegen(saal.gremium, by=cast.lehrkraft, beginn=timezone.now() + timedelta(days=30), ort="X")
    assert not Sitzung.objects.exists()


@pytest.mark.parametrize(("wer", "status"), [("stelle", 200), ("vorsitz", 200), ("mitglied", 404)])
def test_what_is_only_planned_is_known_to_those_who_plan_it(cast, als, saal, wer, status):
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    person = {"stelle": cast.leitung, "vorsitz": saal.vorsitz.person, "mitglied": saal.mitglieder[0].person}[wer]
    assert als(person).get(sitzung.get_absolute_url()).status_code == status
