"""Requests for advice nobody has answered yet; a school that waits for nothing may have an idea."""

from django.urls import reverse

from angebote.beratung.models import Beratung
from angebote.beratung.permissions import RECHTE, irgendwo
from angebote.beratung.workflow import ABLAUF, Status
from schulerfolg.aufgaben import Dringlichkeit, Karte, Vorschlag, gruppe
from schulerfolg.konten.permissions import traegt
from schulerfolg.zeit import datum, termin


def aufgaben(person):
    angefragt = Beratung.objects.offered_to(person, ABLAUF.transitions["verabreden"])
    angefragt = angefragt.filter(status=Status.ANGEFRAGT).select_related("schule")
    yield gruppe(
        Dringlichkeit.ARBEIT,
        "Bitten um Beratung",
        angefragt.order_by("angefragt_am", "pk"),
        lambda beratung: karte(beratung, f"angefragt am {datum(beratung.angefragt_am)}"),
        reverse("beratungen:liste"),
    )

    verabredet = Beratung.objects.visible_to(person).filter(status=Status.VERABREDET).select_related("schule")
    yield gruppe(
        Dringlichkeit.LAUFEND,
        "Vereinbarte Beratungen",
        verabredet.order_by("termin", "pk"),
        lambda beratung: karte(beratung, termin(beratung.termin)),
        reverse("beratungen:liste"),
    )


def karte(beratung, zeit: str) -> Karte:
    return Karte(beratung.titel, str(beratung.schule), zeit, beratung.get_absolute_url())


def vorschlag(person, huete) -> Vorschlag | None:
    if not traegt(huete, RECHTE["anfragen"].roles) or not RECHTE.may(irgendwo(person), "anfragen"):
        return None
    text = "Haben Sie eine Idee für ein Projekt an Ihrer Schule? Drei Sätze genügen."
    return Vorschlag(text, reverse("beratungen:neu"), "Ich habe eine Idee")
