"""Who opens and changes the calls of an office. What a call says, everybody reads."""

from schulerfolg.konten.permissions import Rolle
from schulerfolg.rechte import Recht, Rechte

S, L, T, K, P = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Förderrunden", """\
Jede Förderrunde hat eine öffentliche Seite, auch ihre früheren Fassungen. Solange Entwürfe zu ihr da sind, wird ihre
Frist nur länger; geschlossen wird sie dann erst durch ihre Frist.""", [
    #      action     who              what it allows
    Recht("ansehen", (S, L, T, P, K), "die Liste der Förderrunden der eigenen Stelle ansehen", denial="Die Liste führen die Netzwerkstellen. Welche Förderrunden offen sind, steht auf der Seite Ihrer Stelle."),
    Recht("pflegen", (L, K),          "Förderrunden öffnen, ändern und schließen",            denial="Förderrunden öffnet, ändert und schließt die Leitung der Netzwerkstelle."),
])
# fmt: on
