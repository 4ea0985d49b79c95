"""Who gets what: every address × every identity of the demo world → status, for Harz's own objects.

The table in `tests/matrix.txt` is written out and meant to be read: one line per address and method, one column per
person. An address that is missing there fails. 302 for „niemand“ is the way to the sign-in page; an empty POST is
answered like a form with errors (200), a step taken (302), forbidden (403), foreign or missing (404), no form (405).

The same walk reads what it gets: no answer holds a text of an office in which its reader has no hat (`marken`).
"""

import re

import pytest
from django.db import connection

from tests.adressen import adresse, fremde_und_fehlende, routes
from tests.marken import leaks
from tests.rundgang import ONE_PER_HAT, PEOPLE, ask, crawl, fingerprint, jeden_tag, sign_in, table

LED_TO_SIGN_IN = ("niemand", "ehemalig")
SEES_EVERY_OFFICE = {"koordination", "pruefung"}
NOBODYS = (
    "account",
    "auskunft",
    "mfa",
    "demo",
    "berichte",
    "netzwerkstellen:stelle_seite",
    "foerderrunden:runde",
    "registrieren",
)  # no row behind, or public


def test_every_address_is_in_the_table():
    assert {key.split()[1] for key in table()} == set(routes())


@pytest.mark.parametrize("person", jeden_tag("niemand", *ONE_PER_HAT))
def test_everybody_gets_what_the_table_says_and_reads_nothing_foreign(volle_welt, person):
    expected = {key: row[PEOPLE.index(person)] for key, row in table().items()}
    client, before = sign_in(person), fingerprint()
    answers = {key: ask(client, key, adresse(key.split()[1])) for key in expected}
    found = {key: str(answer.status_code) for key, answer in answers.items()}
    assert {key: status for key, status in found.items() if status != expected[key]} == {}
    assert {key for key, status in expected.items() if status.startswith("5")} == set()

    kinds, read = crawl(client, {adresse(key.split()[1]): answers[key] for key in answers if key.startswith("GET")})
    assert leaks(person, read | {key: answers[key] for key in answers if key.startswith("POST")}) == {}
    assert (len(kinds) > (40 if person == "koordination" else 30)) == (person not in ("niemand", "ehemalig"))
    assert fingerprint() == before  # a denial changes nothing


@pytest.mark.parametrize("person", jeden_tag("niemand", "lehrkraft.a", "leitung.harz", "koordination"))
def test_a_method_without_a_line_is_refused(volle_welt, person):
    client, before = sign_in(person), fingerprint()
    found = {key: ask(client, key, adresse(key.split()[1])).status_code for key in without_form(table())}
    assert {key: status for key, status in found.items() if status not in (405, 302)} == {}
    assert fingerprint() == before


@pytest.mark.parametrize("person", jeden_tag(*ONE_PER_HAT, nie=LED_TO_SIGN_IN))
def test_foreign_is_like_missing(volle_welt, person):
    """Same status, same page, same number of questions to the database: nothing tells that a row exists.

    Below somebody's own page a row that is gone may lead back there (302): a second click on „Entfernen“.
    """
    client, before, oracles = sign_in(person), fingerprint(), {}
    for key in table():
        name = key.split()[1]
        for below_own, (foreign, missing) in enumerate([] if name.startswith(NOBODYS) else fremde_und_fehlende(name)):
            nothing = seen(client, key, missing)
            row = nothing if person in SEES_EVERY_OFFICE else seen(client, key, foreign)
            if row != nothing or nothing[0] not in {403, 404} | ({302} if below_own else set()):
                oracles[f"{key.split()[0]} {foreign}"] = (row[:2], nothing[:2])
    assert oracles == {}
    assert fingerprint() == before


def without_form(keys) -> list[str]:
    """GET or POST of the addresses for which the table names only the other."""
    return [
        f"{method} {name}"
        for _, name in map(str.split, keys)
        for method in ("GET", "POST")
        if f"{method} {name}" not in keys
    ]


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
