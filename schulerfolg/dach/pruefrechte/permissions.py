"""Who says who audits, by a hat for the whole Land."""

from schulerfolg.konten.permissions import Rolle
from schulerfolg.rechte import Recht, Rechte

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Prüfrechte", """\
Ein Prüfrecht liest nur, an einer Stelle oder im ganzen Land, und endet spätestens nach zwölf Monaten. Das eigene gibt
und ändert niemand selbst; wer an einer Stelle mitarbeitet, prüft sie nicht.""", [
    #      action      who                    what it allows
    Recht("vergeben", (Rolle.KOORDINATION,), "Prüfrechte geben, verlängern und beenden", denial="Wer prüfen darf, legt die Koordinierungsstelle fest."),
])
# fmt: on
