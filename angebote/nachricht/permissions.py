"""Who writes to whom in a case, and who reads the notes that stay inside the office."""

from angebote.antrag.permissions import SCHULE, STELLE
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle
from schulerfolg.rechte import Recht, Rechte

WER_SCHREIBT = (*SCHULROLLEN, *STELLE)
WER_NOTIZEN_LIEST = (*STELLENROLLEN, Rolle.KOORDINATION)


def beide_lesen(hats, antrag) -> bool:
    """Whether school and office both read it, whoever asks."""
    return antrag.nummer is not None or antrag.stelle_sieht_entwurf


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Nachrichten", """\
Schule und Netzwerkstelle schreiben einander beim Antrag, sobald beide ihn lesen: nach der Einreichung in jedem Stand,
vorher, wenn die Netzwerkstelle den Entwurf liest. Wer den Antrag liest, liest auch die Nachrichten. Interne Notizen
bleiben in der Netzwerkstelle; die Koordinierungsstelle liest sie nur, wo die Netzwerkstelle ihre Inhalte teilt.""", [
    #      action            who                what it allows                                 only while          words
    Recht("schreiben",       WER_SCHREIBT,      "Nachrichten schreiben und um Antwort bitten", when=beide_lesen,  needs="wenn Schule und Netzwerkstelle den Antrag lesen", denial="Nachrichten schreiben einander die Schule und ihre Netzwerkstelle. Sie lesen mit."),
    Recht("notieren",        STELLE,            "interne Notizen schreiben",                   when=beide_lesen,  needs="wenn die Netzwerkstelle den Antrag liest", denial="Interne Notizen schreibt die Netzwerkstelle."),
    Recht("notizen_lesen",   WER_NOTIZEN_LIEST, "interne Notizen lesen"),
])
# fmt: on


def ist_schule(hats) -> bool:
    """Whose side somebody with these hats writes for; a school's hat counts first, as in the table."""
    return not SCHULE.isdisjoint(hats)


def darf_notizen_lesen(hats) -> bool:
    """Somebody who also belongs to the school is the school: notes are not shown to them."""
    return not ist_schule(hats) and RECHTE.may(hats, "notizen_lesen")
