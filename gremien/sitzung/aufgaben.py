"""The meetings that run or come, of the own committees and those of the own office, and what is missing before them."""

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from angebote.antrag.aufgaben import UNTERWEGS, antragsgruppe, naechster
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import VOR_DEM_GREMIUM
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, hats_with
from gremien.sitzung.workflow import Rolle as R
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte, Vorschlag, gruppe
from schulerfolg.konten.permissions import Rolle, orte, traegt
from schulerfolg.zeit import datum

TITEL = "Ihre Gremien"


def aufgaben(person):
    """Three queries."""
    yield from _vor_der_sitzung(person)
    sitze = {s.gremium_id: s for s in person.mitgliedschaften.gueltig().select_related("gremium__netzwerkstelle")}
    stellen = orte(person, "mitarbeiten", "netzwerkstelle", (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG))
    offen = [sitz.gremium for sitz in sitze.values() if sitz.verschwiegen_am is None]
    karten = [Karte("Verpflichtung zur Verschwiegenheit fehlt", str(g), "", g.get_absolute_url()) for g in offen]
    yield Gruppe(Dringlichkeit.TERMIN, TITEL, karten)

    def karte(sitzung) -> Karte | None:
        was = _was(sitzung, hats_with(person, sitzung.gremium, sitze.get(sitzung.gremium_id)))
        titel = f"Sitzung {sitzung.nummer}: {was}"
        return Karte(titel, str(sitzung.gremium), _beginn(sitzung), sitzung.get_absolute_url()) if was else None

    meine = Q(gremium__in=list(sitze)) | Q(gremium__netzwerkstelle__in=stellen)
    eigene = Sitzung.objects.visible_to(person).filter(meine).kommend()
    yield gruppe(
        Dringlichkeit.TERMIN, TITEL, eigene.select_related("gremium__netzwerkstelle"), karte, reverse("sitzungen:liste")
    )


def _vor_der_sitzung(person):
    """What this person's school waits for, with the day of the meeting."""
    warten = Antrag.objects.unterwegs(person).filter(status__in=VOR_DEM_GREMIUM).order_by("-geaendert_am", "-pk")
    naechste = Sitzung.objects.naechste(OuterRef("netzwerkstelle"))
    offen = {"punkte__antrag": OuterRef("pk"), "punkte__ausgang": Tagesordnungspunkt.Ausgang.OFFEN}
    ihre = Sitzung.objects.kommend().filter(gremium__beschliesst=True, **offen)
    warten = warten.annotate(ihre=Subquery(ihre.values("beginn")[:1]), naechste=Subquery(naechste.values("beginn")[:1]))
    yield antragsgruppe(Dringlichkeit.LAUFEND, UNTERWEGS, warten, _bis_wann)


def _bis_wann(antrag) -> str:
    if antrag.ihre:
        return f"Als Nächstes: das Gremium berät und beschließt am {datum(antrag.ihre)}"
    naechste = f"; die nächste Sitzung ist am {datum(antrag.naechste)}" if antrag.naechste else ""
    return f"{naechster(antrag)}{naechste}"


def _was(sitzung, hats) -> str:
    """What there is to do; nothing before the invitation, for whoever does not make the agenda."""
    if sitzung.laeuft:
        return "läuft gerade"
    if timezone.localdate(sitzung.beginn) == timezone.localdate():
        return "ist heute"
    if RECHTE.due("tagesordnung", sitzung):
        return "Tagesordnung machen und einladen" if RECHTE.may(hats, "tagesordnung", sitzung) else ""
    return "eingeladen" if hats <= {R.STELLE, R.LESEND} else "Unterlagen lesen"


def _beginn(sitzung) -> str:
    return date_format(timezone.localtime(sitzung.beginn), "l, j. F, H:i") + " Uhr"


def vorschlag(person, huete) -> Vorschlag | None:
    if not traegt(huete, {Rolle.GREMIUM}):
        return None
    text = "Zur nächsten Sitzung bekommen Sie eine Mail. Frühere Sitzungen können Sie nachlesen."
    return Vorschlag(text, reverse("sitzungen:liste"), "Zu den Sitzungen")
