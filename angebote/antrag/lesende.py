"""Who may open a case today, and who may not: everybody with a hat at its school, at its office or for the Land."""

from django.shortcuts import get_object_or_404

from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen, was_zaehlt
from schulerfolg.konten.lesende import GRUND_LANDESWEIT, Lesende, Seite, Teil, befristet, hut, mit_konto
from schulerfolg.konten.models import Landesrolle
from schulerfolg.konten.permissions import LANDESROLLEN, Rolle

# A table, to be read in columns.
# fmt: off
GRUND = GRUND_LANDESWEIT | {
    Rolle.SCHULE_MITARBEIT:        "Kollegium der Schule, die den Antrag stellt",
    Rolle.SCHULE_LEITUNG:          "Leitung der Schule, die den Antrag stellt",
    Rolle.SCHULE_STELLVERTRETUNG:  "Stellvertretung der Schulleitung",
    Rolle.SCHULSOZIALARBEIT:       "Schulsozialarbeit an der Schule, die den Antrag stellt",
    Rolle.SACHBEARBEITUNG:         "Sachbearbeitung der zuständigen Netzwerkstelle",
    Rolle.LEITUNG:                 "Leitung der zuständigen Netzwerkstelle",
    Rolle.TRAEGER_FREIGABE:        "Freigabe beim Träger der zuständigen Netzwerkstelle",
}
# fmt: on
NICHT_GETEILT = "Die Schule teilt den Entwurf nicht"
KEIN_ENTWURF = "Entwürfe gehören der Schule; offen erst nach der Einreichung"
KEINE_INHALTE = "Die Netzwerkstelle teilt ihre Inhalte nicht; zu sehen sind Zahlen und Stände"


def finden(person, pk) -> tuple[Antrag, set[Rolle]]:
    """For everybody who may open the case."""
    antrag = get_object_or_404(Antrag.objects.visible_to(person).for_page(), pk=pk)
    return antrag, rollen(person, antrag)


def lesende(antrag) -> list[Lesende]:
    """Whoever may open it in one hat is not told as somebody who may not in another."""
    schule, stelle = antrag.schule, antrag.netzwerkstelle
    zeilen = [*_lesende(antrag, schule.zugehoerigkeiten, "schule", schule.name)]
    zeilen += _lesende(antrag, stelle.mitarbeiten, "stelle", stelle.kurzname)
    zeilen += _lesende(antrag, Landesrolle.objects, "landesweit", "")
    mit_zugang = {zeile.person.pk for zeile in zeilen if zeile.offen}
    return [zeile for zeile in zeilen if zeile.offen or zeile.person.pk not in mit_zugang]


def _lesende(antrag, huete, woher, ort):
    for zeile in mit_konto(huete):
        rolle = Rolle(zeile.rolle)
        offen = RECHTE.may(was_zaehlt(antrag, **{woher: {rolle}}), "ansehen")
        grund = befristet(_warum(antrag, zeile, rolle), zeile) if offen else _warum_nicht(antrag, rolle)
        yield Lesende(zeile.person, rolle, hut(rolle, ort), grund, offen)


def _warum(antrag, zeile, rolle) -> str:
    if zeile.person_id == antrag.verfasst_durch_id:
        return f"{GRUND[rolle]}; hat ihn geschrieben"
    if zeile.person_id == antrag.zustaendig_id:
        return f"{GRUND[rolle]}; für diesen Antrag zuständig"
    return GRUND[rolle]


def _warum_nicht(antrag, rolle) -> str:
    if antrag.nummer is None:
        return KEIN_ENTWURF if rolle in LANDESROLLEN else NICHT_GETEILT
    return KEINE_INHALTE


TEILE = {"antrag": lambda antrag: Teil(lesende(antrag))}
SEITE = Seite(
    "antrag",
    "antraege/<int:pk>/einblick/",
    "angebote/antrag/einblick.html",
    finden,
    lambda antrag: antrag.netzwerkstelle,
)
