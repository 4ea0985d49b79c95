"""Who has asked for a role at a school, for whoever may approve; and for those who wait, who that is."""

from django.urls import reverse

from netzwerkstellen.registrierung.models import Registrierung
from netzwerkstellen.registrierung.services import entscheidende
from schulerfolg.aufgaben import MOST, Dringlichkeit, Karte, Vorschlag, gruppe
from schulerfolg.zeit import datum


def aufgaben(person):
    wartend = Registrierung.objects.fuer_kollegen(person).wartend().for_list()
    yield gruppe(Dringlichkeit.ZUGANG, "Warten auf Ihre Freigabe", wartend, _karte)


def _karte(anmeldung) -> Karte:
    return Karte(
        f"{anmeldung.wer} möchte mitarbeiten: {anmeldung.get_rolle_display()}",
        str(anmeldung.schule),
        f"Entscheidung bis {datum(anmeldung.wartet_bis)}",
        anmeldung.get_absolute_url(),
    )


def wartezimmer(person, huete) -> dict | None:
    """For somebody who has asked for a role and has none yet: what happens, until when, and whom to call."""
    if huete or not person.is_authenticated:
        return None
    anmeldung = person.registrierungen.wartend().for_list().first()
    if anmeldung is None:
        return None
    stelle = anmeldung.schule.netzwerkstelle
    hauptsitz = stelle.standorte.filter(hauptsitz=True).first()
    telefon = stelle.telefon or (hauptsitz.telefon if hauptsitz else "")
    return {"anmeldung": anmeldung, "satz": _wer_freigibt(anmeldung), "stelle": stelle, "telefon": telefon}


def vorschlag(person, huete) -> Vorschlag | None:
    """For somebody without a hat."""
    if huete:
        return None
    if anmeldung := person.registrierungen.wartend().for_list().first():
        return Vorschlag(_wer_freigibt(anmeldung), reverse("registrieren"), "Ihre Anfrage ansehen")
    return Vorschlag(
        "Sie haben im Portal noch keine Rolle. Ihre Netzwerkstelle oder Ihre Schulleitung kann Sie einladen, "
        "oder Sie beantragen den Zugang zu Ihrer Schule selbst.",
        reverse("registrieren"),
        "Zugang beantragen",
    )


def _wer_freigibt(anmeldung) -> str:
    """Who approves, and until when."""
    namen = [str(wer) for wer in entscheidende(anmeldung)][:MOST]
    wer = ", ".join(namen) if namen else str(anmeldung.schule.netzwerkstelle)
    koennen = "Eine dieser Personen entscheidet" if len(namen) > 1 else "Entscheiden kann"
    return (
        f"Ihre Adresse ist bestätigt. Ihr Zugang als {anmeldung.get_rolle_display()} ({anmeldung.schule}) wartet noch "
        f"auf Freigabe. {koennen}: {wer}. Meist dauert das wenige Tage, längstens bis zum "
        f"{datum(anmeldung.wartet_bis)}; Sie bekommen dann eine Mail."
    )
