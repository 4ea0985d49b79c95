"""What somebody wants to get when, and the one mail in which the others are collected."""

import re
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db import transaction

from schulerfolg.konten.models import Mail, Person, Postwunsch
from schulerfolg.konten.models_post import Postart, Postweg
from schulerfolg.konten.services import mail_text, write_mail

MONTAG = 0


def wuensche(person: Person) -> dict[str, str]:
    """Kind → way, for every kind."""
    anders = dict(person.postwuensche.values_list("art", "weg"))
    return {art: anders.get(art, Postweg.SOFORT.value) for art in Postart.values}


@transaction.atomic
def wuenschen(person: Person, *, by, **wege: str) -> Person:
    """Somebody chooses for themselves: kind → way. What waits already goes the way it was written for."""
    if by.pk != person.pk:
        raise ValueError("Everybody chooses for themselves.")
    for art, weg in wege.items():
        Postwunsch.objects.update_or_create(person=person, art=Postart(art), defaults={"weg": Postweg(weg)})
    return person


@transaction.atomic
def sammelpost(heute: date) -> int:
    """Write one mail to everybody for whom something was collected; on Mondays also what is collected by the week.

    A second run on the same day writes nothing: what came meanwhile waits for the next. Returns how many it wrote.
    """
    wege = [Postweg.TAEGLICH, *([Postweg.WOECHENTLICH] if heute.weekday() == MONTAG else [])]
    offen = Mail.objects.zu_sammeln(wege).filter(empfaenger__is_active=True).select_related("empfaenger")
    zeilen = offen.select_for_update(of=("self",)).order_by("empfaenger", "pk")
    return sum(_sammeln(person, list(mails), heute) for person, mails in groupby(zeilen, lambda mail: mail.empfaenger))


def _sammeln(person, mails, heute) -> bool:
    schluessel = f"sammelpost:{person.pk}:{heute}"
    if Mail.objects.filter(schluessel=schluessel).exists():
        return False
    zeilen = [{"mail": mail, "adresse": _erste_adresse(mail.text)} for mail in mails]
    betreff, text = mail_text("konten/mail/sammelpost.txt", {"person": person, "zeilen": zeilen})
    eine = write_mail(an=person.email, person=person, betreff=betreff, text=text, schluessel=schluessel)
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(gesammelt_in=eine)
    return True


def _erste_adresse(text: str) -> str:
    """Where the mail leads: the first address of the portal in it."""
    gefunden = re.search(rf"{re.escape(settings.PORTAL_ADRESSE)}/\S*", text)
    return gefunden[0] if gefunden else settings.PORTAL_ADRESSE
