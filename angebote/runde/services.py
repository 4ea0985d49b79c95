"""A call has versions: what it said before stays readable, and who writes for it hears what changed."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.runde.abbild import abbild, unterschiede
from angebote.runde.models import Foerderrunde, Rundenfassung
from angebote.runde.permissions import RECHTE
from netzwerkstellen.models import Netzwerkstelle, Schulzugehoerigkeit
from netzwerkstellen.schule.permissions import KOPF
from netzwerkstellen.stelle.permissions import rollen
from netzwerkstellen.stelle.services import festhalten
from schulerfolg.formular.konflikt import Konflikt, Veraltet, version_of
from schulerfolg.konten.services import notify
from schulerfolg.zeit import termin

NUR_LAENGER = (
    "Zu dieser Förderrunde gibt es schon Entwürfe. Ihre Frist wird deshalb nur länger: Bitte wählen Sie einen "
    "Antragsschluss ab {}."
)
OHNE_ENDE = "Zu dieser Förderrunde gibt es schon Entwürfe; sie ist ohne Antragsschluss veröffentlicht. Dabei bleibt es."


@transaction.atomic
def oeffnen(netzwerkstelle: Netzwerkstelle, *, by, themen=(), **werte) -> Foerderrunde:
    """A new call of this office; it is public at once."""
    rolle = RECHTE.require(rollen(by, netzwerkstelle), "pflegen")
    runde = Foerderrunde.objects.create(netzwerkstelle=netzwerkstelle, bearbeitet_am=timezone.now(), **werte)
    runde.themen.set(themen)
    _fassung(runde, by)
    festhalten(netzwerkstelle, "runde_oeffnen", f"Förderrunde „{runde}“ veröffentlicht", by=by, rolle=rolle)
    return runde


@transaction.atomic
def aendern(runde, *, by, version="", themen=(), **werte) -> Foerderrunde:
    """The next version; who has a draft in this call gets a mail. Nothing happens where nothing differs."""
    runde = _sperren(runde)
    rolle = RECHTE.require(rollen(by, runde.netzwerkstelle), "pflegen")
    if version != version_of(runde):
        gespeichert = {name: getattr(runde, name) for name in werte} | {"themen": list(runde.themen.all())}
        raise Konflikt("Diese Förderrunde wurde inzwischen geändert.", "", version_of(runde), gespeichert)
    if runde.geschlossen_am:
        raise ValidationError("Diese Förderrunde ist geschlossen; geändert wird sie nicht mehr.")
    alt = runde.fassungen.first() or _fassung(runde, by)
    bisher, beginn = runde.frist, runde.beginn
    for name, wert in werte.items():
        setattr(runde, name, wert)
    _nur_laenger(runde, bisher, beginn)
    runde.bearbeitet_am = timezone.now()
    runde.save()
    runde.themen.set(themen)
    if alt.inhalt == abbild(runde):
        return runde
    neu = _fassung(runde, by)
    festhalten(runde.netzwerkstelle, "runde_aendern", f"Förderrunde „{runde}“ geändert", by=by, rolle=rolle)
    notify(
        _schreibende(runde),
        "angebote/runde/geaendert.txt",
        {"runde": runde, "was": [u.label for u in unterschiede(alt, neu)]},
        ereignis=f"runde:{neu.pk}",
    )
    return runde


@transaction.atomic
def schliessen(runde, *, by, version="") -> Foerderrunde:
    """End it before its time. Refused while somebody writes for it: then its deadline ends it."""
    runde = _sperren(runde)
    rolle = RECHTE.require(rollen(by, runde.netzwerkstelle), "pflegen")
    if version != version_of(runde):
        raise Veraltet(version_of(runde))
    if runde.vorbei:
        raise ValidationError("Diese Förderrunde ist schon zu Ende.")
    if runde.antraege.entwuerfe().exists():
        raise ValidationError(
            "Zu dieser Förderrunde gibt es Entwürfe. Wer schreibt, verlässt sich auf die Frist; sie endet "
            f"von selbst ({runde.bis_in_worten})."
        )
    runde.geschlossen_am = runde.bearbeitet_am = timezone.now()
    runde.save(update_fields=["geschlossen_am", "bearbeitet_am"])
    festhalten(runde.netzwerkstelle, "runde_schliessen", f"Förderrunde „{runde}“ geschlossen", by=by, rolle=rolle)
    return runde


def _sperren(runde) -> Foerderrunde:
    """The row, locked against drafts that begin meanwhile, too."""
    return Foerderrunde.objects.select_for_update(of=("self",)).select_related("netzwerkstelle").get(pk=runde.pk)


def _nur_laenger(runde, bisher, beginn):
    if not runde.antraege.entwuerfe().exists():
        return
    if runde.frist and (bisher is None or runde.frist < bisher):
        raise ValidationError({"antragsschluss": NUR_LAENGER.format(termin(bisher)) if bisher else OHNE_ENDE})
    if runde.beginn > beginn:
        raise ValidationError({"beginn": "Zu dieser Förderrunde gibt es schon Entwürfe; sie beginnt nicht später."})


def _fassung(runde, by) -> Rundenfassung:
    nummer = runde.fassungen.count() + 1
    return Rundenfassung.objects.create(runde=runde, nummer=nummer, inhalt=abbild(runde), durch=by)


def _schreibende(runde) -> list:
    """Who writes on a draft for it, and the heads whose signature one waits for. Who left the school hears nothing.

    Three queries, however many drafts there are.
    """
    entwuerfe = runde.antraege.entwuerfe().select_related("verfasst_durch").prefetch_related("mitschreibende")
    kollegien = defaultdict(list)
    schulen = {antrag.schule_id for antrag in entwuerfe}
    for zeile in Schulzugehoerigkeit.objects.am_platz().filter(schule__in=schulen).select_related("person"):
        kollegien[zeile.schule_id].append(zeile)
    personen = set()
    for antrag in entwuerfe:
        schreiben = {antrag.verfasst_durch_id, *(zeile.person_id for zeile in antrag.mitschreibende.all())}
        kopf = KOPF if antrag.im_auftrag or antrag.status == "freigabe_sl" else ()
        personen |= {z.person for z in kollegien[antrag.schule_id] if z.person_id in schreiben or z.rolle in kopf}
        if antrag.im_auftrag and antrag.verfasst_durch.is_active:
            personen.add(antrag.verfasst_durch)
    return sorted(personen, key=lambda person: person.pk)
