"""Write the tables of the workflows and of the rights to docs/, for people who do not read Python."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from schulerfolg.dach.rechtliches import verzeichnis
from schulerfolg.konten.permissions import MIT_ZWEITEM_FAKTOR, Rolle
from schulerfolg.rechte import Rechte

DOCS = settings.BASE_DIR / "docs"
APPS = ("netzwerkstellen", "angebote", "gremien", "schulerfolg")
ERZEUGT = "Erzeugt aus {quelle} mit `DEBUG=1 ./portal manage tabellen`; nicht von Hand ändern."
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
    seiten = {module.SEITE[0]: _ablauf(module) for module in workflows()}
    return {
        **dict(sorted(seiten.items())),
        "rechte.md": _rechte(),
        "verzeichnis.md": verzeichnis.als_markdown(ERZEUGT),
    }


def workflows() -> list[Any]:
    """Every `workflow.py`."""
    return list(_module("workflow", "SEITE"))


def rechtetabellen() -> dict[str, Rechte]:
    """Every table of rights by the name of its module."""
    return {module.__name__: module.RECHTE for module in _module("permissions", "RECHTE")}


def _module(datei: str, mit: str) -> Iterator[Any]:
    """The files of this name that have such a table, found where they stand: app by app, folder by folder."""
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob(f"{datei}.py")):
            module = import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
            if hasattr(module, mit):
                yield module


def _ablauf(module) -> str:
    ablauf, (_, titel, worte) = module.ABLAUF, module.SEITE
    quelle = f"`{module.__name__.replace('.', '/')}.py`"
    kopf = f"# {titel}\n\n{ERZEUGT.format(quelle=quelle)}\n\n{worte}\n\n"
    return f"{kopf}## Schritte\n\n{ablauf.as_markdown()}\n## Als Bild\n\n```mermaid\n{ablauf.as_mermaid()}```\n"


def _rechte() -> str:
    return RECHTE.format(
        erzeugt=ERZEUGT.format(quelle="den Tabellen `RECHTE` und den Abläufen"),
        zweiter_faktor="\n".join(f"- {rolle.label}" for rolle in Rolle if rolle in MIT_ZWEITEM_FAKTOR),
        tabellen="\n".join(tabelle.as_markdown() for tabelle in rechtetabellen().values()),
    )


class Command(BaseCommand):
    help = "Schreibt die Tabellen der Abläufe und der Rechte nach docs/."

    def handle(self, **options):
        for name, text in render().items():
            (DOCS / name).write_text(text)
            self.stdout.write(f"docs/{name}")
