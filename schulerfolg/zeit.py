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
    """„01.02.2024 bis 03.02.2024“; one day is „am 01.02.2024“, and one side may be open: „ab …“, „bis …“."""
    if von and von == bis:
        return f"am {datum(von)}"
    if von and bis:
        return f"{datum(von)} bis {datum(bis)}"
    return f"ab {datum(von)}" if von else f"bis {datum(bis)}" if bis else ""


def in_worten(tag: date) -> str:
    """„3. Mai 2027“, as a letter writes it."""
    return date_format(tag, "j. F Y")


def zeitraum_in_worten(von: date, bis: date) -> str:
    """„vom 3. Mai 2027 bis zum 5. Mai 2027“; a single day is „am 3. Mai 2027“."""
    return f"am {in_worten(von)}" if von == bis else f"vom {in_worten(von)} bis zum {in_worten(bis)}"
