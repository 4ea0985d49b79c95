"""The one style sheet of every page: KERN without the rules that nobody here uses, then ours.

It is put together when somebody asks for static files and one of its sources is younger: in the demo and in production
by `collectstatic`, at a desk and in the tests by the page itself. Nothing of it is committed.
"""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile

import tinycss2
from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage

BASIS = settings.BASE_DIR
KERN = BASIS / "node_modules/@kern-ux/native/dist/kern.min.css"
# Ours, from static/css; where two rules weigh the same, the later file has the last word.
TEILE = [
    "grund", "rahmen", "kopf", "bausteine", "formulare", "seiten", "konto", "verwaltung", "budget", "bericht",
    "vorgang", "antrag", "gremium", "druck",
]  # fmt: skip
NAME = "css/portal.css"  # beside the files it is made of, so that what they name with `url(…)` stays where it was
ORT = BASIS / "var/stilblatt"
GELESEN = re.compile(r"var\(\s*(--[\w-]+)")
EIGENSCHAFT = re.compile(r"""(?<=[{;\s])(?P<name>--[\w-]+)\s*:(?:"[^"]*"|[^;{}"])*(;|(?=\}))""")


class Finder(BaseStorageFinder):
    """Hands the sheet to `collectstatic`, to runserver and to the server of the tests."""

    storage = FileSystemStorage(ORT)

    def find(self, path, *args, **kwargs):
        if path == NAME:
            erneuern()
        return super().find(path, *args, **kwargs)

    def list(self, ignore_patterns):
        erneuern()
        return super().list(ignore_patterns)


def erneuern(auch_frisch=False) -> Path:
    """Write the sheet anew if one of its sources, or what uses it, is younger; where it is.

    Files that npm unpacks say they are of 1985, so it asks when they came to this machine.
    """
    ziel = ORT / NAME
    if auch_frisch or not _ist_frisch(ziel):
        ziel.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=ziel.parent, prefix=".", delete=False) as datei:
            datei.write(zusammensetzen())
        os.chmod(datei.name, 0o644)
        os.replace(datei.name, ziel)  # whoever reads meanwhile gets the old one whole
    return ziel


def _ist_frisch(ziel) -> bool:
    return ziel.exists() and ziel.stat().st_mtime >= max(pfad.stat().st_ctime for pfad in [*stile(), *seiten()])


def zusammensetzen() -> str:
    """The text of the sheet."""
    unsere = "\n".join(_knapp(pfad.read_text()) for pfad in stile()[1:])
    regeln = Gebraucht("\n".join(pfad.read_text() for pfad in seiten())).regeln(_lesen(KERN.read_text()))
    return ohne_ungelesene(f"{_text(regeln)}\n{unsere}\n")


def stile() -> list[Path]:
    """What it is made of, in this order."""
    return [KERN, *(BASIS / f"static/css/{teil}.css" for teil in TEILE)]


def seiten() -> list[Path]:
    """Everything that may name a class: this file and those of the apps, the templates, the scripts."""
    apps = [pfad.parent for pfad in BASIS.glob("*/apps.py")]
    return [
        *(BASIS / "templates").rglob("*.html"),
        *(BASIS / "static/js").glob("*.js"),
        *(pfad for app in apps for pfad in app.rglob("*.py") if "migrations" not in pfad.parts),
    ]


class Gebraucht:
    """Which classes these sources can name.

    A name that is put together, `kern-badge--{{ art }}`, stands for all whose rest is a literal somewhere: `"info"` in
    Python or an include, `{% else %}info{% endif %}` in a template.
    """

    def __init__(self, quellen: str):
        self.worte = set(re.findall(r"[\w-]+", quellen))
        self.enden = set(re.findall(r"""["'}]([\w-]+)["'{]""", quellen))
        self.anfaenge = tuple(set(re.findall(r"[\w-]+(?:--|__)(?=\{)", quellen)))

    def klasse(self, name: str) -> bool:
        return name in self.worte or any(
            self.enden.issuperset(name.removeprefix(anfang).split("--"))
            for anfang in self.anfaenge
            if name.startswith(anfang)
        )

    def regeln(self, regeln: Iterable) -> Iterator:
        """These rules without those that can match nothing of ours."""
        for regel in regeln:
            if regel.type == "at-rule" and regel.lower_at_keyword in ("media", "supports", "layer"):
                innen = tinycss2.parse_rule_list(regel.content, skip_comments=True, skip_whitespace=True)
                regel.content = [teil for innere in self.regeln(innen) for teil in _marken(innere.serialize())]
                if regel.content:
                    yield regel
            elif regel.type == "qualified-rule":
                auswahl = [teil for teil in _aufzaehlung(regel.prelude) if self.trifft(teil)]
                if auswahl:
                    regel.prelude = _marken(",".join(tinycss2.serialize(teil).strip() for teil in auswahl))
                    yield regel
            elif regel.type == "at-rule" and regel.lower_at_keyword != "charset":
                yield regel

    def trifft(self, auswahl: list) -> bool:
        """Whether something of ours may match this selector. What stands in `:not(…)` and its like is not asked."""
        namen = [marke.value for vorher, marke in pairwise(["", *auswahl]) if vorher == "." and marke.type == "ident"]
        daten = [marke.content[0].value for marke in auswahl if marke.type == "[] block"]
        return all(map(self.klasse, namen)) and self.worte.issuperset(n for n in daten if n.startswith("data-"))


def ohne_ungelesene(text: str) -> str:
    """Without the properties of one's own (`--kern-…`) that no rule reads, and those only these would have read."""
    while ungelesen := {fund["name"] for fund in EIGENSCHAFT.finditer(text)} - set(GELESEN.findall(text)):
        text = EIGENSCHAFT.sub(lambda fund: "" if fund["name"] in ungelesen else fund[0], text)
    return text


def _knapp(text: str) -> str:
    """Without comments and indentation."""
    return " ".join(_text(_lesen(text)).split())


def _lesen(text: str) -> list:
    return tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)


def _marken(text: str) -> list:
    return tinycss2.parse_component_value_list(text)


def _text(regeln) -> str:
    return "\n".join(regel.serialize() for regel in regeln)


def _aufzaehlung(marken: list) -> Iterator[list]:
    """Selectors between commas."""
    teil: list = []
    for marke in marken:
        if marke == ",":
            yield teil
            teil = []
        else:
            teil.append(marke)
    yield teil
