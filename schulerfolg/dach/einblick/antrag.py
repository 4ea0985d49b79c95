"""Who may open a case today, who reads of it in a Gremium, who may not. By the rules of `permissions`, no others."""

from collections import defaultdict

from angebote.antrag.permissions import RECHTE, SCHULE, rollen, was_zaehlt
from gremien.models import Tagesordnungspunkt
from gremien.sitzung.permissions import Zugang, zugang
from gremien.sitzung.permissions import was_zaehlt as was_zaehlt_im_gremium
from schulerfolg.dach.einblick.lesende import Lesende, befristet, blicke, gruppen, hut, zahl
from schulerfolg.dach.einblick.queries import huete_der_schule, huete_der_stellen, huete_im_land, sitze
from schulerfolg.konten.permissions import LANDESROLLEN, Rolle

# A table, to be read in columns.
# fmt: off
GRUND = {
    Rolle.SCHULE_MITARBEIT:        "Kollegium der Schule, die den Antrag stellt",
    Rolle.SCHULE_LEITUNG:          "Leitung der Schule, die den Antrag stellt",
    Rolle.SCHULE_STELLVERTRETUNG:  "Stellvertretung der Schulleitung",
    Rolle.SCHULSOZIALARBEIT:       "Schulsozialarbeit an der Schule, die den Antrag stellt",
    Rolle.SACHBEARBEITUNG:         "Sachbearbeitung der zuständigen Netzwerkstelle",
    Rolle.LEITUNG:                 "Leitung der zuständigen Netzwerkstelle",
    Rolle.TRAEGER_FREIGABE:        "Freigabe beim Träger der zuständigen Netzwerkstelle",
    Rolle.PRUEFUNG:                "Prüfung, liest und ändert nichts",
    Rolle.KOORDINATION:            "Koordinierungsstelle: Die Netzwerkstelle teilt ihre Inhalte",
}
IM_GREMIUM = {
    Zugang.OFFEN:                  "liest die Vorlage ({top}, Sitzung {nummer}), zur Verschwiegenheit verpflichtet",
    Zugang.NOCH_NICHT:             "liest die Vorlage ({top}, Sitzung {nummer}), sobald eingeladen ist",
    Zugang.VERSCHWIEGENHEIT:       "liest die Vorlage nicht ({top}, Sitzung {nummer}): noch nicht verpflichtet",
    Zugang.BEFANGEN:               "liest die Vorlage nicht ({top}, Sitzung {nummer}): befangen (oder noch offen)",
}
# fmt: on
NICHT_GETEILT = "Die Schule teilt den Entwurf nicht"
KEIN_ENTWURF = "Entwürfe gehören der Schule; offen erst nach der Einreichung"
KEINE_INHALTE = "Die Netzwerkstelle teilt ihre Inhalte nicht; zu sehen sind Zahlen und Stände"


def antrag_seite(antrag, person) -> dict:
    """The whole page for one reader, in a constant number of queries."""
    fuer_schule = rollen(person, antrag) <= SCHULE
    punkte = punkte_von(antrag)
    alle, im_gremium = lesende(antrag), gremium_liest(antrag, punkte)
    offen = [zeile for zeile in alle if zeile.offen]
    if fuer_schule:
        im_gremium = [zeile for zeile in im_gremium if zeile.offen]
    return {
        "antrag": antrag,
        "offen": gruppen(offen, fuer_schule=fuer_schule),
        "zahl": zahl(offen),
        "im_gremium": gruppen(im_gremium, fuer_schule=fuer_schule),
        "zu": gruppen([zeile for zeile in alle if not zeile.offen], fuer_schule=fuer_schule),
        **blicke(
            person,
            antrag.netzwerkstelle,
            antrag=[antrag.pk],
            anlage=antrag.anlagen.values("pk"),
            schriftstueck=antrag.schriftstuecke.values("pk"),
            vorlage=[punkt.pk for punkt in punkte],
        ),
    }


def lesende(antrag) -> list[Lesende]:
    """Everybody with a hat at its school, at its office or for the Land: whether the case is open to them, and why.

    Whoever may open it in one hat is not told as somebody who may not in another.
    """
    schule, stelle = huete_der_schule(antrag.schule_id), huete_der_stellen([antrag.netzwerkstelle_id])
    zeilen = [*_lesende(antrag, schule, "schule", antrag.schule.name)]
    zeilen += _lesende(antrag, stelle, "stelle", antrag.netzwerkstelle.kurzname)
    zeilen += _lesende(antrag, huete_im_land(), "landesweit", "")
    mit_zugang = {zeile.person.pk for zeile in zeilen if zeile.offen}
    return [zeile for zeile in zeilen if zeile.offen or zeile.person.pk not in mit_zugang]


def _lesende(antrag, huete, woher, ort):
    for zeile in huete:
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


def punkte_von(antrag) -> list[Tagesordnungspunkt]:
    """Where the case stood or stands on an agenda, the first time first."""
    punkte = antrag.tagesordnungspunkte.select_related("sitzung__gremium__netzwerkstelle")
    return list(punkte.prefetch_related("befangenheiten").order_by("sitzung__beginn", "pk"))


def gremium_liest(antrag, punkte) -> list[Lesende]:
    """The seats of the committees that have or had the case before them, and whether its paper is open to them."""
    if not punkte:
        return []
    stellen, landesweit = defaultdict(set), defaultdict(set)
    for mitarbeit in huete_der_stellen({punkt.sitzung.gremium.netzwerkstelle_id for punkt in punkte}):
        stellen[mitarbeit.person_id, mitarbeit.netzwerkstelle_id].add(mitarbeit.rolle)
    for landesrolle in huete_im_land():
        landesweit[landesrolle.person_id].add(landesrolle.rolle)
    plaetze = sitze({punkt.sitzung.gremium_id for punkt in punkte})
    # Seat, office and Land beside each other.
    return [
        _im_gremium(punkt, sitz, stellen[sitz.person_id, punkt.sitzung.gremium.netzwerkstelle_id],
                    landesweit[sitz.person_id])
        for punkt in punkte
        for sitz in plaetze
        if sitz.gremium_id == punkt.sitzung.gremium_id
    ]  # fmt: skip


def _im_gremium(punkt, sitz, stelle, landesweit) -> Lesende:
    sitzung, gremium = punkt.sitzung, punkt.sitzung.gremium
    hats = was_zaehlt_im_gremium(gremium, stelle=stelle, landesweit=landesweit, sitz=sitz)
    befangen = any(b.mitgliedschaft_id == sitz.pk and b.schliesst_aus for b in punkt.befangenheiten.all())
    zugang_ = zugang(hats, sitz, sitzung, befangen=befangen)
    grund = IM_GREMIUM[zugang_].format(top=punkt.top, nummer=sitzung.nummer)
    huttext = f"{sitz.get_rolle_display()}, {gremium.name}"
    return Lesende(sitz.person, Rolle.GREMIUM, huttext, befristet(grund, sitz), zugang_ == Zugang.OFFEN)
