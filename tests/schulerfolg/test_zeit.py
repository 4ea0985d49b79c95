from datetime import UTC, date, datetime

from django.utils import timezone

from schulerfolg.zeit import datum, wann, zeitraum


def test_a_day():
    assert datum(date(2024, 2, 3)) == "03.02.2024"
    assert datum(None) == ""


def test_a_moment_falls_on_the_day_people_here_lived():
    assert datum(datetime(2024, 2, 3, 23, 30, tzinfo=UTC)) == "04.02.2024"


def test_moments_in_words():
    heute = timezone.localtime().replace(hour=9, minute=5)
    assert wann(heute) == "heute um 9:05 Uhr"
    assert wann(heute.replace(year=2024, month=2, day=3)) == "am 03.02.2024 um 9:05 Uhr"


def test_a_period_may_be_open_on_one_side():
    von, bis = date(2024, 2, 1), date(2024, 2, 3)
    assert zeitraum(von, bis) == "01.02.2024 bis 03.02.2024"
    assert zeitraum(von, von) == "am 01.02.2024"
    assert (zeitraum(von, None), zeitraum(None, bis), zeitraum(None, None)) == ("ab 01.02.2024", "bis 03.02.2024", "")
