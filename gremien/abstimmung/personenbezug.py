"""What is kept about how members voted, and about who recorded the resolution."""

from gremien.abstimmung.models import Beschluss, Beschlussvorschlag, Stimme
from gremien.sitzung.personenbezug import MITWIRKUNG
from schulerfolg.akte.verarbeitung import SCHRITT, VERFAHREN, Verarbeitung

LESEN = "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung"
VERARBEITUNGEN = [
    Verarbeitung(MITWIRKUNG, {Stimme: "mitgliedschaft wert"}, VERFAHREN, "niederschrift", LESEN),
    Verarbeitung(
        SCHRITT, {Beschluss: "festgestellt_durch", Beschlussvorschlag: "durch"}, VERFAHREN, "niederschrift", LESEN
    ),
]
OHNE_PERSONENBEZUG = {
    Beschluss: "nummer wortlaut auflagen gruende beschlussfaehigkeit",
    Beschlussvorschlag: "auflagen gruende text",
}
