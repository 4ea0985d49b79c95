"""The pages of a Gremium: what bias and a missing obligation close to a member, and what is unknown or none.

Who else gets what over HTTP: `tests/matrix.txt`.
"""

from itertools import product

import pytest

from gremien.befangenheit import services as befangenheit
from gremien.models import Befangenheit
from schulerfolg.akte.models import Dokument
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in

PEOPLE = ("mitglied", "befangen", "unverpflichtet")
# A table, to be read in columns: mitglied, befangen, unverpflichtet.
# fmt: off
PAGES = {
    "/gremien/": (200, 200, 200),
    "/gremien/neu/": (403, 403, 403),
    "/gremien/{gremium}/": (200, 200, 200),
    "/gremien/{gremium}/regeln/": (403, 403, 403),
    "/gremien/{gremium}/sitzungen/neu/": (403, 403, 403),
    "/gremien/{gremium}/mitglieder/neu/": (403, 403, 403),
    "/gremien/{gremium}/mitglieder/{mitglied}/": (403, 403, 403),
    "/gremien/{gremium}/mitglieder/{mitglied}/beenden/": (403, 403, 403),
    "/gremien/{gremium}/mitglieder/{mitglied}/verpflichten/": (403, 403, 403),
    "/sitzungen/": (200, 200, 200),
    "/sitzungen/{sitzung}/": (200, 200, 200),
    "/sitzungen/{sitzung}/termin/": (403, 403, 403),
    "/sitzungen/{sitzung}/schliessen/": (403, 403, 403),
    "/sitzungen/{sitzung}/punkte/{punkt}/": (200, 403, 403),
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/": (200, 200, 200),
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/festhalten/": (403, 403, 403),
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/{befangenheit}/einwand/": (403, 302, 403),
    "/sitzungen/{sitzung}/punkte/{punkt}/entfernen/": (403, 403, 403),
    "/sitzungen/{sitzung}/punkte/{punkt}/kenntnis/": (403, 403, 403),
    "/sitzungen/{sitzung}/punkte/{punkt}/vertagen/": (403, 403, 403),
    "/sitzungen/{sitzung}/einladung.pdf": (200, 200, 200),
    "/sitzungen/{sitzung}/niederschrift.pdf": (200, 200, 200),
    "/antraege/{antrag}/": (404, 404, 404),
}
# fmt: on
POSTS = [
    "/gremien/{gremium}/mitglieder/{mitglied}/erneut/",
    "/gremien/{gremium}/mitglieder/{mitglied}/zuruecknehmen/",
    "/sitzungen/{sitzung}/aufnehmen/",
    "/sitzungen/{sitzung}/nachladen/",
    "/sitzungen/{sitzung}/punkte/neu/",
    "/sitzungen/{sitzung}/punkte/{punkt}/hoch/",
    "/sitzungen/{sitzung}/punkte/{punkt}/runter/",
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/{befangenheit}/",
    "/sitzungen/{sitzung}/punkte/{punkt}/abstimmung/",
    "/sitzungen/{sitzung}/anwesenheit/{mitglied}/kommt/",
    "/sitzungen/{sitzung}/anwesenheit/{mitglied}/geht/",
]
WRONG = ("0", "99999999999999999999", "9" * 5000, "-1", "x")


@pytest.fixture
def rows(cast):
    """A running meeting of the Harz office: one member is biased on its only case, one not yet obliged."""
    saal = make_saal(cast, mitglieder=4)
    unverpflichtet = make_mitglied(saal.gremium, verschwiegen_am=None)
    saal.alle.append(unverpflichtet)
    sitzung = make_sitzung_in("laufend", cast, saal)
    for art in ("einladung", "niederschrift"):
        datei = Dokument.objects.create(art=art, name=f"{art}.pdf", medientyp="application/pdf", inhalt=b"%PDF-")
        setattr(sitzung, art, datei)
    sitzung.save()
    punkt = sitzung.punkte.get()
    befangen = befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="Arbeitgeber")
    cast.vorsitz, cast.mitglied = saal.vorsitz.person, saal.mitglieder[1].person
    cast.befangen, cast.unverpflichtet = saal.mitglieder[0].person, unverpflichtet.person
    # Short values, side by side.
    return {
        "gremium": saal.gremium.pk, "mitglied": saal.mitglieder[2].pk, "sitzung": sitzung.pk, "punkt": punkt.pk,
        "befangenheit": befangen.pk, "antrag": punkt.antrag_id,
    }  # fmt: skip


@pytest.mark.parametrize("wer", PEOPLE)
def test_which_page_opens_to_which_member(als, cast, rows, wer):
    client = als(getattr(cast, wer))
    given = {page: client.get(page.format(**rows)).status_code for page in PAGES}
    assert given == {page: row[PEOPLE.index(wer)] for page, row in PAGES.items()}


@pytest.mark.parametrize("wer", PEOPLE)
def test_no_member_takes_a_step_of_those_who_lead(als, cast, rows, wer):
    client = als(getattr(cast, wer))
    assert {client.post(page.format(**rows), {"titel": "Termine"}).status_code for page in POSTS} == {403}


def test_steps_are_not_taken_by_looking(als, cast, rows):
    client = als(cast.leitung)
    antworten = {page: client.get(page.format(**rows)) for page in POSTS}
    assert {antwort.status_code for antwort in antworten.values()} == {302}
    assert {als(cast.leitung).get(antwort.url).status_code for antwort in antworten.values()} == {200}
    assert {client.put(page.format(**rows)).status_code for page in POSTS} == {405}


# Pages that only read
LESEND = {
    "/gremien/", "/gremien/{gremium}/", "/sitzungen/", "/sitzungen/{sitzung}/", "/sitzungen/{sitzung}/einladung.pdf",
    "/sitzungen/{sitzung}/niederschrift.pdf", "/sitzungen/{sitzung}/punkte/{punkt}/",
}  # fmt: skip


def test_nothing_is_sent_to_pages_that_only_read(als, cast, rows):
    client = als(cast.leitung)
    eigene = [page for page in PAGES if "antraege" not in page]
    assert {page for page in eigene if client.post(page.format(**rows)).status_code == 405} == LESEND
    assert {client.head(page.format(**rows)).status_code for page in LESEND} == {200}


def test_reasons_of_bias_are_for_those_who_lead(als, cast, rows):
    seite = "/sitzungen/{sitzung}/punkte/{punkt}/".format(**rows)
    gelesen = {
        wer: "Arbeitgeber" in als(getattr(cast, wer)).get(seite).content.decode()
        for wer in ("leitung", "vorsitz", "mitglied", "befangen", "freigabe", "pruefung")
    }
    # Short words, many to a line.
    assert gelesen == {
        "leitung": True, "vorsitz": True, "mitglied": False, "befangen": True, "freigabe": False, "pruefung": False,
    }  # fmt: skip


def test_the_coordination_reads_contents_only_where_the_office_shares(als, cast, rows):
    seite = "/sitzungen/{sitzung}/".format(**rows)
    assert "Gemeinsam statt einsam" not in als(cast.koordination).get(seite).content.decode()
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    assert "Gemeinsam statt einsam" in als(cast.koordination).get(seite).content.decode()


def test_items_of_another_meeting_are_unknown_here(als, cast, rows):
    andere = make_sitzung_in(
        "geplant", cast, make_saal(cast, name="Zweites Gremium"), kosten=[("Honorare", "x", 1, "", "80.00")]
    )
    fremd = rows | {"sitzung": andere.pk}
    client = als(cast.leitung)
    assert {client.get(page.format(**fremd)).status_code for page in PAGES if _eines_punktes(page)} == {404}
    assert {client.post(page.format(**fremd)).status_code for page in POSTS if _eines_punktes(page)} == {404}
    fehlend = fremd | {"punkt": 999_999}
    for rows in (fremd, fehlend):  # „steht nicht mehr auf der Tagesordnung“, whatever it was
        assert client.get(ENTFERNEN.format(**rows)).status_code == 302


ENTFERNEN = "/sitzungen/{sitzung}/punkte/{punkt}/entfernen/"


def _eines_punktes(page) -> bool:
    return "{punkt}" in page and page != ENTFERNEN


def test_ids_that_are_none_and_words_that_are_no_step(als, cast, rows):
    client = als(cast.leitung)
    for wrong, page in product(WRONG, ("/gremien/{}/", "/sitzungen/{}/", "/gremien/1/mitglieder/{}/")):
        assert client.get(page.format(wrong)).status_code == 404
    for wort in ("anlegen", "gewinnen", *WRONG):
        assert client.get(f"/sitzungen/{rows['sitzung']}/{wort}/").status_code == 404


def test_bad_input_is_answered_in_german(als, cast, rows):
    client = als(cast.leitung)
    schlecht = ["", "\x00", "x" * 100_000, "-1", "1e999", "NaN", "31.02.2027", "🦄"]
    namen = [
        *("tag", "uhrzeit", "ort", "titel", "email", "von", "am", "letzter_tag", "schluessel", "begruendung"),
        *(
            "antrag_auf",
            "betrag",
            "einwand",
            "grad",
            "grund",
            "mindestens",
            "organisation",
            "vertritt",
            "rolle",
            "name",
        ),
    ]
    for wert in schlecht:
        daten = dict.fromkeys(namen, wert)
        for page in (*PAGES, *POSTS):
            if "antraege" not in page:
                assert client.post(page.format(**rows), daten).status_code in (200, 302, 403, 405), (page, wert[:20])
        for page in ("/gremien/", "/sitzungen/"):
            assert client.get(page, {"page": wert}).status_code == (414 if len(wert) > 8000 else 200)
    assert Befangenheit.objects.count() == 1
