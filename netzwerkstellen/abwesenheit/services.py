"""Being away: entered by oneself or by the Leitung, told to whoever stands in. It gives nobody a right."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from netzwerkstellen.abwesenheit.permissions import RECHTE, rollen, stellen
from netzwerkstellen.abwesenheit.queries import moegliche_vertretungen
from netzwerkstellen.stelle import permissions as stellenrechte
from netzwerkstellen.stelle.services import festhalten, sichern
from schulerfolg.konten.models import Abwesenheit, Kontoereignis
from schulerfolg.konten.permissions import Rolle, hats_worn
from schulerfolg.konten.services import notify
from schulerfolg.zeit import zeitraum

SCHON_VORBEI = "Diese Abwesenheit ist schon beendet."


@transaction.atomic
def abwesenheit_eintragen(abwesenheit: Abwesenheit, *, by) -> Abwesenheit:
    """From one day to another, with a colleague of the same office or school who is there in that time."""
    hut = RECHTE.require(rollen(by, abwesenheit.person), "eintragen")
    if abwesenheit.bis < timezone.localdate():
        raise ValidationError({"bis": "Dieser Tag ist schon vorbei. Bitte wählen Sie ein Ende ab heute."})
    if not moegliche_vertretungen(abwesenheit.person).filter(pk=abwesenheit.vertretung_id).exists():
        raise ValidationError({"vertretung": "Vertreten kann nur, wer an derselben Stelle oder Schule arbeitet."})
    selbst_weg = abwesenheit.vertretung.abwesenheiten.filter(von__lte=abwesenheit.bis, bis__gte=abwesenheit.von)
    if selbst_weg.exists():
        raise ValidationError({"vertretung": f"{abwesenheit.vertretung} ist in dieser Zeit selbst abwesend."})
    abwesenheit.eingetragen_durch = by
    sichern(abwesenheit)
    text, vertretung = f"{_zeit(abwesenheit)}: abwesend, vertreten durch {{betrifft_auch}}", abwesenheit.vertretung
    _vermerken(abwesenheit.person, "abwesenheit_eintragen", text, by=by, rolle=hut.label, betrifft_auch=vertretung)
    notify(
        [abwesenheit.vertretung] if abwesenheit.vertretung != by else [],
        "netzwerkstellen/mail/vertretung.txt",
        {"abwesenheit": abwesenheit},
        ereignis=f"abwesenheit:{abwesenheit.pk}",
    )
    return abwesenheit


@transaction.atomic
def abwesenheit_beenden(abwesenheit: Abwesenheit, *, by) -> None:
    """Back today, or not going at all: what has not begun is taken out, what has begun ends with yesterday."""
    hut = RECHTE.require(rollen(by, abwesenheit.person), "eintragen")
    person, heute = abwesenheit.person, timezone.localdate()
    zeile = Abwesenheit.objects.select_for_update(of=("self",)).filter(pk=abwesenheit.pk).first()
    if zeile is None or zeile.bis < heute:
        raise ValidationError(SCHON_VORBEI)
    text = f"{_zeit(zeile)}: Abwesenheit beendet"
    if zeile.von >= heute:
        zeile.delete()
    else:
        zeile.bis = heute - timedelta(days=1)
        sichern(zeile, update_fields=["bis"])
    _vermerken(person, "abwesenheit_beenden", text, by=by, rolle=hut.label)


def _vermerken(person, schritt, text, *, by, rolle, **nennt):
    """At the account, and at each office in the hat that `by` wears there."""
    nennt["betrifft"] = person
    Kontoereignis.objects.create(person=person, schritt=schritt, text=text, durch=by, rolle=rolle, **nennt)
    for stelle in stellen(person):
        eigene = sorted(hats_worn(by, "mitarbeiten", netzwerkstelle=stelle.pk))
        hats = stellenrechte.rollen(by, stelle)
        als = stellenrechte.RECHTE.hat(hats, "team_pflegen") or (Rolle(eigene[0]) if eigene else None)
        festhalten(stelle, schritt, f"{{betrifft}}, {text}", by=by, rolle=als, **nennt)


def _zeit(abwesenheit) -> str:
    return zeitraum(abwesenheit.von, abwesenheit.bis)
