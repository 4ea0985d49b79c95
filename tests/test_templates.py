"""Templates stand on the floors of the house as their apps do: none takes anything from a higher one."""

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["netzwerkstellen", "angebote", "gremien", "dach"]
"""From the ground up. What bears another name, as `base.html`, `includes/` and `konten/`, is the ground."""
TAKING = re.compile(r"""{%\s*(include|extends)\s+["']([^"']+)["']""")
LOADING = re.compile(r"{%\s*load\s+(?:[^%]*\sfrom\s+)?([^%]+?)\s*%}")
NAMING = re.compile(r"""["']((?:\w+/)+[^"'\s]+\.(?:html|txt))["']""")


def floor(name: str) -> int:
    """Of a template, a module of template tags or a file of Python, by the first word that names one."""
    return next((FLOORS.index(part) + 1 for part in re.split(r"[/.]", name) if part in FLOORS), 0)


def taken_from_above(name: str, source: str) -> list[str]:
    """What this template includes, extends or loads of a floor above its own."""
    libraries = engines["django"].engine.libraries
    templates = [taken for _, taken in TAKING.findall(source)]
    tags = [libraries.get(library, library) for words in LOADING.findall(source) for library in words.split()]
    return [taken for taken in [*templates, *tags] if floor(taken) > floor(name)]


def test_no_template_takes_anything_from_a_higher_app():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    names = {str(path.relative_to(ROOT / "templates")): path.read_text() for path in templates}
    found = {name: taken for name, source in names.items() if (taken := taken_from_above(name, source))}
    assert found == {"base.html": ["dach/ansicht/leiste.html"]}  # the frame of every page is the roof's


def test_no_file_of_a_lower_app_names_a_template_of_a_higher_one():
    files = [path for app in ("schulerfolg", *FLOORS[:-1]) for path in (ROOT / app).rglob("*.py")]
    names = {str(path.relative_to(ROOT)): NAMING.findall(path.read_text()) for path in files}
    assert [(file, name) for file, found in names.items() for name in found if floor(name) > floor(file)] == []


@pytest.mark.parametrize(
    ("name", "source", "above"),
    [
        ("angebote/a.html", '{% include "gremien/sitzung/stand.html" with a=1 %}', ["gremien/sitzung/stand.html"]),
        ("netzwerkstellen/a.html", "{% extends 'angebote/rahmen.html' %}", ["angebote/rahmen.html"]),
        ("includes/a.html", '{% include "dach/vorgang/stand.html" %}', ["dach/vorgang/stand.html"]),
        ("angebote/a.html", "{% load static gremien.tags %}", ["gremien.tags"]),
        ("angebote/a.html", "{% load one from gremien.tags %}", ["gremien.tags"]),
        ("gremien/a.html", '{% load static %}{% include "angebote/a.html" %}{% extends "base.html" %}', []),
        ("dach/a.html", '{% include "gremien/sitzung/stand.html" %}', []),
    ],
)
def test_what_is_taken_from_above_is_found(name, source, above):
    assert taken_from_above(name, source) == above
