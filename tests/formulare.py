"""The forms of a page as a browser would send them: names and present values, gaps filled with something plausible."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser

TAG = date.today() + timedelta(days=90)
# Short words, many to a line.
PLAUSIBEL = {
    "email": "neu@demo.example", "date": TAG.isoformat(), "time": "10:00", "number": "5", "url": "https://a.example",
}  # fmt: skip
NACH_NAMEN = {
    r"betrag|ansatz|preis|mittel": "10,00",
    r"tag$|^von|^bis|beginn|ende|frist|^am$": f"{TAG:%d.%m.%Y}",
    r"plz": "39576",
    r"uhrzeit": "10:00",
    r"telefon": "03941 597022",
    r"mail": "neu@demo.example",
}


@dataclass
class Formular:
    """One POST form: where it goes, and every field with what would be sent."""

    ziel: str
    felder: dict[str, list[str]] = field(default_factory=dict)


class _Leser(HTMLParser):
    def __init__(self, fuellen):
        super().__init__()
        self.fuellen = fuellen
        self.formulare, self.offen, self.auswahl, self.text, self.button = [], None, None, None, False
        self.je_id, self.ausserhalb = {}, []

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag in ("input", "button") and "form" in a:
            self.ausserhalb.append((tag, a))
        elif tag == "form":
            self.button = False
            self.offen = Formular(a.get("action") or "") if a.get("method", "").lower() == "post" else None
            if self.offen:
                self.formulare.append(self.offen)
                self.je_id[a.get("id")] = self.offen
        elif self.offen is not None and "disabled" not in a:
            getattr(self, f"_{tag}", lambda a: None)(a)

    def handle_endtag(self, tag):
        if tag == "form":
            self.offen = None
        elif tag == "select" and self.auswahl:
            name, optionen, gewaehlt, mehrere = self.auswahl
            self.offen.felder[name] = gewaehlt or ([] if mehrere else [self._sonst(next(filter(None, optionen), ""))])
            self.auswahl = None
        elif tag == "textarea" and self.text:
            name, inhalt = self.text
            self.offen.felder[name] = [inhalt.removeprefix("\n") or self._sonst("Ein Satz.")]
            self.text = None

    def handle_data(self, data):
        if self.text:
            self.text[1] += data

    def zuordnen(self):
        """What stands elsewhere on the page and is sent with a form; a button there may send it somewhere else."""
        for tag, a in sorted(self.ausserhalb, key=lambda eines: eines[0] == "button"):
            if self.je_id.get(a["form"]) is None:
                continue
            self.offen = self.je_id[a["form"]]
            if tag == "input":
                self._input(a)
            elif "formaction" in a:
                self.formulare.append(Formular(a["formaction"], dict(self.offen.felder)))

    def _input(self, a):
        name, art, wert = a.get("name"), a.get("type", "text"), a.get("value") or ""
        if not name or art in ("file", "submit", "image"):
            return
        if art in ("checkbox", "radio"):
            vorhanden = self.offen.felder.setdefault(name, [])
            if "checked" in a or (art == "radio" and not vorhanden and self._sonst(wert)):
                self.offen.felder[name] = [wert or "on"] if art == "radio" else [*vorhanden, wert or "on"]
        else:
            self.offen.felder[name] = [wert if wert or art == "hidden" else self._sonst(_plausibel(art, name))]

    def _sonst(self, plausibel: str) -> str:
        return plausibel if self.fuellen else ""

    def _button(self, a):
        if a.get("name") and a.get("type", "submit") == "submit" and not self.button:
            self.button = True
            self.offen.felder.setdefault(a["name"], [a.get("value") or ""])

    def _select(self, a):
        self.auswahl = [a["name"], [], [], "multiple" in a]

    def _option(self, a):
        if self.auswahl:
            wert = a.get("value", "")
            self.auswahl[1].append(wert)
            if "selected" in a and wert:
                self.auswahl[2].append(wert)

    def _textarea(self, a):
        self.text = [a["name"], ""]


def _plausibel(art, name) -> str:
    """Something for an empty field that a check of its kind lets pass."""
    return PLAUSIBEL.get(art) or next(
        (wert for muster, wert in NACH_NAMEN.items() if re.search(muster, name)), "Beispiel"
    )


def formulare(html: str, seite: str, *, fuellen=True) -> list[Formular]:
    """Every form of this page that is sent with POST, those of the frame (sign-out, search) left out.

    Without `fuellen` each is sent just as the page shows it.
    """
    leser = _Leser(fuellen)
    leser.feed(html)
    leser.zuordnen()
    for formular in leser.formulare:
        formular.ziel = formular.ziel or seite
        formular.felder.pop("csrfmiddlewaretoken", None)
    return [formular for formular in leser.formulare if not formular.ziel.startswith("/konto/abmelden")]


def schrittformulare(antwort) -> list[Formular]:
    """The forms of this page that take a step: those with a key."""
    return [f for f in formulare(antwort.text, antwort.wsgi_request.path) if "schluessel" in f.felder]
