"""„Menschen an unserer Schule“: the head invites, takes back and ends, for the own school and the Kollegium alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from netzwerkstellen.models import Einladung
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_person, make_registrierung, make_schule, make_zugehoerigkeit

ADA = {"vorname": "Ada", "nachname": "Öz", "email": "ada@schule.example", "rolle": "schule_mitarbeit"}


@pytest.fixture
def seite(cast):
    return f"/kollegium/{cast.schule.pk}/"


@pytest.mark.parametrize("rolle", [Rolle.SCHULE_LEITUNG, Rolle.SCHULE_STELLVERTRETUNG])
def test_head_and_deputy_invite(als, cast, seite, rolle):
    kopf = make_zugehoerigkeit(cast.schule, rolle).person
    client = als(kopf)
    assert client.get("/kollegium/").url == seite
    antwort = client.post(f"{seite}einladen/", ADA, follow=True)
    assert "Die Einladung ist unterwegs." in antwort.text
    assert "ada@schule.example" in antwort.text
    assert Mail.objects.get().an == "ada@schule.example"
    ereignis = cast.harz.ereignisse.get()
    assert (ereignis.in_worten, ereignis.durch) == (f"Ada Öz eingeladen: Lehrkraft, {cast.schule}", kopf)
    assert ereignis.rolle == f"{rolle.label}, {cast.harz.kurzname}"


@pytest.mark.parametrize("rolle", ["schule_leitung", "schule_stellvertretung", "sachbearbeitung"])
def test_nobody_is_invited_to_sign_for_the_school(als, cast, seite, rolle):
    antwort = als(cast.schulleitung).post(f"{seite}einladen/", ADA | {"rolle": rolle})
    assert "rolle" in antwort.context["form"].errors
    assert not Einladung.objects.exists()


def test_invitations_are_sent_again_and_taken_back(als, cast, seite):
    einladung = make_einladung(cast.harz, cast.leitung, cast.schule, rolle=Rolle.SCHULE_MITARBEIT)
    client = als(cast.schulleitung)
    client.post(f"{seite}einladungen/{einladung.pk}/erneut/")
    assert Mail.objects.get().an == einladung.email
    client.post(f"{seite}einladungen/{einladung.pk}/zuruecknehmen/")
    einladung.refresh_from_db()
    assert einladung.zurueckgenommen_am is not None
    kopf = make_einladung(cast.harz, cast.leitung, cast.schule)
    assert client.post(f"{seite}einladungen/{kopf.pk}/zuruecknehmen/").status_code == 404


def test_the_page_offers_what_the_head_may_do_with_an_invitation(als, cast, seite):
    meine = make_einladung(cast.harz, cast.leitung, cast.schule, rolle=Rolle.SCHULE_MITARBEIT)
    make_einladung(cast.harz, cast.leitung, cast.schule)  # of the Schulleitung: the office's
    text = als(cast.schulleitung).get(seite).text
    assert re.findall(rf'action="({seite}einladungen/\d+/\w+/)"', text) == [
        f"{seite}einladungen/{meine.pk}/erneut/",
        f"{seite}einladungen/{meine.pk}/zuruecknehmen/",
    ]
    assert text.count("eingeladen durch") == 2


def test_a_membership_ends(als, cast, seite):
    zeile, heute = cast.lehrkraft.schulzugehoerigkeiten.get(), timezone.localdate()
    als(cast.schulleitung).post(f"{seite}personen/{zeile.pk}/beenden/", {"letzter_tag": heute})
    zeile.refresh_from_db()
    assert zeile.bis == heute
    assert cast.harz.ereignisse.get().rolle == f"Schulleitung, {cast.harz.kurzname}"
    eigene = cast.schulleitung.schulzugehoerigkeiten.get()
    assert als(cast.schulleitung).get(f"{seite}personen/{eigene.pk}/beenden/").status_code == 404


@pytest.mark.parametrize("tage", [-1, 0, 30], ids=["vorbei", "heute", "später"])
def test_an_end_that_is_set_is_not_lifted_by_ending_again(als, cast, seite, tage):
    ende = timezone.localdate() + timedelta(days=tage)
    zeile = make_zugehoerigkeit(cast.schule, bis=ende)
    client, weg = als(cast.schulleitung), f"{seite}personen/{zeile.pk}/beenden/"
    assert weg not in client.get(seite).text
    for antwort in (client.get(weg, follow=True), client.post(weg, {"letzter_tag": "2100-12-31"}, follow=True)):
        assert f"Das Ende ist schon eingetragen: {zeile.person} gehört bis {ende:%d.%m.%Y} dazu." in antwort.text
    zeile.refresh_from_db()
    assert zeile.bis == ende


def test_who_waits_stands_on_the_page(als, cast, seite):
    make_registrierung(cast.schule, make_person("Ada", "Öz"))
    make_registrierung(cast.schule, make_person("Bo", "Kopf"), rolle=Rolle.SCHULE_LEITUNG)
    text = als(cast.schulleitung).get(seite).text
    assert ("Ada Öz" in text, "Bo Kopf" in text) == (True, False)


@pytest.mark.parametrize("wer", ["lehrkraft", "sachbearbeitung", "leitung", "koordination", "nachbarin", "fremd"])
def test_the_page_is_for_the_head_of_this_school(als, cast, seite, wer):
    client = als(getattr(cast, wer))
    zeile = cast.lehrkraft.schulzugehoerigkeiten.get()
    wege = (seite, f"{seite}einladen/", f"{seite}personen/{zeile.pk}/beenden/")
    assert [client.get(weg).status_code for weg in wege] == [404, 404, 404]
    assert client.get("/kollegium/").status_code == 200


def test_objects_of_another_school_are_missing(als, cast, seite):
    fremd = make_zugehoerigkeit(cast.fremdschule)
    einladung = make_einladung(cast.boerde, cast.nachbarin, cast.fremdschule, rolle=Rolle.SCHULE_MITARBEIT)
    client = als(cast.schulleitung)
    assert client.get(f"{seite}personen/{fremd.pk}/beenden/").status_code == 404
    assert client.post(f"{seite}einladungen/{einladung.pk}/erneut/").status_code == 404
    assert client.get(f"/kollegium/{cast.fremdschule.pk}/").status_code == 404


def test_who_leads_two_schools_chooses_and_who_led_one_is_out(als, cast, seite):
    zweite = make_schule(netzwerkstelle=cast.harz)
    zeile = make_zugehoerigkeit(zweite, Rolle.SCHULE_LEITUNG, person=cast.schulleitung)
    assert str(zweite) in als(cast.schulleitung).get("/kollegium/").text
    type(zeile).objects.filter(pk=zeile.pk).update(bis=timezone.localdate() - timedelta(days=1))
    assert als(cast.schulleitung).get(f"/kollegium/{zweite.pk}/").status_code == 404
