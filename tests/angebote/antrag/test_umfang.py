"""How much a school has to fill in: every required input, counted, beside the rows."""

import pytest

from angebote.antrag.abschnitte import ABSCHNITTE
from angebote.antrag.entwurf import aus_beratung
from angebote.antrag.forms_projekt import ProjektForm
from angebote.antrag.views import FORMEN
from tests.angebote.antrag.test_views_abschnitt import adresse, entwurf
from tests.factories_antrag import make_antrag, make_beratung

# What a school without guests from outside, other schools and other money fills in.
PFLICHT = {
    "schule": ["zahlweg", "projektleitung", "projektleitung_email"],
    "kooperation": [],
    "projekt": ["titel", "kurzbeschreibung", "ausgangslage", "ablauf", "themen", "nachhaltigkeit",
                "oeffentlichkeit"],
    "zeitraum": ["beginn", "ende", "ort"],
    "kosten": [],
    "erklaerungen": ["externe", "begonnen", "erklaert_beginn", "erklaert_doppelt", "erklaert_eu",
                     "erklaert_daten", "erklaert_richtig"],
}  # fmt: skip
ZEILEN = {"partner", "kostenposten", "ziele", "zielgruppen"}
"""Asked for as rows."""
FOLGEN = {
    "foerderverein",
    "weitere_schulen",
    "teilnahmebeitraege",
    "drittmittel",
    "drittmittel_von",
    "erklaert_fuehrungszeugnis",
    "begonnen_was",
}
"""Asked for after an answer only."""


def test_a_complete_application_takes_at_most_twenty_five_inputs():
    assert {name: [feld for feld in a.pflicht if feld not in ZEILEN | FOLGEN] for name, a in ABSCHNITTE.items()} == {
        name: sorted(felder, key=list(ABSCHNITTE[name].pflicht).index) for name, felder in PFLICHT.items()
    }
    assert sum(len(felder) for felder in PFLICHT.values()) == 20


def test_it_takes_less_than_a_quarter_of_an_hour(cast, als):
    assert sum(abschnitt.minuten for abschnitt in ABSCHNITTE.values()) == 14
    antrag = entwurf(cast)
    assert "Abschnitt 3 von 6 · etwa 5 Minuten" in als(cast.lehrkraft).get(adresse(antrag, "projekt")).text
    assert "Abschnitt 1 von 6 · etwa 1 Minute<" in als(cast.lehrkraft).get(adresse(antrag, "schule")).text


def test_what_was_told_in_the_conversation_is_not_typed_again(cast):
    beratung = make_beratung(
        cast.schule, cast.lehrkraft, titel="Zirkus", was="Wir üben.", fuer_wen="Klasse 7", warum="Mut"
    )
    antrag = aus_beratung(beratung, by=cast.lehrkraft)
    assert (antrag.titel, antrag.kurzbeschreibung, antrag.ziele.get().ziel) == ("Zirkus", "Wir üben.", "Mut")
    assert antrag.ablauf == "Wir üben.\n\nFür wen: Klasse 7"
    assert (antrag.projektleitung, antrag.projektleitung_email) == (str(cast.lehrkraft), cast.lehrkraft.email)


@pytest.mark.parametrize("name", ["schule", "projekt", "zeitraum"])
def test_every_question_has_help(cast, name):
    form = FORMEN[name](antrag=make_antrag(cast.schule, cast.lehrkraft))
    assert [
        feld.name for feld in form.visible_fields() if not feld.help_text and not feld.name.startswith("gruppe_")
    ] == [*(["mit_anderen_schulen"] if name == "schule" else [])]


def test_every_free_text_asks_for_no_names_and_nothing_is_cut_in_silence(cast, als):
    form = ProjektForm(antrag=make_antrag(cast.schule, cast.lehrkraft))
    texte = [feld.name for feld in form.visible_fields() if feld.field.widget.attrs.get("rows")]
    assert texte == [feld.name for feld in form.visible_fields() if "Bitte ohne Namen von Kindern." in feld.help_text]
    seite = als(cast.lehrkraft).get(adresse(entwurf(cast), "projekt")).text
    assert "maxlength" not in seite
    assert seite.count("data-hoechstens=") == len(texte) + 1
    assert "<summary>Beispiel" in seite


def test_a_title_that_is_too_long_stays_whole_and_is_told(cast, als):
    antrag = entwurf(cast)
    antwort = als(cast.lehrkraft).post(adresse(antrag, "projekt"), {"version": 1, "titel": "a" * 151})
    assert "a" * 151 in antwort.text
    assert "höchstens 150 Zeichen" in antwort.text
