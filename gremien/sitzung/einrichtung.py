"""The first meeting: applications are decided on a day that everybody knows."""

from django.urls import reverse

from gremien.gremium.models import Gremium
from gremien.gremium.permissions import RECHTE
from gremien.sitzung.models import Sitzung
from gremien.sitzung.workflow import Status
from schulerfolg.einrichtung import Platz, Punkt
from schulerfolg.zeit import datum

NOCH_KEINE = "Noch ist keine Sitzung geplant. Schulen und Mitglieder richten sich nach dem Termin."


def einrichtung(stellen):
    """Two queries; the last meeting that was not called off, else the Gremium that may plan one."""
    sitzungen = Sitzung.objects.exclude(status=Status.ABGESAGT).filter(gremium__netzwerkstelle__in=stellen)
    letzte = {s.gremium.netzwerkstelle_id: s for s in sitzungen.select_related("gremium").order_by("beginn")}
    gremien = Gremium.objects.filter(netzwerkstelle__in=stellen, beschliesst=True).order_by("-pk")
    je_stelle = {gremium.netzwerkstelle_id: gremium for gremium in gremien}
    for stelle in stellen:
        yield stelle.pk, _sitzung(letzte.get(stelle.pk), je_stelle.get(stelle.pk))


def _sitzung(sitzung, gremium) -> Punkt:
    ort = sitzung or gremium
    return Punkt(
        Platz.SITZUNG,
        "Erste Sitzung",
        da=f"Sitzung {sitzung.nummer} ist am {datum(sitzung.beginn)}." if sitzung else "",
        fehlt="" if sitzung else NOCH_KEINE if gremium else f"{NOCH_KEINE} Dazu braucht es zuerst das Gremium.",
        adresse=ort.get_absolute_url() if ort else reverse("gremien:neu"),
        knopf="Sitzung planen" if ort else "",
        wer=RECHTE["pflegen"].roles,
    )
