"""What is kept about the members of a Gremium."""

from gremien.gremium.models import Gremium, Mitgliedschaft
from schulerfolg.akte.verarbeitung import VERFAHREN, Verarbeitung
from schulerfolg.konten.personenbezug import ROLLE

VERARBEITUNGEN = [
    Verarbeitung(
        ROLLE,
        {Mitgliedschaft: "person organisation vertritt verschwiegen_am"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Koordinierungsstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG = {Gremium: "name grundlage"}
