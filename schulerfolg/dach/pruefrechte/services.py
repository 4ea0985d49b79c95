"""Who audits: given, extended and ended by the coordination office, always for a limited time."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from netzwerkstellen.einladung.queries import person_mit_adresse
from netzwerkstellen.models import Mitarbeit, Netzwerkstelle
from netzwerkstellen.stelle.services import note_account, sichern
from schulerfolg.dach.pruefrechte.permissions import RECHTE
from schulerfolg.dach.pruefrechte.queries import Pruefrecht, ort_von
from schulerfolg.konten.models import Landesrolle
from schulerfolg.konten.permissions import Rolle, ist_koordination, landesrollen
from schulerfolg.konten.services import notify
from schulerfolg.zeit import datum

KEIN_KONTO = (
    "Zu dieser Adresse gibt es kein offenes Konto. Laden Sie die Person zuerst bei einer Netzwerkstelle ein: dort "
    "unter „Team“ mit der Rolle „Prüfung“. Danach ändern Sie das Prüfrecht hier oder dehnen es auf das Land aus."
)


@transaction.atomic
def geben(stelle: Netzwerkstelle | None, *, by, email: str, von: date, bis: date) -> Pruefrecht:
    """Let somebody who has an account read one office, or without `stelle` the whole Land, from day to day."""
    RECHTE.require(landesrollen(by), "vergeben")
    person = person_mit_adresse(email)
    if person is None or not person.is_active:
        raise ValidationError({"email": KEIN_KONTO})
    if person == by:
        raise ValidationError({"email": "Sich selbst geben Sie kein Prüfrecht."})
    _ist_unabhaengig(person, stelle)
    zeitraum = {"person": person, "rolle": Rolle.PRUEFUNG, "von": von, "bis": bis}
    zeile: Pruefrecht = Mitarbeit(netzwerkstelle=stelle, **zeitraum) if stelle else Landesrolle(**zeitraum)
    sichern(zeile)
    _vermerken(zeile, "pruefrecht_geben", f"Prüfrecht für {{betrifft}} vom {datum(von)} bis {datum(bis)}", by=by)
    return zeile


@transaction.atomic
def aendern(zeile: Pruefrecht, *, by, bis: date) -> Pruefrecht:
    """Another last day: later extends it, up to twelve months in all; earlier ends it."""
    RECHTE.require(landesrollen(by), "vergeben")
    zeile = type(zeile)._default_manager.select_for_update(of=("self",)).get(pk=zeile.pk)
    if zeile.person_id == by.pk:
        raise ValidationError({"bis": "Ihr eigenes Prüfrecht ändert eine andere Person."})
    gestern = timezone.localdate() - timedelta(days=1)
    if not zeile.bis or zeile.bis < timezone.localdate():
        raise ValidationError({"bis": "Dieses Prüfrecht ist schon zu Ende. Bitte geben Sie ein neues."})
    if bis < gestern:
        raise ValidationError({"bis": f"Rückwirkend endet nichts. Der früheste letzte Tag ist der {datum(gestern)}."})
    zeile.bis = bis
    sichern(zeile, update_fields=["bis"])
    _vermerken(zeile, "pruefrecht_aendern", f"Prüfrecht von {{betrifft}} endet am {datum(bis)}", by=by)
    return zeile


def _ist_unabhaengig(person, stelle):
    """Nobody audits where they work themselves."""
    arbeitet = person.mitarbeiten.gueltig().exclude(rolle=Rolle.PRUEFUNG)
    if stelle is not None:
        arbeitet = arbeitet.filter(netzwerkstelle=stelle)
    if arbeitet.exists() or (stelle is None and ist_koordination(person)):
        raise ValidationError({"email": f"{person} arbeitet hier selbst mit. Prüfen kann nur, wer unabhängig ist."})


def _vermerken(zeile, schritt, text, *, by):
    stellen = [zeile.netzwerkstelle] if isinstance(zeile, Mitarbeit) else []
    ort = ort_von(zeile)
    ereignis = note_account(zeile.person, stellen, schritt, f"{text}: {ort}", by=by, rolle=Rolle.KOORDINATION)
    context = {"zeile": zeile, "ort": ort}
    notify([zeile.person], "dach/pruefrechte/mail/pruefrecht.txt", context, ereignis=f"konto:{ereignis.pk}")
