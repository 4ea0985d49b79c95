"""For the office: where this case stands or stood on an agenda, what was resolved, and the way onto the next agenda."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF
from angebote.models import Antrag
from gremien.gremium.models import Gremium
from gremien.gremium.permissions import RECHTE as GREMIENRECHTE
from gremien.gremium.permissions import rollen as gremienrollen
from gremien.sitzung.forms import AufnehmenForm
from gremien.sitzung.models import Sitzung
from gremien.sitzung.permissions import RECHTE as SITZUNGSRECHTE
from gremien.sitzung.permissions import rollen
from schulerfolg.teile import Aktion, Platz, Teil

AUF, AB = ABLAUF.transitions["auf_tagesordnung"], ABLAUF.transitions["von_tagesordnung"]
MOST = 3


def teile(antrag, person, hats) -> Iterator[Teil]:
    if not RECHTE.may(hats, "internes_lesen", antrag):
        return
    punkte = list(antrag.tagesordnungspunkte.mit_sitzung())
    if punkte:
        inhalt = {"punkte": punkte}
        yield Teil(Platz.RAND, "gremien/abstimmung/im_gremium.html", inhalt, tuple(_herunter(antrag, person, punkte)))
    if antrag.status in AUF.sources and not hats.isdisjoint(AUF.roles):
        yield _hinauf(antrag, person)


def _hinauf(antrag, person) -> Teil:
    """A button for each of the next meetings whose agenda is still open; else the way to plan one."""
    gremien = Gremium.objects.filter(netzwerkstelle=antrag.netzwerkstelle_id, beschliesst=True)
    geplant = Sitzung.objects.visible_to(person).geplant().filter(gremium__in=gremien, beginn__gt=timezone.now())
    sitzungen = [
        sitzung
        for sitzung in geplant.select_related("gremium__netzwerkstelle")[:MOST]
        if SITZUNGSRECHTE.may(rollen(person, sitzung.gremium), "tagesordnung", sitzung)
    ]
    knoepfe = [
        {"sitzung": s, "form": _form(s, antrag), "beginnt_vorher": antrag.beginnt_vor(timezone.localdate(s.beginn))}
        for s in sitzungen
    ]
    inhalt = {"antrag": antrag, "knoepfe": knoepfe, "gremien": gremien.exists()}
    planen = () if knoepfe else tuple(_planen(person, antrag, gremien.order_by("pk").first()))
    return Teil(Platz.DRAN, "gremien/abstimmung/auf_tagesordnung.html", inhalt, planen)


def _form(sitzung, antrag) -> AufnehmenForm:
    return AufnehmenForm(sitzung=sitzung, antraege=Antrag.objects.all(), initial={"antrag": antrag})


def _planen(person, antrag, gremium) -> Iterator[Aktion]:
    if gremium:
        if SITZUNGSRECHTE.may(rollen(person, gremium), "planen"):
            yield Aktion("Sitzung planen", reverse("gremien:sitzung_neu", args=[gremium.pk]))
    elif GREMIENRECHTE.may(gremienrollen(person, antrag.netzwerkstelle), "anlegen"):
        yield Aktion("Gremium anlegen", reverse("gremien:neu"))


def _herunter(antrag, person, punkte) -> Iterator[Aktion]:
    offen = next((punkt for punkt in punkte if punkt.offen), None)
    if offen is None or antrag.status not in AB.sources:
        return
    hats = rollen(person, offen.sitzung.gremium)
    if SITZUNGSRECHTE.may(hats, "tagesordnung", offen.sitzung) and SITZUNGSRECHTE.due("tagesordnung", offen.sitzung):
        adresse = reverse("sitzungen:punkt_entfernen", args=[offen.sitzung_id, offen.pk])
        yield Aktion("Von der Tagesordnung nehmen", adresse, "tertiary")
