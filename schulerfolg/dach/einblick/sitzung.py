"""Who reads the papers of a meeting today, and who does not although they sit in its Gremium."""

from dataclasses import dataclass, field

from gremien.models import Befangenheit, Mitgliedschaft, Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Zugang, was_zaehlt, zugang
from gremien.sitzung.workflow import Rolle as Sitzungsrolle
from schulerfolg.dach.einblick.lesende import Lesende, befristet, blicke, gruppen, hut, zahl
from schulerfolg.dach.einblick.queries import huete_der_stellen, huete_im_land, sitze
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle

# A table, to be read in columns.
# fmt: off
GRUND = {
    Rolle.SACHBEARBEITUNG:  "Sachbearbeitung der Netzwerkstelle, bereitet die Sitzung vor",
    Rolle.LEITUNG:          "Leitung der Netzwerkstelle, bereitet die Sitzung vor",
    Rolle.TRAEGER_FREIGABE: "Freigabe beim Träger der Netzwerkstelle, liest mit",
    Rolle.PRUEFUNG:         "Prüfung, liest und ändert nichts",
    Rolle.KOORDINATION:     "Koordinierungsstelle: Die Netzwerkstelle teilt ihre Inhalte",
}
MITGLIED = {
    Zugang.OFFEN:            "gehört zum Gremium, zur Verschwiegenheit verpflichtet",
    Zugang.NOCH_NICHT:       "gehört zum Gremium; die Vorlagen öffnen sich mit der Einladung",
    Zugang.VERSCHWIEGENHEIT: "gehört zum Gremium, ist aber noch nicht zur Verschwiegenheit verpflichtet",
}
# fmt: on
KEINE_INHALTE = "Die Netzwerkstelle teilt ihre Inhalte nicht; zu sehen sind Termine, Stände und Zahlen"


@dataclass(slots=True)
class Teilnahme:
    """What one person has to do with a meeting: roles at its office and for the Land, and a seat."""

    person: Person
    stelle: dict[str, object] = field(default_factory=dict)
    landesweit: dict[str, object] = field(default_factory=dict)
    sitz: Mitgliedschaft | None = None

    def huete(self, gremium) -> set[Sitzungsrolle]:
        return was_zaehlt(gremium, stelle=set(self.stelle), landesweit=set(self.landesweit), sitz=self.sitz)


def sitzung_seite(sitzung, person) -> dict:
    """The whole page for one reader, in a constant number of queries."""
    punkte = papiere(sitzung)
    alle = lesende(sitzung, punkte, zugaenge(sitzung, punkte))
    offen = [zeile for zeile in alle if zeile.offen]
    gremium = sitzung.gremium
    return {
        "sitzung": sitzung,
        "punkte": punkte,
        "offen": gruppen(offen),
        "zahl": zahl(offen),
        "zu": gruppen([zeile for zeile in alle if not zeile.offen]),
        **blicke(
            person,
            gremium.netzwerkstelle,
            vorlage=[punkt.pk for punkt in punkte],
            einladung=[sitzung.pk],
            niederschrift=[sitzung.pk],
        ),
    }


def papiere(sitzung) -> list[Tagesordnungspunkt]:
    """The items that have a paper: those about a case."""
    return list(sitzung.punkte.filter(antrag__isnull=False).order_by("position"))


def zugaenge(sitzung, punkte) -> list[tuple[Teilnahme, dict[int, Zugang]]]:
    """Everybody who finds this meeting, with their access to the paper of each item."""
    gremium, ergebnis = sitzung.gremium, []
    befangen = set(
        Befangenheit.objects.filter(punkt__sitzung=sitzung).schliessen_aus().values_list("punkt", "mitgliedschaft")
    )
    for teilnahme in _teilnahmen(gremium):
        hats, sitz = teilnahme.huete(gremium), teilnahme.sitz
        if RECHTE.may(hats, "ansehen", sitzung) or sitz:
            je_punkt = {
                punkt.pk: zugang(hats, sitz, sitzung, befangen=sitz is not None and (punkt.pk, sitz.pk) in befangen)
                for punkt in punkte
            }
            ergebnis.append((teilnahme, je_punkt))
    return ergebnis


def lesende(sitzung, punkte, zugaenge) -> list[Lesende]:
    gremium = sitzung.gremium
    return [
        zeile
        for teilnahme, je_punkt in zugaenge
        for zeile in (_mit_sitz(teilnahme, je_punkt, punkte, sitzung), _mit_amt(teilnahme, je_punkt, punkte, gremium))
        if zeile
    ]


def _teilnahmen(gremium) -> list[Teilnahme]:
    """Members first, then the office, then the Land."""
    je_person: dict[int, Teilnahme] = {}
    for sitz in sitze([gremium.pk]):
        je_person.setdefault(sitz.person_id, Teilnahme(sitz.person)).sitz = sitz
    for mitarbeit in huete_der_stellen([gremium.netzwerkstelle_id]):
        teilnahme = je_person.setdefault(mitarbeit.person_id, Teilnahme(mitarbeit.person))
        teilnahme.stelle[mitarbeit.rolle] = mitarbeit
    for landesrolle in huete_im_land():
        teilnahme = je_person.setdefault(landesrolle.person_id, Teilnahme(landesrolle.person))
        teilnahme.landesweit[landesrolle.rolle] = landesrolle
    return list(je_person.values())


def _mit_sitz(teilnahme, je_punkt, punkte, sitzung) -> Lesende | None:
    sitz = teilnahme.sitz
    if sitz is None:
        return None
    hats = teilnahme.huete(sitzung.gremium)
    sonst = zugang(hats, sitz, sitzung, befangen=False)  # what holds where the member is not biased
    befangen = [punkt.top for punkt in punkte if je_punkt[punkt.pk] == Zugang.BEFANGEN]
    offen = sonst == Zugang.OFFEN and (not punkte or len(befangen) < len(punkte))
    grund = MITGLIED[sonst] + (f"; befangen (oder noch offen): {', '.join(befangen)}" if befangen else "")
    huttext = f"{sitz.get_rolle_display()}, {sitzung.gremium.name}"
    return Lesende(teilnahme.person, Rolle.GREMIUM, huttext, befristet(grund, sitz), offen)


def _mit_amt(teilnahme, je_punkt, punkte, gremium) -> Lesende | None:
    """The hat at the office or for the Land that lets somebody without a seat read, or keeps them out."""
    if teilnahme.sitz is not None:
        return None
    amt = {**teilnahme.landesweit, **teilnahme.stelle}
    ort = gremium.netzwerkstelle.kurzname
    rolle = next(rolle for rolle in Rolle if rolle in amt)
    huttext = hut(rolle, ort if rolle in teilnahme.stelle else "")
    offen = zugang(teilnahme.huete(gremium), None, None, befangen=False) == Zugang.OFFEN
    grund = befristet(GRUND[rolle], amt[rolle]) if offen else KEINE_INHALTE
    return Lesende(teilnahme.person, rolle, huttext, grund, offen)
