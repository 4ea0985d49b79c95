"""Who sees what an office still needs before it can fund anything."""

from schulerfolg.konten.permissions import Rolle
from schulerfolg.rechte import Recht, Rechte

S, L, T, K = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Erste Schritte einer Netzwerkstelle", """\
Was eine Stelle braucht, bevor sie zum ersten Mal etwas bewilligen kann. Was davon wer erledigt, steht bei den Rechten
des Gegenstands.""", [
    #      action        who           what it allows
    Recht("ansehen",    (L, S, T, K), "sehen, was der Stelle noch fehlt",                denial="Was einer Netzwerkstelle noch fehlt, sehen sie selbst und die Koordinierungsstelle."),
    Recht("alle_sehen", (K,),         "sehen, welche Stellen noch nicht eingerichtet sind", denial="Welche Stellen noch nicht eingerichtet sind, sieht die Koordinierungsstelle."),
])
# fmt: on
