"""What is kept about how members took part: bias, votes, and who recorded the resolution."""

from gremien.abstimmung.models import Befangenheit, Beschluss, Stimme
from gremien.sitzung.personenbezug import MITWIRKUNG
from schulerfolg.akte.verarbeitung import SCHRITT, VERFAHREN, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        MITWIRKUNG,
        {Befangenheit: "mitgliedschaft grad grund einwand entscheidung hat_verlassen", Stimme: "mitgliedschaft wert"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung; Gründe einer Befangenheit nur die Netzwerkstelle, der "
        "Vorsitz, wer sie festgehalten hat, und das Mitglied selbst",
    ),
    Verarbeitung(
        SCHRITT,
        {Befangenheit: "festgehalten_durch festgehalten_als entschieden_durch", Beschluss: "festgestellt_durch"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG = {Beschluss: "nummer wortlaut auflagen gruende beschlussfaehigkeit"}
