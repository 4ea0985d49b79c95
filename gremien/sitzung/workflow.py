"""The way of a meeting. One row, one step (fachdossier 5.4)."""

from django.db.models import TextChoices

from schulerfolg.ablauf.tabelle import Transition, Workflow


class Status(TextChoices):
    GEPLANT = "geplant", "Geplant"
    EINGELADEN = "eingeladen", "Eingeladen"
    LAUFEND = "laufend", "Läuft"
    BEENDET = "beendet", "Beendet"
    ABGESAGT = "abgesagt", "Abgesagt"


class Rolle(TextChoices):
    """The hats towards a meeting; see permissions.rollen."""

    STELLE = "stelle", "Netzwerkstelle"
    VORSITZ = "vorsitz", "Vorsitz"
    SCHRIFTFUEHRUNG = "schriftfuehrung", "Schriftführung"
    MITGLIED = "mitglied", "Mitglied"
    LESEND = "lesend", "lesend"
    UEBERBLICK = "ueberblick", "Überblick"


# Its page in docs/: file, title, and the words above the table.
SEITE = (
    "ablauf-sitzung.md",
    "Der Weg einer Sitzung",
    """\
Mit der Einladung stehen Tagesordnung und Beschlussvorlagen fest; jedes Mitglied bekommt eine Mail mit der Tagesordnung
als PDF. Während die Sitzung läuft, halten Vorsitz, Schriftführung oder Netzwerkstelle fest, wer da ist und wie
abgestimmt wird. Was mit einem Antrag geschieht, folgt aus dem Beschluss; nach dem Schließen entsteht die Niederschrift.
Die Mail zur Einladung schreibt das Portal, sobald das PDF fertig ist, und nach einer Verlegung noch einmal.""",
)

S, R = Status, Rolle

# A table, to be read in columns.
# fmt: off
ABLAUF = Workflow(Status, S.GEPLANT, [
    #           Schritt       Beschriftung           in der Geschichte             von                        nach           wer darf                               Nachricht an
    Transition("einladen",   "Einladung versenden", "hat eingeladen",             [S.GEPLANT],               S.EINGELADEN,  [R.STELLE, R.VORSITZ],                 [R.MITGLIED], needs="mindestens ein Tagesordnungspunkt; die Tagesordnung und die Beschlussvorlagen stehen dann fest"),
    Transition("verlegen",   "Termin verlegen",     "hat den Termin verlegt",     [S.EINGELADEN],            S.EINGELADEN,  [R.STELLE, R.VORSITZ],                 [R.MITGLIED], needs_reason=True, needs="alle werden neu geladen; die Ladungsfrist gilt von Neuem"),
    Transition("eroeffnen",  "Sitzung eröffnen",    "hat die Sitzung eröffnet",   [S.EINGELADEN],            S.LAUFEND,     [R.VORSITZ, R.STELLE],                 [],           needs="am Tag der Sitzung, sonst mit Begründung"),
    Transition("schliessen", "Sitzung schließen",   "hat die Sitzung geschlossen", [S.LAUFEND],              S.BEENDET,     [R.VORSITZ, R.STELLE],                 [],           needs="zu jedem offenen Punkt ist gesagt, was aus ihm geworden ist"),
    Transition("absagen",    "Sitzung absagen",     "hat die Sitzung abgesagt",   [S.GEPLANT, S.EINGELADEN], S.ABGESAGT,    [R.STELLE, R.VORSITZ],                 [R.MITGLIED], needs_reason=True, needs="ihre Anträge sind wieder bereit für das Gremium"),
], requires={
    "einladen":     ["gremien.sitzung.bedingungen.tagesordnung_steht", "gremien.sitzung.bedingungen.jemand_ist_zu_laden"],
}, shows={
    "verlegen":     "gremien.sitzung.bedingungen.termin",
    "schliessen":   "gremien.sitzung.bedingungen.offene_punkte",
})
# fmt: on

AGENDA_OFFEN = [S.GEPLANT]
KOMMEND = [S.GEPLANT, S.EINGELADEN, S.LAUFEND]
VORBEREITET = [S.EINGELADEN, S.LAUFEND]
"""Members say now on which items they are biased."""
PAPIERE_OFFEN = [S.EINGELADEN, S.LAUFEND, S.BEENDET]
"""Members read the papers from the invitation on."""
BEKANNT = [*PAPIERE_OFFEN, S.ABGESAGT]
"""Members know of the meeting, called off or not."""
