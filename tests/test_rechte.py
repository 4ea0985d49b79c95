"""The one shape of rights, and that every right is asked somewhere: by name, of the table it stands in."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices

from schulerfolg.management.commands.tabellen import rechtetabellen
from schulerfolg.rechte import Recht, Rechte
from tests.fragen import ROOT, gefragt, python

TABELLEN = rechtetabellen()


class Hut(TextChoices):
    KOCH = "koch", "Koch"
    GAST = "gast", "Gast"
    CHEF = "chef", "Chefin"


class Stand(TextChoices):
    ROH = "roh", "roh"
    GAR = "gar", "gar"
    WEG = "weg", "weg"


def _fade(hats, topf):
    return Hut.CHEF in hats or topf.fade


KUECHE = Rechte(
    "Küche",
    "Gekocht wird täglich.",
    [
        Recht("kochen", (Hut.KOCH, Hut.CHEF), "kochen", [Stand.ROH]),
        Recht("essen", (Hut.GAST, Hut.KOCH), "essen", [Stand.ROH, Stand.GAR], denial="Es essen die Gäste."),
        Recht("salzen", tuple(Hut), "salzen", when=_fade, needs="was fade ist"),
    ],
    steps=[
        SimpleNamespace(name="wegwerfen", label="Wegwerfen", roles=[Hut.CHEF], url=True),
        SimpleNamespace(name="verderben", label="Verderben", roles=[Hut.GAST], url=False),
    ],
)


def topf(status=Stand.ROH, fade=False):
    return SimpleNamespace(status=status, fade=fade)


def test_may_asks_for_hat_status_and_condition():
    assert KUECHE.may({Hut.KOCH}, "kochen", topf()) is True
    assert KUECHE.may({Hut.KOCH}, "kochen", topf(Stand.GAR)) is False
    assert KUECHE.may({Hut.GAST}, "kochen", topf()) is False
    assert KUECHE.may({Hut.GAST}, "salzen", topf()) is False
    assert KUECHE.may({Hut.GAST}, "salzen", topf(fade=True)) is True
    assert KUECHE.may({Hut.GAST, Hut.CHEF}, "salzen", topf()) is True
    assert KUECHE.may(set(), "salzen", topf(fade=True)) is False


def test_without_an_object_the_hats_alone_are_asked():
    assert KUECHE.may({Hut.GAST}, "salzen") is True
    assert KUECHE.actions({Hut.GAST}) == {"essen", "salzen"}
    assert KUECHE.actions({Hut.GAST}, topf(Stand.WEG)) == set()


def test_require_names_the_hat_closest_to_the_work_and_leaves_the_moment_to_due():
    assert KUECHE.require({Hut.CHEF, Hut.KOCH}, "kochen", topf(Stand.WEG)) == Hut.KOCH
    assert KUECHE.due("kochen", topf(Stand.WEG)) is False
    assert KUECHE.due("salzen", topf(Stand.WEG)) is True


@pytest.mark.parametrize(
    ("action", "satz"),
    [
        ("kochen", "Diesen Schritt macht: Koch oder Chefin."),
        ("salzen", "Diesen Schritt macht: Koch, Gast oder Chefin."),
        ("essen", "Es essen die Gäste."),
    ],
)
def test_a_refusal_says_whose_it_is(action, satz):
    with pytest.raises(PermissionDenied) as error:
        KUECHE.require(set(), action, topf())
    assert str(error.value) == satz


def test_a_right_that_is_in_no_row_is_no_right():
    for frage in (KUECHE.may, KUECHE.hat, KUECHE.require):
        with pytest.raises(KeyError, match="spülen"):
            frage({Hut.KOCH}, "spülen")


def test_the_table_for_people():
    assert KUECHE.as_markdown().splitlines() == [
        "## Küche",
        "",
        "Gekocht wird täglich.",
        "",
        "| Recht | Koch | Chefin | Gast | solange der Stand ist | nur |",
        "| --- | --- | --- | --- | --- | --- |",
        "| kochen | ja | ja | – | roh | – |",
        "| essen | ja | – | ja | nicht: weg | – |",
        "| salzen | ja | ja | ja | – | was fade ist |",
        "",
        "### Schritte: Küche",
        "",
        "| Schritt | Chefin |",
        "| --- | --- |",
        "| Wegwerfen (`wegwerfen`) | ja |",
    ]


def test_what_a_condition_asks_is_told_in_words():
    assert [row.name for tabelle in TABELLEN.values() for row in tabelle if row.when and not row.needs] == []


@pytest.mark.parametrize("name", TABELLEN)
def test_every_right_is_asked_and_what_is_asked_is_a_right(name):
    assert gefragt()[id(TABELLEN[name])] == set(TABELLEN[name].rows)


def test_nobody_refuses_beside_the_tables():
    """Steps have their machine; who is biased, and whose objection it is, is a question about one member."""
    raising = [path.relative_to(ROOT).as_posix() for path in python() if "raise PermissionDenied" in path.read_text()]
    assert raising == [
        "netzwerkstellen/stelle/permissions.py",
        "gremien/befangenheit/services.py",
        "gremien/befangenheit/views.py",
        "gremien/sitzung/leiten.py",
        "schulerfolg/ablauf/machine.py",
        "schulerfolg/rechte.py",
    ]
