"""What the database refuses by itself, by name."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from gremien.models import Befangenheit, Beschluss, Beschlussvorlage, Stimme
from tests.factories_gremium import bewilligen


@pytest.fixture
def punkt(laufend):
    return laufend.punkte.get()


def verboten(name, tun):
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        tun()


@pytest.mark.parametrize("entscheidung", ["offen", "befangen"])
def test_no_vote_of_an_excluded_member(saal, punkt, entscheidung):
    mitglied = saal.mitglieder[0]
    # Short values, side by side.
    Befangenheit.objects.create(
        punkt=punkt, mitgliedschaft=mitglied, grad="p20", grund="x", entscheidung=entscheidung,
        entschieden_am=timezone.now(),
    )  # fmt: skip
    verboten(
        "stimme_nicht_von_befangenen",
        lambda: Stimme.objects.create(punkt=punkt, mitgliedschaft=mitglied, wert="ja"),
    )


def test_a_vote_of_somebody_found_impartial(saal, punkt):
    # Short values, side by side.
    Befangenheit.objects.create(
        punkt=punkt, mitgliedschaft=saal.vorsitz, grad="p21", grund="x", entscheidung="nicht_befangen",
        entschieden_am=timezone.now(),
    )  # fmt: skip
    assert Stimme.objects.create(punkt=punkt, mitgliedschaft=saal.vorsitz, wert="ja").pk


def test_no_vote_of_somebody_absent(saal, laufend, punkt):
    laufend.anwesenheiten.filter(mitgliedschaft=saal.vorsitz).update(bis=timezone.now())
    verboten(
        "stimme_nur_von_anwesenden",
        lambda: Stimme.objects.create(punkt=punkt, mitgliedschaft=saal.vorsitz, wert="ja"),
    )


def test_no_vote_after_the_resolution_and_none_is_deleted(saal, punkt):
    bewilligen(punkt, saal)
    stimme = punkt.stimmen.first()
    stimme.wert = "nein"
    verboten("stimme_nicht_nach_beschluss", stimme.save)
    verboten("Cannot delete", stimme.delete)


CONSTRAINTS = {
    "befangenheit_nicht_nach_beschluss": lambda p, m: [_beschluss(p, m), _befangen(p, m)],
    "stimme_wert_ist_bekannt": lambda p, m: Stimme.objects.create(punkt=p, mitgliedschaft=m, wert="vielleicht"),
    "stimme_einmal_je_punkt": lambda p, m: [Stimme.objects.create(punkt=p, mitgliedschaft=m, wert="ja") for _ in "12"],
    "beschluss_bewilligung_hat_betrag": lambda p, m: _beschluss(p, m, betrag=None),
    "beschluss_stimmen_hoechstens_anwesende": lambda p, m: _beschluss(p, m, ja=5, anwesend=4),
}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraints_by_name(saal, punkt, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CONSTRAINTS[name](punkt, saal.mitglieder[0])


def _befangen(punkt, mitglied, **fields):
    return Befangenheit.objects.create(punkt=punkt, mitgliedschaft=mitglied, grad="p20", grund="x", **fields)


def _beschluss(punkt, mitglied, **fields):
    werte = {"betrag": 1, "ja": 3, "nein": 0, "enthaltung": 0, "anwesend": 4, "stimmberechtigt": 4, "ausgeschlossen": 0}
    # Short values, side by side.
    return Beschluss.objects.create(
        punkt=punkt, antrag=punkt.antrag, nummer="HZ-B-1/1", ausgang="bewilligen", wortlaut="w",
        beschlussfaehigkeit="b", festgestellt_durch=mitglied.person, **werte | fields,
    )  # fmt: skip


@pytest.mark.parametrize("modell", [Beschluss, Beschlussvorlage])
def test_append_only(saal, punkt, modell):
    bewilligen(punkt, saal)
    zeile = modell.objects.get()
    spalte = {"am": timezone.now() + timedelta(1)} if modell is Beschluss else {"erstellt_am": timezone.now()}
    verboten("Cannot update", lambda: modell.objects.filter(pk=zeile.pk).update(**spalte))
    verboten("Cannot", lambda: modell.objects.filter(pk=zeile.pk)._raw_delete("default"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        verboten("append-only", lambda: cursor.execute(f"TRUNCATE {modell._meta.db_table} CASCADE"))
    assert modell.objects.count() == 1
