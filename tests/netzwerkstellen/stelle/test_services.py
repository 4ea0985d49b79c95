import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from netzwerkstellen.models import Ansprechperson, Schule, Standort
from netzwerkstellen.stelle.services import aendern, anlegen, sichern
from schulerfolg.formular.konflikt import Konflikt, version_of
from tests.factories import make_schulform
from tests.gleichzeitig import gleichzeitig

KONTAKT = {"action": "kontakte_pflegen", "schritt": "test", "was": "Ansprechperson"}


def test_a_new_row_is_noted_with_the_hat_it_was_made_in(cast):
    person = anlegen(Ansprechperson(netzwerkstelle=cast.harz, name="Grit May"), cast.harz, by=cast.leitung, **KONTAKT)
    ereignis = cast.harz.ereignisse.get()
    assert (ereignis.in_worten, ereignis.durch, ereignis.rolle) == (
        "Ansprechperson Grit May eingetragen",
        cast.leitung,
        f"Leitung der Netzwerkstelle, {cast.harz.kurzname}",
    )
    assert person.bearbeitet_durch == cast.leitung
    assert person.bearbeitet_am is not None


def test_a_change_names_its_fields_and_touches_no_other(cast):
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May", funktion="alt")
    person = Ansprechperson.objects.get()
    Ansprechperson.objects.update(funktion="inzwischen")
    person.telefon, person.email = "03931 607205", "gm@stelle.example"
    person.funktion = "inzwischen"
    assert aendern(person, cast.harz, by=cast.koordination, version="", **KONTAKT) == ["Telefon", "E-Mail-Adresse"]
    ereignis = cast.harz.ereignisse.get()
    assert ereignis.in_worten == "Ansprechperson Grit May geändert: Telefon, E-Mail-Adresse"
    assert ereignis.rolle == "Koordinierungsstelle"
    assert Ansprechperson.objects.get().bearbeitet_durch == cast.koordination


def test_nothing_changed_is_nothing_noted(cast):
    person = Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May")
    assert aendern(person, cast.harz, by=cast.leitung, version="", **KONTAKT) == []
    assert not cast.harz.ereignisse.exists()
    assert Ansprechperson.objects.get().bearbeitet_am is None


def test_who_comes_second_is_told_by_whom_and_what(cast):
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May")
    meine, ihre = Ansprechperson.objects.get(), Ansprechperson.objects.get()
    gesehen = version_of(meine)
    ihre.telefon = "111"
    aendern(ihre, cast.harz, by=cast.leitung, version=gesehen, **KONTAKT)
    meine.telefon = "222"
    with pytest.raises(Konflikt) as konflikt:
        aendern(meine, cast.harz, by=cast.sachbearbeitung, version=gesehen, **KONTAKT)
    text = konflikt.value.messages[0]
    assert text.startswith(f"{cast.leitung} hat diese Angaben heute um ")
    assert "Gespeichert ist jetzt – Telefon: „111“." in text
    assert Ansprechperson.objects.get().telefon == "111"
    aendern(meine, cast.harz, by=cast.sachbearbeitung, version=konflikt.value.version, **KONTAKT)
    assert Ansprechperson.objects.get().telefon == "222"


def test_without_the_hat_nothing_is_saved(cast):
    person = Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May")
    person.telefon = "1"
    with pytest.raises(PermissionDenied, match="Diesen Schritt macht"):
        aendern(person, cast.harz, by=cast.freigabe, version="", **KONTAKT)
    with pytest.raises(PermissionDenied):
        anlegen(Ansprechperson(netzwerkstelle=cast.harz, name="X"), cast.harz, by=cast.nachbarin, **KONTAKT)
    assert Ansprechperson.objects.get().telefon == ""


def test_a_constraint_speaks_german(cast):
    Standort.objects.create(netzwerkstelle=cast.harz, ort="Halberstadt", hauptsitz=True)
    with pytest.raises(ValidationError, match="Diese Netzwerkstelle hat schon einen Hauptsitz"):
        sichern(Standort(netzwerkstelle=cast.harz, ort="Thale", hauptsitz=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("make", "satz"),
    [
        (
            lambda stelle, form, n: Standort(netzwerkstelle=stelle, ort=f"Ort {n}", hauptsitz=True),
            "Diese Netzwerkstelle hat",
        ),
        (
            lambda stelle, form, n: Schule(netzwerkstelle=stelle, schulnummer="7", name="A", ort="B", schulform=form),
            "Schule mit",
        ),
    ],
)
def test_who_was_slower_hears_the_same_sentence(cast, make, satz):
    form = make_schulform()

    def versuchen(nummer):
        try:
            sichern(make(cast.harz, form, nummer))
        except ValidationError as error:
            return error.messages[0]
        return "gespeichert"

    antworten = gleichzeitig(versuchen, mal=40, faeden=20)
    assert antworten.count("gespeichert") == 1
    assert sum(antwort.startswith(satz) for antwort in antworten) == 39


def test_a_long_history_line_ends_with_dots(cast):
    standort = Standort(netzwerkstelle=cast.harz, ort="ä" * 100)
    anlegen(standort, cast.harz, by=cast.leitung, **KONTAKT | {"was": "w" * 400})
    text = cast.harz.ereignisse.get().in_worten
    assert len(text) == 500
    assert text.endswith("…")
