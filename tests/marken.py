"""The markers of the demo world: each free text, file and file name carries the office it belongs to.

`KNR-HZ-12` is a text of Harz, `KNR-PUB-13` one for everybody.
"""

import re
import zlib
from collections.abc import Callable

from django.db import connection

from schulerfolg.konten.models import Person
from tests.adressen import TEILT_INHALTE

HZ, BK = "HZ", "BK"
MARKE = re.compile(r"KNR-([A-Z]+)-\d+")
# Whose texts each identity may read; the two who work for the whole Land stand below.
HUETE = {
    "niemand": set(), "ehemalig": set(),
    "lehrkraft.a": {HZ}, "leitung.a": {HZ}, "sozialarbeit.a": {HZ}, "lehrkraft.b": {BK}, "leitung.b": {BK},
    "doppelrolle": {HZ, BK},
    "sachbearbeitung.harz": {HZ}, "leitung.harz": {HZ}, "freigabe.harz": {HZ},
    "sachbearbeitung.boerde": {BK}, "leitung.boerde": {BK},
    "vorsitz.harz": {HZ}, "gremium.harz": {HZ}, "gremium2.harz": {HZ}, "gremium3.harz": {HZ},
}  # fmt: skip
STELLE = {"sachbearbeitung.harz", "leitung.harz", "freigabe.harz", "sachbearbeitung.boerde", "leitung.boerde"}
SCHULE = {"lehrkraft.a", "leitung.a", "sozialarbeit.a", "lehrkraft.b", "leitung.b"}
# What the coordination office looks after in every office: people, roles, committees and dates, but no contents.
INHALTE = (
    "angebote_antrag", "angebote_antragsfassung", "angebote_antragsereignis", "angebote_antragspartner",
    "angebote_kostenposten", "angebote_anlage", "angebote_beratung", "angebote_beratungsereignis", "angebote_buchung",
    "angebote_nachforderung", "angebote_rueckfrage", "angebote_stellungnahme", "angebote_pruefpunkt",
    "akte_dokument", "gremien_tagesordnungspunkt", "gremien_beschlussvorlage", "gremien_beschluss",
    "gremien_befangenheit", "angebote_nachricht",
)  # fmt: skip
# Names and places that stand in contents too: of people, committees, meetings and of what an office says of itself.
STAMMDATEN = (
    "konten_person", "gremien_gremium", "gremien_sitzung", "netzwerkstellen_netzwerkstelle",
    "netzwerkstellen_ansprechperson", "angebote_foerderregel",
)  # fmt: skip


def darf_lesen(person) -> Callable[[str], bool]:
    """Whether this identity may read the text with this marker."""
    if person == "pruefung":
        hidden = marks_in_drafts()
        return lambda mark: mark not in hidden
    if person == "koordination":
        contents = marks_in(INHALTE) - marks_in(STAMMDATEN)
        return lambda mark: mark not in contents or office(mark) == TEILT_INHALTE
    as_guests, hidden = marks_of_guests(HUETE[person]), names_of_judges() if person in SCHULE else set()
    hidden |= set() if person in STELLE else marks_in_notes()
    return lambda mark: mark not in hidden and (office(mark) in HUETE[person] or mark in as_guests)


def leaks(person, answers) -> dict[str, list[str]]:
    """Of these answers, those that hold texts this identity may not read: address → markers."""
    allowed = darf_lesen(person)
    bad = {url: sorted(mark for mark in marks_of(response) if not allowed(mark)) for url, response in answers.items()}
    return {url: marks for url, marks in bad.items() if marks}


def marks_of(response) -> set[str]:
    """The markers of a page or file, public ones left out."""
    return {m.group() for m in MARKE.finditer(text_of(response)) if m.group(1) != "PUB"}


def office(mark) -> str:
    return MARKE.fullmatch(mark).group(1)


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
    words = [[row[n : n + 4].lower() for n in range(0, len(row), 4)] for row in drawn]
    lines = ["".join(map(font.get, word)) for font in fonts for word in words if font.keys() >= set(word)]
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


def marks_in_notes() -> set[str]:
    """The texts of internal notes: of the office, whoever audits it and a coordination it shares with."""
    return marks_in(["angebote_nachricht"], "art = 'intern'")


def names_of_judges() -> set[str]:
    """Members of a Gremium who belong to no school: those who apply do not learn who judges them (Hypha #1287)."""
    members = marks_in(["konten_person"], "id IN (SELECT person_id FROM gremien_mitgliedschaft)")
    return members - marks_in(["konten_person"], "id IN (SELECT person_id FROM netzwerkstellen_schulzugehoerigkeit)")


def marks_of_guests(offices) -> set[str]:
    """Names of people from elsewhere who act in one of these offices too, such as a member of its Gremium."""
    gaeste = Person.objects.filter(mitgliedschaften__gremium__netzwerkstelle__kuerzel__in=offices)
    return {match.group() for gast in gaeste for match in MARKE.finditer(f"{gast.nachname} {gast.funktion}")}
