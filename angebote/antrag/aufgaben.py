"""Drafts and signatures of a school, and the cards of applications as all subjects of a case show them."""

from collections.abc import Callable

from django.urls import reverse

from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE
from angebote.antrag.stand import stand_fuer
from angebote.antrag.workflow import ABLAUF
from angebote.beratung.aufgaben import karte as beratungskarte
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import RECHTE as BERATUNGSRECHTE
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte, Vorschlag, gruppe
from schulerfolg.konten.permissions import LANDESROLLEN, STELLENROLLEN, traegt
from schulerfolg.zeit import datum


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
        nur=lambda antrag: not ABLAUF.is_excluded("einreichen", antrag, person),
    )
    yield from _entwuerfe(person)
    unterwegs = Antrag.objects.unterwegs(person).order_by("-geaendert_am", "-pk")
    yield antragsgruppe(Dringlichkeit.LAUFEND, "Ihre laufenden Anträge", unterwegs, _naechster_schritt)
    beraten = Beratung.objects.offered_to(person, BERATUNGSRECHTE["antrag_beginnen"])
    beraten = beraten.filter(angefragt_durch=person, antraege=None).select_related("schule")
    yield gruppe(
        Dringlichkeit.ENTWURF, "Nach der Beratung", beraten, lambda b: beratungskarte(b, "Der Antrag kann beginnen.")
    )


def _entwuerfe(person):
    eigene = Antrag.objects.offered_to(person, RECHTE["bearbeiten"]).filter(verfasst_durch=person)
    eigene = eigene.order_by("-geaendert_am", "-pk")
    zurueck = eigene.last_moved_by("zurueckgeben")
    yield antragsgruppe(Dringlichkeit.STILLSTAND, "Zur Überarbeitung zurück bei Ihnen", zurueck, seit_bewegung)
    andere = eigene.exclude(pk__in=zurueck.order_by().values("pk"))
    yield antragsgruppe(Dringlichkeit.ENTWURF, "Ihre Entwürfe", andere, seit_bewegung)


def _naechster_schritt(antrag) -> str:
    stand = stand_fuer(antrag.status, intern=False)
    return f"Als Nächstes: {stand.wer} {stand.tun} (seit dem {datum(antrag.geaendert_am)})"


def antragsgruppe(
    dringlichkeit: Dringlichkeit,
    titel: str,
    antraege,
    zeit: Callable[[Antrag], str],
    *,
    schritt: str = "",
    knopf: str = "",
    nur: Callable[[Antrag], bool] = lambda antrag: True,
) -> Gruppe:
    """`schritt` names the step of the card's button, `knopf` its words where those of the step fit only its last page.

    `nur` asks what a query cannot.
    """
    worte = knopf or (ABLAUF.transitions[schritt].label if schritt else "")

    def karte(antrag) -> Karte | None:
        ort = " · ".join(filter(None, [antrag.nummer, str(antrag.schule)]))
        ziel = reverse("antraege:schritt", args=[antrag.pk, schritt]) if schritt else ""
        lesen = antrag.get_absolute_url()
        return Karte(antrag.anzeigetitel, ort, zeit(antrag), lesen, ziel, worte) if nur(antrag) else None

    return gruppe(dringlichkeit, titel, antraege.for_list(), karte, reverse("antraege:liste"))


def seit_bewegung(antrag) -> str:
    return f"seit dem {datum(antrag.geaendert_am)}"


def vorschlag(person, huete) -> Vorschlag | None:
    if not traegt(huete, {*STELLENROLLEN, *LANDESROLLEN}):
        return None
    return Vorschlag("Alle Anträge und ihre Stände finden Sie in der Liste.", reverse("antraege:liste"), "Alle Anträge")
