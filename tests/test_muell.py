"""Nonsense in every field of every form and in every query string: an answer in German or a 404, never a 500."""

import re
from urllib.parse import quote

from django.db import transaction

from tests.rundgang import PEOPLE as EVERYBODY
from tests.rundgang import pages

PEOPLE = ["lehrkraft.a", "leitung.harz", "vorsitz.harz", "koordination"]
# What breaks a whole request is tried alone; the rest stands side by side, each value once in each field of a page.
ALONE = [
    "%00",  # NUL, which PostgreSQL refuses
    "%ED%A0%80",  # half of a surrogate pair, no character at all
]
MIXED = [
    "x" * 100_000,
    quote("١٢"),  # Arabic digits, which int() takes for numbers
    "9" * 40,
    "-1",
    "1e400",
    "NaN",
    "0001-01-01",
    quote("<script>alert(1)</script>'\";--"),
    quote("\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe"),
]
FORM = "application/x-www-form-urlencoded"


def test_nonsense_is_answered(volle_welt, gruendlich):
    """By day each field has three values of MIXED; in the exhaustive run all of them, on the pages of everybody."""
    failed, seen = [], set()
    for person in EVERYBODY if gruendlich else PEOPLE:
        for client, path, response in pages(person):
            fields = names(response.text)
            if (kind := (re.sub(r"\d+", "*", path), *fields)) in seen:
                continue
            seen.add(kind)
            for body in bodies(fields, step=1 if gruendlich else 3):
                if (status := ask(client, "POST", path, body)) >= 500:
                    failed.append((status, "POST", path, body[:80]))
            for values in ([ALONE[0]], [ALONE[1]], MIXED[1:6]):
                if (status := ask(client, "GET", f"{path}?{filled(fields, values)}")) >= 500:
                    failed.append((status, "GET", path, values))
    assert failed == []
    assert len(seen) > 80


def bodies(fields, step):
    """Each value of ALONE in all fields at once; then MIXED, one beside the other, moved on by so many at a time."""
    yield from (filled(fields, [value]) for value in ALONE)
    for shift in range(0, len(MIXED), step):
        yield filled(fields, MIXED[shift:] + MIXED[:shift])


def filled(fields, values) -> str:
    return "&".join(f"{name}={values[i % len(values)]}" for i, name in enumerate(fields))


def ask(client, method, url, body="") -> int:
    """Send it and undo whatever it did."""
    with transaction.atomic():
        status = client.generic(method, url, body, content_type=FORM).status_code
        transaction.set_rollback(True)
    return status


def names(html) -> list[str]:
    """What the forms of a page send, and the parameters that its lists read."""
    found = re.findall(r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"', html)
    return [*dict.fromkeys(name for name in found if name != "csrfmiddlewaretoken"), "nach", "vor", "q", "next"]
