"""The page of components: each as it looks, with the contract that stands in the first line of its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template import Engine
from django.utils import timezone

from schulerfolg.dach.bausteine.forms import Musterform
from schulerfolg.dach.berichte.diagramm import HOEHE, Balken, Diagramm


@dataclass(frozen=True)
class Baustein:
    """A component: its name, the template that draws it (none: markup of its own), the template that shows it."""

    titel: str
    datei: str = ""
    beispiel: str = ""
    wo: str = ""
    """Where it can be seen, if not here."""

    @property
    def vertrag(self) -> str:
        """What it needs and promises: the first line of its template."""
        return _quelle(self.datei or self.beispiel)[0].removeprefix("{# ").removesuffix(" #}")

    @property
    def aufruf(self) -> str:
        """How it is written in a template."""
        return "\n".join(_quelle(self.beispiel)[1:])


def _quelle(datei) -> list[str]:
    return Engine.get_default().get_template(datei).source.splitlines()


GRUPPEN = {
    "Rückmeldung": [
        Baustein("Hinweis", "includes/hinweis.html", "dach/bausteine/hinweis.html"),
        Baustein("Meldungen nach einem Schritt", "includes/meldungen.html", "dach/bausteine/meldungen.html"),
        Baustein("Noch nichts da", "includes/leer.html", "dach/bausteine/leer.html"),
        Baustein("Marke", "netzwerkstellen/verwaltung/marke.html", "dach/bausteine/marke.html"),
        Baustein("Stand eines Vorgangs", "dach/vorgang/stand.html", "dach/bausteine/stand.html"),
        Baustein("Noch zu bestätigen", "includes/zu_bestaetigen.html", "dach/bausteine/zu_bestaetigen.html"),
        Baustein("Entsteht gerade", "includes/entsteht.html", "dach/bausteine/entsteht.html"),
    ],
    "Wege und Knöpfe": [
        Baustein("Knöpfe", "", "dach/bausteine/knoepfe.html"),
        Baustein("Zurück", "includes/zurueck.html", "dach/bausteine/zurueck.html"),
        Baustein("Weg zur Seite", "includes/brotkrumen.html", wo="Steht oben auf jeder Seite, auch auf dieser."),
        Baustein("Seiten einer Liste", "includes/seiten.html", "dach/bausteine/seiten.html"),
        Baustein("Wie viele es sind", "includes/fund.html", "dach/bausteine/fund.html"),
    ],
    "Listen, Zahlen und Tabellen": [
        Baustein("Liste mit Aktionen", "", "dach/bausteine/eintraege.html"),
        Baustein("Kacheln", "", "dach/bausteine/kacheln.html"),
        Baustein("Verlauf", "includes/verlauf.html", "dach/bausteine/verlauf.html"),
        Baustein("Angaben", "", "dach/bausteine/angaben.html"),
        Baustein("Kennzahlen", "", "dach/bausteine/kennzahlen.html"),
        Baustein("Tabelle", "", "dach/bausteine/tabelle.html"),
        Baustein("Diagramm", "includes/diagramm.html", "dach/bausteine/diagramm.html"),
        Baustein("Budgetbalken", "angebote/budget/balken.html", "dach/bausteine/budgetbalken.html"),
        Baustein("Karte", "includes/karte.html", wo="Steht auf der Startseite."),
    ],
    "Formulare": [
        Baustein("Felder", "kern/field.html", "dach/bausteine/felder.html"),
        Baustein("Felder mit Fehlern", "kern/layout/field_errors.html", "dach/bausteine/fehler.html"),
        Baustein("Was alles fehlt", "kern/errors.html", wo="Steht über jedem Formular, das so nicht geht."),
        Baustein("Zum Aufklappen", "", "dach/bausteine/aufklappen.html"),
        Baustein("Filtern beim Tippen", "includes/live.html", wo="In den Listen der Anträge, Beratungen und Schulen."),
    ],
    "Rahmen": [
        Baustein("Förderhinweis", "includes/esf.html", wo="Steht auf jeder Seite ganz oben."),
        Baustein("Kopf", "includes/kopf.html", wo="Steht auf jeder Seite."),
        Baustein("Fuß", "includes/fuss.html", wo="Steht auf jeder Seite."),
        Baustein("Ende der Anmeldung", "includes/ablauf.html", wo="Erscheint zwei Minuten, bevor sie endet."),
        Baustein("Ende der Anmeldung ohne JavaScript", "includes/anmeldung_bis.html", wo="Unter jedem Formular."),
    ],
}


def kontext() -> dict:
    """What the examples are filled with; all of it made up."""
    return {
        "gruppen": GRUPPEN,
        "mails": [
            Message(messages.SUCCESS, "Gespeichert um 14:03. Sie können jederzeit später weitermachen."),
            Message(messages.ERROR, "Das ging nicht: Der Antrag ist schon eingereicht."),
        ],
        "liste": SimpleNamespace(anzahl=238, counted="238", vor=40, nach=61),
        "verlauf": list(_verlauf()),
        "stand": SimpleNamespace(art="success", label="bewilligt"),
        "diagramm": Diagramm("Anträge im Jahr 2026", list(_balken({"Harz": 31, "Börde": 24, "Stendal": 12}))),
        "budget": SimpleNamespace(anteile=[("ausgezahlt", "0", "30"), ("offen", "30", "25"), ("frei", "55", "45")]),
        "muster": Musterform(prefix="neu"),
        "falsch": Musterform({"falsch-titel": "x" * 41}, prefix="falsch"),
    }


def _verlauf() -> Iterator[SimpleNamespace]:
    jetzt = timezone.localtime()
    for tage, wer, rolle, text, begruendung in [
        (0, "Kim Beispiel", "Schulleitung", "hat den Antrag zurückgegeben", "Bitte nennen Sie noch den Ort."),
        (3, "Ada Muster", "Lehrkraft", "hat den Antrag weitergegeben", ""),
    ]:
        am = jetzt - timedelta(days=tage)
        yield SimpleNamespace(wer=wer, rolle=rolle, in_worten=text, begruendung=begruendung, am=am)


def _balken(werte) -> Iterator[Balken]:
    for n, (label, wert) in enumerate(werte.items()):
        breite = f"{wert * 100 / max(werte.values()):.2f}%"
        yield Balken(label, str(wert), breite, HOEHE * n + 18, HOEHE * n + 26)
