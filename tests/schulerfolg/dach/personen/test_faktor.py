"""A lost telephone: one asks, another confirms, the person reads of both, and it stands in the history."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from netzwerkstellen.models import Stellenereignis
from schulerfolg.dach.personen import faktor
from schulerfolg.konten.demo import GEHEIMNIS
from schulerfolg.konten.models import Kontoereignis, Landesrolle, Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_anmeldung, make_landesrolle, make_mitarbeit, make_zugehoerigkeit

GRUND = "Telefon verloren; ich habe auf dem Dienstapparat zurückgerufen."


@pytest.fixture(autouse=True)
def _mit_faktor(cast):
    TOTP.activate(cast.sachbearbeitung, GEHEIMNIS)
    TOTP.activate(cast.leitung, GEHEIMNIS)


def hat(person):
    return Authenticator.objects.filter(user=person).exists()


def link(seite, anfang):
    """Where the link or button with these words leads."""
    davor, _, _ = seite.text.partition(anfang)
    return davor.rpartition('href="')[2].partition('"')[0]


def verdeckt(antwort):
    form = antwort.context["form"]
    return {feld.html_name: feld.value() for feld in form.hidden_fields()}


def test_the_leitung_asks_and_the_coordination_office_confirms(als, cast):
    client = als(cast.leitung)
    seite = link(client.get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/"), "Zweiter Faktor<")
    antwort = client.get(seite)
    assert "Bitte zuerst prüfen, wer fragt" in antwort.text
    assert "Bitte füllen Sie dieses Feld aus." in client.post(seite, verdeckt(antwort)).text
    antwort = client.post(seite, verdeckt(antwort) | {"begruendung": GRUND}, follow=True)
    assert "Jetzt bestätigt eine zweite Person." in antwort.text
    assert hat(cast.sachbearbeitung)
    wartet = client.get(seite)
    assert wartet.context["form"].button == "Bitte zurücknehmen"
    assert str(cast.koordination) in wartet.text

    make_anmeldung(cast.sachbearbeitung)
    client = als(cast.koordination)
    (karte,) = [k for g in client.get("/uebersicht/").context["gruppen"] for k in g.karten if "Faktor" in k.titel]
    antwort = client.get(karte.adresse)
    assert GRUND in antwort.text
    antwort = client.post(karte.adresse, verdeckt(antwort), follow=True)
    assert f"Der zweite Faktor von {cast.sachbearbeitung} ist zurückgesetzt." in antwort.text
    assert not hat(cast.sachbearbeitung)
    assert "Zuletzt angemeldet" in antwort.text
    assert "auf Bitte von" in antwort.text
    assert not [k for g in client.get("/uebersicht/").context["gruppen"] for k in g.karten if "Faktor" in k.titel]
    text = "Zweiten Faktor von {betrifft} zurückgesetzt, auf Bitte von {betrifft_auch}"
    assert Stellenereignis.objects.filter(netzwerkstelle=cast.harz, text=text, durch=cast.koordination).exists()
    betreffs = set(Mail.objects.values_list("an", "betreff"))
    assert betreffs == {
        (cast.sachbearbeitung.email, "Jemand bittet, Ihren zweiten Faktor zurückzusetzen"),
        (cast.koordination.email, f"Bitte bestätigen: neuer zweiter Faktor für {cast.sachbearbeitung}"),
        (cast.sachbearbeitung.email, "Ihr zweiter Faktor ist zurückgesetzt"),
    }


def test_the_coordination_office_goes_through_the_page_of_the_person(als, cast):
    client = als(cast.koordination)
    seite = link(client.get(f"/personen/{cast.leitung.pk}/"), '<span class="kern-label">Zweiten Faktor zurücksetzen')
    antwort = client.get(seite)
    client.post(seite, verdeckt(antwort) | {"begruendung": GRUND})
    assert client.get(seite).context["form"].button == "Bitte zurücknehmen"
    client = als(make_landesrolle(Rolle.KOORDINATION).person)
    client.post(seite, verdeckt(client.get(seite)))
    assert not hat(cast.leitung)


def test_nobody_confirms_what_they_asked_for_or_for_themselves(cast):
    faktor.bitten(cast.sachbearbeitung, by=cast.leitung, begruendung=GRUND)
    bitte = str(faktor.offene_bitte(cast.sachbearbeitung).pk)
    with pytest.raises(ValidationError, match="Das bestätigt eine zweite Person"):
        faktor.zuruecksetzen(cast.sachbearbeitung, by=cast.leitung, version=bitte)
    with pytest.raises(PermissionDenied):
        faktor.zuruecksetzen(cast.sachbearbeitung, by=cast.sachbearbeitung, version=bitte)
    assert hat(cast.sachbearbeitung)


@pytest.mark.parametrize("wer", ["sachbearbeitung", "freigabe", "nachbarin", "pruefung", "lehrkraft"])
def test_nobody_else_asks(cast, wer):
    with pytest.raises(PermissionDenied):
        faktor.bitten(cast.leitung, by=getattr(cast, wer), begruendung=GRUND)


def test_for_a_leitung_the_coordination_office_confirms(cast):
    zweite = make_mitarbeit(cast.harz, Rolle.LEITUNG).person
    faktor.bitten(cast.leitung, by=zweite, begruendung=GRUND)
    dritte = make_mitarbeit(cast.harz, Rolle.LEITUNG).person
    bitte = str(faktor.offene_bitte(cast.leitung).pk)
    with pytest.raises(PermissionDenied, match="Bei der Leitung einer Stelle bestätigt die Koordinierungsstelle"):
        faktor.zuruecksetzen(cast.leitung, by=dritte, version=bitte)
    assert faktor.wer_bestaetigt(cast.leitung, ausser=zweite) == [cast.koordination]
    faktor.zuruecksetzen(cast.leitung, by=cast.koordination, version=bitte)
    assert not hat(cast.leitung)


def test_whoever_has_other_hats_is_the_coordination_office_s(cast):
    make_zugehoerigkeit(cast.schule, person=cast.sachbearbeitung)
    with pytest.raises(PermissionDenied):
        faktor.bitten(cast.sachbearbeitung, by=cast.leitung, begruendung=GRUND)


def test_a_request_is_confirmed_as_it_was_read_and_within_three_days(cast, monkeypatch):
    faktor.bitten(cast.sachbearbeitung, by=cast.leitung, begruendung=GRUND)
    with pytest.raises(ValidationError, match="hat schon darum gebeten"):
        faktor.bitten(cast.sachbearbeitung, by=cast.koordination, begruendung=GRUND)
    with pytest.raises(ValidationError, match="hat sich etwas geändert"):
        faktor.zuruecksetzen(cast.sachbearbeitung, by=cast.koordination, version="1")
    bitte = str(faktor.offene_bitte(cast.sachbearbeitung).pk)
    monkeypatch.setattr(faktor, "GILT", timedelta())
    with pytest.raises(ValidationError, match="Niemand bittet mehr darum"):
        faktor.zuruecksetzen(cast.sachbearbeitung, by=cast.koordination, version=bitte)
    assert hat(cast.sachbearbeitung)


def test_what_is_done_is_said_and_nobody_is_sent_to_somebody_else(als, cast):
    client = als(cast.koordination)
    lehrkraft, eigen = f"/personen/{cast.lehrkraft.pk}/", f"/personen/{cast.koordination.pk}/"
    for seite, satz in (
        (f"{lehrkraft}zweiter-faktor/", "hat zurzeit keinen zweiten Faktor"),
        (f"{lehrkraft}freischalten/", "ist schon offen."),
        (f"{eigen}sperren/", "Ihr eigenes Konto sperrt nur eine andere Person."),
        (f"{eigen}zweiter-faktor/", "Ihren eigenen zweiten Faktor ändern Sie unter „Mein Konto“."),
    ):
        antwort = client.get(seite, follow=True)
        assert antwort.redirect_chain[0][1] == 302
        assert satz in antwort.text
    client.post(f"{lehrkraft}sperren/", {"begruendung": "Fort."})
    assert "ist schon gesperrt." in client.post(f"{lehrkraft}sperren/", {"begruendung": "Fort."}, follow=True).text


def test_the_last_of_the_coordination_office_gets_in_by_the_command(cast, capsys):
    TOTP.activate(cast.koordination, GEHEIMNIS)
    call_command("zweiten_faktor_zuruecksetzen", cast.koordination.email.upper())
    assert capsys.readouterr().out.startswith(f"Der zweite Faktor von {cast.koordination} ist zurückgesetzt.")
    assert not hat(cast.koordination)
    ereignis = Kontoereignis.objects.get(person=cast.koordination)
    satz = f"Zweiten Faktor von {cast.koordination} im Betrieb zurückgesetzt"
    assert (ereignis.durch, ereignis.in_worten) == (None, satz)
    assert Mail.objects.get().an == cast.koordination.email
    with pytest.raises(CommandError, match="keinen zweiten Faktor"):
        call_command("zweiten_faktor_zuruecksetzen", cast.koordination.email)
    with pytest.raises(CommandError, match="kein offenes Konto"):
        call_command("zweiten_faktor_zuruecksetzen", "niemand@schule.example")


def test_the_command_is_no_way_past_two_people(cast):
    make_landesrolle(Rolle.KOORDINATION)
    with pytest.raises(CommandError, match="Das geht im Portal"):
        call_command("zweiten_faktor_zuruecksetzen", cast.sachbearbeitung.email)
    assert hat(cast.sachbearbeitung)


def test_who_was_in_the_coordination_office_confirms_nothing_more(cast):
    gestern = timezone.localdate() - timedelta(days=1)
    Landesrolle.objects.filter(person=cast.koordination).update(bis=gestern)
    assert cast.koordination not in faktor.wer_bestaetigt(cast.sachbearbeitung, ausser=cast.leitung)


def test_who_asked_takes_the_request_back(als, cast):
    client = als(cast.leitung)
    seite = link(client.get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/"), "Zweiter Faktor<")
    client.post(seite, verdeckt(client.get(seite)) | {"begruendung": GRUND})
    Mail.objects.all().delete()
    antwort = client.get(seite)
    assert "Sie haben am" in antwort.text
    assert "Bitte zurücknehmen" in antwort.text
    antwort = client.post(seite, verdeckt(antwort), follow=True)
    assert "Ihre Bitte ist zurückgenommen. Der zweite Faktor bleibt." in antwort.text
    assert [(m.an, m.betreff) for m in Mail.objects.all()] == [
        (cast.sachbearbeitung.email, "Ihr zweiter Faktor bleibt, wie er ist")
    ]
    assert hat(cast.sachbearbeitung)
    with pytest.raises(ValidationError, match="Niemand bittet mehr darum"):
        faktor.zuruecksetzen(cast.sachbearbeitung, by=cast.koordination, version="1")
    assert "Um das Zurücksetzen bitten" in client.get(seite).text


def test_only_who_asked_takes_it_back(cast):
    bitte = faktor.bitten(cast.sachbearbeitung, by=cast.leitung, begruendung=GRUND)
    with pytest.raises(ValidationError, match="wartet nicht mehr"):
        faktor.zuruecknehmen(cast.sachbearbeitung, by=cast.koordination, version=str(bitte.pk))
    assert faktor.offene_bitte(cast.sachbearbeitung) == bitte
