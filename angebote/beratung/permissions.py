"""Who sees and does what with a Beratung."""

from angebote.beratung.workflow import ABLAUF, Status
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle, hats_worn
from schulerfolg.rechte import Recht, Rechte

BERATENDE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Beratung", """\
Eine Beratung lesen die Schule, um die es geht, und ihre Netzwerkstelle. Wann ein Schritt möglich ist und was er
voraussetzt, steht in [ablauf-beratung.md](ablauf-beratung.md).""", [
    #      action             who                         what it allows                                           only while        words
    Recht("anfragen",        SCHULROLLEN,                "um Beratung bitten, für eine Schule in Betrieb",        None,             denial="Um Beratung bittet die Schule. Als Netzwerkstelle halten Sie ein Gespräch selbst fest."),
    Recht("aendern",         SCHULROLLEN,                "eine Anfrage ändern oder ergänzen",                     [Status.ANGEFRAGT]),
    Recht("notieren",        BERATENDE,                  "ein Gespräch festhalten, um das niemand gebeten hatte", None,             denial="Gespräche hält die Netzwerkstelle fest. Als Schule bitten Sie hier um Beratung."),
    Recht("antrag_beginnen", (*SCHULROLLEN, *BERATENDE), "aus der Beratung einen Antrag beginnen",                [Status.BERATEN]),
], steps=ABLAUF)
# fmt: on


def rollen(person, beratung) -> set[Rolle]:
    """The hats this person wears towards this Beratung today; none at all means: a stranger."""
    schule = hats_worn(person, "schulzugehoerigkeiten", schule=beratung.schule_id)
    stelle = hats_worn(person, "mitarbeiten", netzwerkstelle=beratung.netzwerkstelle_id)
    return {Rolle(rolle) for rolle in (*schule, *stelle)}


def irgendwo(person) -> set[Rolle]:
    """The hats this person wears today at any school that works with the portal, and at any office."""
    schulen = person.schulzugehoerigkeiten.gueltig().filter(schule__aktiv=True).values_list("rolle", flat=True)
    return {Rolle(rolle) for rolle in (*schulen, *hats_worn(person, "mitarbeiten"))}
