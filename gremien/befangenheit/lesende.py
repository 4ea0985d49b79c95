"""Who reads the papers of a meeting today, and who does not although they sit in its Gremium; `zugang` says so."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404

from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Zugang, rollen, was_zaehlt, zugang
from gremien.sitzung.workflow import Rolle as Sitzungsrolle
from netzwerkstellen.stelle.models import Mitarbeit
from schulerfolg.konten.lesende import GRUND_LANDESWEIT, Lesende, Seite, Teil, befristet, hut, mit_konto
from schulerfolg.konten.models import Landesrolle, Person
from schulerfolg.konten.permissions import Rolle

# A table, to be read in columns.
# fmt: off
GRUND = GRUND_LANDESWEIT | {
    Rolle.SACHBEARBEITUNG:  "Sachbearbeitung der Netzwerkstelle, bereitet die Sitzung vor",
    Rolle.LEITUNG:          "Leitung der Netzwerkstelle, bereitet die Sitzung vor",
    Rolle.TRAEGER_FREIGABE: "Freigabe beim Träger der Netzwerkstelle, liest mit",
}
MITGLIED = {
    Zugang.OFFEN:            "gehört zum Gremium, zur Verschwiegenheit verpflichtet",
    Zugang.NOCH_NICHT:       "gehört zum Gremium; die Vorlagen öffnen sich mit der Einladung",
    Zugang.VERSCHWIEGENHEIT: "gehört zum Gremium, ist aber noch nicht zur Verschwiegenheit verpflichtet",
}
VORLAGE = {
    Zugang.OFFEN:            "liest die Vorlage ({top}, Sitzung {nummer}), zur Verschwiegenheit verpflichtet",
    Zugang.NOCH_NICHT:       "liest die Vorlage ({top}, Sitzung {nummer}), sobald eingeladen ist",
    Zugang.VERSCHWIEGENHEIT: "liest die Vorlage nicht ({top}, Sitzung {nummer}): noch nicht verpflichtet",
    Zugang.BEFANGEN:         "liest die Vorlage nicht ({top}, Sitzung {nummer}): befangen (oder noch offen)",
}
# fmt: on
KEINE_INHALTE = "Die Netzwerkstelle teilt ihre Inhalte nicht; zu sehen sind Termine, Stände und Zahlen"
NOCH_OHNE_ANTRAG = "Noch steht kein Antrag auf der Tagesordnung."
IM_GREMIUM = (
    "Mitglieder eines Gremiums öffnen nicht den Antrag, sondern die Beschlussvorlage: ohne Bankdaten, ohne Anlagen und "
    "ohne Telefonnummern."
)


@dataclass(slots=True)
class Beteiligt:
    """What one person has to do with a Gremium today: roles at its office and for the Land, and a seat."""

    person: Person
    gremium: Gremium
    stelle: dict[str, Mitarbeit] = field(default_factory=dict)
    landesweit: dict[str, Landesrolle] = field(default_factory=dict)
    sitz: Mitgliedschaft | None = None

    @property
    def huete(self) -> set[Sitzungsrolle]:
        return was_zaehlt(self.gremium, stelle=set(self.stelle), landesweit=set(self.landesweit), sitz=self.sitz)

    def zugang(self, punkt) -> Zugang:
        """`punkt` with its meeting and what was said on bias."""
        sitz = self.sitz
        befangen = sitz and any(b.mitgliedschaft_id == sitz.pk and b.schliesst_aus for b in punkt.befangenheiten.all())
        return zugang(self.huete, sitz, punkt.sitzung, befangen=bool(befangen))


def beteiligte(gremien: Collection[Gremium]) -> dict[int, list[Beteiligt]]:
    """Per Gremium its members first, then its office, then the Land. Three queries."""
    stellen = {gremium.netzwerkstelle_id for gremium in gremien}
    sitze = mit_konto(Mitgliedschaft.objects.filter(gremium__in=gremien)).for_list()
    mitarbeiten = mit_konto(Mitarbeit.objects.filter(netzwerkstelle__in=stellen))
    landesrollen = mit_konto(Landesrolle.objects)
    return {gremium.pk: _beteiligte(gremium, sitze, mitarbeiten, landesrollen) for gremium in gremien}


def _beteiligte(gremium, sitze, mitarbeiten, landesrollen) -> list[Beteiligt]:
    alle: dict[int, Beteiligt] = {}

    def wer(zeile) -> Beteiligt:
        return alle.setdefault(zeile.person_id, Beteiligt(zeile.person, gremium))

    for sitz in sitze:
        if sitz.gremium_id == gremium.pk:
            wer(sitz).sitz = sitz
    for mitarbeit in mitarbeiten:
        if mitarbeit.netzwerkstelle_id == gremium.netzwerkstelle_id:
            wer(mitarbeit).stelle[mitarbeit.rolle] = mitarbeit
    for landesrolle in landesrollen:
        wer(landesrolle).landesweit[landesrolle.rolle] = landesrolle
    return list(alle.values())


def papiere(sitzung) -> list[Tagesordnungspunkt]:
    """The items that have a paper: those about a case."""
    punkte = sitzung.punkte.filter(antrag__isnull=False).prefetch_related("befangenheiten")
    return list(punkte.order_by("position"))


def finden(person, pk) -> tuple[Sitzung, set[Sitzungsrolle]]:
    """For everybody who reads the documents of the meeting; not where only dates and figures are open."""
    sitzung = get_object_or_404(Sitzung.objects.visible_to(person).for_page(), pk=pk)
    hats = rollen(person, sitzung.gremium)
    RECHTE.require(hats, "dokumente")
    return sitzung, hats


def zur_sitzung(sitzung) -> Teil:
    """Everybody who finds this meeting, in one hat."""
    punkte, gremium = papiere(sitzung), sitzung.gremium
    wer = [b for b in beteiligte([gremium])[gremium.pk] if b.sitz or RECHTE.may(b.huete, "ansehen", sitzung)]
    zeilen = [_mit_sitz(b, punkte, sitzung) if b.sitz else _mit_amt(b, gremium) for b in wer]
    return Teil(zeilen, worte="" if punkte else NOCH_OHNE_ANTRAG)


def _mit_sitz(beteiligt, punkte, sitzung) -> Lesende:
    sitz = beteiligt.sitz
    sonst = zugang(beteiligt.huete, sitz, sitzung, befangen=False)  # what holds where the member is not biased
    befangen = [punkt.top for punkt in punkte if beteiligt.zugang(punkt) == Zugang.BEFANGEN]
    offen = sonst == Zugang.OFFEN and (not punkte or len(befangen) < len(punkte))
    grund = MITGLIED[sonst] + (f"; befangen (oder noch offen): {', '.join(befangen)}" if befangen else "")
    return Lesende(beteiligt.person, Rolle.GREMIUM, _amt(sitz, sitzung.gremium), befristet(grund, sitz), offen)


def _mit_amt(beteiligt, gremium) -> Lesende:
    """The hat at the office or for the Land that lets somebody without a seat read, or keeps them out."""
    amt = {**beteiligt.landesweit, **beteiligt.stelle}
    rolle = next(rolle for rolle in Rolle if rolle in amt)
    huttext = hut(rolle, gremium.netzwerkstelle.kurzname if rolle in beteiligt.stelle else "")
    offen = zugang(beteiligt.huete, None, None, befangen=False) == Zugang.OFFEN
    grund = befristet(GRUND[rolle], amt[rolle]) if offen else KEINE_INHALTE
    return Lesende(beteiligt.person, rolle, huttext, grund, offen)


def zum_antrag(antrag) -> Teil:
    """The seats of the committees that have or had the case before them, the first time first."""
    punkte = antrag.tagesordnungspunkte.select_related("sitzung__gremium__netzwerkstelle")
    punkte = list(punkte.prefetch_related("befangenheiten").order_by("sitzung__beginn", "pk"))
    wer = beteiligte({punkt.sitzung.gremium for punkt in punkte}) if punkte else {}
    zeilen = [_vorlage(b, punkt) for punkt in punkte for b in wer[punkt.sitzung.gremium_id] if b.sitz]
    return Teil(zeilen, titel="Im Gremium", worte=IM_GREMIUM)


def _vorlage(beteiligt, punkt) -> Lesende:
    sitz, sitzung, offen = beteiligt.sitz, punkt.sitzung, beteiligt.zugang(punkt)
    grund = befristet(VORLAGE[offen].format(top=punkt.top, nummer=sitzung.nummer), sitz)
    return Lesende(beteiligt.person, Rolle.GREMIUM, _amt(sitz, sitzung.gremium), grund, offen == Zugang.OFFEN)


def _amt(sitz, gremium) -> str:
    return f"{sitz.get_rolle_display()}, {gremium.name}"


TEILE = {"antrag": zum_antrag, "sitzung": zur_sitzung}
SEITE = Seite(
    "sitzung",
    "sitzungen/<int:pk>/einblick/",
    "gremien/sitzung/einblick.html",
    finden,
    lambda sitzung: sitzung.gremium.netzwerkstelle,
)
