"""The record of who opened what: written by every view that shows a case, a paper or a private file."""

from datetime import timedelta
from unittest.mock import MagicMock

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from angebote.models import Anlage, Schriftstueck
from schulerfolg.akte.models import Dokument, Einsicht
from schulerfolg.akte.services import keep_look
from schulerfolg.dach.ansicht.services import MARKE, beginnen
from schulerfolg.dach.gegenstaende import modules_named
from tests.factories import make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_saal, make_sitzung_in


def gesehen(person):
    """What the record holds of this person: kind and hat."""
    zeilen = Einsicht.objects.filter(person=person).order_by("pk")
    return [(zeile.art, zeile.rolle) for zeile in zeilen]


def test_every_kind_has_a_name_of_its_own_and_a_page_that_tells_who_looked():
    module = modules_named("einsicht")
    arten = [art for modul in module for art in modul.Art]
    assert len({art.value for art in arten}) == len(arten)
    objekt = MagicMock(pk=7)
    erzaehlt = {art for modul in module for numbers in modul.EINSICHTEN.values() for art in numbers(objekt)}
    assert erzaehlt == set(arten)


def make_datei(name):
    return Dokument.objects.create(art="anlage", name=name, medientyp="application/pdf", inhalt=b"%PDF-1.7")


def test_one_row_per_person_object_and_hour(cast, django_assert_num_queries):
    was = {"art": "antrag", "nummer": 7, "was": "x" * 300, "hut": "Leitung", "stelle": "HZ"}
    vorhin = timezone.now().replace(minute=59, second=59) - timedelta(hours=2)
    Einsicht.objects.create(
        person=cast.leitung, art="antrag", nummer=7, rolle="Leitung", am=vorhin, stunde=vorhin - timedelta(minutes=50)
    )
    for wer in (cast.leitung, cast.leitung, cast.freigabe):
        with django_assert_num_queries(1):
            keep_look(wer=wer, **was)
    assert [Einsicht.objects.filter(person=p).count() for p in (cast.leitung, cast.freigabe)] == [2, 1]
    assert len(Einsicht.objects.first().was) == 200


def test_the_record_only_grows(cast):
    keep_look(wer=cast.leitung, art="antrag", nummer=7, was="HZ-1", hut="Leitung", stelle="HZ")
    for change in (lambda: Einsicht.objects.update(was="anders"), lambda: Einsicht.objects.all().delete()):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete rows from akte_einsicht"),
            transaction.atomic(),
        ):
            change()


def test_a_case_and_its_files(cast, als):
    antrag = make_antrag_in("fachpruefung", cast)
    anlage = Anlage.objects.create(
        antrag=antrag, art="sonstige", dokument=make_datei("Angebot.pdf"), hochgeladen_durch=cast.lehrkraft
    )
    stueck = Schriftstueck.objects.create(
        antrag=antrag, art="antrag", titel="Antrag", dokument=make_datei("Antrag.pdf")
    )
    client, hut = als(cast.leitung), f"Leitung der Netzwerkstelle, {cast.harz.name}"
    for adresse, dazu in (
        (reverse("antraege:antrag", args=[antrag.pk]), [("antrag", hut)]),
        (reverse("antraege:stellungnahme", args=[antrag.pk]), []),
        (reverse("antraege:anlage", args=[antrag.pk, anlage.pk]), [("anlage", hut)]),
        (reverse("antraege:schriftstueck", args=[antrag.pk, stueck.pk]), [("schriftstueck", hut)]),
        (reverse("antraege:liste"), []),
        (reverse("einblick:antrag", args=[antrag.pk]), []),
    ):
        vorher = gesehen(cast.leitung)
        assert client.get(adresse).status_code == 200
        assert gesehen(cast.leitung) == vorher + dazu, adresse
    assert list(Einsicht.objects.filter(art="antrag").values_list("nummer", "was", "stelle")) == [
        (antrag.pk, f"{antrag.nummer}: Gemeinsam statt einsam", "HZ")
    ]


@pytest.mark.parametrize("seite", ["stellungnahme", "schritt"])
def test_a_page_that_shows_the_case_without_its_first_page(cast, als, seite):
    antrag = make_antrag_in("fachpruefung", cast)
    wort = ["zurueckziehen"] if seite == "schritt" else []
    person = cast.schulleitung if seite == "schritt" else cast.leitung
    assert als(person).get(reverse(f"antraege:{seite}", args=[antrag.pk, *wort])).status_code == 200
    assert [art for art, _ in gesehen(person)] == ["antrag"]


def test_what_is_refused_or_foreign_leaves_no_row(cast, als):
    antrag = make_antrag_in("eingereicht", cast)
    for person, name in ((cast.nachbarin, "antrag"), (cast.lehrkraft, "pruefliste"), (cast.fremd, "antrag")):
        assert als(person).get(reverse(f"antraege:{name}", args=[antrag.pk])).status_code in (403, 404)
    assert not Einsicht.objects.exists()


def test_a_draft_of_ones_own_is_nobodys_business(cast, als):
    entwurf = make_antrag_in("entwurf", cast)
    kollegin = make_zugehoerigkeit(cast.schule).person
    for person in (cast.lehrkraft, kollegin):
        for adresse in ("antraege:antrag", "antraege:abschnitt"):
            args = [entwurf.pk, "projekt"] if adresse.endswith("abschnitt") else [entwurf.pk]
            antwort = als(person).get(reverse(adresse, args=args), follow=True)
            assert (antwort.status_code, "Tag 1 Kennenlernen" in antwort.text or person == cast.lehrkraft) == (
                200,
                True,
            )
    assert gesehen(cast.lehrkraft) == []
    assert gesehen(kollegin) == [("antrag", f"Lehrkraft, {cast.schule.name}")]


def test_papers_of_a_meeting(cast, als):
    saal = make_saal(cast)
    sitzung = make_sitzung_in("laufend", cast, saal)
    sitzung.einladung = make_datei("Einladung.pdf")
    sitzung.save()
    client, hut = als(saal.vorsitz.person), f"Vorsitz, {saal.gremium.name}"
    for adresse, dazu in (
        (f"/sitzungen/{sitzung.pk}/", []),
        (f"/sitzungen/{sitzung.pk}/punkte/{sitzung.punkte.get().pk}/", [("vorlage", hut)]),
        (f"/sitzungen/{sitzung.pk}/einladung.pdf", [("einladung", hut)]),
        (f"/sitzungen/{sitzung.pk}/einblick/", []),
    ):
        vorher = gesehen(saal.vorsitz.person)
        assert client.get(adresse).status_code == 200
        assert gesehen(saal.vorsitz.person) == vorher + dazu, adresse


def test_a_paper_that_stays_closed_leaves_no_row(cast, als):
    saal = make_saal(cast)
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    mitglied = saal.mitglieder[0]
    mitglied.verschwiegen_am = None
    mitglied.save()
    adresse = f"/sitzungen/{sitzung.pk}/punkte/{sitzung.punkte.get().pk}/"
    assert als(mitglied.person).get(adresse).status_code == 403
    assert gesehen(mitglied.person) == []


def test_whoever_looks_as_somebody_else_stands_in_the_record_themselves(cast, als):
    antrag = make_antrag_in("eingereicht", cast)
    client = als(cast.koordination)
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    ansicht = beginnen(cast.lehrkraft, by=cast.koordination, begruendung="Frage am Telefon")
    session = client.session
    session[MARKE] = ansicht.pk
    session.save()
    assert client.get(reverse("antraege:antrag", args=[antrag.pk])).status_code == 200
    assert gesehen(cast.lehrkraft) == []
    assert gesehen(cast.koordination) == [("antrag", f"Ansicht als andere Person (Lehrkraft, {cast.schule.name})")]
