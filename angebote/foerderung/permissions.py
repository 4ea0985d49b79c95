"""Who reads the rules of an office, and who sets them: hats towards the office, as for its data."""

from schulerfolg.konten.permissions import Rolle
from schulerfolg.rechte import Recht, Rechte

S, L, T, K, P = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Förderregeln", """\
Was heute gilt, lesen alle auf der öffentlichen Seite der Stelle. Eine Regel wird nie geändert: Sie endet, und eine neue
folgt ihr.""", [
    #      action       who              what it allows
    Recht("ansehen",   (S, L, T, P, K), "die Regeln der Stelle ansehen, auch frühere und künftige", denial="Die Förderregeln pflegen die Netzwerkstellen. Was für Ihre Schule gilt, steht auf der Seite Ihrer Stelle."),
    Recht("festlegen", (L,),            "die erste und jede neue Regel festlegen",                  denial="Eine Förderregel legt die Leitung der Netzwerkstelle fest."),
])
# fmt: on
