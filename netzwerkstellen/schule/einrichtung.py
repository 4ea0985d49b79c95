"""Without a school whose head is in the portal, nobody submits anything."""

from collections import Counter

from django.urls import reverse

from netzwerkstellen.schule.models import Schule
from netzwerkstellen.stelle.permissions import RECHTE
from schulerfolg.einrichtung import Platz, Punkt


def einrichtung(stellen):
    """One query."""
    zeilen = Schule.objects.in_betrieb().for_list().filter(netzwerkstelle__in=stellen)
    schulen = zeilen.values_list("netzwerkstelle", "hat_leitung")
    alle, mit = Counter(stelle for stelle, _ in schulen), Counter(stelle for stelle, leitung in schulen if leitung)
    for stelle in stellen:
        yield stelle.pk, _schulen(stelle, alle[stelle.pk], mit[stelle.pk])


def _schulen(stelle, alle, mit) -> Punkt:
    if not alle:
        fehlt = "Noch keine Schule ist eingetragen. Erst dann können sich Lehrkräfte und Schulleitungen registrieren."
    else:
        fehlt = "" if mit else "Noch keine Schulleitung ist im Portal. Sie reicht die Anträge ihrer Schule ein."
    return Punkt(
        Platz.SCHULEN,
        "Schulen",
        da=f"{'Eine Schule ist' if mit == 1 else f'{mit} Schulen sind'} mit Schulleitung im Portal.",
        fehlt=fehlt,
        adresse=reverse("netzwerkstellen:schulen", args=[stelle.slug]),
        knopf="Schulleitung einladen" if alle else "Schule eintragen",
        wer=RECHTE["schulen_pflegen"].roles,
    )
