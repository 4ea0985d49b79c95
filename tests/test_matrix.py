"""Who gets what: every address × every kind of person → status, for Harz's own objects in the demo world.

The table in `tests/matrix.txt` is written out and meant to be read: one line per address and method, one column per
person. An address that is missing there fails. 302 for „niemand“ is the way to the sign-in page; an empty POST is
answered like a form with errors (200), a step taken (302), forbidden (403), foreign or missing (404), no form (405).
"""

from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from schulerfolg.konten.models import Person
from tests.adressen import adresse, ergaenzen

TABLE = Path(__file__).with_name("matrix.txt")
PEOPLE = [
    "niemand", "lehrkraft.a", "leitung.a", "lehrkraft.b", "sachbearbeitung.harz", "leitung.harz", "freigabe.harz",
    "leitung.boerde", "vorsitz.harz", "gremium.harz", "koordination", "pruefung",
]  # fmt: skip


def table() -> dict[str, list[str]]:
    """`"GET antraege:liste"` → one status per person, in the order of PEOPLE."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {f"{words[0]} {words[1]}": words[2:] for words in lines}


def routes() -> list[tuple[str, list[str]]]:
    """Every named address of the portal with its parameters."""

    def walk(patterns, namespace=""):
        for entry in patterns:
            if hasattr(entry, "url_patterns"):
                yield from walk(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else namespace)
            elif entry.name:
                regex = getattr(entry.pattern, "regex", None)
                yield namespace + entry.name, sorted(regex.groupindex)

    return list(dict(walk(get_resolver().url_patterns)).items())


def sign_in(name) -> Client:
    client = Client(raise_request_exception=False)
    if name != "niemand":
        client.force_login(Person.objects.get(email=f"{name}@demo.example"))
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
        session.save()
    return client


def answers(keys) -> dict[str, list[str]]:
    """What the portal answers, each request undone again."""
    params = dict(routes())
    addresses = {key: adresse(name := key.split()[1], params[name]) for key in keys}
    found: dict[str, list[str]] = {key: [] for key in keys}
    for person in PEOPLE:
        client = sign_in(person)
        signed_in = {name: morsel.value for name, morsel in client.cookies.items()}
        for key in keys:
            client.cookies = SimpleCookie(signed_in)
            with transaction.atomic():
                response = getattr(client, key.split()[0].lower())(addresses[key])
                found[key].append(str(response.status_code))
                transaction.set_rollback(True)
    return found


@pytest.fixture
def demowelt(db, settings):
    call_command("demodaten", seed=3, antraege=60, verbosity=0)
    ergaenzen()
    settings.DEMO = True  # the demo's own pages are part of the table


def test_every_address_is_in_the_table():
    assert {key.split()[1] for key in table()} == {name for name, _ in routes()}


def test_everybody_gets_what_the_table_says(demowelt):
    expected = table()
    found = answers(expected)
    assert {key: found[key] for key in expected if found[key] != expected[key]} == {}
    assert not any(status.startswith("5") for row in expected.values() for status in row)
