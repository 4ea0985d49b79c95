"""The two menus of every page: what each person may open, in this order and in these words."""

import pytest
from django.contrib.auth.models import AnonymousUser

from schulerfolg.dach.kontext import huete, menues
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_landesrolle, make_mitarbeit, make_zugehoerigkeit
from tests.factories_gremium import make_gremium, make_mitglied

SCHULE = ["Übersicht", "Beratungen", "Anträge", "Netzwerkstellen"]
STELLE = ["Übersicht", "Beratungen", "Anträge", "Sitzungen", "Verwaltung"]
LAND = ["Übersicht", "Anträge", "Sitzungen", "Förderregeln", "Förderrunden", "Budgets", "Netzwerkstellen"]
WEITERE = "Zugang zu einer weiteren Schule"
# person → navigation, menu of the account
MENUES = [
    ("lehrkraft", SCHULE, [WEITERE]),
    ("schulleitung", SCHULE, ["Menschen an unserer Schule", WEITERE]),
    ("sachbearbeitung", STELLE, []),
    ("leitung", STELLE, []),
    ("freigabe", STELLE, []),
    ("koordination", [*LAND, "Personen", "Berichte"], ["Prüfrechte", "Ansichten als andere Person"]),
    ("pruefung", [*LAND, "Berichte"], ["Ansichten als andere Person"]),
    ("fremd", ["Übersicht", "Netzwerkstellen"], []),
]


def titel(person):
    gezeigt = menues(person, huete(person))
    return [[eintrag.titel for eintrag in gezeigt[wo]] for wo in ("kopf", "konto")]


@pytest.mark.parametrize(("wer", "kopf", "konto"), MENUES)
def test_what_stands_in_the_menus(cast, wer, kopf, konto):
    assert titel(getattr(cast, wer)) == [kopf, konto]


def test_a_visitor():
    assert titel(AnonymousUser()) == [["Start", "Netzwerkstellen", "Berichte"], []]


def test_a_member_of_a_gremium_has_meetings_and_no_applications(cast):
    make_mitglied(make_gremium(cast.harz), cast.fremd)
    assert titel(cast.fremd) == [["Übersicht", "Sitzungen", "Netzwerkstellen"], []]


def test_who_audits_one_office_has_no_menu_of_the_land(cast):
    make_mitarbeit(cast.harz, Rolle.PRUEFUNG, person=cast.fremd)
    assert titel(cast.fremd) == [STELLE, []]


def test_all_hats_together(cast):
    make_zugehoerigkeit(cast.schule, Rolle.SCHULE_LEITUNG, person=cast.koordination)
    make_landesrolle(Rolle.PRUEFUNG, person=cast.koordination)
    beides = ["Übersicht", "Beratungen", *LAND[1:], "Personen", "Berichte"]
    land = ["Prüfrechte", "Ansichten als andere Person"]
    assert titel(cast.koordination) == [beides, ["Menschen an unserer Schule", WEITERE, *land]]


def test_several_offices_are_found_in_the_list_of_all(cast, als):
    make_mitarbeit(cast.boerde, Rolle.LEITUNG, person=cast.leitung)
    *_, stellen = menues(cast.leitung, huete(cast.leitung))["kopf"]
    adressen = {f"/netzwerkstellen/{stelle.slug}/verwaltung/" for stelle in (cast.harz, cast.boerde)}
    assert (stellen.titel, set(stellen.ausser)) == ("Netzwerkstellen", adressen)
    seite = als(cast.leitung).get("/netzwerkstellen/")
    assert '<a href="/netzwerkstellen/" aria-current="page">Netzwerkstellen</a>' in seite.text


def test_the_menus_ask_nothing_more(cast, django_assert_num_queries):
    for person in (cast.leitung, cast.schulleitung, cast.koordination):
        getragen = huete(person)
        with django_assert_num_queries(0):
            menues(person, getragen)
