"""Write the tables of the workflows and of the rights to docs/, for people who do not read Python."""

from django.conf import settings
from django.core.management.base import BaseCommand

from angebote.antrag.permissions import RECHTE as ANTRAGSRECHTE
from angebote.antrag.workflow import ABLAUF as ANTRAGSABLAUF
from angebote.antrag.workflow import Status
from angebote.beratung.workflow import ABLAUF as BERATUNGSABLAUF
from angebote.budget.permissions import RECHTE as BUDGETRECHTE
from gremien.sitzung.permissions import RECHTE as SITZUNGSRECHTE
from gremien.sitzung.workflow import ABLAUF as SITZUNGSABLAUF
from gremien.sitzung.workflow import Rolle as Sitzungsrolle
from netzwerkstellen.stelle.permissions import RECHTE as STELLENRECHTE
from schulerfolg.berichte.workflow import ABLAUF as BERICHTSABLAUF
from schulerfolg.konten.permissions import MIT_ZWEITEM_FAKTOR, SCHULROLLEN, STELLENROLLEN, Rolle
from schulerfolg.rechtliches import verzeichnis

DOCS = settings.BASE_DIR / "docs"
ERZEUGT = "Erzeugt aus {quelle} mit `./portal manage tabellen`; nicht von Hand ändern."
# What each right allows, in the words of an office
WORTE = {
    "netzwerkstelle": {
        "ansehen": "die internen Angaben der Stelle ansehen",
        "kontakte_pflegen": "Ansprechpersonen und Standorte pflegen",
        "angaben_pflegen": "Beschreibung, Adressen und Hinweise pflegen",
        "traeger_pflegen": "Trägerschaft eintragen und beenden",
        "schulen_pflegen": "Schulen eintragen und ändern",
        "schule_einladen": "Menschen an Schulen einladen",
        "gremium_einladen": "Mitglieder eines Gremiums in das Portal einladen",
        "schule_umziehen": "eine Schule einer anderen Netzwerkstelle zuordnen",
        "organisation_eintragen": "Organisationen eintragen, zum Beispiel Träger und Partner",
        "team_pflegen": "Kolleginnen und Kollegen einladen, Rollen vergeben und beenden",
    },
    "antrag": {
        "ansehen": "den Antrag lesen",
        "bearbeiten": "die Abschnitte ausfüllen",
        "teilen": "den Entwurf mit der Netzwerkstelle teilen",
        "pruefliste": "die Prüfliste ausfüllen",
        "stellung_nehmen": "die fachliche Stellungnahme schreiben",
        "antworten": "Rückfragen beantworten",
        "internes_lesen": "Prüfliste, Stellungnahme und Vermerke lesen",
    },
    "budget": {
        "ansehen": "Ansatz, Buchungen und freies Geld ansehen",
        "anlegen": "das Budget eines Jahres anlegen",
        "aendern": "Ansatz und Haushaltssperre ändern",
    },
    "sitzung": {
        "ansehen": "Termin und Tagesordnung ansehen",
        "planen": "eine Sitzung planen",
        "tagesordnung": "die Tagesordnung machen",
        "laden": "die Einladung verschicken",
        "leiten": "Anwesenheit, Stimmen und Beschlüsse festhalten",
        "erklaeren": "die eigene Befangenheit erklären",
        "festhalten": "eine Befangenheit für jemand anderen festhalten",
        "gruende_lesen": "Gründe einer Befangenheit lesen",
        "dokumente": "Einladung und Niederschrift laden",
    },
}
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

## Angaben einer Netzwerkstelle

Die öffentliche Seite sehen alle. Die folgenden Rechte gelten für die eigene Stelle; die Koordinierungsstelle hat sie
für alle Stellen.

{stelle}

## Anträge

Schulen sehen ihre eigenen Anträge. Die Netzwerkstelle sieht einen Antrag, sobald er eingereicht ist; vorher nur, wenn
die Schule den Entwurf teilt oder die Stelle ihn selbst angelegt hat. Die Koordinierungsstelle liest Anträge nur, wo
die Netzwerkstelle das erlaubt; sie entscheidet nichts. Die Prüfung liest und ändert nichts. Wer nichts mit einem
Antrag zu tun hat, erfährt nicht einmal, dass es ihn gibt.

{antrag}

## Schritte eines Antrags

Wann ein Schritt möglich ist und was er voraussetzt, steht in [ablauf-antrag.md](ablauf-antrag.md). Auf die
Tagesordnung kommt ein Antrag nur über eine Sitzung; beschlossen wird er nur durch das Gremium.

{schritte}

## Budget

{budget}

## Sitzungen eines Gremiums

Beschlussvorlagen lesen Mitglieder ab der Einladung und nach der Verpflichtung zur Verschwiegenheit, nie zu einem
Punkt, bei dem sie befangen sind. „Lesend“ sind Freigabe beim Träger und Prüfung; „Überblick“ ist die
Koordinierungsstelle.

{sitzung}
"""


def render() -> dict[str, str]:
    """File name in docs/ and its text."""
    return {
        "ablauf-antrag.md": _ablauf("Der Weg eines Antrags", ABLAUF_ANTRAG, ANTRAGSABLAUF, "angebote/antrag"),
        "ablauf-beratung.md": _ablauf("Der Weg einer Beratung", ABLAUF_BERATUNG, BERATUNGSABLAUF, "angebote/beratung"),
        "ablauf-bericht.md": _ablauf("Der Weg eines Berichts", ABLAUF_BERICHT, BERICHTSABLAUF, "schulerfolg/berichte"),
        "ablauf-sitzung.md": _ablauf("Der Weg einer Sitzung", ABLAUF_SITZUNG, SITZUNGSABLAUF, "gremien/sitzung"),
        "rechte.md": _rechte(),
        "verzeichnis.md": verzeichnis.als_markdown(ERZEUGT),
    }


def _ablauf(titel, worte, ablauf, ordner) -> str:
    kopf = f"# {titel}\n\n{ERZEUGT.format(quelle=f'`{ordner}/workflow.py`')}\n\n{worte}\n\n"
    return f"{kopf}## Schritte\n\n{ablauf.as_markdown()}\n## Als Bild\n\n```mermaid\n{ablauf.as_mermaid()}```\n"


def _rechte() -> str:
    stelle = {name: set(rollen) for name, rollen in STELLENRECHTE.items()}
    antrag = {name: set(rollen) for name, (rollen, _) in ANTRAGSRECHTE.items()}
    schritte = {schritt.name: set(schritt.roles) for schritt in ANTRAGSABLAUF if schritt.url}
    namen = {schritt.name: f"{schritt.label} (`{schritt.name}`)" for schritt in ANTRAGSABLAUF}
    alle = (*SCHULROLLEN, *STELLENROLLEN, Rolle.KOORDINATION)
    return RECHTE.format(
        erzeugt=ERZEUGT.format(quelle="den Tabellen `RECHTE` und den Abläufen"),
        zweiter_faktor="\n".join(f"- {rolle.label}" for rolle in Rolle if rolle in MIT_ZWEITEM_FAKTOR),
        stelle=_tabelle(WORTE["netzwerkstelle"], stelle, (*STELLENROLLEN, Rolle.KOORDINATION)),
        antrag=_tabelle(WORTE["antrag"], antrag, alle, _solange()),
        schritte=_tabelle(namen, schritte, alle),
        budget=_tabelle(WORTE["budget"], BUDGETRECHTE, (*STELLENROLLEN, Rolle.KOORDINATION)),
        sitzung=_tabelle(
            WORTE["sitzung"], {name: set(wer) for name, (wer, _) in SITZUNGSRECHTE.items()}, list(Sitzungsrolle)
        ),
    )


def _solange() -> dict[str, str]:
    """When a right holds, in words."""
    worte = {}
    for name, (_, nur) in ANTRAGSRECHTE.items():
        fehlt = ", ".join(status.label for status in Status if status not in nur)
        hier = ", ".join(status.label for status in nur)
        worte[name] = f"nicht: {fehlt}" if len(nur) > len(Status) / 2 else hier
        worte[name] = worte[name] if fehlt else "beliebig"
    return worte


def _tabelle(worte, rechte, rollen, solange=None) -> str:
    kopf = ["Recht", *(rolle.label for rolle in rollen), *(["solange der Stand ist"] if solange else [])]
    zeilen = [
        [
            worte[name],
            *("ja" if rolle in wer else "–" for rolle in rollen),
            *([solange[name]] if solange else []),
        ]
        for name, wer in rechte.items()
    ]
    return "\n".join(f"| {' | '.join(zeile)} |" for zeile in [kopf, ["---"] * len(kopf), *zeilen])


class Command(BaseCommand):
    help = "Schreibt die Tabellen der Abläufe und der Rechte nach docs/."

    def handle(self, **options):
        for name, text in render().items():
            (DOCS / name).write_text(text)
            self.stdout.write(f"docs/{name}")
