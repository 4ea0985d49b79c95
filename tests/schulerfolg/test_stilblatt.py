"""The one style sheet: nothing is missing there, nothing lies there for nobody, and it is made anew when it is old."""

import gzip
import os
import re
from pathlib import Path

import pytest
import tinycss2
from django.contrib.staticfiles import finders
from django.core.management import call_command

from schulerfolg import stilblatt

ROOT = Path(__file__).resolve().parents[2]


def classes_of_sources() -> set[str]:
    """Every class that templates, crispy layouts and scripts write; of one that is put together, each literal end."""
    values = []
    for path in stilblatt.seiten():
        if {"pdf", "mail"} & set(path.parts):
            continue  # they bring their own styles
        source = path.read_text()
        values += re.findall(r"""\b(?:class|css_class|klasse|className)\s*=\s*"([^"]*)\"""", source)
        values += re.findall(r"""\{% crispy_field field 'class' '([^']*)'""", source)
        values += re.findall(r"{% block main_class %}(.*?){% endblock %}", source)
    return {
        name for value in values for token in re.sub(r"\{[{%].*?[}%]\}", "{}", value).split() for name in _of(token)
    }


def _of(token):
    """`kern-btn--{}primary{}tertiary{}` → kern-btn--primary, kern-btn--tertiary; `feld{}` → feld."""
    first, *rest = token.split("{}")
    stem = first if first.endswith(("--", "__")) else ""
    for part in rest if stem else [first, *rest]:
        if part and not part.startswith("--"):
            yield stem + part


def classes_of(sheet) -> set[str]:
    return set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", re.sub(r'"[^"]*"|/\*.*?\*/|url\([^)]*\)', "", sheet, flags=re.S)))


def test_every_class_has_its_rule():
    assert classes_of_sources() - classes_of(stilblatt.zusammensetzen()) == set()


def test_every_class_of_ours_is_used():
    used = stilblatt.Gebraucht("\n".join(p.read_text() for p in stilblatt.seiten()))
    written = classes_of_sources()
    stems = used.anfaenge
    ours = {name for path in stilblatt.stile()[1:] for name in classes_of(path.read_text())}
    dead = {n for n in ours - written if not (n.startswith(stems) and used.klasse(n))}
    assert dead == {"htmx-request"}  # htmx sets it


def test_every_file_of_ours_is_in_it():
    assert sorted(path.stem for path in (ROOT / "static/css").glob("*.css")) == sorted([*stilblatt.TEILE, "pdf"])


def test_it_is_whole_and_less_than_half_of_what_it_is_made_of():
    sheet, parts = stilblatt.zusammensetzen(), b"".join(path.read_bytes() for path in stilblatt.stile())
    assert [rule for rule in tinycss2.parse_stylesheet(sheet) if rule.type == "error"] == []
    assert sheet.count("{") == sheet.count("}")
    assert len(sheet) < len(parts) / 2
    assert len(gzip.compress(sheet.encode())) < len(gzip.compress(parts)) / 2
    read = set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", sheet))
    assert read - set(re.findall(r"(--[\w-]+)\s*:", sheet)) == set()


@pytest.mark.parametrize(
    ("rules", "stay"),
    [
        (".da{x:y}.weg{x:y}", ".da{x:y}"),
        (".da,.weg{x:y}", ".da{x:y}"),
        (".da .weg,.weg .da{x:y}", ""),
        (".da:not(.weg){x:y}", ".da:not(.weg){x:y}"),
        ("p{x:y}", "p{x:y}"),
        ("[data-weg=a] p,[data-da] p{x:y}", "[data-da] p{x:y}"),
        ("@media print{.da{x:y}.weg{x:y}}", "@media print{.da{x:y}}"),
        ("@media print{.weg{x:y}}", ""),
        ("@media print{@supports (x:y){.weg{x:y}}}", ""),
        ("@font-face{font-family:A}", "@font-face{font-family:A}"),
        ("@keyframes a{from{x:y}}", "@keyframes a{from{x:y}}"),
        (".m--info{x:y}.m--rot{x:y}.m--info--gross{x:y}", ".m--info{x:y}"),
    ],
)
def test_rules_that_nobody_can_use_stay_away(rules, stay):
    used = stilblatt.Gebraucht('<p class="da m--{{ art }}" data-da>{% include "a.html" with art="info" %}')
    assert "".join(rule.serialize() for rule in used.regeln(tinycss2.parse_stylesheet(rules))) == stay


def test_properties_that_nobody_reads_stay_away():
    sheet = ':root{--a: 1;--b: var(--c);--c: 2;--d: url("data:x;y")}.e--a:hover{x:var(--a,1)}'
    assert stilblatt.ohne_ungelesene(sheet) == ":root{--a: 1;}.e--a:hover{x:var(--a,1)}"


def test_it_is_made_anew_when_something_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(stilblatt, "ORT", tmp_path)
    sheet = stilblatt.erneuern()
    assert sheet == tmp_path / "css/portal.css"
    sheet.write_text("alt")
    assert stilblatt.erneuern().read_text() == "alt"
    os.utime(sheet, (0, 0))
    assert stilblatt.erneuern().read_text() == stilblatt.zusammensetzen()
    assert [path.name for path in sheet.parent.iterdir()] == ["portal.css"]


def test_it_is_found_where_static_files_are():
    assert Path(finders.find("css/portal.css")).read_text() == stilblatt.zusammensetzen()
    assert "css/portal.css" in [path for path, _ in finders.get_finder("schulerfolg.stilblatt.Finder").list([])]


def test_command_says_how_large_it_is(capsys):
    call_command("stilblatt")
    assert re.search(r"var/stilblatt/css/portal.css: \d+ kB, gepackt \d+ kB", capsys.readouterr().out)


def test_a_page_asks_for_one_sheet(client):
    assert re.findall(r'rel="stylesheet" href="([^"]*)"', client.get("/impressum/").text) == ["/static/css/portal.css"]
