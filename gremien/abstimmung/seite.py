"""What the page of an item shows to one person: papers, bias, budget, vote and resolution."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from angebote.antrag.jahre import jahresteile
from angebote.models import Antrag, Budget
from gremien.abstimmung.forms import FORMULAR
from gremien.abstimmung.gegenstand import abstimmbar
from gremien.abstimmung.lage import Lage
from gremien.abstimmung.zum_antrag import vorschlag_fuer
from gremien.befangenheit.forms import EntscheidungForm
from gremien.befangenheit.models import Befangenheit
from gremien.sitzung.permissions import RECHTE
from gremien.sitzung.workflow import Rolle

BEFANGEN = Befangenheit.Entscheidung.BEFANGEN


@dataclass(frozen=True, slots=True)
class Anteil:
    """One budget beside an item: what is there, and what would remain after this award. Amounts in euros."""

    budget: Budget
    teil: Decimal

    @property
    def vergeben(self) -> Decimal:
        return self.budget.gebunden + self.budget.reserviert

    @property
    def nutzbar(self) -> Decimal:
        return self.budget.ansatz - self.budget.sperre

    @property
    def danach(self) -> Decimal:
        return self.budget.verfuegbar - self.teil

    @property
    def danach_vergeben(self) -> Decimal:
        return self.vergeben + self.teil


@dataclass(frozen=True)
class Haushalt:
    """The budgets beside an item on which nobody has resolved yet; read when the page comes to show them."""

    antrag: Antrag
    lage: Lage

    @cached_property
    def teile(self) -> dict[int, Decimal]:
        """What the proposed award would take from the budget of which year."""
        antrag: Any = self.antrag  # it was submitted, so it has its dates and its rule
        vorgelegt = self.lage.vorschlag
        betrag = (vorgelegt.betrag if vorgelegt else vorschlag_fuer(antrag).get("betrag")) or antrag.beantragt
        return jahresteile(antrag, betrag, antrag.regel)

    @cached_property
    def anteile(self) -> list[Anteil]:
        budgets = Budget.objects.filter(netzwerkstelle=self.antrag.netzwerkstelle_id, jahr__in=self.teile)
        return [Anteil(budget, self.teile[budget.jahr]) for budget in budgets.order_by("jahr")]

    @property
    def ohne_budget(self) -> list[int]:
        """The years that have no budget yet."""
        return sorted(set(self.teile) - {anteil.budget.jahr for anteil in self.anteile})


def punkt_seite(punkt, lage, wer, form=None) -> dict:
    """`lage`: how the item stands; `wer`: what this person may do; `form`: the vote, for those who take it."""
    sitzung, sitz, leitet = punkt.sitzung, wer.sitz, "leiten" in wer.rechte
    return {
        "sitzung": sitzung,
        "punkt": punkt,
        "titel": punkt.ohne_inhalt if wer.nur_ueberblick else punkt.titel,
        "schule": punkt.antrag.schule if punkt.antrag and not wer.nur_ueberblick else None,
        "vorlage": getattr(punkt, "vorlage", None),
        "rechte": wer.rechte,
        "eigener_sitz": sitz,
        "zugang": lage.saal.zugang(punkt, wer.hats, sitz),
        "zurueckgezogen": punkt.zurueckgezogen,
        "lage": lage,
        "befangenheiten": [_befangenheit(zeile, lage, wer, form) for zeile in lage.befangenheiten],
        "befangen_entschieden": any(
            zeile.mitgliedschaft == sitz and zeile.entscheidung == BEFANGEN for zeile in lage.befangenheiten
        ),
        "form": form,
        "feststellen_hindernis": lage.leitung.hindernis(wer.person) if form else "",
        "formular": FORMULAR if form else "",
        "zwischenstand": lage.zwischenstand if sitzung.laeuft and punkt.offen else "",
        "naechster": lage.saal.naechster(sitzung.punkte.tagesordnung(), wer.hats, sitz, nach=punkt) if leitet else None,
        "zur_akte": Rolle.STELLE in wer.hats or Rolle.LESEND in wer.hats,
        "zur_abstimmung": abstimmbar(punkt),
        "beginnt_vorher": punkt.beginnt_vorher and not wer.nur_ueberblick,
        "haushalt": Haushalt(punkt.antrag, lage) if punkt.antrag and abstimmbar(punkt) else None,
    }


def _befangenheit(zeile, lage, wer, form) -> dict:
    """What is known of one bias: reasons for those who lead and for the member itself, only the fact for the others.

    What is decided about it goes with the vote on the same page, where there is one.
    """
    eigene, offen = zeile.mitgliedschaft == wer.sitz, lage.punkt.offen
    entscheidet = "leiten" in wer.rechte and offen and not eigene
    return {
        "zeile": zeile,
        "eigene": eigene,
        "form": EntscheidungForm(befangenheit=zeile, mit=FORMULAR if form else "") if entscheidet else None,
        "mit_grund": RECHTE.may(wer.hats, "gruende_lesen") or eigene,
        "einwenden": eigene and offen and "erklaeren" in wer.rechte and zeile.einwand_moeglich,
        "stimme": lage.stimmen.get(zeile.mitgliedschaft_id) if zeile.schliesst_aus else None,
    }
