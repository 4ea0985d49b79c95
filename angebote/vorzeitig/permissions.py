"""Who asks for an early start, who answers, and who signs the answer."""

from angebote.antrag.permissions import STELLE
from angebote.antrag.workflow import BIS_BEWILLIGT, ZEICHNENDE
from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.rechte import Recht, Rechte


def _regel_laesst_zu(hats, antrag) -> bool:
    return antrag.regel is not None and antrag.regel.vorzeitig


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Vorzeitiger Beginn", """\
Wo die Förderregel es zulässt, fragt die Schule nach dem Einreichen, ob sie vor der Entscheidung bestellen oder buchen
darf. Eine Person der Netzwerkstelle schreibt die Antwort, eine zweite unterschreibt sie. Geld verspricht die Antwort
nicht.""", [
    #      action         who          what it allows                                     only while     words
    Recht("beantragen",  SCHULROLLEN, "den vorzeitigen Beginn beantragen",                BIS_BEWILLIGT, when=_regel_laesst_zu, needs="wo die Förderregel es zulässt; wer den Antrag schreibt, und die Schulleitung", denial="Den vorzeitigen Beginn beantragt die Schule, wo die Förderregel ihn zulässt."),
    Recht("antworten",   STELLE,      "die Antwort schreiben",                            BIS_BEWILLIGT, denial="Die Antwort schreibt die Netzwerkstelle."),
    Recht("bestaetigen", (*ZEICHNENDE,), "die Antwort unterschreiben und verschicken",       BIS_BEWILLIGT, needs="zeichnungsbefugt; zweite Person: nicht, wer die Antwort geschrieben hat, und niemand aus der Schule", denial="Die Antwort unterschreibt eine zweite, zeichnungsbefugte Person der Netzwerkstelle."),
])
# fmt: on
