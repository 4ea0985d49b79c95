"""What an office tells of itself before schools and letters can use it."""

from django.urls import reverse

from netzwerkstellen.stelle.models import Standort, Traegerschaft
from netzwerkstellen.stelle.permissions import RECHTE
from schulerfolg.einrichtung import Platz, Punkt


def einrichtung(stellen):
    """Three queries. A letter comes from the address of the Träger, else from the Hauptsitz."""
    sitz = Standort.objects.filter(netzwerkstelle__in=stellen, hauptsitz=True).exclude(plz="")
    traeger = Traegerschaft.objects.gueltig().filter(netzwerkstelle__in=stellen, rolle="federfuehrend")
    plz_des_traegers = dict(traeger.values_list("netzwerkstelle", "organisation__plz"))
    am_sitz = set(sitz.exclude(telefon="").values_list("netzwerkstelle", flat=True))
    mit_anschrift = set(sitz.values_list("netzwerkstelle", flat=True)) | {
        pk for pk, plz in plz_des_traegers.items() if plz
    }
    for stelle in stellen:
        yield stelle.pk, _angaben(stelle, stelle.pk in mit_anschrift, stelle.telefon or stelle.pk in am_sitz)
        yield stelle.pk, _traeger(stelle, stelle.pk in plz_des_traegers)


def _angaben(stelle, anschrift, telefon) -> Punkt:
    erreichbar = bool(telefon)
    if not erreichbar:
        fehlt = "Eine Telefonnummer fehlt. Sie steht in jedem Brief, damit man Sie bei Fragen erreicht."
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
