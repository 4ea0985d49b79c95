"""What is kept about the bias of members, and about who recorded it."""

from gremien.befangenheit.models import Befangenheit
from gremien.sitzung.personenbezug import MITWIRKUNG
from schulerfolg.akte.verarbeitung import SCHRITT, VERFAHREN, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        MITWIRKUNG,
        {Befangenheit: "mitgliedschaft grad grund einwand entscheidung hat_verlassen"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung; Gründe einer Befangenheit nur Vorsitz, "
        "Schriftführung, Netzwerkstelle und das Mitglied selbst",
    ),
    Verarbeitung(
        SCHRITT,
        {Befangenheit: "festgehalten_durch festgehalten_als entschieden_durch"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG: dict = {}
