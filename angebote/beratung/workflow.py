"""The way of a Beratung: asked for by a school or noted by the office; it opens the draft of an Antrag."""

from django.db.models import TextChoices

from schulerfolg.ablauf.tabelle import Transition, Workflow
from schulerfolg.konten.permissions import Rolle


class Status(TextChoices):
    ANGEFRAGT = "angefragt", "Beratung angefragt"
    VERABREDET = "verabredet", "Termin vereinbart"
    BERATEN = "beraten", "beraten"
    ABGESAGT = "abgesagt", "abgesagt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"


# Its page in docs/: file, title, and the words above the table.
SEITE = (
    "ablauf-beratung.md",
    "Der Weg einer Beratung",
    """\
Vor jedem Antrag steht eine Beratung. Die Schule fragt sie mit drei Sätzen an, oder die Netzwerkstelle hält ein Gespräch
fest, das schon stattgefunden hat. Aus einer Beratung entsteht der Entwurf eines Antrags.

Von den Rollen der Schule in der Spalte „Nachricht an“ bekommt die Mail, wer gefragt hat; hat niemand gefragt, der heute
zur Schule gehört, bekommt sie die Schulleitung.""",
)

S, R = Status, Rolle
SCHULE = [R.SCHULE_MITARBEIT, R.SCHULSOZIALARBEIT, R.SCHULE_STELLVERTRETUNG, R.SCHULE_LEITUNG]
KOPF = [R.SCHULE_LEITUNG, R.SCHULE_STELLVERTRETUNG]

STELLE = [R.SACHBEARBEITUNG, R.LEITUNG]
OFFEN = [S.ANGEFRAGT, S.VERABREDET]
"""The conversation has not taken place yet."""

# A table, to be read in columns.
# fmt: off
ABLAUF = Workflow(Status, S.ANGEFRAGT, [
    #           Schritt          Beschriftung                past                              von    nach              wer darf  Nachricht an
    Transition("verabreden",    "Termin vereinbaren",       "hat einen Termin vereinbart",    OFFEN, S.VERABREDET,     STELLE,   SCHULE, needs="Tag, Uhrzeit und Weg"),
    Transition("beraten",       "Beratung festhalten",      "hat die Beratung festgehalten",  OFFEN, S.BERATEN,        STELLE,   SCHULE, needs="Tag, Weg und Ergebnis der Beratung"),
    Transition("absagen",       "Anfrage beenden",          "hat die Anfrage beendet",        OFFEN, S.ABGESAGT,       STELLE,   SCHULE, needs_reason=True),
    Transition("zurueckziehen", "Anfrage zurückziehen",     "hat die Anfrage zurückgezogen",  OFFEN, S.ZURUECKGEZOGEN, SCHULE,   STELLE, needs="eine Bestätigung"),
], shows=dict.fromkeys(["verabreden", "beraten", "absagen", "zurueckziehen"], "angebote.beratung.queries.anfrage_gezeigt"))
# fmt: on
