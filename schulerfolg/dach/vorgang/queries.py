"""What the list of cases shows: rows, tabs with counts, figures without contents."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse

from angebote.antrag.models import Antrag
from angebote.antrag.stand import INTERNE_PHASEN, gleich_lautende, ist_gefragt, mit_stand, staende_zur_wahl
from angebote.antrag.workflow import Status
from angebote.nachricht.models import Nachricht
from angebote.pruefung.models import Nachforderung, Stellungnahme
from netzwerkstellen.models import Netzwerkstelle, Schule
from schulerfolg.konten.permissions import STELLENROLLEN, Rolle, landesrollen, orte
from schulerfolg.liste import suche
from schulerfolg.liste.seiten import GRENZE, capped


def _deutsch(feld):
    """DIN 5007-1: ä sorts as a, ß as ss; the same on every server."""
    return Lower(Unaccent(feld))


SORTIERUNGEN = {
    "geaendert": ("zuletzt bewegt", ("-geaendert_am", "-pk")),
    "eingang": ("am längsten eingereicht", (F("eingereicht_am").asc(nulls_last=True), "pk")),
    "titel": ("Titel von A bis Z", (_deutsch("titel"), "titel", "pk")),
    "schule": ("Schule von A bis Z", (_deutsch("schule__name"), "schule__name", "pk")),
    "betrag": ("höchster Betrag zuerst", ("-beantragt", "pk")),
}


@dataclass(frozen=True, slots=True)
class Zahl:
    """A figure, and where the cases are listed that it counts."""

    wert: int
    wohin: str


@dataclass(frozen=True, slots=True)
class Reiter:
    """A tab above the list: one status, how many cases are in it, and whether the list shows it alone."""

    label: str
    wert: str
    anzahl: int | None
    gewaehlt: bool


def zeilen_fuer(person):
    """Every case this person may see, with what a row shows."""
    offen = Nachforderung.objects.filter(antrag=OuterRef("pk"), beantwortet_am=None)
    neu = Nachricht.objects.ungelesen_an(person).filter(antrag=OuterRef("pk"))
    wartend = Stellungnahme.objects.wartend().filter(antrag=OuterRef("pk"))
    zeilen = Antrag.objects.visible_to(person).for_list()
    return zeilen.annotate(
        frist=Subquery(offen.values("frist")[:1]),
        ungelesen=Exists(neu),
        zu_bestaetigen=Q(status=Status.FACHPRUEFUNG) & Exists(wartend),
    )


def auf_der_seite(antraege, stellen: set[int] | None, person, huete) -> list:
    """The rows of a page, each with its `stand` and whether this person is asked (`gefragt`)."""
    zeilen = mit_stand(antraege, stellen)
    for zeile in zeilen:
        zeile.gefragt = ist_gefragt(zeile, person, huete)
    return zeilen


def suchen(antraege, worte: str):
    """Every word is in the title, the name or the place of the school, or begins or ends the number."""
    for wort in suche.worte(worte):
        text = suche.enthaelt(wort, "titel", "schule__name", "schule__ort")
        antraege = antraege.filter(text | suche.nummer(wort, "nummer"))
    return antraege


def schulen_fuer(person):
    """The schools whose cases this person may look for: one's own, and those of one's offices (a small table)."""
    eigene = Q(pk__in=orte(person, "schulzugehoerigkeiten", "schule"))
    return Schule.objects.filter(eigene | Q(netzwerkstelle__in=_lesbare_stellen(person).values("pk"))).sorted_german()


def stellen_fuer(person):
    """The offices whose cases this person may look for: one's own, and those of one's schools."""
    schulen = Schule.objects.filter(pk__in=orte(person, "schulzugehoerigkeiten", "schule"))
    return Netzwerkstelle.objects.filter(
        Q(pk__in=_lesbare_stellen(person).values("pk")) | Q(pk__in=schulen.values("netzwerkstelle"))
    )


def _lesbare_stellen(person):
    """The offices whose submitted cases this person reads; as `AntragQuerySet.visible_to` has it."""
    hats = landesrollen(person)
    if Rolle.PRUEFUNG in hats:
        return Netzwerkstelle.objects.all()
    geteilt = Q(teilt_inhalte=True) if Rolle.KOORDINATION in hats else Q(pk__in=[])
    return Netzwerkstelle.objects.filter(Q(pk__in=orte(person, "mitarbeiten", "netzwerkstelle")) | geteilt)


def interne_stellen(person, huete) -> set[int] | None:
    """The offices whose internal stand this person reads; None means every office."""
    if any(hut.rolle == Rolle.PRUEFUNG and not hut.ort for hut in huete):
        return None
    return set(person.mitarbeiten.gueltig().filter(rolle__in=STELLENROLLEN).values_list("netzwerkstelle", flat=True))


def nach_stand(antraege) -> dict[str, int]:
    """How many of these cases are in each status, as far as a list counts."""
    return Antrag.objects.filter(pk__in=capped(antraege)).counts_by_status()


def reiter(zahlen: dict[str, int], gewaehlt: list[str], intern: bool) -> list[Reiter]:
    """A tab for every status that occurs or is chosen, in the order of the way of an Antrag.

    Where there are more cases than a list counts, every status has its tab, and none has a number.
    """
    if sum(zahlen.values()) > GRENZE:
        return [Reiter(label, wert, None, gewaehlt == [wert]) for wert, label in staende_zur_wahl(intern)]
    tabs = []
    for wert, label in staende_zur_wahl(intern):
        anzahl = sum(zahlen.get(gleicher, 0) for gleicher in gleich_lautende([wert], intern))
        if anzahl or gewaehlt == [wert]:
            tabs.append(Reiter(label, wert, anzahl, gewaehlt == [wert]))
    return tabs


def zahlen() -> dict:
    """Submitted cases of every office by phase, and of all by status: figures without contents.

    `stellen` and `summe`: what stands in front, one `Zahl` for each phase, one for all. Where an office shares its
    contents a figure leads to the cases it counts.
    """
    eingereicht = Q(antraege__nummer__isnull=False)
    spalten = {
        f"spalte_{nummer}": Count("antraege", filter=eingereicht & Q(antraege__status__in=staende))
        for nummer, staende in enumerate(INTERNE_PHASEN.values())
    } | {"spalte_alle": Count("antraege", filter=eingereicht)}
    wohin = dict(zip(spalten, [*INTERNE_PHASEN.values(), ()], strict=True))
    zeilen = {
        stelle.kurzname: [Zahl(getattr(stelle, name), _dorthin(stelle, wohin[name])) for name in spalten]
        for stelle in Netzwerkstelle.objects.annotate(**spalten).order_by("kurzname")
    }
    nach_stand = Antrag.objects.filter(nummer__isnull=False).counts_by_status()
    return {
        "phasen": list(INTERNE_PHASEN),
        "stellen": list(zeilen.items()),
        "summe": [sum(zeile[i].wert for zeile in zeilen.values()) for i in range(len(spalten))],
        "staende": [(status.label, nach_stand[status]) for status in Status if status in nach_stand],
    }


def _dorthin(stelle, staende) -> str:
    """The list of these cases; empty where the coordination office reads no contents."""
    if not stelle.teilt_inhalte:
        return ""
    waehlbar = [wert for wert, _ in staende_zur_wahl(intern=False) if wert in staende]
    return f"{reverse('antraege:liste')}?{urlencode({'stelle': stelle.pk, 'status': waehlbar}, doseq=True)}"
