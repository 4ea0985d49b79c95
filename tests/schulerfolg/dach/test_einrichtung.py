"""„Erste Schritte“: what a new office needs before its first award, who does it, and when the card goes."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from gremien.models import Mitgliedschaft
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.dach.einrichtung.checkliste import listen
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_landesrolle, make_mitarbeit, make_netzwerkstelle, make_organisation, make_person
from tests.factories_antrag import make_regel
from tests.factories_gremium import make_saal, make_sitzung

ALLES = ["Angaben und Anschrift", "Träger", "Team", "Schulen", "Förderregel", "Budget", "Gremium", "Erste Sitzung"]


def offen(stelle):
    [liste] = listen([stelle])
    return [punkt.titel for punkt in liste.offen]


def einrichten(cast):
    """Everything, step by step; yields what is still missing then."""
    harz = cast.harz
    harz.telefon = "03941 5970"
    harz.save()
    harz.standorte.create(ort="Halberstadt", plz="38820", strasse="Markt 1", hauptsitz=True)
    yield offen(harz)
    harz.traegerschaften.create(organisation=make_organisation())
    yield offen(harz)
    make_regel(harz)
    yield offen(harz)
    saal = make_saal(cast)  # with budgets
    yield offen(harz)
    Mitgliedschaft.objects.filter(pk=saal.mitglieder[0].pk).update(rolle="stellv_vorsitz")
    yield offen(harz)
    make_sitzung(saal.gremium, cast.leitung)
    yield offen(harz)


def test_step_by_step_nothing_is_missing_any_more(cast, als):
    """The cast has a team of three and a school with its head; the rest is done here, one after the other."""
    assert offen(cast.harz) == [titel for titel in ALLES if titel not in ("Team", "Schulen")]
    assert list(einrichten(cast)) == [
        ["Träger", "Förderregel", "Budget", "Gremium", "Erste Sitzung"],
        ["Förderregel", "Budget", "Gremium", "Erste Sitzung"],
        ["Budget", "Gremium", "Erste Sitzung"],
        ["Gremium", "Erste Sitzung"],  # without a deputy chair
        ["Erste Sitzung"],
        [],
    ]
    assert "Ihre Netzwerkstelle einrichten" not in als(cast.leitung).get("/uebersicht/").content.decode()


# who works there: role, may sign → whether an award finds a signature
TEAMS = [
    ([("leitung", True)], False),
    ([("leitung", True), ("sachbearbeitung", True)], False),
    ([("leitung", True), ("sachbearbeitung", False), ("sachbearbeitung", False)], True),
    ([("leitung", False), ("sachbearbeitung", False), ("sachbearbeitung", False)], False),
    ([("leitung", False), ("sachbearbeitung", False), ("traeger_freigabe", True)], True),
    ([("leitung", False), ("traeger_freigabe", True), ("traeger_freigabe", True)], True),
    ([("sachbearbeitung", True), ("sachbearbeitung", True), ("traeger_freigabe", True)], False),  # no Leitung
    ([("leitung", True), ("sachbearbeitung", True), ("pruefung", False)], False),
]


@pytest.mark.parametrize(("team", "reicht"), TEAMS)
def test_a_team_is_enough_where_one_writes_one_confirms_and_one_signs(db, team, reicht):
    stelle = make_netzwerkstelle()
    for rolle, zeichnet in team:
        make_mitarbeit(stelle, Rolle(rolle), zeichnungsbefugt=zeichnet)
    assert ("Team" not in offen(stelle)) is reicht


def test_the_leitung_finds_the_list_through_her_card(cast, als):
    karte = next(g for g in als(cast.leitung).get("/uebersicht/").context["gruppen"]).karten[0]
    assert (karte.titel, karte.adresse) == ("6 von 8 Schritten sind noch offen", "/einrichtung/" + cast.harz.slug + "/")
    seite = als(cast.leitung).get(karte.adresse).content.decode()
    assert [knopf in seite for knopf in ("Förderregel festlegen", "Budget anlegen", "Gremium anlegen")] == [True] * 3
    assert "macht: Koordinierungsstelle" in seite  # the Träger


def test_who_may_not_do_it_reads_who_does(cast, als):
    seite = als(cast.sachbearbeitung).get(reverse("einrichtung:stelle", args=[cast.harz.slug])).content.decode()
    assert "Gremium anlegen" in seite
    assert "Förderregel festlegen" not in seite
    assert "macht: Leitung der Netzwerkstelle" in seite


def test_the_coordination_reads_which_offices_are_not_set_up(db, als):
    call_command("stammdaten", verbosity=0)
    wer = make_landesrolle(Rolle.KOORDINATION, person=make_person()).person
    [gruppe] = [g for g in als(wer).get("/uebersicht/").context["gruppen"] if g.titel == "Netzwerkstellen einrichten"]
    [karte] = gruppe.karten
    assert karte.titel == "14 Stellen können noch nichts bewilligen"
    seite = als(wer).get(karte.adresse)
    assert [liste.stelle.kurzname for liste in seite.context["unfertig"]][:2] == [
        "Altmarkkreis Salzwedel",
        "Anhalt-Bitterfeld",
    ]
    eine = als(wer).get(reverse("einrichtung:stelle", args=["harz"]))
    assert [punkt.titel for punkt in eine.context["meine"]][:2] == ["Angaben und Anschrift", "Team"]


def test_many_offices_cost_no_more_questions(db, django_assert_num_queries):
    call_command("stammdaten", verbosity=0)
    with django_assert_num_queries(13):
        listen(Netzwerkstelle.objects.filter(slug="harz"))
    with django_assert_num_queries(13):
        listen(Netzwerkstelle.objects.all())
