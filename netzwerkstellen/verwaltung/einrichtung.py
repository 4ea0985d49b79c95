"""What an office tells of itself before schools and letters can use it."""

from django.urls import reverse

from netzwerkstellen.stelle.models import Standort, Traegerschaft
from netzwerkstellen.stelle.permissions import RECHTE
from schulerfolg.einrichtung import Platz, Punkt


def einrichtung(stellen):
    """Two queries. A letter comes from the address of the Träger, else from the Hauptsitz."""
    sitz = Standort.objects.filter(netzwerkstelle__in=stellen, hauptsitz=True).exclude(plz="")
    traeger = Traegerschaft.objects.gueltig().filter(netzwerkstelle__in=stellen, rolle="federfuehrend")
    plz_des_traegers = dict(traeger.values_list("netzwerkstelle", "organisation__plz"))
    mit_anschrift = set(sitz.values_list("netzwerkstelle", flat=True)) | {
        pk for pk, plz in plz_des_traegers.items() if plz
    }
    for stelle in stellen:
        yield stelle.pk, _angaben(stelle, stelle.pk in mit_anschrift)
        yield stelle.pk, _traeger(stelle, stelle.pk in plz_des_traegers)


def _angaben(stelle, anschrift) -> Punkt:
    erreichbar = bool(stelle.email or stelle.telefon)
    if not erreichbar:
        fehlt = "E-Mail-Adresse und Telefon fehlen. Ohne sie erreicht Sie keine Schule."
    else:
        fehlt = "" if anschrift else "Der Hauptsitz mit Postleitzahl fehlt. Er steht als Absender in Ihren Briefen."
    return Punkt(
        Platz.ANGABEN,
        "Angaben und Anschrift",
        da="Schulen erreichen Ihre Stelle; die Anschrift steht in Ihren Briefen.",
        fehlt=fehlt,
        adresse=reverse(f"netzwerkstellen:{'standorte' if erreichbar else 'angaben'}", args=[stelle.slug]),
        knopf="Standort eintragen" if erreichbar else "Angaben ergänzen",
        wer=RECHTE["kontakte_pflegen" if erreichbar else "angaben_pflegen"].roles,
    )


def _traeger(stelle, da) -> Punkt:
    return Punkt(
        Platz.TRAEGER,
        "Träger",
        da="Ein federführender Träger ist eingetragen.",
        fehlt=""
        if da
        else "Ein federführender Träger fehlt. Von ihm hängt ab, ob eine Bewilligung Bescheid oder Vertrag ist.",
        adresse=reverse("netzwerkstellen:traegerschaften", args=[stelle.slug]),
        knopf="Träger eintragen",
        wer=RECHTE["traeger_pflegen"].roles,
    )
