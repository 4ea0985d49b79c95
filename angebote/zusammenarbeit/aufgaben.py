"""Drafts that a colleague wants to hand over to this person, and those this person writes on with others."""

from django.urls import reverse

from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import SCHULINTERN
from angebote.zusammenarbeit.models import Entwurfsuebergabe
from schulerfolg.aufgaben import Dringlichkeit, Karte, gruppe
from schulerfolg.zeit import datum


def aufgaben(person):
    """Two queries."""
    angeboten = Entwurfsuebergabe.objects.filter(an=person, ausgang="offen", antrag__status__in=SCHULINTERN)
    angeboten = angeboten.select_related("antrag__schule", "von").order_by("bis", "pk")
    yield gruppe(Dringlichkeit.STILLSTAND, "Ein Entwurf für Sie", angeboten, _angebot)
    mit = Antrag.objects.offered_to(person, RECHTE["bearbeiten"]).filter(mitschreibende__person=person)
    mit = mit.select_related("schule", "verfasst_durch").order_by("-geaendert_am", "-pk")
    yield gruppe(Dringlichkeit.ENTWURF, "Sie schreiben mit", mit, _mit, reverse("antraege:liste"))


def _angebot(uebergabe) -> Karte:
    antrag = uebergabe.antrag
    seite = reverse("antraege:zusammenarbeit", args=[antrag.pk])
    zeit = f"{uebergabe.von} möchte Ihnen diesen Entwurf übergeben; bitte antworten Sie bis zum {datum(uebergabe.bis)}"
    return Karte(
        antrag.anzeigetitel, str(antrag.schule), zeit, antrag.get_absolute_url(), seite, "Ansehen und antworten"
    )


def _mit(antrag) -> Karte:
    wer = f"mit {antrag.verfasst_durch}; zuletzt geändert am {datum(antrag.geaendert_am)}"
    return Karte(antrag.anzeigetitel, str(antrag.schule), wer, antrag.get_absolute_url())
