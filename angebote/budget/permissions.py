"""Who reads the money of an office, and who decides how much there is: hats towards the office, as for its data."""

from schulerfolg.konten.permissions import Rolle
from schulerfolg.rechte import Recht, Rechte

S, L, T, K, P = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG
NUR_LEITUNG = "Ein Budget legt die Leitung der Netzwerkstelle an und ändert es."


def _mehr_als_koordination(hats, netzwerkstelle) -> bool:
    return netzwerkstelle.teilt_inhalte or not hats <= {K}


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Budget", """\
Das Geld einer Netzwerkstelle sehen sie selbst, ihr Träger, die Koordinierungsstelle und die Prüfung; Schulen und
Gremien haben hier keine Seite. Beschlüsse und Freigaben bewegen das Geld, niemand von Hand.""", [
    #      action         who              what it allows
    Recht("ansehen",     (S, L, T, P, K), "Ansatz, Buchungen und freies Geld ansehen",     denial="Budgets sehen die Netzwerkstellen, ihre Träger, die Koordinierungsstelle und die Prüfung."),
    Recht("texte_lesen", (S, L, T, P, K), "die Texte der Buchungen lesen und durchsuchen", when=_mehr_als_koordination, needs="die Koordinierungsstelle, wo die Stelle ihre Inhalte teilt"),
    Recht("anlegen",     (L,),            "das Budget eines Jahres anlegen",               denial=NUR_LEITUNG),
    Recht("aendern",     (L,),            "Ansatz und Haushaltssperre ändern",             denial=NUR_LEITUNG),
])
# fmt: on
