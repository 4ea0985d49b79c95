"""Whoever decides about applications: a Gremium that can meet."""

from django.urls import reverse

from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.gremium.permissions import RECHTE
from schulerfolg.einrichtung import Platz, Punkt

R = Mitgliedschaft.Rolle
ZAHLWORT = {1: "ein Mitglied", 2: "zwei Mitglieder", 3: "drei Mitglieder"}


def einrichtung(stellen):
    """Two queries. Of several Gremien the one that lacks least counts."""
    sitze: dict[int, list[Mitgliedschaft]] = {}
    for sitz in Mitgliedschaft.objects.gueltig().filter(gremium__netzwerkstelle__in=stellen, vertritt=None):
        sitze.setdefault(sitz.gremium_id, []).append(sitz)
    beste: dict[int, tuple[list[str], Gremium]] = {}
    for gremium in Gremium.objects.filter(netzwerkstelle__in=stellen, beschliesst=True).order_by("pk"):
        luecken = _luecken(gremium, sitze.get(gremium.pk, []))
        bisher = beste.get(gremium.netzwerkstelle_id)
        if bisher is None or len(luecken) < len(bisher[0]):
            beste[gremium.netzwerkstelle_id] = (luecken, gremium)
    for stelle in stellen:
        yield stelle.pk, _gremium(*beste.get(stelle.pk, ([], None)))


def _luecken(gremium, sitze) -> list[str]:
    rollen = {sitz.rolle for sitz in sitze}
    zu_wenig = gremium.mindestens - sum(sitz.stimmrecht for sitz in sitze)
    mitglieder = ZAHLWORT.get(zu_wenig, f"{zu_wenig} Mitglieder") + " mit Stimmrecht"
    return [
        *([] if R.VORSITZ in rollen else ["der Vorsitz"]),
        *([] if R.STELLV_VORSITZ in rollen else ["der stellvertretende Vorsitz"]),
        *([mitglieder] if zu_wenig > 0 else []),
    ]


def _gremium(luecken, gremium) -> Punkt:
    if gremium is None:
        fehlt = "Noch gibt es kein Gremium, das über Anträge entscheidet."
    else:
        fehlt = f"In „{gremium}“ fehlt noch: {', '.join(luecken)}. Erst dann kann es sicher tagen." if luecken else ""
    return Punkt(
        Platz.GREMIUM,
        "Gremium",
        da=f"„{gremium}“ hat Vorsitz, Stellvertretung und genug Mitglieder." if gremium else "",
        fehlt=fehlt,
        adresse=gremium.get_absolute_url() if gremium else reverse("gremien:neu"),
        knopf="Mitglieder aufnehmen" if gremium else "Gremium anlegen",
        wer=RECHTE["pflegen"].roles,
    )
