"""Who gets what: every address × every identity of the demo world → status, for Harz's own objects.

The table in `tests/matrix.txt` is written out and meant to be read: one line per address and method, one column per
person. An address that is missing there fails. 302 for „niemand“ is the way to the sign-in page; an empty POST is
answered like a form with errors (200), a step taken (302), forbidden (403), foreign or missing (404), no form (405).
"""

import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from schulerfolg.konten.models import Person
from tests.adressen import adresse, ergaenzen, fremde_und_fehlende, hat_fremde
from tests.factories import eben_angemeldet

TABLE = Path(__file__).with_name("matrix.txt")
PEOPLE = [
    "niemand", "lehrkraft.a", "leitung.a", "sozialarbeit.a", "lehrkraft.b", "leitung.b", "doppelrolle",
    "sachbearbeitung.harz", "leitung.harz", "freigabe.harz", "sachbearbeitung.boerde", "leitung.boerde",
    "vorsitz.harz", "gremium.harz", "gremium2.harz", "gremium3.harz", "koordination", "pruefung", "ehemalig",
]  # fmt: skip
# One for each kind of hat; the others wear the same hats elsewhere, and an account that is closed sees nothing at all.
ONE_PER_HAT = [
    "lehrkraft.a", "leitung.a", "sozialarbeit.a", "doppelrolle", "sachbearbeitung.harz", "leitung.harz",
    "freigabe.harz", "vorsitz.harz", "gremium.harz", "koordination", "pruefung",
]  # fmt: skip
SEES_EVERY_OFFICE = {"koordination", "pruefung"}
NOBODYS = (
    "account",
    "mfa",
    "demo",
    "berichte",
    "netzwerkstellen:stelle_seite",
    "registrieren",
)  # no row behind, or public
NEVER_COUNTED = {"django_session", "zwischenspeicher"}


@pytest.fixture
def objekte(demowelt):
    ergaenzen()


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
        person = Person.objects.get(email=f"{name}@demo.example")
        client.force_login(person)
        session = client.session
        session.update(eben_angemeldet(person))
        session.save()
    return client


def ask(client, key, address):
    """One request with the cookies of somebody just signed in. What it did is undone, unless it was denied."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    punkt = transaction.savepoint()
    response = getattr(client, key.split()[0].lower())(address)
    denied = response.status_code in (403, 404, 405) or response.headers.get("Location", "").startswith("/konto/anm")
    (transaction.savepoint_commit if denied else transaction.savepoint_rollback)(punkt)
    client.cookies = SimpleCookie(cookies)
    return response


def without_form(keys) -> list[str]:
    """GET or POST of the addresses for which the table names only the other."""
    return [
        f"{method} {name}"
        for _, name in map(str.split, keys)
        for method in ("GET", "POST")
        if f"{method} {name}" not in keys
    ]


def fingerprint() -> str:
    """One hash over every row of every table that a request could change."""
    tables = sorted(set(connection.introspection.table_names()) - NEVER_COUNTED)
    hashes = ", ".join(f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(concat_ws(',', {hashes}))")
        return cursor.fetchone()[0]


def test_every_address_is_in_the_table():
    assert {key.split()[1] for key in table()} == {name for name, _ in routes()}


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_table_says_and_a_denial_changes_nothing(objekte, person):
    expected = {key: row[PEOPLE.index(person)] for key, row in table().items()}
    addresses = {name: adresse(name, params) for name, params in routes()}
    client, before = sign_in(person), fingerprint()

    def answer(key):
        return str(ask(client, key, addresses[key.split()[1]]).status_code)

    assert {key: found for key, status in expected.items() if (found := answer(key)) != status} == {}
    assert not any(status.startswith("5") for status in expected.values())
    assert fingerprint() == before


@pytest.mark.parametrize("person", ["niemand", "lehrkraft.a", "leitung.harz", "koordination"])
def test_a_method_without_a_line_is_refused(objekte, person):
    addresses = {name: adresse(name, params) for name, params in routes()}
    client, before, found = sign_in(person), fingerprint(), {}
    for key in without_form(table()):
        found[key] = ask(client, key, addresses[key.split()[1]]).status_code
    assert {key: status for key, status in found.items() if status not in (405, 302)} == {}
    assert fingerprint() == before


@pytest.mark.parametrize("person", ONE_PER_HAT)
def test_foreign_is_like_missing(objekte, person):
    """Same status, same page, same number of questions to the database: nothing tells that a row exists.

    Below somebody's own page a row that is gone may lead back there (302): a second click on „Entfernen“.
    """
    params, client, before, oracles = dict(routes()), sign_in(person), fingerprint(), {}
    for key in table():
        name = key.split()[1]
        if name.startswith(NOBODYS) or not hat_fremde(name, params[name]):
            continue
        for below_own, (foreign, missing) in enumerate(fremde_und_fehlende(name, params[name])):
            nothing = seen(client, key, missing)
            row = nothing if person in SEES_EVERY_OFFICE else seen(client, key, foreign)
            if row != nothing or nothing[0] not in {403, 404} | ({302} if below_own else set()):
                oracles[f"{key.split()[0]} {foreign}"] = (row[:2], nothing[:2])
    assert oracles == {}
    assert fingerprint() == before


def seen(client, key, address) -> tuple[int, int, str]:
    """Status, questions to the database, and the page without its one-time token and without its own address."""
    with connection.execute_wrapper(counter := Counter()):
        response = ask(client, key, address)
    text = re.sub(r'value="\w{64}"|\?seite=[^"]*', "", response.text)
    return response.status_code, counter.count, text


class Counter:
    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
        return execute(sql, params, many, context)
