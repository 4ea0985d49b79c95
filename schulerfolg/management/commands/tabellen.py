"""Write the tables of the workflows and of the rights to docs/, for people who do not read Python."""

from collections.abc import Iterator
from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand

from angebote.antrag.workflow import ABLAUF as ANTRAGSABLAUF
from angebote.beratung.workflow import ABLAUF as BERATUNGSABLAUF
from gremien.sitzung.workflow import ABLAUF as SITZUNGSABLAUF
from schulerfolg.berichte.workflow import ABLAUF as BERICHTSABLAUF
from schulerfolg.konten.permissions import MIT_ZWEITEM_FAKTOR, Rolle
from schulerfolg.rechte import Rechte

DOCS = settings.BASE_DIR / "docs"
APPS = ("netzwerkstellen", "angebote", "gremien", "schulerfolg")
ERZEUGT = "Erzeugt aus {quelle} mit `./portal manage tabellen`; nicht von Hand ändern."
ABLAUF_ANTRAG = """\
Ein Antrag hat immer genau einen Stand. Jede Zeile der Tabelle ist ein Schritt: von welchem Stand er ausgeht, wohin er
führt, wer ihn macht, wer davon per E-Mail erfährt und was vorher erfüllt sein muss. Einen anderen Weg gibt es nicht.

Das Wort in der ersten Spalte steht auch in der Adresse des Schritts: `/antraege/<Nummer>/<Schritt>/`. Nach dem
Einreichen und nach jeder Antwort auf Rückfragen erhalten die Verfasserin oder der Verfasser und die Schulleitung eine
Eingangsbestätigung mit dem Antrag als PDF, sobald es erstellt ist. Von einem Entwurf, den die Schule nicht geteilt hat,
erfährt die Netzwerkstelle nichts, auch nicht, wenn er zurückgezogen wird."""
ABLAUF_BERATUNG = """\
Vor jedem Antrag steht eine Beratung. Die Schule fragt sie mit drei Sätzen an, oder die Netzwerkstelle hält ein Gespräch
fest, das schon stattgefunden hat. Aus einer Beratung entsteht der Entwurf eines Antrags."""

ABLAUF_BERICHT = """\
Einen Bericht schreibt die Koordinierungsstelle. Solange er ein Entwurf ist, zeigt er die Zahlen von heute. Mit der
Veröffentlichung werden sie ein letztes Mal gezählt und festgehalten; danach ändert sich am Bericht nichts mehr."""

ABLAUF_SITZUNG = """\
Mit der Einladung stehen Tagesordnung und Beschlussvorlagen fest; jedes Mitglied bekommt eine Mail mit der Tagesordnung
als PDF. Während die Sitzung läuft, halten Vorsitz, Schriftführung oder Netzwerkstelle fest, wer da ist und wie
abgestimmt wird. Was mit einem Antrag geschieht, folgt aus dem Beschluss; nach dem Schließen entsteht die Niederschrift.
Die Mail zur Einladung schreibt das Portal, sobald das PDF fertig ist."""

RECHTE = """\
# Wer was darf

{erzeugt}

Was jemand darf, folgt daraus, wo die Person gerade mitarbeitet: an einer Schule, bei einer Netzwerkstelle oder
landesweit. Wer mehrere Rollen hat, darf alles, was eine davon erlaubt. Rollen gelten von einem Tag bis zu einem
anderen; danach endet das Recht von selbst.

## Anmeldung mit zweitem Faktor

Diese Rollen brauchen neben dem Passwort einen zweiten Faktor (App oder Passkey):

{zweiter_faktor}

{tabellen}"""


def render() -> dict[str, str]:
    """File name in docs/ and its text."""
    return {
        "ablauf-antrag.md": _ablauf("Der Weg eines Antrags", ABLAUF_ANTRAG, ANTRAGSABLAUF, "angebote/antrag"),
        "ablauf-beratung.md": _ablauf("Der Weg einer Beratung", ABLAUF_BERATUNG, BERATUNGSABLAUF, "angebote/beratung"),
        "ablauf-bericht.md": _ablauf("Der Weg eines Berichts", ABLAUF_BERICHT, BERICHTSABLAUF, "schulerfolg/berichte"),
        "ablauf-sitzung.md": _ablauf("Der Weg einer Sitzung", ABLAUF_SITZUNG, SITZUNGSABLAUF, "gremien/sitzung"),
        "rechte.md": _rechte(),
    }


def _ablauf(titel, worte, ablauf, ordner) -> str:
    kopf = f"# {titel}\n\n{ERZEUGT.format(quelle=f'`{ordner}/workflow.py`')}\n\n{worte}\n\n"
    return f"{kopf}## Schritte\n\n{ablauf.as_markdown()}\n## Als Bild\n\n```mermaid\n{ablauf.as_mermaid()}```\n"


def rechtetabellen() -> Iterator[tuple[str, Rechte]]:
    """Every table of rights with the name of its module, found where it stands: app by app, folder by folder."""
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("permissions.py")):
            name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
            if isinstance(tabelle := getattr(import_module(name), "RECHTE", None), Rechte):
                yield name, tabelle


def _rechte() -> str:
    return RECHTE.format(
        erzeugt=ERZEUGT.format(quelle="den Tabellen `RECHTE` und den Abläufen"),
        zweiter_faktor="\n".join(f"- {rolle.label}" for rolle in Rolle if rolle in MIT_ZWEITEM_FAKTOR),
        tabellen="\n".join(tabelle.as_markdown() for _, tabelle in rechtetabellen()),
    )


class Command(BaseCommand):
    help = "Schreibt die Tabellen der Abläufe und der Rechte nach docs/."

    def handle(self, **options):
        for name, text in render().items():
            (DOCS / name).write_text(text)
            self.stdout.write(f"docs/{name}")
