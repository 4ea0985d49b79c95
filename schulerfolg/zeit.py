"""One way to say a day, a moment, a period. Moments are said in the time of the Land."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def datum(tag: date | datetime | None) -> str:
    """„03.02.2024“; of a moment the day it falls on here; nothing for none."""
    if tag is None:
        return ""
    return date_format(timezone.localtime(tag) if isinstance(tag, datetime) else tag, "d.m.Y")


def wann(moment: datetime) -> str:
    """„heute um 9:12 Uhr“, or „am 03.02.2024 um 9:12 Uhr“."""
    ort = timezone.localtime(moment)
    tag = "heute" if ort.date() == timezone.localdate() else f"am {datum(ort.date())}"
    return f"{tag} um {ort.hour}:{ort:%M} Uhr"


def termin(moment: datetime) -> str:
    """„Dienstag, 3. Februar 2026, 14:00 Uhr“: a day to come to, in full."""
    return f"{date_format(timezone.localtime(moment), 'l, j. F Y, H:i')} Uhr"


def zeitraum(von: date | None, bis: date | None) -> str:
    """„01.02.2024 bis 03.02.2024“; one side may be open: „ab 01.02.2024“, „bis 03.02.2024“."""
    if von and bis:
        return f"{datum(von)} bis {datum(bis)}"
    return f"ab {datum(von)}" if von else f"bis {datum(bis)}" if bis else ""
