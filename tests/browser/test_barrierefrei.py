"""Every page that can be reached by links, as every kind of person, in the demo world: axe finds nothing.

A page is left out only where it is of a kind, or built as one, that was looked at before and has no part that is new.
"""

import re
from urllib.parse import urlsplit

import pytest

from schulerfolg import stilblatt
from schulerfolg.konten.models import Person
from tests.browser.conftest import anmelden
from tests.rundgang import sign_in
from tests.schulerfolg.test_stilblatt import classes_of

# Short words, many to a line.
PEOPLE = [
    "niemand", "lehrkraft.a", "leitung.a", "vorsitz.harz", "leitung.harz", "sachbearbeitung.harz", "freigabe.harz",
    "koordination", "pruefung",
]  # fmt: skip
START = {"niemand": ["/", "/demo/bausteine/"], "vorsitz.harz": ["/sitzungen/"]}
SKIP = ("/static/", "/konto/abmelden/", "/demo/")
PUBLIC = ("/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/?", "/#")


def test_axe_finds_nothing_on_any_page(weltserver, besuch_der_welt, verstoesse):
    found, page = {}, besuch_der_welt()
    kinds, built, parts, classes = set(), set(), set(), set()
    for name in PEOPLE:
        for path, html in walk_as(name, page.context, weltserver):
            structure = _structure(html)
            classes.update(*(value.split() for value in re.findall(r'\sclass="([^"]*)"', html)))
            new = not structure <= parts
            if not new and (structure in built or _kind(path) in kinds):
                continue  # the same boxes with other words in them
            page.goto(path)
            if problems := verstoesse(page, alles=new):
                found[name, path] = problems
            kinds.add(_kind(path))
            built.add(structure)
            parts |= structure
    assert found == {}
    assert len(built) > 80
    von_crispy = {"artwahl", "btn", "btn-primary", "datetimeinput"}
    assert classes - classes_of(stilblatt.zusammensetzen()) - von_crispy == set()


@pytest.mark.gruendlich
@pytest.mark.parametrize("name", PEOPLE)
def test_axe_finds_nothing_for_anybody_whatever_others_were_shown(weltserver, besuch_der_welt, verstoesse, name):
    found, page, seen = {}, besuch_der_welt(), 0
    for path, _ in walk_as(name, page.context, weltserver):
        page.goto(path)
        seen += 1
        if problems := verstoesse(page):
            found[path] = problems
    assert found == {}
    assert seen > 10


def walk_as(name, context, server):
    """Whoever it is also becomes the owner of this browser."""
    if name != "niemand":
        anmelden(context, Person.objects.get(email=f"{name}@demo.example"), server.url)
    return walk(sign_in(name), START.get(name, ["/uebersicht/"]), name == "niemand")


def walk(client, start, everything):
    """Open one page of each kind that links lead to, breadth first; numbers and names in a path do not make a kind."""
    queue, kinds = [*start], set()
    skip = SKIP if everything else SKIP + PUBLIC  # what everybody sees is looked at once
    while queue:
        path = queue.pop(0)
        if (kind := _kind(path)) in kinds:
            continue
        kinds.add(kind)
        response = client.get(path, follow=True)
        assert response.status_code == (503 if path == "/status/" else 200), path  # no helper runs behind these pages
        if "text/html" not in response.headers["Content-Type"]:
            continue
        yield path, response.text
        links = re.findall(r'<a\b[^>]*\shref="(/[^"]*)"', response.text)
        queue += [link for link in dict.fromkeys(links) if not link.startswith(skip) and not _is_file(link)]


def _structure(html) -> frozenset[tuple[str, ...]]:
    """What a page is built of: its kinds of elements with their classes and roles, not the words and icons in them."""
    body = html.partition("<main")[2]
    return frozenset(
        (name, *sorted(re.findall(r'\s((?:class|type|role)="[^"]*"|disabled|open)', rest)))
        for name, rest in re.findall(r"<([a-z][\w-]*)([^>]*)>", body)
        if "kern-icon" not in rest
    )


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
