"""No answer of the portal holds a text of an office in which its reader has no hat.

The demo world marks every free text, file and file name with the office it belongs to: `KNR-HZ-12`, public ones
`KNR-PUB-13`. Each identity opens every address of the portal with rows of Harz, searches and filters every list, and
follows the links it finds two levels deep, each kind of page once.
"""

import logging
import re
import zlib

import pytest
from django.db import connection
from django.urls import Resolver404, resolve

from angebote.models import Antrag
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.konten.models import Person
from tests.adressen import adresse
from tests.test_matrix import PEOPLE, objekte, routes, sign_in, table

__all__ = ["objekte"]
HZ, BK, SDL = "HZ", "BK", "SDL"
# Whose texts each identity may read; the two who work for the whole Land stand below.
HUETE = {
    "niemand": set(), "ehemalig": set(),
    "lehrkraft.a": {HZ}, "leitung.a": {HZ}, "sozialarbeit.a": {HZ}, "lehrkraft.b": {BK}, "leitung.b": {BK},
    "doppelrolle": {HZ, BK},
    "sachbearbeitung.harz": {HZ}, "leitung.harz": {HZ}, "freigabe.harz": {HZ},
    "sachbearbeitung.boerde": {BK}, "leitung.boerde": {BK},
    "vorsitz.harz": {HZ}, "gremium.harz": {HZ}, "gremium2.harz": {HZ}, "gremium3.harz": {HZ},
}  # fmt: skip
MARKE = re.compile(r"KNR-([A-Z]+)-\d+")
# Every mail of the demo world lies open to everybody who tries it out, and the pages of an account are its own.
AUSSEN_VOR = ("/demo/", "/konto/anmelden", "/konto/abmelden", "/konto/passwort", "/konto/2fa", "/static/")
FRAGEN = {
    "startseite": ["q=KNR", "q=KNR-BK"],
    "antraege:liste": ["q=KNR", "q=KNR-BK", "q=BK-", "status=eingereicht", "sortierung=schule", "seite=2"],
    "beratungen:liste": ["q=KNR", "status=angefragt", "seite=2"],
    "budget:liste": ["jahr=2026", "stelle=boerde"],
    "netzwerkstellen:stelle_liste": ["q=KNR"],
    "netzwerkstellen:schulen": ["q=KNR", "seite=2"],
    "netzwerkstellen:verlauf": ["seite=2"],
    "sitzungen:liste": ["seite=2"],
    "personen:liste": ["q=KNR"],
    "gremien:liste": ["q=KNR", "seite=2"],
}
# What the coordination office looks after in every office: people, roles, committees and dates, but no contents.
INHALTE = (
    "angebote_antrag", "angebote_antragsfassung", "angebote_antragsereignis", "angebote_antragspartner",
    "angebote_kostenposten", "angebote_anlage", "angebote_beratung", "angebote_beratungsereignis", "angebote_buchung",
    "angebote_nachforderung", "angebote_rueckfrage", "angebote_stellungnahme", "angebote_pruefpunkt",
    "akte_dokument", "gremien_tagesordnungspunkt", "gremien_beschlussvorlage", "gremien_beschluss",
    "gremien_befangenheit",
)  # fmt: skip


# Names and places that stand in contents too: of people, committees, meetings and of what an office says of itself.
STAMMDATEN = (
    "konten_person", "gremien_gremium", "gremien_sitzung", "netzwerkstellen_netzwerkstelle",
    "netzwerkstellen_ansprechperson", "angebote_foerderregel",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals: nobody reads their tracebacks, and writing them takes as long as the pages."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("person", [name for name in PEOPLE if name not in ("koordination", "pruefung")])
def test_nobody_reads_texts_of_an_office_without_a_hat_there(objekte, person):
    seen, found = crawl(sign_in(person))
    zu_gast = marks_of_guests(HUETE[person])
    assert leaks(found, lambda mark: office(mark) in HUETE[person] or mark in zu_gast) == {}
    assert (len(seen) > 30) == (person not in ("niemand", "ehemalig"))


def test_the_coordination_office_reads_contents_only_where_they_are_shared(objekte):
    Netzwerkstelle.objects.filter(kuerzel=SDL).update(teilt_inhalte=True)
    contents = marks_in(INHALTE) - marks_in(STAMMDATEN)
    seen, found = crawl(sign_in("koordination"))
    assert leaks(found, lambda mark: mark not in contents or office(mark) == SDL) == {}
    assert any(office(mark) == SDL and mark in contents for marks in found.values() for mark in marks)
    assert len(seen) > 40


def test_the_auditor_reads_everything_but_drafts_nobody_showed(objekte):
    hidden = marks_in_drafts()
    _, found = crawl(sign_in("pruefung"))
    assert leaks(found, lambda mark: mark not in hidden) == {}
    assert hidden


def test_the_text_of_our_own_pdf_is_read(objekte):
    response = sign_in("niemand").get(adresse("berichte:bericht_pdf", ["slug"]))
    assert "Netzwerkstelle" in pdf_text(response.content)


def test_a_list_that_forgets_whose_it_is_is_noticed(objekte, monkeypatch):
    monkeypatch.setattr(type(Antrag.objects.all()), "visible_to", lambda self, person: self)
    _, found = crawl(sign_in("lehrkraft.a"), starts=[adresse("antraege:liste", [])], depth=0)
    assert leaks(found, lambda mark: office(mark) == HZ) != {}


def leaks(found, allowed) -> dict[str, list[str]]:
    """Address → markers that should not be there."""
    schlecht = {url: sorted(mark for mark in marks if not allowed(mark)) for url, marks in found.items()}
    return {url: marks for url, marks in schlecht.items() if marks}


def office(mark) -> str:
    return MARKE.fullmatch(mark).group(1)


def crawl(client, starts=None, depth=2) -> tuple[set, dict[str, set[str]]]:
    """The kinds of pages that were opened, and the markers on each address (public ones left out)."""
    seen, found, ebene = set(), {}, starts if starts is not None else all_addresses()
    for _ in range(depth + 1):
        links = []
        for url in ebene:
            if (kind := kind_of(url)) is None or kind in seen:
                continue
            response = client.get(url)
            if response.status_code in (200, 403):
                seen.add(kind)
            text = text_of(response)
            if marks := {m.group() for m in MARKE.finditer(text) if m.group(1) != "PUB"}:
                found[url] = marks
            links += re.findall(r'(?:href|hx-get)="(/[^"#]*)', text.replace("&amp;", "&"))
        ebene = links
    return seen, found


def all_addresses() -> list[str]:
    """Every address of the table with a row of Harz, and the questions that its lists answer."""
    params, urls = dict(routes()), []
    for name in dict.fromkeys(key.split()[1] for key in table() if key.startswith("GET")):
        if not name.startswith(("account", "mfa")):
            url = adresse(name, params[name])
            urls += [url, *(f"{url}?{frage}" for frage in FRAGEN.get(name, ()))]
    return urls


def kind_of(url):
    """What makes two pages the same for this test: the view, the words in the address, the question asked."""
    pfad, _, frage = url.partition("?")
    if pfad.startswith(AUSSEN_VOR):
        return None
    try:
        match = resolve(pfad)
    except Resolver404:
        return None
    worte = tuple(str(wert) for name, wert in match.kwargs.items() if name in ("name", "schritt", "art"))
    return match.view_name, worte, frage if match.view_name in FRAGEN else bool(frage)


def text_of(response) -> str:
    """The page or file as text, its headers (file names) too."""
    kopf = "\n".join(f"{name}: {wert}" for name, wert in response.headers.items())
    if response.headers.get("Content-Type", "").startswith("application/pdf"):
        return kopf + pdf_text(response.content)
    return kopf + response.content.decode(errors="replace")


def pdf_text(inhalt: bytes) -> str:
    """The words of a small PDF as they stand there; of one of ours, drawn by the glyphs of its fonts, decoded."""
    streams = [unpacked(raw) for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", inhalt, re.DOTALL)]
    fonts = [glyphs(stream) for stream in streams if b"beginbfchar" in stream or b"beginbfrange" in stream]
    drawn = [b"".join(re.findall(rb"<([0-9a-f]+)>", row, re.I)) for s in streams for row in re.findall(rb"\[.*?\]", s)]
    lines = [
        "".join(font.get(row[n : n + 4].lower(), "") for n in range(0, len(row), 4)) for font in fonts for row in drawn
    ]
    return "\n".join([inhalt.decode("latin-1"), *lines])


def unpacked(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def glyphs(cmap: bytes) -> dict[bytes, str]:
    pairs = re.findall(rb"<([0-9a-f]{4})>\s*<([0-9a-f]{4,})>", cmap, re.I)
    return {glyph.lower(): bytes.fromhex(sign.decode()).decode("utf-16-be") for glyph, sign in pairs}


def marks_in(tables, where="TRUE") -> set[str]:
    """Every marker that stands in a row of these tables."""
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            spalten = "t.name || convert_from(t.inhalt, 'latin1')" if table == "akte_dokument" else "t::text"
            cursor.execute(f"SELECT {spalten} FROM {table} t WHERE {where}")
            rows += [row[0] for row in cursor.fetchall()]
    return {match.group() for row in rows for match in MARKE.finditer(row)}


def marks_in_drafts() -> set[str]:
    """The texts of drafts, unless they stand somewhere else too."""
    entwuerfe = "(SELECT id FROM angebote_antrag WHERE nummer IS NULL)"
    texte = marks_in(["angebote_antrag"], "nummer IS NULL")
    zeilen = marks_in(["angebote_antragspartner", "angebote_kostenposten"], f"antrag_id IN {entwuerfe}")
    return (texte | zeilen) - marks_in(STAMMDATEN)


def marks_of_guests(offices) -> set[str]:
    """Names of people from elsewhere who act in one of these offices too, such as a member of its Gremium."""
    gaeste = Person.objects.filter(mitgliedschaften__gremium__netzwerkstelle__kuerzel__in=offices)
    return {match.group() for gast in gaeste for match in MARKE.finditer(f"{gast.nachname} {gast.funktion}")}
