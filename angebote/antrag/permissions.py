"""Who may do what with an Antrag. `rollen` decides, the tables only list."""

from angebote.antrag import workflow
from angebote.antrag.workflow import ABLAUF, NIE_EINGEREICHT, SCHULINTERN, Status
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle, hats_worn
from schulerfolg.rechte import Recht, Rechte

SCHULE = frozenset(SCHULROLLEN)
KOPF = frozenset(workflow.KOPF)
STELLE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)
ALLE = (*SCHULROLLEN, *STELLENROLLEN, Rolle.KOORDINATION)
NACH_EINREICHUNG = [status for status in Status if status not in NIE_EINGEREICHT]


def _schreibt_hier(hats, antrag) -> bool:
    return not hats.isdisjoint(SCHULE) or antrag.im_auftrag


def _schule_hat_begonnen(hats, antrag) -> bool:
    return not antrag.im_auftrag


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Anträge", """\
Schulen sehen ihre eigenen Anträge. Die Netzwerkstelle sieht einen Antrag, sobald er eingereicht ist; vorher nur, wenn
die Schule den Entwurf teilt oder die Stelle ihn selbst angelegt hat. Die Koordinierungsstelle liest Anträge nur, wo
die Netzwerkstelle das erlaubt; sie entscheidet nichts. Die Prüfung liest und ändert nichts. Wer nichts mit einem
Antrag zu tun hat, erfährt nicht einmal, dass es ihn gibt.

Wann ein Schritt möglich ist und was er voraussetzt, steht in [ablauf-antrag.md](ablauf-antrag.md). Auf die
Tagesordnung kommt ein Antrag nur über eine Sitzung; beschlossen wird er nur durch das Gremium.""", [
    #      action             who                      what it allows                                                       only while               words
    Recht("ansehen",         ALLE,                    "den Antrag lesen"),
    Recht("beginnen",        (*SCHULROLLEN, *STELLE), "einen Entwurf beginnen, die Netzwerkstelle nur aus einer Beratung", None,                    denial="Einen Antrag stellt eine Schule. Bei Fragen hilft Ihnen die Netzwerkstelle der Region."),
    Recht("bearbeiten",      (*SCHULROLLEN, *STELLE), "die Abschnitte ausfüllen",                                          [Status.ENTWURF],        when=_schreibt_hier, needs="wer ihn begonnen hat oder dazu eingeladen ist, und die Schulleitung; was die Netzwerkstelle im Auftrag begonnen hat: sie und alle der Schule", denial="Den Antrag schreibt die Schule. Sie lesen mit."),
    Recht("teilen",          SCHULROLLEN,             "den Entwurf mit der Netzwerkstelle teilen",                         SCHULINTERN,             when=_schule_hat_begonnen, needs="was die Schule begonnen hat", denial="Ob die Netzwerkstelle mitliest, entscheidet die Schule. Was die Stelle selbst begonnen hat, liest sie immer."),
    Recht("pruefliste",      STELLE,                  "die Prüfliste ausfüllen",                                           [Status.FORMALPRUEFUNG]),
    Recht("stellung_nehmen", STELLE,                  "die fachliche Stellungnahme schreiben",                             [Status.FACHPRUEFUNG]),
    Recht("internes_lesen",  STELLENROLLEN,           "Prüfliste, Stellungnahme und Vermerke lesen",                       NACH_EINREICHUNG),
    Recht("schulinternes_lesen", SCHULROLLEN,         "lesen, womit die Schulleitung einen Antrag zur Überarbeitung gegeben oder verworfen hat"),
], steps=ABLAUF)
# fmt: on


def schreibt(person, antrag) -> bool:
    """Whether this person writes on the draft, and not only reads it: its author, whoever was asked to, the head.

    What the office began for a school, everybody writes who may (`bearbeiten`).
    """
    if antrag.im_auftrag or person.pk == antrag.verfasst_durch_id:
        return True
    return not KOPF.isdisjoint(rollen(person, antrag)) or antrag.mitschreibende.filter(person=person).exists()


def rollen(person, antrag) -> set[Rolle]:
    """The hats this person wears towards this Antrag today. None at all means: a stranger."""
    return was_zaehlt(
        antrag,
        schule=hats_worn(person, "schulzugehoerigkeiten", schule=antrag.schule_id),
        stelle=hats_worn(person, "mitarbeiten", netzwerkstelle=antrag.netzwerkstelle_id),
        landesweit=hats_worn(person, "landesrollen"),
    )


def was_zaehlt(antrag, *, schule=frozenset(), stelle=frozenset(), landesweit=frozenset()) -> set[Rolle]:
    """Which of the roles at its school, at its office and for the Land count towards this Antrag.

    An office wears its hats only from the submission on (from then on there is a number, even on what was withdrawn
    later), or where the school shares the draft with it, or where it wrote the draft itself. The coordination office
    reads only where the office shares its contents. What does not count is not looked at: no query for it.
    """
    hats = {Rolle(rolle) for rolle in schule}
    if antrag.nummer is not None or antrag.stelle_sieht_entwurf:
        hats |= {Rolle(rolle) for rolle in stelle}
    if antrag.nummer is not None:
        hats |= {Rolle(r) for r in landesweit if r != Rolle.KOORDINATION or antrag.netzwerkstelle.teilt_inhalte}
    return hats
