"""Who decides who writes on a draft. The rights of writing itself stand with the Antrag."""

from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import KOPF, SCHULINTERN, Status
from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.rechte import Recht, Rechte

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Zusammenarbeit an einem Entwurf", """\
Einen Entwurf der Schule schreibt, wer ihn begonnen hat; wer dazu eingeladen ist, schreibt mit, und die Schulleitung
immer. Das übrige Kollegium liest. An einem Entwurf, den die Netzwerkstelle für die Schule begonnen hat, schreiben alle
der Schule.""", [
    #      action              who             what it allows                                       only while           words
    Recht("einladen",         SCHULROLLEN,    "jemanden mitschreiben lassen und das wieder beenden", [Status.ENTWURF],  needs="wer den Entwurf geschrieben hat, und die Schulleitung", denial="Wer mitschreibt, entscheidet, wer den Entwurf begonnen hat, oder die Schulleitung."),
    Recht("uebergeben",       SCHULROLLEN,    "den Entwurf an jemanden der Schule übergeben",        SCHULINTERN,       needs="wer den Entwurf geschrieben hat", denial="Einen Entwurf übergibt, wer ihn geschrieben hat."),
    Recht("an_sich_nehmen",   tuple(KOPF),    "den Entwurf von jemandem sofort übernehmen",          SCHULINTERN,       needs="nicht den eigenen", denial="Einen Entwurf anderer übernimmt die Schulleitung."),
])
# fmt: on


def erlaubt(person, antrag) -> set[str]:
    """What this person may do here, and now."""
    hats = rollen(person, antrag)
    darf = RECHTE.actions(hats, antrag)
    eigener = person.pk == antrag.verfasst_durch_id
    if antrag.im_auftrag or not (eigener or not hats.isdisjoint(KOPF)):
        darf -= {"einladen"}
    if not eigener:
        darf -= {"uebergeben"}
    return darf - {"an_sich_nehmen"} if eigener else darf
