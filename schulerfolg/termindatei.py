"""An appointment as a file that every calendar takes (iCalendar, RFC 5545). Knows no app."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

MEDIENTYP = "text/calendar; charset=utf-8"


def termindatei(
    *, kennung: str, stand: int, titel: str, beginn: datetime, dauer: timedelta, ort: str, text: str, adresse: str
) -> bytes:
    """One event. `kennung` is the same for every date of one appointment, `stand` grows with each change of it.

    A calendar that took an earlier file moves the entry instead of adding another. `adresse` is the path of the page.
    """
    termin = Event()
    termin.add("uid", f"{kennung}@{urlsplit(settings.PORTAL_ADRESSE).hostname}")
    termin.add("dtstamp", timezone.now().astimezone(UTC))
    termin.add("dtstart", beginn.astimezone(UTC))
    termin.add("dtend", (beginn + dauer).astimezone(UTC))
    termin.add("sequence", stand)
    termin.add("summary", titel)
    termin.add("location", ort)
    termin.add("description", text)
    termin.add("url", f"{settings.PORTAL_ADRESSE}{adresse}")
    kalender = Calendar()
    kalender.add("prodid", "-//Schulerfolg sichern//Portal//DE")
    kalender.add("version", "2.0")
    kalender.add("method", "PUBLISH")
    kalender.add_component(termin)
    return kalender.to_ical()
