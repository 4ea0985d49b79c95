"""A reported barrier goes to whoever operates the portal, and a receipt to whoever reported it."""

from calendar import monthrange
from datetime import date
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from schulerfolg.konten.models import Landesrolle
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import mail_text, write_mail

GEHEIM = ("token", "key", "uidb36")


@transaction.atomic
def barriere_melden(*, barriere: str, seite: str, email: str, schluessel: UUID) -> None:
    """Write the mails, once per form (`schluessel`). The answer is due within a month (BGG LSA § 16b (4)).

    The receipt repeats nothing that was typed: it goes to an address that nobody has confirmed.
    """
    angaben = {
        "barriere": barriere,
        "seite": seite,
        "email": email,
        "antwort_bis": in_einem_monat(timezone.localdate()),
    }
    for adresse in empfaenger():
        betreff, text = mail_text("dach/rechtliches/mail/barriere.txt", angaben)
        write_mail(an=adresse, betreff=betreff, text=text, schluessel=f"barriere:{schluessel}:{adresse}")
    if email:
        eigene = {**angaben, "seite": eigene_seite(seite)}
        betreff, text = mail_text("dach/rechtliches/mail/barriere_eingang.txt", eigene)
        write_mail(an=email, betreff=betreff, text=text, schluessel=f"barriere:{schluessel}:eingang")


def empfaenger() -> list[str]:
    """The operator's address; without one everybody of the coordination office, at last the portal's own address."""
    if settings.BETREIBER["email"]:
        return [settings.BETREIBER["email"]]
    hier = Landesrolle.objects.gueltig().filter(rolle=Rolle.KOORDINATION, person__is_active=True)
    adressen = sorted(set(hier.values_list("person__email", flat=True)))
    return adressen or [parseaddr(settings.DEFAULT_FROM_EMAIL)[1]]


def in_einem_monat(tag: date) -> date:
    """The same day of the next month, or its last one (BGB § 188 (2), (3))."""
    jahre, monate = divmod(tag.month, 12)
    jahr, monat = tag.year + jahre, monate + 1
    return date(jahr, monat, min(tag.day, monthrange(jahr, monat)[1]))


def eigene_seite(pfad: str) -> str:
    """The path of a page of the portal, without what is secret in it; empty for every other address."""
    try:
        treffer = resolve(pfad)
    except (Resolver404, ValueError):
        return ""
    for name in GEHEIM:
        if name in treffer.kwargs:
            pfad = pfad.replace(treffer.kwargs[name], "…")
    return pfad
