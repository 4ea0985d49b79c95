"""Who gets what on which page of a Gremium, as a table somebody from an office could tick off."""

import uuid
from itertools import product

import pytest

from gremien.befangenheit import services as befangenheit
from gremien.models import Befangenheit
from schulerfolg.akte.models import Dokument
from tests.buehne import stehend
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in

# Short words, many to a line.
PEOPLE = (
    "leitung", "nachbarin", "vorsitz", "mitglied", "befangen", "unverpflichtet", "freigabe", "pruefung", "koordination",
    "lehrkraft", "fremd", "anonym",
)  # fmt: skip

#            leit nach vors mitg bef  unv  frei prue koor lehr frem anon
ALLE = (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 302)
NEU = (200, 200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 302)
ANSEHEN = (200, 404, 200, 200, 200, 200, 200, 200, 200, 404, 404, 302)
PFLEGEN = (200, 404, 403, 403, 403, 403, 403, 403, 403, 404, 404, 302)
PLANEN = (200, 404, 200, 403, 403, 403, 403, 403, 403, 404, 404, 302)
PAPIERE = (200, 404, 200, 200, 403, 403, 200, 200, 403, 404, 404, 302)
ERKLAEREN = (403, 404, 200, 200, 200, 200, 403, 403, 403, 404, 404, 302)
FESTHALTEN = PLANEN  # and whoever keeps the minutes
EINWAND = (403, 404, 403, 403, 302, 403, 403, 403, 403, 404, 404, 302)
DOKUMENT = (200, 404, 200, 200, 200, 200, 200, 200, 403, 404, 404, 302)
ANTRAG = (200, 404, 404, 404, 404, 404, 200, 200, 404, 200, 404, 302)
TUN = (302, 404, 302, 403, 403, 403, 403, 403, 403, 404, 404, 302)
PFLEGEN_TUN = (302, 404, 403, 403, 403, 403, 403, 403, 403, 404, 404, 302)
ZAEHLEN = (200, 404, 200, 403, 403, 403, 403, 403, 403, 404, 404, 302)

PAGES = {
    "/gremien/": ALLE,
    "/gremien/neu/": NEU,
    "/gremien/{gremium}/": ANSEHEN,
    "/gremien/{gremium}/regeln/": PFLEGEN,
    "/gremien/{gremium}/sitzungen/neu/": PLANEN,
    "/gremien/{gremium}/mitglieder/neu/": PFLEGEN,
    "/gremien/{gremium}/mitglieder/{mitglied}/": PFLEGEN,
    "/gremien/{gremium}/mitglieder/{mitglied}/beenden/": PFLEGEN,
    "/gremien/{gremium}/mitglieder/{mitglied}/verpflichten/": PFLEGEN,
    "/sitzungen/": ALLE,
    "/sitzungen/{sitzung}/": ANSEHEN,
    "/sitzungen/{sitzung}/termin/": PLANEN,
    "/sitzungen/{sitzung}/schliessen/": PLANEN,
    "/sitzungen/{sitzung}/punkte/{punkt}/": PAPIERE,
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/": ERKLAEREN,
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/festhalten/": FESTHALTEN,
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/{befangenheit}/einwand/": EINWAND,
    "/sitzungen/{sitzung}/einladung.pdf": DOKUMENT,
    "/sitzungen/{sitzung}/niederschrift.pdf": DOKUMENT,
    "/antraege/{antrag}/": ANTRAG,
}
POSTS = {
    "/gremien/{gremium}/mitglieder/{mitglied}/erneut/": PFLEGEN_TUN,
    "/gremien/{gremium}/mitglieder/{mitglied}/zuruecknehmen/": PFLEGEN_TUN,
    "/sitzungen/{sitzung}/aufnehmen/": TUN,
    "/sitzungen/{sitzung}/nachladen/": TUN,
    "/sitzungen/{sitzung}/punkte/neu/": TUN,
    "/sitzungen/{sitzung}/punkte/{punkt}/hoch/": TUN,
    "/sitzungen/{sitzung}/punkte/{punkt}/runter/": TUN,
    "/sitzungen/{sitzung}/punkte/{punkt}/entfernen/": TUN,
    "/sitzungen/{sitzung}/punkte/{punkt}/befangen/{befangenheit}/": TUN,
    "/sitzungen/{sitzung}/punkte/{punkt}/abstimmung/": ZAEHLEN,
    "/sitzungen/{sitzung}/punkte/{punkt}/kenntnis/": TUN,
    "/sitzungen/{sitzung}/punkte/{punkt}/vertagen/": TUN,
    "/sitzungen/{sitzung}/anwesenheit/{mitglied}/kommt/": TUN,
    "/sitzungen/{sitzung}/anwesenheit/{mitglied}/geht/": TUN,
}
WRONG = ("0", "99999999999999999999", "9" * 5000, "-1", "x")


@stehend
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


def sign_in(als, client, cast, wer):
    return client if wer == "anonym" else als(getattr(cast, wer))


@pytest.mark.parametrize("wer", PEOPLE)
def test_who_may_open_which_page(als, client, cast, rows, wer):
    client = sign_in(als, client, cast, wer)
    given = {page: client.get(page.format(**rows)).status_code for page in PAGES}
    assert given == {page: row[PEOPLE.index(wer)] for page, row in PAGES.items()}


@pytest.mark.parametrize("wer", PEOPLE)
def test_who_may_take_which_step(als, client, cast, rows, wer):
    client = sign_in(als, client, cast, wer)
    daten = {"titel": "Termine", "schluessel": str(uuid.uuid4())}
    daten[f"b{rows['befangenheit']}-entscheidung"] = "befangen"
    given = {page: client.post(page.format(**rows), daten).status_code for page in POSTS}
    assert given == {page: row[PEOPLE.index(wer)] for page, row in POSTS.items()}


def test_steps_are_not_taken_by_looking(als, cast, rows):
    client = als(cast.leitung)
    assert {client.get(page.format(**rows)).status_code for page in POSTS} == {405}


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
    assert {client.get(page.format(**fremd)).status_code for page in PAGES if "{punkt}" in page} == {404}
    assert {client.post(page.format(**fremd)).status_code for page in POSTS if "{punkt}" in page} == {404}


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
            assert client.get(page, {"page": wert}).status_code == 200
    assert Befangenheit.objects.count() == 1
