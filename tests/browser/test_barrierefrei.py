"""Every page that can be reached by links, as every kind of person, in the demo world: axe finds nothing."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from schulerfolg.konten.models import Person

PEOPLE = [
    None,
    "lehrkraft.a@demo.example",
    "leitung.a@demo.example",
    "sachbearbeitung.harz@demo.example",
    "leitung.harz@demo.example",
    "freigabe.harz@demo.example",
    "vorsitz.harz@demo.example",
    "koordination@demo.example",
    "pruefung@demo.example",
]
START = {None: "/", "vorsitz.harz@demo.example": "/sitzungen/"}
SKIP = ("/static/", "/konto/abmelden/", "/demo/")
PUBLIC = ("/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/?", "/#")


@pytest.fixture
def demowelt(transactional_db):
    call_command("demodaten", seed=7, antraege=60, verbosity=0)


@pytest.mark.parametrize("email", PEOPLE, ids=lambda email: (email or "niemand").split("@")[0])
def test_axe_finds_nothing_on_any_page(demowelt, besuch, verstoesse, email):
    person = email and Person.objects.get(email=email)
    page = besuch(person, csp=False)
    found, seen = {}, []
    skip = SKIP if person is None else SKIP + PUBLIC  # what everybody sees is looked at once
    for path in walk(page, START.get(email, "/uebersicht/"), skip):
        seen.append(path)
        if problems := verstoesse(page):
            found[path] = problems
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
    assert found == {}
    assert len(seen) > 5


def walk(page, start, skip):
    """Open one page of each kind that links lead to, breadth first; numbers and names in a path do not make a kind."""
    queue, kinds = [start], set()
    while queue:
        path = queue.pop(0)
        if (kind := _kind(path)) in kinds:
            continue
        kinds.add(kind)
        response = page.goto(path)
        if "text/html" not in response.headers.get("content-type", ""):
            continue
        assert response.status == 200, f"{response.status} {path}"
        yield path
        links = page.eval_on_selector_all(
            "main a[href^='/'], header a[href^='/'], footer a[href^='/']", "a => a.map(e => e.getAttribute('href'))"
        )
        queue += [link for link in dict.fromkeys(links) if not link.startswith(skip) and not _is_file(link)]


def _kind(path):
    """`/netzwerkstellen/harz/verwaltung/schulen/12/?seite=2` → `/netzwerkstellen/*/verwaltung/schulen/*/`."""
    parts = urlsplit(path).path.split("/")
    name_in_path = len(parts) > 2 and parts[1] in ("netzwerkstellen", "berichte") and parts[2] != "verwaltung"
    return "/".join(
        "*" if part.isdigit() or (i == 2 and part and name_in_path) else part for i, part in enumerate(parts)
    )


def _is_file(link):
    """What downloads instead of opening."""
    return bool(re.search(r"(/(anlagen|schriftstuecke)/\d+/|/laden/|\.pdf|\.csv)$", urlsplit(link).path))
