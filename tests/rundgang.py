"""Walking through the demo world as each of its people: open addresses, undo what that did, follow the links."""

import re
from collections.abc import Iterator
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from schulerfolg.konten.models import Person
from tests.adressen import adresse
from tests.factories import make_anmeldung

TABLE = Path(__file__).with_name("matrix.txt")
# Short words, many to a line.
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
NO_PAGES = ("account_logout", "gesund", "status", "rechtliches")
NEVER_COUNTED = {"django_session", "zwischenspeicher"}
# Every mail of the demo world lies open to everybody who tries it out, and the pages of an account are its own.
AUSSEN_VOR = ("/demo/", "/konto/anmelden", "/konto/abmelden", "/konto/passwort", "/static/")
FRAGEN = {
    "startseite": ["q=KNR", "q=KNR-BK"],
    "antraege:liste": ["q=KNR", "q=KNR-BK", "q=BK-", "status=eingereicht", "sortierung=schule", "nach=1"],
    "beratungen:liste": ["q=KNR", "status=angefragt", "nach=1"],
    "budget:liste": ["jahr=2026", "stelle=boerde"],
    "netzwerkstellen:stelle_liste": ["q=KNR"],
    "netzwerkstellen:schulen": ["q=KNR", "nach=1"],
    "netzwerkstellen:verlauf": ["nach=1"],
    "sitzungen:liste": ["nach=1"],
    "personen:liste": ["q=KNR"],
    "gremien:liste": ["q=KNR", "nach=1"],
}


def jeden_tag(*names, nie=()) -> list:
    """All PEOPLE but some as cases of a test; those who are not named first only in the exhaustive run."""
    people = [name for name in PEOPLE if name not in nie]
    return [name if name in names else pytest.param(name, marks=pytest.mark.gruendlich) for name in people]


@cache
def table() -> dict[str, list[str]]:
    """`"GET antraege:liste"` → one status per person, in the order of PEOPLE."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {f"{words[0]} {words[1]}": words[2:] for words in lines}


def sign_in(name) -> Client:
    client = Client(raise_request_exception=False)
    if name != "niemand":
        person = Person.objects.get(email=f"{name}@demo.example")
        client.cookies[settings.SESSION_COOKIE_NAME] = make_anmeldung(person)
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


def fingerprint() -> str:
    """One hash over every row of every table that a request could change."""
    tables = sorted(set(connection.introspection.table_names()) - NEVER_COUNTED)
    hashes = ", ".join(f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(concat_ws(',', {hashes}))")
        return cursor.fetchone()[0]


def pages(person) -> Iterator[tuple[Client, str, HttpResponse]]:
    """Each page that the table opens to this person, as its address and the answer; sign-out is left alone."""
    client = sign_in(person)
    for key, row in table().items():
        method, name = key.split()
        if method == "GET" and row[PEOPLE.index(person)] == "200" and not name.startswith(NO_PAGES):
            response = ask(client, key, adresse(name))
            if "text/html" in response["Content-Type"]:
                yield client, adresse(name), response


def crawl(client, answers) -> tuple[set, dict[str, HttpResponse]]:
    """From these answers on (address → response), the questions that lists answer, and links two levels deep.

    Each kind of page once. Returns the kinds that opened, and every answer on the way.
    """
    level = {url: response for url, response in answers.items() if kind_of(url)}
    seen = {kind_of(url) for url, response in level.items() if response.status_code in (200, 403)}
    level |= dict(opened(client, questions(), seen))
    found = dict(level)
    for _ in range(2):
        level = dict(opened(client, [link for response in level.values() for link in links_of(response)], seen))
        found |= level
    return seen, found


def opened(client, links, seen) -> Iterator[tuple[str, HttpResponse]]:
    """The kinds of pages among these that were not opened before; `seen` learns of them."""
    for url in links:
        if (kind := kind_of(url)) is not None and kind not in seen:
            response = ask(client, "GET", url)
            if response.status_code in (200, 403):
                seen.add(kind)
            yield url, response


def links_of(response) -> list[str]:
    if "text/html" not in response.headers.get("Content-Type", ""):
        return []
    return re.findall(r'(?:href|hx-get)="(/[^"#]*)', response.text.replace("&amp;", "&"))


def questions() -> list[str]:
    """What the lists of the portal are searched and filtered for."""
    return [f"{adresse(name)}?{frage}" for name, fragen in FRAGEN.items() for frage in fragen]


def kind_of(url):
    """What makes two pages the same for this test: the view, the words in the address, the question asked."""
    pfad, _, frage = url.partition("?")
    if pfad.startswith(AUSSEN_VOR):
        return None
    try:
        match = resolve(pfad)
    except Resolver404:
        return None
    worte = tuple(str(wert) for name, wert in match.kwargs.items() if name in ("name", "schritt", "art"))
    return match.view_name, worte, frage if match.view_name in FRAGEN else bool(frage)
