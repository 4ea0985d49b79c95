"""Set what somebody typed into the form of a page that was rendered without it.

Works on the finished page, so no view and no form needs to know of it. Only tags of fields are written anew; every
value is escaped; passwords and files are never touched, and nothing is sent.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.utils.html import escape

KEIN_TEXT = {"password", "file", "submit", "button", "image", "reset"}
KEINE_WORTE = re.compile(r"[\dA-Fa-f:.-]*|on")
NIE = {"csrfmiddlewaretoken", "wessen"}


@dataclass
class Feld:
    """One control of a form. `anfang` and `ende`: where it stands in the page; an option knows its select."""

    tag: str
    attrs: dict
    anfang: int
    ende: int
    auswahl: str = ""
    falten: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.auswahl or self.attrs.get("name") or ""

    @property
    def art(self) -> str:
        return (self.attrs.get("type") or "text").lower() if self.tag == "input" else self.tag


@dataclass
class Form:
    ziel: str
    felder: list[Feld] = field(default_factory=list)

    def namen(self) -> set[str]:
        return {feld.name for feld in self.felder}


class Leser(HTMLParser):
    """Finds the forms of a page that post, their fields, and the `details` around them."""

    def __init__(self, html, seite):
        super().__init__(convert_charrefs=False)
        self.html, self.seite, self.forms, self.form = html, seite, [], None
        self.auswahl, self.text, self.falten, self.offen = "", None, {}, []
        self.zeilen = [0, *(treffer.end() for treffer in re.finditer("\n", html))]
        self.feed(html)

    def _hier(self) -> int:
        zeile, spalte = self.getpos()
        return self.zeilen[zeile - 1] + spalte

    def handle_starttag(self, tag, attrs):
        angaben, anfang = dict(attrs), self._hier()
        ende = anfang + len(self.get_starttag_text() or "")
        if tag == "details":
            self.falten[anfang] = (ende, angaben)
            self.offen.append(anfang)
        elif tag == "form" and (angaben.get("method") or "").lower() == "post":
            self.form = Form(urljoin(self.seite, angaben.get("action") or self.seite))
            self.forms.append(self.form)
        elif self.form is not None and tag in ("input", "button", "select", "textarea", "option"):
            self._feld(Feld(tag, angaben, anfang, ende, falten=tuple(self.offen)))

    def _feld(self, feld):
        if feld.tag == "select":
            self.auswahl = feld.name
        elif feld.tag == "option":
            feld.auswahl = self.auswahl
        elif feld.tag == "textarea":
            feld.anfang, self.text = feld.ende, feld
        self.form.felder.append(feld)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.auswahl = ""
        elif tag == "details" and self.offen:
            self.offen.pop()
        elif tag == "textarea" and self.text is not None:
            self.text.ende, self.text = self._hier(), None


def fuellen(html: str, *, seite: str, ziel: str, werte: dict[str, list[str]]) -> tuple[str, list[str]]:
    """The page with `werte` in its form that posts to `ziel`, and the words that found no place in it."""
    leser = Leser(html, seite)
    passend = [form for form in leser.forms if form.ziel == ziel]
    rest = {name: list(texte) for name, texte in werte.items() if name not in NIE}
    if not passend:
        return html, _worte(rest)
    form = max(passend, key=lambda form: len(form.namen() & set(werte)))
    stellen: dict[tuple[int, int], str] = {}
    falten: set[int] = set()
    for feld in form.felder:
        neu = _neu(feld, werte, rest)
        if neu is not None:
            stellen[feld.anfang, feld.ende] = neu
            falten.update(feld.falten if feld.art != "hidden" and werte.get(feld.name) != [""] else ())
    for name in form.namen():  # chosen or ticked or an upload: not words that got lost
        rest.pop(name, None)
    for anfang in falten:
        ende, angaben = leser.falten[anfang]
        stellen[anfang, ende] = _tag("details", angaben | {"open": None})
    for (anfang, ende), neu in sorted(stellen.items(), reverse=True):
        html = html[:anfang] + neu + html[ende:]
    return html, _worte(rest)


def _neu(feld, werte, rest) -> str | None:
    """What stands there instead; None where the field stays as it is."""
    if feld.name in NIE or feld.art in KEIN_TEXT or "disabled" in feld.attrs or feld.tag == "select":
        return None
    if feld.tag == "option":
        return _mit_zeichen(feld, "selected", werte) if feld.name in werte else None
    if feld.art in ("checkbox", "radio"):
        return _mit_zeichen(feld, "checked", werte)
    if not rest.get(feld.name):
        return None
    wert = rest[feld.name].pop(0)
    if feld.tag == "textarea":
        return "\n" + escape(wert)
    return _tag("input", feld.attrs | {"value": wert})


def _mit_zeichen(feld, zeichen, werte) -> str:
    attrs = {name: wert for name, wert in feld.attrs.items() if name != zeichen}
    gewaehlt = feld.attrs.get("value", "on") in werte.get(feld.name, [])
    return _tag(feld.tag, attrs | ({zeichen: None} if gewaehlt else {}))


def _tag(tag, attrs) -> str:
    teile = (name if wert is None else f'{name}="{escape(wert)}"' for name, wert in attrs.items())
    return f"<{' '.join([tag, *teile])}>"


def _worte(rest) -> list[str]:
    """What people can read, of what is left: no numbers, keys and ticks."""
    return [text for texte in rest.values() for text in texte if text.strip() and not KEINE_WORTE.fullmatch(text)]
