"""What the database refuses by itself, by name."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from gremien.models import (
    Befangenheit,
    Beschluss,
    Beschlussvorlage,
    Beschlussvorschlag,
    Stimme,
    Tagesordnungspunkt,
)
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
        lambda: Stimme.objects.create(vorschlag=_vorschlag(punkt, saal.vorsitz), mitgliedschaft=mitglied, wert="ja"),
    )


def test_a_vote_of_somebody_found_impartial(saal, punkt):
    # Short values, side by side.
    Befangenheit.objects.create(
        punkt=punkt, mitgliedschaft=saal.vorsitz, grad="p21", grund="x", entscheidung="nicht_befangen",
        entschieden_am=timezone.now(),
    )  # fmt: skip
    assert Stimme.objects.create(vorschlag=_vorschlag(punkt, saal.vorsitz), mitgliedschaft=saal.vorsitz, wert="ja").pk


def test_no_vote_of_somebody_absent(saal, laufend, punkt):
    laufend.anwesenheiten.filter(mitgliedschaft=saal.vorsitz).update(bis=timezone.now())
    verboten(
        "stimme_nur_von_anwesenden",
        lambda: Stimme.objects.create(
            vorschlag=_vorschlag(punkt, saal.vorsitz), mitgliedschaft=saal.vorsitz, wert="ja"
        ),
    )


def test_no_vote_after_the_resolution_and_none_is_deleted(saal, punkt):
    bewilligen(punkt, saal)
    stimme = Stimme.objects.first()
    stimme.wert = "nein"
    verboten("stimme_nicht_nach_beschluss", stimme.save)
    verboten("Cannot delete", stimme.delete)


CONSTRAINTS = {
    "befangenheit_nicht_nach_beschluss": lambda p, m: [_beschluss(p, m), _befangen(p, m)],
    "stimme_wert_ist_bekannt": lambda p, m: _stimme(_vorschlag(p, m), m, "vielleicht"),
    "stimme_einmal_je_vorschlag": lambda p, m: [_stimme(v, m, "ja") for v in [_vorschlag(p, m)] * 2],
    "stimme_nur_zum_letzten_vorschlag": lambda p, m: _stimme([_vorschlag(p, m), _vorschlag(p, m)][0], m, "ja"),
    "beschlussvorschlag_ist_bekannt": lambda p, m: _vorschlag(p, m, antrag_auf="verwerfen"),
    "beschlussvorschlag_bewilligung_hat_betrag": lambda p, m: _vorschlag(p, m, betrag=None),
    "beschlussvorschlag_frei_hat_text": lambda p, m: _vorschlag(p, m, antrag_auf="annehmen"),
    "vorschlag_nicht_nach_dem_punkt": lambda p, m: [_punkt(p, ausgang="vertagt"), _vorschlag(p, m)],
    "befangenheit_nicht_nach": lambda p, m: [_punkt(p, ausgang="vertagt"), _befangen(p, m)],
    "stimme_nicht_nach": lambda p, m: [v := _vorschlag(p, m), _punkt(p, ausgang="vertagt"), _stimme(v, m, "ja")],
    "vorschlag_wird_nicht_geaendert": lambda p, m: _aendern(_vorschlag(p, m), betrag=2),
    "stimme_bleibt_bei": lambda p, m: _aendern(_stimme(_vorschlag(p, m), m, "ja"), vorschlag=_vorschlag(p, m)),
    "tagesordnungspunkt_beschlossen_bleibt": lambda p, m: [_beschluss(p, m), _punkt(p, ausgang="vertagt")],
    "beschlossen_bleibt": lambda p, m: [_beschluss(p, m), _punkt(p, ausgang="beschlossen", titel="Anderes")],
    "beschluss_antrag_wo_ueber_einen": lambda p, m: _beschluss(p, m, antrag=None),
    "beschluss_passt_zu_seinem_punkt": lambda p, m: _beschluss(p, m, vorschlag=_vorschlag(_anderer(p), m)),
    "beschluss_bewilligung_hat_betrag": lambda p, m: _beschluss(p, m, betrag=None),
    "beschluss_stimmen_hoechstens_anwesende": lambda p, m: _beschluss(p, m, ja=5, anwesend=4),
}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraints_by_name(saal, punkt, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CONSTRAINTS[name](punkt, saal.mitglieder[0])


def _befangen(punkt, mitglied, **fields):
    return Befangenheit.objects.create(punkt=punkt, mitgliedschaft=mitglied, grad="p20", grund="x", **fields)


def _vorschlag(punkt, mitglied, **fields):
    werte = {"antrag_auf": "bewilligen", "betrag": 1, "durch": mitglied.person}
    return Beschlussvorschlag.objects.create(punkt=punkt, **werte | fields)


def _stimme(vorschlag, mitglied, wert):
    return Stimme.objects.create(vorschlag=vorschlag, mitgliedschaft=mitglied, wert=wert)


def _punkt(punkt, **werte):
    Tagesordnungspunkt.objects.filter(pk=punkt.pk).update(**werte)


def _anderer(punkt):
    return Tagesordnungspunkt.objects.create(sitzung=punkt.sitzung, position=2, art="sonstiges", titel="Anderes")


def _aendern(zeile, **werte):
    type(zeile).objects.filter(pk=zeile.pk).update(**werte)


def _beschluss(punkt, mitglied, **fields):
    werte = {"antrag": punkt.antrag, "vorschlag": fields.get("vorschlag") or _vorschlag(punkt, mitglied)}
    werte |= {
        "betrag": 1,
        "ja": 3,
        "nein": 0,
        "enthaltung": 0,
        "anwesend": 4,
        "stimmberechtigt": 4,
        "ausgeschlossen": 0,
    }
    # Short values, side by side.
    return Beschluss.objects.create(
        punkt=punkt, nummer="HZ-B-1/1", ausgang="bewilligen", wortlaut="w",
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


@pytest.mark.parametrize("modell", [Stimme, Beschlussvorschlag, Befangenheit, Tagesordnungspunkt])
def test_nothing_a_decision_rests_on_is_emptied(saal, punkt, modell):
    befangen = _befangen(punkt, saal.mitglieder[0], entscheidung="nicht_befangen", entschieden_am=timezone.now())
    bewilligen(punkt, saal)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        verboten("append-only", lambda: cursor.execute(f"TRUNCATE {modell._meta.db_table} CASCADE"))
    verboten("befangenheit_nicht_nach", lambda: _aendern(befangen, entscheidung="befangen"))
    assert modell.objects.exists()
