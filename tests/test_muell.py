"""Nonsense in every field of every form and in every query string: an answer in German or a 404, never a 500."""

import re
from urllib.parse import quote

import pytest
from django.db import transaction

from tests.adressen import adresse
from tests.test_matrix import demowelt, routes, sign_in, table

__all__ = ["demowelt"]
PEOPLE = ["lehrkraft.a", "leitung.harz", "vorsitz.harz", "koordination"]
NONSENSE = [
    "%00",  # NUL, which PostgreSQL refuses
    "%ED%A0%80",  # half of a surrogate pair, no character at all
    "x" * 100_000,
    quote("١٢"),  # Arabic digits, which int() takes for numbers
    "9" * 40,
    "-1",
    "1e400",
    "NaN",
    "0001-01-01",
    quote("<script>alert(1)</script>'\";--"),
    quote("‮gnp.exe"),
]
IN_QUERIES = {"%00", "%ED%A0%80", "9" * 40, "NaN"}
LONG = 1000
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("person", PEOPLE)
def test_nonsense_is_answered(demowelt, person):
    client = sign_in(person)
    failed = []
    for path in pages(client, first=person == PEOPLE[0]):
        with transaction.atomic():
            fields = names(client.get(path).text)
            transaction.set_rollback(True)
        for value in NONSENSE:
            body = "&".join(f"{name}={value}" for name in fields[: 2 if len(value) > LONG else None])
            for method in ("get", "post") if value in IN_QUERIES else ("post",):
                if (status := ask(client, method, path, body)) >= 500:
                    failed.append((status, method, path, value[:20]))
    assert failed == []


def ask(client, method, path, body) -> int:
    """Send it and undo whatever it did."""
    with transaction.atomic():
        url, data = (f"{path}?{body}", None) if method == "get" else (path, body)
        status = client.generic(method.upper(), url, data or "", content_type=FORM).status_code
        transaction.set_rollback(True)
    return status


def pages(client, first) -> list[str]:
    """The addresses this person can open, sign-out left alone."""
    params, found = dict(routes()), []
    for name in dict.fromkeys(key.split()[1] for key in table()):
        if not name.startswith(("account_logout", "gesund", "rechtliches", *(() if first else ("account", "mfa")))):
            with transaction.atomic():
                path = adresse(name, params[name])
                response = client.get(path)
                transaction.set_rollback(True)
            if response.status_code == 200 and "text/html" in response["Content-Type"]:
                found.append(path)
    return found


def names(html) -> list[str]:
    """What the forms of a page send, and the parameters that its lists read."""
    found = re.findall(r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"', html)
    return [*dict.fromkeys(name for name in found if name != "csrfmiddlewaretoken"), "seite", "q", "next"]
