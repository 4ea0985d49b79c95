"""Quorum, majority and tie as tables a Sachbearbeiterin could tick off (VwVfG §§ 90, 91)."""

import pytest

from gremien.abstimmung.regeln import Auszaehlung, Beschlussfaehigkeit

#  stimmberechtigt, anwesend, ausgeschlossen, mindestens, zweite Ladung, ungeladen → beschlussfähig
QUORUM = [
    (9, 5, 0, 3, False, 0, True),
    (9, 4, 0, 3, False, 0, False),
    (8, 4, 0, 3, False, 0, False),
    (8, 5, 0, 3, False, 0, True),
    # both readings of the base: with the excluded (9) and without them (9 - 3 = 6)
    (9, 5, 3, 3, False, 0, True),
    (9, 4, 3, 3, False, 0, False),
    (9, 4, 4, 3, False, 0, False),
    (9, 5, 4, 3, False, 0, True),
    # exactly half of all is not more than half, though it is more than half of those not excluded; and exactly at the
    # edge of both
    (10, 5, 4, 3, False, 0, False),
    (10, 6, 4, 3, False, 0, True),
    (6, 3, 3, 3, False, 0, False),
    (6, 4, 0, 4, False, 0, True),
    (6, 4, 0, 5, False, 0, False),
    # at least three, or what the Geschäftsordnung says
    (4, 3, 0, 3, False, 0, True),
    (3, 2, 0, 3, False, 0, False),
    (3, 3, 0, 3, False, 0, True),
    (3, 2, 0, 2, False, 0, True),
    (7, 4, 0, 5, False, 0, False),
    # second invitation: any number, but not nobody
    (9, 1, 0, 3, True, 0, True),
    (9, 0, 0, 3, True, 0, False),
    # all are invited, or nothing is resolved
    (9, 8, 0, 3, False, 1, False),
    (9, 8, 0, 3, True, 1, False),
    (0, 0, 0, 3, False, 0, False),
]


@pytest.mark.parametrize(("alle", "da", "befangen", "mindestens", "zweite", "ungeladen", "faehig"), QUORUM)
def test_quorum(alle, da, befangen, mindestens, zweite, ungeladen, faehig):
    assert Beschlussfaehigkeit(alle, da, befangen, mindestens, zweite, ungeladen).gegeben is faehig


def test_the_count_is_told_in_words():
    assert Beschlussfaehigkeit(9, 5, 0, 3).satz == (
        "5 anwesend von 9 Stimmberechtigten; nötig sind mehr als die Hälfte, mindestens 3"
    )
    assert Beschlussfaehigkeit(9, 5, 2, 3).satz == (
        "5 anwesend von 9 Stimmberechtigten, 2 davon befangen; nötig sind mehr als die Hälfte, mindestens 3"
    )
    assert Beschlussfaehigkeit(9, 2, 0, 3, zweite_ladung=True).satz == (
        "2 anwesend von 9 Stimmberechtigten; zweite Ladung (§ 90 Abs. 2 VwVfG)"
    )
    assert Beschlussfaehigkeit(9, 8, 0, 3, ungeladen=1).satz == (
        "1 von 9 Stimmberechtigten ohne Ladung; geladen sein müssen alle (§ 90 Abs. 1 VwVfG)"
    )


#  Ja, Nein, the chair's vote, the chair's vote decides → result
MEHRHEIT = [
    # one vote more, one vote less, and with them the chair on the other side
    (4, 4, "nein", True, "abgelehnt"),
    (5, 4, "nein", True, "angenommen"),
    (4, 3, "ja", True, "angenommen"),
    (3, 4, "ja", True, "abgelehnt"),
    (1, 0, None, True, "angenommen"),
    (0, 1, "ja", True, "abgelehnt"),
    (3, 3, "ja", True, "angenommen"),
    (3, 3, "nein", True, "abgelehnt"),
    (3, 3, "enthaltung", True, "abgelehnt"),
    (3, 3, None, True, "abgelehnt"),
    (3, 3, "ja", False, "abgelehnt"),
    (0, 0, "ja", True, "abgelehnt"),
    (0, 0, "enthaltung", True, "abgelehnt"),
]


@pytest.mark.parametrize(
    ("vorsitz", "entscheidet", "satz"),
    [
        ("ja", True, "Bewilligung angenommen. Bei Gleichstand entscheidet die Stimme des Vorsitzes."),
        ("nein", True, "Bewilligung ohne Mehrheit. Bei Gleichstand entscheidet die Stimme des Vorsitzes."),
        ("enthaltung", True, "Bewilligung ohne Mehrheit."),
        ("ja", False, "Bewilligung ohne Mehrheit."),
        (None, True, "Bewilligung ohne Mehrheit."),
    ],
)
def test_at_a_tie_the_page_names_the_chair_only_where_the_chair_decides(vorsitz, entscheidet, satz):
    stimmen = Auszaehlung(3, 3, 0, vorsitz, entscheidet)
    assert stimmen.voraussicht("Bewilligung", faehig=True) == f"3 Ja, 3 Nein, 0 Enthaltungen: {satz}"


@pytest.mark.parametrize(("ja", "nein", "vorsitz", "entscheidet", "heisst"), MEHRHEIT)
def test_majority_and_tie(ja, nein, vorsitz, entscheidet, heisst):
    """However many abstain: they are not cast, neither for nor against."""
    for enthaltung in (0, 1, 2, 9):
        assert Auszaehlung(ja, nein, enthaltung, vorsitz, entscheidet).ergebnis == heisst
