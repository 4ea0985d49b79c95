"""Drafts and signatures of a school, and the cards of applications as all subjects of a case show them."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.urls import reverse
from django.utils import timezone

from angebote.antrag.abschnitte import ALLE, LETZTER
from angebote.antrag.bedingungen import fehlendes
from angebote.antrag.dauer import Dauer, uebliche_dauer
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen
from angebote.antrag.stand import stand_fuer
from angebote.antrag.workflow import ABLAUF, KOPF, VOR_DEM_GREMIUM, Status
from angebote.beratung.aufgaben import karte as beratungskarte
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import RECHTE as BERATUNGSRECHTE
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte, Vorschlag, gruppe
from schulerfolg.geld import euro
from schulerfolg.konten.permissions import LANDESROLLEN, STELLENROLLEN, traegt
from schulerfolg.zeit import datum, wann

UNTERWEGS = "Ihre laufenden Anträge"
NACHLESEN = timedelta(days=60)
"""So long a decision stays on the first page."""


def aufgaben(person):
    weitergegeben = Antrag.objects.offered_to(person, ABLAUF.transitions["einreichen"]).filter(
        status=ABLAUF.transitions["weitergeben"].target
    )
    yield antragsgruppe(
        Dringlichkeit.STILLSTAND,
        "Warten auf Ihre Unterschrift",
        weitergegeben.order_by("geaendert_am", "pk"),
        seit_bewegung,
        schritt="einreichen",
        knopf="Lesen und einreichen",
        nur=lambda antrag: _unterschreibt(antrag, person),
    )
    yield from _entwuerfe(person)
    yield antragsgruppe(
        Dringlichkeit.LAUFEND,
        UNTERWEGS,
        Antrag.objects.bei_der_leitung(person),
        naechster,
        nur=lambda antrag: not _unterschreibt(antrag, person),
    )
    unterwegs = Antrag.objects.unterwegs(person).exclude(status__in=VOR_DEM_GREMIUM)
    unterwegs = unterwegs.prefetch_related("ereignisse").order_by("-geaendert_am", "-pk")
    dauer = cache(uebliche_dauer)
    yield antragsgruppe(
        Dringlichkeit.LAUFEND, UNTERWEGS, unterwegs, lambda antrag: mit_dauer(antrag, dauer(antrag.netzwerkstelle_id))
    )
    beraten = Beratung.objects.offered_to(person, BERATUNGSRECHTE["antrag_beginnen"])
    beraten = beraten.filter(angefragt_durch=person, antraege=None).select_related("schule")
    yield gruppe(
        Dringlichkeit.ENTWURF, "Nach der Beratung", beraten, lambda b: beratungskarte(b, "Der Antrag kann beginnen.")
    )
    yield from _fertig(person)


def _unterschreibt(antrag, person) -> bool:
    kopf = not rollen(person, antrag).isdisjoint(KOPF)
    return kopf and not ABLAUF.is_excluded("einreichen", antrag, person)


def _entwuerfe(person):
    eigene = Antrag.objects.offered_to(person, RECHTE["bearbeiten"]).filter(verfasst_durch=person)
    eigene = eigene.order_by("-geaendert_am", "-pk")
    zurueck = eigene.last_moved_by("zurueckgeben")
    alle = reverse("antraege:liste")

    def karte(antrag) -> Karte:
        return _entwurfskarte(antrag, person)

    yield gruppe(
        Dringlichkeit.STILLSTAND, "Zur Überarbeitung zurück bei Ihnen", zurueck.for_cards(), _zurueckkarte, alle
    )
    andere = eigene.exclude(pk__in=zurueck.order_by().values("pk"))
    yield gruppe(Dringlichkeit.ENTWURF, "Ihre Entwürfe", andere.for_cards(), karte, alle)


def _zurueckkarte(antrag) -> Karte:
    """What came back says by whom, and in which words."""
    zeit = f"von {antrag.zurueck_durch}, {wann(antrag.zurueck_am)}"
    weiter = antrag.get_absolute_url()
    ort = str(antrag.schule)
    return Karte(antrag.anzeigetitel, ort, zeit, weiter, weiter, "Lesen und überarbeiten", antrag.zurueck_warum)


def _entwurfskarte(antrag, person) -> Karte:
    """What is missing, who changed it last, and the next page to fill in."""
    offen = [name for name, liste in fehlendes(antrag).items() if liste]
    if offen:
        zahl = "noch 1 Abschnitt offen" if len(offen) == 1 else f"noch {len(offen)} Abschnitte offen"
        knopf, ziel = f"Weiter mit „{ALLE[offen[0]].titel}“", offen[0]
    else:
        zahl, knopf, ziel = "alle Abschnitte sind ausgefüllt", LETZTER.titel, LETZTER.name
    wer = "Ihnen" if antrag.zuletzt_durch_id in (None, person.pk) else antrag.zuletzt_durch
    zeit = f"{zahl}; zuletzt geändert {wann(antrag.geaendert_am)} von {wer}"
    weiter = reverse("antraege:abschnitt", args=[antrag.pk, ziel])
    return Karte(antrag.anzeigetitel, str(antrag.schule), zeit, antrag.get_absolute_url(), weiter, knopf)


def _fertig(person):
    """What was decided lately; the letter and what comes now stand on its page."""
    seit = timezone.now() - NACHLESEN
    fertig = Antrag.objects.entschieden(person).filter(geaendert_am__gte=seit).order_by("-geaendert_am", "-pk")
    yield antragsgruppe(Dringlichkeit.FERTIG, "Zuletzt entschieden", fertig, _ausgang)


def _ausgang(antrag) -> str:
    betrag = f": {euro(antrag.bewilligt)}" if antrag.status == Status.BEWILLIGT else ""
    return f"{antrag.get_status_display()} am {datum(antrag.geaendert_am)}{betrag}"


def naechster(antrag) -> str:
    """Who has it now, and what they do; a school reads no more."""
    stand = stand_fuer(antrag.status, intern=False)
    return f"Als Nächstes: {stand.wer} {stand.tun} (seit dem {datum(antrag.geaendert_am)})"


def mit_dauer(antrag, dauer: Dauer | None) -> str:
    """The same, and until when it is usually decided, where that can be said."""
    bis = dauer.bis(antrag) if dauer else None
    if bis is None or bis < timezone.localdate():
        return naechster(antrag)
    return f"{naechster(antrag)}; entschieden ist meist etwa bis zum {datum(bis)}"


def antragsgruppe(
    dringlichkeit: Dringlichkeit,
    titel: str,
    antraege,
    zeit: Callable[[Antrag], str],
    *,
    schritt: str = "",
    knopf: str = "",
    seite: str = "",
    nur: Callable[[Antrag], bool] = lambda antrag: True,
) -> Gruppe:
    """`schritt` names the step of the card's button, `seite` the page it leads to where that is none of a step.

    `knopf` are its words where those of the step fit only its last page. `nur` asks what a query cannot.
    """
    worte = knopf or (ABLAUF.transitions[schritt].label if schritt else "")

    def karte(antrag) -> Karte | None:
        ort = " · ".join(filter(None, [antrag.nummer, str(antrag.schule)]))
        weg = (seite, [antrag.pk]) if seite else ("antraege:schritt", [antrag.pk, schritt])
        ziel = reverse(weg[0], args=weg[1]) if schritt or seite else ""
        lesen = antrag.get_absolute_url()
        return Karte(antrag.anzeigetitel, ort, zeit(antrag), lesen, ziel, worte) if nur(antrag) else None

    return gruppe(dringlichkeit, titel, antraege.for_list(), karte, reverse("antraege:liste"))


def seit_bewegung(antrag) -> str:
    return f"seit dem {datum(antrag.geaendert_am)}"


def vorschlag(person, huete) -> Vorschlag | None:
    if not traegt(huete, {*STELLENROLLEN, *LANDESROLLEN}):
        return None
    return Vorschlag("Alle Anträge und ihre Stände finden Sie in der Liste.", reverse("antraege:liste"), "Alle Anträge")
