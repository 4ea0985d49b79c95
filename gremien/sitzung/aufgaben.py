"""The meetings of the own committees that run or come, and what is missing before the papers open."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from gremien.sitzung.models import Sitzung
from gremien.sitzung.permissions import RECHTE, hats_with
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte, Vorschlag, gruppe
from schulerfolg.konten.permissions import Rolle, traegt

TITEL = "Ihre Gremien"


def aufgaben(person):
    """Two queries; the second one only for members."""
    sitze = {s.gremium_id: s for s in person.mitgliedschaften.gueltig().select_related("gremium__netzwerkstelle")}
    offen = [sitz.gremium for sitz in sitze.values() if sitz.verschwiegen_am is None]
    karten = [Karte("Verpflichtung zur Verschwiegenheit fehlt", str(g), "", g.get_absolute_url()) for g in offen]
    yield Gruppe(Dringlichkeit.TERMIN, TITEL, karten)

    def karte(sitzung) -> Karte | None:
        was = _was(sitzung, hats_with(person, sitzung.gremium, sitze[sitzung.gremium_id]))
        titel = f"Sitzung {sitzung.nummer}: {was}"
        return Karte(titel, str(sitzung.gremium), _beginn(sitzung), sitzung.get_absolute_url()) if was else None

    eigene = Sitzung.objects.visible_to(person).filter(gremium__in=list(sitze)).kommend()
    yield gruppe(
        Dringlichkeit.TERMIN, TITEL, eigene.select_related("gremium__netzwerkstelle"), karte, reverse("sitzungen:liste")
    )


def _was(sitzung, hats) -> str:
    """What there is to do; nothing before the invitation, for whoever does not make the agenda."""
    if sitzung.laeuft:
        return "läuft gerade"
    if RECHTE.due("tagesordnung", sitzung):
        return "Tagesordnung machen und einladen" if RECHTE.may(hats, "tagesordnung", sitzung) else ""
    return "Unterlagen lesen"


def _beginn(sitzung) -> str:
    return date_format(timezone.localtime(sitzung.beginn), "l, j. F, H:i") + " Uhr"


def vorschlag(person, huete) -> Vorschlag | None:
    if not traegt(huete, {Rolle.GREMIUM}):
        return None
    text = "Zur nächsten Sitzung bekommen Sie eine Mail. Frühere Sitzungen können Sie nachlesen."
    return Vorschlag(text, reverse("sitzungen:liste"), "Zu den Sitzungen")
