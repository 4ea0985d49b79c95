"""Names of people stand in no text that never changes: there are references, read with the name of today."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CharField, JSONField, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from netzwerkstellen.models import Ansprechperson, Einladung, Stellenereignis
from schulerfolg.akte.models import Ereignis
from schulerfolg.konten.models import Person
from tests.factories import make_netzwerkstelle, make_person

# Frozen papers: what was submitted and what the members read, word for word; see the registry of personal data.
PAPIERE = {"Antragsfassung.inhalt", "Beschlussvorlage.inhalt"}


def append_only() -> list[type[models.Model]]:
    """Every table that refuses both UPDATE and DELETE, or the former alone."""
    return [
        modell
        for modell in apps.get_models()
        if any(trigger.name == "keine_aenderung" for trigger in getattr(modell._meta, "triggers", []))
    ]


def fundstellen() -> list[str]:
    """Where a name or an address of somebody who has an account or an invitation is written out."""
    gefunden = []
    namen = Concat("vorname", Value(" "), "nachname")
    menschen = [*Person.objects.values_list(namen, "email"), *Einladung.objects.values_list(namen, "email")]
    woerter = {wort.lower() for zeile in menschen for wort in zeile} | {
        name.lower() for name in Ansprechperson.objects.values_list("name", flat=True)
    }
    for modell in append_only():
        for feld in modell._meta.concrete_fields:
            stelle = f"{modell.__name__}.{feld.name}"
            if isinstance(feld, CharField | TextField | JSONField) and stelle not in PAPIERE:
                zeilen = modell._base_manager.values_list(Cast(feld.name, TextField()), flat=True)
                ganzes = "\n".join(text for text in zeilen.distinct() if text).lower()
                gefunden += [f"{stelle}: {wort}" for wort in sorted(woerter) if wort in ganzes]
    return gefunden


def test_the_demo_world_names_nobody_in_what_never_changes(demowelt):
    assert fundstellen() == []
    assert Stellenereignis.objects.filter(~Q(betrifft=None) | ~Q(einladung=None)).exists()


@pytest.mark.parametrize("text", ["Mitarbeit von Ada Öz beendet", "Mail an ADA.OEZ@schule.example"])
def test_a_name_that_is_written_out_is_found(db, text):
    make_person("Ada", "Öz", email="ada.oez@schule.example")
    assert fundstellen() == []
    Stellenereignis.objects.create(netzwerkstelle=make_netzwerkstelle(), schritt="x", text=text, rolle="x")
    assert [fund.partition(":")[0] for fund in fundstellen()] == ["Stellenereignis.text"]


def test_these_tables_are_looked_through():
    ereignisse = {modell.__name__ for modell in apps.get_models() if issubclass(modell, Ereignis)}
    weitere = {"Ansicht", "Ansichtsende", "Ansichtsseite", "Antragsfassung", "Beschluss", "Beschlussvorlage"}
    weitere |= {"Buchung", "Dokument", "Einsicht", "Kennzahl", "Lesevermerk", "Punktleitung", "Rundenfassung"}
    weitere |= {"Schriftstueck"}
    assert {modell.__name__ for modell in append_only()} == ereignisse | weitere


@pytest.fixture
def ereignis(db):
    """Reads the row anew, as a history does."""
    wer = {"betrifft": make_person("Ada", "Öz"), "betrifft_auch": make_person("Bo", "Ax")}
    zeile = Stellenereignis.objects.create(
        netzwerkstelle=make_netzwerkstelle(), schritt="x", text="{betrifft} für {betrifft_auch}", rolle="x", **wer
    )
    return lambda: Stellenereignis.objects.for_list().get(pk=zeile.pk)


def test_people_are_called_as_today(ereignis):
    ada, bo = ereignis().betrifft, ereignis().betrifft_auch
    assert ereignis().in_worten == "Ada Öz für Bo Ax"
    ada.nachname = "Öz-Kern"
    ada.save()
    assert ereignis().in_worten == "Ada Öz-Kern für Bo Ax"
    bo.zusammengefuehrt_mit, bo.is_active = ada, False
    bo.save()
    assert ereignis().in_worten == "Ada Öz-Kern für Bo Ax (heute: Ada Öz-Kern)"


def test_whoever_is_deleted_leaves_no_name_behind(ereignis):
    ereignis().betrifft.delete()
    Person.objects.update(vorname="", nachname="")
    assert ereignis().in_worten == "eine gelöschte Person für eine gelöschte Person"
    assert Stellenereignis.objects.get().in_worten == "eine gelöschte Person für eine gelöschte Person"


def test_a_history_with_names_is_one_query(ereignis, django_assert_num_queries):
    Stellenereignis.objects.bulk_create(
        Stellenereignis(
            netzwerkstelle=ereignis().netzwerkstelle, schritt="x", text="{betrifft}", rolle="x", betrifft=make_person()
        )
        for _ in range(3)
    )
    with django_assert_num_queries(1):
        assert len({zeile.in_worten for zeile in Stellenereignis.objects.for_list()}) == 2


def test_braces_that_name_no_column_stay():
    assert Stellenereignis(text="Organisation {rolle} {} eingetragen", rolle="x").in_worten == (
        "Organisation {rolle} {} eingetragen"
    )
