"""Whose names stand on the pages that say who may see what, and for whom."""

from schulerfolg.konten.permissions import SCHULROLLEN, Rolle
from schulerfolg.rechte import Recht, Rechte

# A school knows its own people and those of the office; who advises, audits or coordinates is named by the hat alone.
DER_SCHULE_BEKANNT = frozenset({*SCHULROLLEN, Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE})

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Wer kann das sehen, und warum", """\
Die Seite zu einem Antrag öffnen alle, die den Antrag lesen; die zu einer Sitzung alle, die ihre Einladung laden dürfen.
Wer wann hineingesehen hat, sagt, wie Menschen arbeiten: Die Namen lesen nur, die dafür einstehen; alle anderen lesen
Rollen und Zeiten.""", [
    #      action         who                                                  what it allows
    Recht("namen_lesen", (Rolle.LEITUNG, Rolle.KOORDINATION, Rolle.PRUEFUNG), "die Namen im Verzeichnis der Einsichten lesen"),
])
# fmt: on
