"""Working days of Sachsen-Anhalt, by the calendar on the wall."""

from datetime import date

import pytest

from schulerfolg.kalender import feiertage, naechster_werktag, warum_frei


def test_the_public_holidays_of_a_year():
    assert feiertage(2027) == {
        date(2027, 1, 1): "Neujahr",
        date(2027, 1, 6): "Heilige Drei Könige",
        date(2027, 3, 26): "Karfreitag",
        date(2027, 3, 29): "Ostermontag",
        date(2027, 5, 1): "Erster Mai",
        date(2027, 5, 6): "Christi Himmelfahrt",
        date(2027, 5, 17): "Pfingstmontag",
        date(2027, 10, 3): "Tag der Deutschen Einheit",
        date(2027, 10, 31): "Reformationstag",
        date(2027, 12, 25): "Erster Weihnachtstag",
        date(2027, 12, 26): "Zweiter Weihnachtstag",
    }


@pytest.mark.parametrize(
    ("tag", "grund", "danach"),
    [
        (date(2026, 11, 27), "", date(2026, 11, 27)),
        (date(2026, 11, 28), "Samstag", date(2026, 11, 30)),
        (date(2026, 11, 29), "Sonntag", date(2026, 11, 30)),
        (date(2027, 1, 6), "Feiertag (Heilige Drei Könige)", date(2027, 1, 7)),
        (date(2027, 3, 26), "Feiertag (Karfreitag)", date(2027, 3, 30)),
        (date(2027, 5, 6), "Feiertag (Christi Himmelfahrt)", date(2027, 5, 7)),
        (date(2027, 11, 1), "", date(2027, 11, 1)),  # Allerheiligen is none here
        (date(2026, 12, 31), "", date(2026, 12, 31)),
        (date(2027, 1, 1), "Feiertag (Neujahr)", date(2027, 1, 4)),
    ],
)
def test_a_deadline_moves_to_a_working_day(tag, grund, danach):
    assert (warum_frei(tag), naechster_werktag(tag)) == (grund, danach)
