"""The outbox: written with the change it reports, sent by the worker afterwards."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from email.mime.image import MIMEImage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from schulerfolg.akte.models import Dokument
from schulerfolg.konten.models import Nachricht, Person

log = logging.getLogger(__name__)
MOST_TRIES = 10
EMBLEM = Path(settings.BASE_DIR) / "static/bilder/eu-emblem.png"


def nachricht_schreiben(
    *, an: str, betreff: str, text: str, schluessel: str, person: Person | None = None, anlagen: Iterable[Dokument] = ()
) -> Nachricht:
    """Put one mail into the outbox. The same `schluessel` writes it once, however often it is asked for."""
    nachricht, neu = Nachricht.objects.get_or_create(
        schluessel=schluessel,
        defaults={"an": an, "empfaenger": person, "betreff": " ".join(betreff.split())[:200], "text": text.strip()},
    )
    if neu:
        nachricht.anlagen.set(anlagen)
    return nachricht


def benachrichtigen(
    personen: Iterable[Person], template_name: str, context: dict, *, ereignis: str, anlagen: Iterable[Dokument] = ()
) -> None:
    """Write to each person. The template's first line is the subject; `ereignis` names what happened, e.g. `antrag:12:4`."""
    for person in personen:
        betreff, text = mail_text(template_name, {**context, "person": person})
        nachricht_schreiben(
            an=person.email,
            person=person,
            betreff=betreff,
            text=text,
            schluessel=f"{ereignis}:{person.pk}",
            anlagen=anlagen,
        )


def mail_text(template_name: str, context: dict) -> tuple[str, str]:
    """Subject (the template's first line) and text of a mail; links are built on PORTAL_ADRESSE."""
    ganz = render_to_string(template_name, {**context, "portal": settings.PORTAL_ADRESSE})
    betreff, _, text = ganz.strip().partition("\n")
    return betreff.strip(), text.strip()


def nachrichten_versenden() -> int:
    """Send what is due, each mail in a transaction of its own; return how many went out."""
    return sum(_versenden(pk) for pk in list(Nachricht.objects.zu_senden().order_by("pk").values_list("pk", flat=True)))


def _versenden(pk) -> bool:
    try:
        with transaction.atomic():
            nachricht = Nachricht.objects.zu_senden().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
            if not nachricht.exists():
                return False
            als_mail(nachricht.get()).send()
            nachricht.update(versandt_am=timezone.now(), letzter_fehler="")
        return True
    except Exception as error:
        # One bad address or an hour without a mail server must not stop the others.
        log.warning("Nachricht %s ging nicht hinaus: %r", pk, error)
        _vertagen(pk, error)
        return False


def _vertagen(pk, error):
    """Try again after 1, 2, 4 … minutes, at most an hour; give up after the tenth time."""
    Nachricht.objects.filter(pk=pk).update(versuche=F("versuche") + 1, letzter_fehler=f"{error!r}"[:2000])
    nachricht = Nachricht.objects.get(pk=pk)
    if nachricht.versuche >= MOST_TRIES:
        nachricht.aufgegeben_am = timezone.now()
    nachricht.naechster_versuch_am = timezone.now() + timedelta(minutes=min(2 ** (nachricht.versuche - 1), 60))
    nachricht.save(update_fields=["aufgegeben_am", "naechster_versuch_am"])


def als_mail(nachricht: Nachricht) -> EmailMultiAlternatives:
    """The mail as it leaves: plain text and the same text in HTML, with the line of the ESF+ below both."""
    rahmen = {"nachricht": nachricht, "portal": settings.PORTAL_ADRESSE}
    mail = EmailMultiAlternatives(
        nachricht.betreff,
        render_to_string("konten/mail/rahmen.txt", rahmen),
        to=[nachricht.an],
        headers={"Message-ID": f"<nachricht-{nachricht.pk}@{settings.PORTAL_ADRESSE.partition('://')[2]}>"},
    )
    mail.attach_alternative(render_to_string("konten/mail/rahmen.html", rahmen), "text/html")
    bild = MIMEImage(EMBLEM.read_bytes())
    bild.add_header("Content-ID", "<eu-emblem>")
    bild.add_header("Content-Disposition", "inline", filename="eu-emblem.png")
    mail.attach(bild)
    for dokument in nachricht.anlagen.all():
        mail.attach(dokument.name, bytes(dokument.inhalt), dokument.medientyp)
    return mail
