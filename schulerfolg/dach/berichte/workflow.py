"""The way of a report. One row, one step."""

from django.db.models import TextChoices

from schulerfolg.ablauf.tabelle import Transition, Workflow
from schulerfolg.konten.permissions import Rolle


class Status(TextChoices):
    ENTWURF = "entwurf", "Entwurf"
    VEROEFFENTLICHT = "veroeffentlicht", "Veröffentlicht"
    ZURUECKGEZOGEN = "zurueckgezogen", "Zurückgezogen"


# Its page in docs/: file, title, and the words above the table.
SEITE = (
    "ablauf-bericht.md",
    "Der Weg eines Berichts",
    """\
Einen Bericht schreibt die Koordinierungsstelle. Solange er ein Entwurf ist, zeigt er die Zahlen von heute. Mit der
Veröffentlichung werden sie ein letztes Mal gezählt und festgehalten; danach ändert sich am Bericht nichts mehr.""",
)

S = Status

# A table, to be read in columns.
# fmt: off
ABLAUF = Workflow(Status, S.ENTWURF, [
    #           Schritt           Beschriftung                 in der Geschichte                    von                  nach               wer darf
    Transition("veroeffentlichen", "Bericht veröffentlichen", "hat den Bericht veröffentlicht",    [S.ENTWURF],         S.VEROEFFENTLICHT, [Rolle.KOORDINATION], needs="der Zeitraum ist vorbei; die Zahlen werden festgehalten und ändern sich nicht mehr"),
    Transition("zurueckziehen",    "Bericht zurückziehen",    "hat den Bericht zurückgezogen",     [S.VEROEFFENTLICHT], S.ZURUECKGEZOGEN,  [Rolle.KOORDINATION], needs_reason=True, needs="die Adresse bleibt und nennt den Grund"),
], requires={
    "veroeffentlichen": ["schulerfolg.dach.berichte.bedingungen.zeitraum_ist_vorbei"],
})
# fmt: on

OEFFENTLICH = [S.VEROEFFENTLICHT]
WAR_OEFFENTLICH = [S.VEROEFFENTLICHT, S.ZURUECKGEZOGEN]
BEARBEITBAR = [S.ENTWURF]
"""Before the publication everything may change and the figures are counted live; from then on nothing does."""
