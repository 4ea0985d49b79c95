"""Whether words of one text still stand in another."""

import pytest

from angebote.pruefung.worte import stehen_noch

LANG = "Das Vorhaben stärkt die Klassen und ist angemessen geplant."


@pytest.mark.parametrize(
    ("alt", "neu", "steht"),
    [
        (LANG, LANG, True),
        (LANG, "das Vorhaben, stärkt die\nKlassen!", True),
        (LANG, "Ich halte fest: stärkt die Klassen und überzeugt.", True),
        (LANG, "Ich halte fest: stärkt die Klassen nicht.", False),
        (LANG, "Ganz anders gesagt, aber mit demselben Ergebnis.", False),
        ("Gut geplant.", "Gut, geplant", True),
        ("Gut geplant.", "Neu geschrieben.", False),
        ("", LANG, False),
    ],
)
def test_four_words_in_a_row_or_half_of_a_short_text(alt, neu, steht):
    assert stehen_noch(alt, neu) is steht
