"""Requests for an early start that wait for an answer, and answers that wait for a signature."""

from angebote.antrag.permissions import STELLE
from angebote.antrag.workflow import BIS_BEWILLIGT
from angebote.vorzeitig.models import VorzeitigerBeginn
from schulerfolg.aufgaben import Dringlichkeit, Karte, gruppe
from schulerfolg.konten.permissions import orte
from schulerfolg.zeit import datum


def aufgaben(person):
    laufend = VorzeitigerBeginn.objects.filter(antrag__status__in=BIS_BEWILLIGT).order_by("beantragt_am", "pk")
    laufend = laufend.select_related("antrag__schule")
    hier = orte(person, "mitarbeiten", "netzwerkstelle", STELLE)
    fragen = laufend.offen().filter(geschrieben_am=None, antrag__netzwerkstelle__in=hier)
    yield gruppe(Dringlichkeit.STILLSTAND, "Vorzeitiger Beginn: Antwort fehlt", fragen, _karte)
    yield gruppe(
        Dringlichkeit.STILLSTAND,
        "Vorzeitiger Beginn: Unterschrift fehlt",
        laufend.zu_unterschreiben(person),
        _karte,
    )


def _karte(zeile) -> Karte:
    antrag = zeile.antrag
    zeit = f"beantragt am {datum(zeile.beantragt_am)}, beginnen ab {datum(zeile.ab)}"
    ort, ziel = f"{antrag.nummer} · {antrag.schule}", zeile.get_absolute_url()
    return Karte(antrag.anzeigetitel, ort, zeit, antrag.get_absolute_url(), ziel, "Lesen und antworten")
