"""Who audits: always for a limited time, given by the coordination office, and never where they work themselves."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from netzwerkstellen.models import Mitarbeit
from netzwerkstellen.verwaltung.services import rolle_wechseln
from schulerfolg.konten.models import Kontoereignis, Landesrolle, Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import eben_angemeldet, make_landesrolle, make_mitarbeit, make_person

HEUTE = timezone.localdate()
EIN_TAG = timedelta(days=1)


def felder(person, stelle=None, von=HEUTE, bis=HEUTE + timedelta(days=30)):
    return {"email": person.email, "wo": stelle.slug if stelle else "im-ganzen-land", "von": von, "bis": bis}


@pytest.mark.parametrize(
    ("von", "bis", "geht"),
    [
        (date(2027, 3, 1), date(2028, 2, 29), True),
        (date(2027, 3, 1), date(2028, 3, 1), False),
        (date(2026, 3, 1), date(2027, 2, 28), True),
        (date(2026, 3, 1), None, False),
        (None, date(2027, 2, 28), False),
    ],
)
def test_the_database_knows_no_audit_without_an_end_or_beyond_twelve_months(cast, von, bis, geht):
    person = make_person()
    for zeile in (
        Landesrolle(person=person, rolle=Rolle.PRUEFUNG, von=von, bis=bis),
        Mitarbeit(person=person, netzwerkstelle=cast.harz, rolle=Rolle.PRUEFUNG, von=von, bis=bis),
    ):
        if geht:
            zeile.save()
        else:
            with pytest.raises(IntegrityError, match="pruefung_ist_befristet"), transaction.atomic():
                zeile.save()


def test_other_roles_need_no_end(cast):
    make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, von=date(2020, 1, 1), bis=None)
    make_landesrolle(von=None, bis=None)


def test_given_for_one_office(als, cast):
    person = make_person("Petra", "Prüfer")
    antwort = als(cast.koordination).post("/pruefrechte/neu/", felder(person, cast.harz), follow=True)
    assert f"{person} kann prüfen" in antwort.text
    zeile = Mitarbeit.objects.get(person=person)
    assert (zeile.rolle, zeile.netzwerkstelle, zeile.bis) == ("pruefung", cast.harz, HEUTE + timedelta(days=30))
    assert cast.harz.ereignisse.get().schritt == "pruefrecht_geben"
    assert Kontoereignis.objects.get(person=person).durch == cast.koordination
    assert f"prüfen: {cast.harz.name}." in Mail.objects.get(empfaenger=person).text
    assert als(person).get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/").status_code == 200
    assert als(person).get(f"/netzwerkstellen/{cast.boerde.slug}/verwaltung/").status_code == 404


def test_given_for_the_whole_land_extended_and_ended(als, cast):
    person, client = make_person(), als(cast.koordination)
    client.post("/pruefrechte/neu/", felder(person))
    zeile = Landesrolle.objects.get(person=person)
    seite = f"/pruefrechte/land/{zeile.pk}/"
    spaeter = HEUTE + timedelta(days=200)
    assert f"endet am {spaeter:%d.%m.%Y}" in client.post(seite, {"bis": spaeter}, follow=True).text
    zu_spaet = client.post(seite, {"bis": HEUTE + timedelta(days=400)})
    assert "mehr als zwölf Monate" in zu_spaet.context["form"].errors["bis"][0]
    assert "Rückwirkend endet nichts" in client.post(seite, {"bis": HEUTE - timedelta(days=2)}).text
    assert als(person).get("/antraege/").status_code == 200
    Landesrolle.objects.filter(pk=zeile.pk).update(von=HEUTE - timedelta(days=5))
    als(cast.koordination).post(seite, {"bis": HEUTE - EIN_TAG})
    assert Landesrolle.objects.get(pk=zeile.pk).bis == HEUTE - EIN_TAG
    assert "schon zu Ende" in client.post(seite, {"bis": spaeter}).text
    liste = client.get("/pruefrechte/").context
    assert [zeile.person for zeile in liste["beendete"]] == [person]
    assert [zeile.person for zeile in liste["laufende"]] == [cast.pruefung]


@pytest.mark.parametrize(
    ("wer", "wo", "satz"),
    [
        ("koordination", None, "Sich selbst geben Sie kein Prüfrecht."),
        ("sachbearbeitung", "harz", "Prüfen kann nur, wer unabhängig ist."),
        ("sachbearbeitung", None, "Prüfen kann nur, wer unabhängig ist."),
        ("pruefung", None, "Diese Person hat die Rolle in dieser Zeit schon."),
    ],
)
def test_who_gets_none(als, cast, wer, wo, satz):
    stelle = getattr(cast, wo) if wo else None
    antwort = als(cast.koordination).post("/pruefrechte/neu/", felder(getattr(cast, wer), stelle))
    assert satz in antwort.text
    assert not Kontoereignis.objects.exists()


def test_a_colleague_of_another_office_may_audit_here_and_an_unknown_address_may_not(als, cast):
    client = als(cast.koordination)
    assert client.post("/pruefrechte/neu/", felder(cast.sachbearbeitung, cast.boerde)).status_code == 302
    unbekannt = felder(cast.fremd) | {"email": "niemand@pruefung.example"}
    assert "kein offenes Konto" in client.post("/pruefrechte/neu/", unbekannt).text


@pytest.mark.parametrize("wer", ["leitung", "pruefung", "sachbearbeitung", "schulleitung", "fremd"])
def test_nobody_else_gives_or_sees_them(als, cast, wer):
    client, pk = als(getattr(cast, wer)), cast.pruefung.landesrollen.get().pk
    assert [client.get(f"/pruefrechte/{rest}").status_code for rest in ("", "neu/", f"land/{pk}/")] == [403, 403, 404]
    vorher = Landesrolle.objects.get(pk=pk).bis
    assert client.post(f"/pruefrechte/land/{pk}/", {"bis": HEUTE + EIN_TAG}).status_code == 404
    assert client.post("/pruefrechte/neu/", felder(cast.fremd)).status_code == 403
    assert Landesrolle.objects.get(pk=pk).bis == vorher
    assert not cast.fremd.landesrollen.exists()


def test_it_asks_once_more_who_is_there(client, cast):
    client.force_login(cast.koordination)
    sitzung = client.session
    sitzung.update(eben_angemeldet(cast.koordination, vor=600))
    sitzung.save()
    assert client.get("/pruefrechte/neu/")["Location"].startswith("/konto/erneut-anmelden/")


def test_a_change_of_role_to_an_audit_gets_an_end(cast):
    zeile = cast.sachbearbeitung.mitarbeiten.get()
    neu = rolle_wechseln(zeile, by=cast.leitung, rolle=Rolle.PRUEFUNG, ab=HEUTE + EIN_TAG, zeichnungsbefugt=False)
    assert neu.bis == HEUTE + timedelta(days=91)


@pytest.mark.parametrize(
    ("von", "bis", "satz"),
    [
        ("2027-03-01", "2028-02-29", None),
        ("2027-03-01", "2028-03-01", "Bitte wählen Sie einen Tag bis zum 29.02.2028."),
        ("2028-02-29", "2029-02-27", None),
        ("2028-02-29", "2029-02-28", "Bitte wählen Sie einen Tag bis zum 27.02.2029."),
        ("2027-03-01", "2027-02-28", "Bitte wählen Sie einen Tag ab dem 01.03.2027."),
    ],
)
def test_the_field_says_how_long_an_audit_may_last(als, cast, von, bis, satz):
    """On the very day the database draws the line, so that it never speaks first."""
    daten = {"email": cast.fremd.email, "wo": cast.harz.slug, "von": von, "bis": bis}
    antwort = als(cast.koordination).post("/pruefrechte/neu/", daten)
    if satz is None:
        assert antwort.status_code == 302
    else:
        assert antwort.context["form"].errors["bis"][0].endswith(satz)
        assert list(antwort.context["form"].errors) == ["bis"]
