"""Each subject declares what it keeps about people; a column of which nobody said what it is for fails here."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from schulerfolg.akte.verarbeitung import FRISTEN, erklaerungen, frist_in_worten, verarbeitungen
from schulerfolg.konten.models import Person
from tests.test_architecture import APPS

# Columns of these kinds tell of nobody unless a subject says so, and so do choices; every other one is named.
NEUTRAL = (
    models.BooleanField,
    models.DateField,
    models.DecimalField,
    models.GeneratedField,
    models.IntegerField,
    models.UUIDField,
)


def unsere() -> list[type[models.Model]]:
    eigene = [m for m in apps.get_models() if m.__module__.split(".")[0] in APPS]
    return [modell for modell in eigene if not modell._meta.proxy]


def ist_jemand(modell) -> bool:
    """A row of this table is a person, may be one, or is one person's role or share."""
    return modell._meta.label in ("konten.Person", "netzwerkstellen.Organisation") or any(
        feld.name == "person" for feld in modell._meta.fields
    )


def zu_erklaeren(modell) -> set[str]:
    """The columns that must be in one of the two lists."""
    return {
        feld.name
        for feld in [*modell._meta.concrete_fields, *modell._meta.many_to_many]
        if (ist_jemand(feld.related_model) if feld.is_relation else not (feld.choices or isinstance(feld, NEUTRAL)))
    }


def erklaert() -> dict[type[models.Model], tuple[list[str], list[str]]]:
    """Per model: the columns that tell of people, and those of which a subject says that they do not."""
    alle: dict = {}
    for erklaerung in erklaerungen():
        for verarbeitung in erklaerung.VERARBEITUNGEN:
            for modell, felder in verarbeitung.felder.items():
                alle.setdefault(modell, ([], []))[0].extend(felder.split())
        for modell, felder in erklaerung.OHNE_PERSONENBEZUG.items():
            alle.setdefault(modell, ([], []))[1].extend(felder.split())
    return alle


def luecken(modelle) -> list[str]:
    alle = erklaert()
    offen = [f"{m.__name__}: no declaration" for m in modelle if m not in alle]
    for modell in modelle:
        mit, ohne = alle.get(modell, ([], []))
        offen += sorted(f"{modell.__name__}.{name}" for name in zu_erklaeren(modell) - {*mit, *ohne})
    return offen


def test_every_column_is_declared():
    assert luecken(unsere()) == []


@isolate_apps("schulerfolg.konten")
def test_a_new_column_is_found():
    class Neu(models.Model):
        spitzname = models.CharField(max_length=9)
        stand = models.CharField(max_length=9, choices=[("a", "a")])
        betrag = models.IntegerField()
        freundin = models.ForeignKey(Person, models.CASCADE, related_name="+")

        class Meta:
            app_label = "konten"

        def __str__(self):
            return self.spitzname

    assert luecken([Neu]) == ["Neu: no declaration", "Neu.freundin", "Neu.spitzname"]


def test_what_is_declared_exists_and_only_once():
    falsch = []
    for modell, (mit, ohne) in erklaert().items():
        namen = {feld.name for feld in [*modell._meta.concrete_fields, *modell._meta.many_to_many]}
        falsch += [f"{modell.__name__}.{name}" for name in [*mit, *ohne] if name not in namen]
        falsch += [f"{modell.__name__}.{name} twice" for name in {*mit, *ohne} if [*mit, *ohne].count(name) > 1]
    assert falsch == []


def test_each_declaration_is_whole():
    for verarbeitung in verarbeitungen():
        assert verarbeitung.frist in FRISTEN
        assert all([verarbeitung.art.was, verarbeitung.art.wofuer, verarbeitung.grundlage, verarbeitung.empfaenger])


@pytest.mark.parametrize(
    ("name", "zahl", "worte"),
    [
        ("konto", None, "12 Monate nach dem Ende der letzten Rolle"),
        ("konto", 6, "6 Monate nach dem Ende der letzten Rolle"),
        ("kontakt", None, "sofort nach dem letzten Tag, an dem die Angabe gilt"),
    ],
)
def test_the_operator_sets_a_period(settings, name, zahl, worte):
    settings.AUFBEWAHRUNG = {name: zahl} if zahl else {}
    assert frist_in_worten(name) == worte


def test_no_period_is_set_until_an_operator_does(settings):
    assert settings.AUFBEWAHRUNG == {}


def test_the_privacy_page_names_every_kind_of_data(client, db):
    seite = client.get("/datenschutz/").content.decode()
    assert [v.art.was for v in verarbeitungen() if v.art.was not in seite or v.art.wofuer not in seite] == []
