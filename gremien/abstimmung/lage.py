"""The situation: who is in the room of a meeting, who is biased on what, who may vote, whether the Gremium can resolve.

Read once per request, and once under the lock of a service; then counted without the database and handed on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from gremien.abstimmung.gegenstand import gegenstand
from gremien.abstimmung.models import Ausgang, Beschlussvorschlag, Stimme
from gremien.abstimmung.regeln import Auszaehlung, Beschlussfaehigkeit, Ergebnis
from gremien.befangenheit.models import Befangenheit
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import Zugang, zugang
from gremien.sitzung.vorsitz import Leitung, bestimmte, wer_leitet
from schulerfolg.formular.konflikt import fingerprint


@dataclass(frozen=True, slots=True)
class Platz:
    """One seat with a vote: who holds it, who votes in it now, or why nobody does."""

    mitglied: Mitgliedschaft
    stimmt: Mitgliedschaft | None
    grund: str = ""


@dataclass(frozen=True, slots=True)
class Saal:
    """The room of one meeting: who belongs to it, who is there, who was invited, who is biased on what."""

    sitzung: Sitzung
    mitglieder: list[Mitgliedschaft]
    da: set[int]
    geladen: set[int]
    befangenheiten: Mapping[int, list[Befangenheit]]
    """By item, with the members."""
    bestimmt: Mapping[int, int]
    """By item, whom the members named to preside."""
    erneut: frozenset[tuple[int | None, str]] = frozenset()
    """Case and title of what an earlier meeting could not resolve, where this is the second invitation to it."""

    def befangen(self, punkt) -> set[int]:
        return {zeile.mitgliedschaft_id for zeile in self.befangenheiten[punkt.pk] if zeile.schliesst_aus}

    def zugang(self, punkt, hats, sitz) -> Zugang:
        """Whether the papers of this item are open to somebody with these hats and this seat."""
        return zugang(hats, sitz, self.sitzung, befangen=sitz is not None and sitz.pk in self.befangen(punkt))

    def naechster(self, punkte, hats, sitz, nach=None) -> Tagesordnungspunkt | None:
        """Where the meeting goes on: the next item after `nach`, else the first, that is to be dealt with and whose
        papers are open to this person.
        """
        offen = [p for p in punkte if p.zu_behandeln and p != nach and self.zugang(p, hats, sitz) == Zugang.OFFEN]
        folgende = [punkt for punkt in offen if nach and punkt.position > nach.position]
        return next(iter(folgende or offen), None)

    def lage(self, punkt, vorschlag: Beschlussvorschlag | None = None) -> "Lage":
        """Count for one item and its motion. While the meeting does not run: as if everybody came."""
        befangen, geladen = self.befangen(punkt), self.geladen if _wie_geladen(self.sitzung) else set()
        da = self.da if self.sitzung.laeuft else {m.pk for m in self.mitglieder}
        plaetze = [self._platz(m, befangen, da) for m in self.mitglieder if m.stimmrecht and m.vertritt_id is None]
        faehig = Beschlussfaehigkeit(
            stimmberechtigt=len(plaetze),
            anwesend=len([p for p in plaetze if p.stimmt]),
            ausgeschlossen=len([p for p in plaetze if p.stimmt is None and p.mitglied.pk in befangen]),
            mindestens=self.sitzung.gremium.mindestens,
            zweite_ladung=(punkt.antrag_id, "" if punkt.antrag_id else punkt.titel) in self.erneut,
            ungeladen=len([p for p in plaetze if p.mitglied.pk not in geladen | da]),
        )
        hier = [m for m in self.mitglieder if m.pk in da and m.pk not in befangen]
        leitung = wer_leitet(punkt, hier, self.bestimmt.get(punkt.pk))
        stimmen = vorschlag.stimmen.all() if vorschlag else ()
        return Lage(self, punkt, plaetze, faehig, leitung, vorschlag, {s.mitgliedschaft_id: s for s in stimmen})

    def _platz(self, mitglied, befangen, da) -> Platz:
        vertretungen = [m for m in self.mitglieder if m.vertritt_id == mitglied.pk and m.stimmrecht]
        for m in (mitglied, *vertretungen):
            if m.pk in da and m.pk not in befangen:
                return Platz(mitglied, m, "" if m is mitglied else f"vertritt {mitglied.person}")
        return Platz(mitglied, None, "befangen" if mitglied.pk in befangen else "nicht anwesend")


@dataclass(frozen=True, slots=True)
class Lage:
    """How one item stands: who may vote, whether the Gremium can resolve, and what was voted so far."""

    saal: Saal
    punkt: Tagesordnungspunkt
    plaetze: list[Platz]
    faehig: Beschlussfaehigkeit
    leitung: Leitung
    vorschlag: Any = None  # a Beschlussvorschlag
    """What is put to the vote; None as long as no vote was recorded."""
    stimmen: Mapping[int, Stimme] = field(default_factory=dict)
    """Every vote on record on this motion by member, those that count no more as well."""

    @property
    def vorsitz(self) -> Mitgliedschaft | None:
        """Who presides over this item."""
        return self.leitung.mitglied

    @property
    def befangenheiten(self) -> list[Befangenheit]:
        return self.saal.befangenheiten[self.punkt.pk]

    @property
    def stimmberechtigt(self) -> list[Mitgliedschaft]:
        """Present and not excluded, with a vote: members, and deputies in the place of a member."""
        return [platz.stimmt for platz in self.plaetze if platz.stimmt]

    @property
    def ohne_stimme(self) -> list[Platz]:
        return [platz for platz in self.plaetze if platz.stimmt is None]

    @property
    def ungezaehlt(self) -> list[Platz]:
        """Seats whose member voted and may not any more: the vote stays on record and does not count."""
        return [platz for platz in self.ohne_stimme if platz.mitglied.pk in self.stimmen]

    @property
    def version(self) -> str:
        """What a page of this item shows of it. A form from before the last change carries another one."""
        vorschlag = self.vorschlag and [self.vorschlag.pk, self.vorschlag.gruende]
        plaetze = [(p.mitglied.pk, p.stimmt and p.stimmt.pk, p.grund) for p in self.plaetze]
        stimmen = sorted((wer, stimme.wert) for wer, stimme in self.stimmen.items())
        bias = [(zeile.pk, zeile.version) for zeile in self.befangenheiten]
        vorsitz = self.vorsitz and self.vorsitz.pk
        return fingerprint([self.punkt.ausgang, vorschlag, plaetze, stimmen, bias, vorsitz])

    @property
    def in_worten(self) -> str:
        """How it stands, for somebody whose page is older."""
        motion = f"Vorschlag: {gegenstand(self.punkt).in_worten(self.vorschlag)}. " if self.vorschlag else ""
        gezaehlt = f"{self.zwischenstand} " if self.zwischenstand else f"{motion}Noch keine Stimme gezählt; "
        stimmen = ", ".join(self._mit_stimme(m) for m in self.stimmberechtigt) or "niemand"
        ohne = ", ".join(f"{p.mitglied.person} ({p.grund})" for p in self.ohne_stimme)
        return f"{gezaehlt}Mit stimmen: {stimmen}" + (f"; nicht mit stimmen: {ohne}" if ohne else "")

    def _mit_stimme(self, mitglied) -> str:
        stimme = self.stimmen.get(mitglied.pk)
        return f"{mitglied.person} ({stimme.get_wert_display()})" if stimme else str(mitglied.person)

    @property
    def zwischenstand(self) -> str:
        """The count so far in words, once there is a vote, and what it would mean for the motion that was put to it."""
        if self.vorschlag is None or not self.zahlen.begonnen:
            return ""
        worueber = gegenstand(self.punkt).in_worten(self.vorschlag)
        stand = self.zahlen.voraussicht(worueber, faehig=self.faehig.gegeben)
        return f"{stand} {folge}." if (folge := self.verloren) and self.faehig.gegeben else stand

    @property
    def verloren(self) -> str:
        """What closing the vote would mean beyond this motion, if it is lost as far as it was counted; else empty."""
        if self.vorschlag is None or not self.zahlen.begonnen or self.zahlen.ergebnis == Ergebnis.ANGENOMMEN:
            return ""
        return gegenstand(self.punkt).heisst_verloren.get(Ausgang(self.vorschlag.antrag_auf), "")

    @property
    def zahlen(self) -> Auszaehlung:
        """The count at this moment: only of those who may vote now."""
        werte = {m.pk: self.stimmen[m.pk].wert for m in self.stimmberechtigt if m.pk in self.stimmen}
        return Auszaehlung(
            **{wert: list(werte.values()).count(wert) for wert in Stimme.Wert.values},
            vorsitz=werte.get(self.vorsitz.pk) if self.vorsitz else None,
            vorsitz_entscheidet=self.saal.sitzung.gremium.vorsitz_entscheidet,
        )


PUENKTLICH = timedelta(minutes=30)
"""So much earlier than invited to a meeting may be opened."""


def _wie_geladen(sitzung) -> bool:
    """Whether it is held when everybody was invited to. Else it resolves only where all the members came."""
    jetzt = sitzung.eroeffnet_am
    return jetzt is None or (sitzung.ist_am_tag_von(jetzt) and jetzt >= sitzung.beginn - PUENKTLICH)


def read_saal(sitzung) -> Saal:
    """The room as it is now. Five queries, for a second invitation six."""
    frueher = Tagesordnungspunkt.objects.ohne_quorum(sitzung.gremium_id) if sitzung.zweite_ladung else ()
    return Saal(
        sitzung,
        mitglieder=list(sitzung.mitglieder()),
        da=set(sitzung.anwesenheiten.filter(bis=None).values_list("mitgliedschaft", flat=True)),
        geladen=set(sitzung.geltende_ladungen.values_list("mitgliedschaft", flat=True)),
        befangenheiten=Befangenheit.objects.je_punkt(sitzung),
        bestimmt=bestimmte(sitzung.punkte.all()),
        erneut=frozenset((punkt.antrag_id, "" if punkt.antrag_id else punkt.titel) for punkt in frueher),
    )


def read_lage(punkt) -> Lage:
    """One item as it stands now. Six queries."""
    return read_saal(punkt.sitzung).lage(punkt, punkt.vorschlaege.prefetch_related("stimmen").last())
