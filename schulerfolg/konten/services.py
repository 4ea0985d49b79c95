"""The outbox: written with the change it reports, sent by the worker afterwards."""

import logging
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import timedelta
from email.mime.image import MIMEImage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from schulerfolg.akte.models import Dokument
from schulerfolg.konten.models import Abwesenheit, Nachricht, Person

log = logging.getLogger(__name__)
MOST_TRIES = 10
EMBLEM = Path(settings.BASE_DIR) / "static/bilder/eu-emblem.png"


class MailserverFehlt(Exception):
    """No mail can leave at all: the server does not answer, or does not let us in."""


def nachricht_schreiben(
    *, an: str, betreff: str, text: str, schluessel: str, person: Person | None = None, anlagen: Iterable[Dokument] = ()
) -> Nachricht:
    """Put one mail into the outbox. The same `schluessel` writes it once, however often it is asked for."""
    nachricht, neu = Nachricht.objects.get_or_create(
        schluessel=schluessel,
        defaults={"an": an, "empfaenger": person, "betreff": " ".join(betreff.split())[:200], "text": text.strip()},
    )
    if neu:
        nachricht.anlagen.add(*anlagen)
    return nachricht


def benachrichtigen(
    personen: Iterable[Person],
    template_name: str,
    context: dict,
    *,
    ereignis: str,
    anlagen: Iterable[Dokument] = (),
    vertretbar: Callable[[Person], bool] | None = None,
) -> None:
    """Write to each person. The template's first line is the subject; `ereignis` is like `antrag:12:4`.

    Whoever stands in for somebody who is away today gets a copy, if `vertretbar` says that they may read it with
    their own hats; without it the mail is personal. Nobody gets two mails about one `ereignis`.
    """
    personen = list(personen)
    _an_vertretungen(personen, template_name, context, ereignis, anlagen, vertretbar)
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


def _an_vertretungen(personen, template_name, context, ereignis, anlagen, vertretbar):
    if vertretbar is None:
        return
    for abwesenheit in Abwesenheit.objects.heute().filter(person__in=personen):
        person, vertretung = abwesenheit.person, abwesenheit.vertretung
        if vertretung in personen or not vertretbar(vertretung):
            continue
        betreff, text = mail_text(template_name, {**context, "person": person})
        kopf = f"In Vertretung für {person}, abwesend bis {abwesenheit.bis:%d.%m.%Y}. Diese Nachricht ging an {person}:"
        nachricht_schreiben(
            an=vertretung.email,
            person=vertretung,
            betreff=f"In Vertretung für {person}: {betreff}",
            text=f"{kopf}\n\n{text}",
            schluessel=f"{ereignis}:{vertretung.pk}",
            anlagen=anlagen,
        )


def mail_text(template_name: str, context: dict) -> tuple[str, str]:
    """Subject (the template's first line) and text of a mail; links are built on PORTAL_ADRESSE."""
    ganz = render_to_string(template_name, {**context, "portal": settings.PORTAL_ADRESSE})
    betreff, _, text = ganz.strip().partition("\n")
    return betreff.strip(), text.strip()


def nachrichten_versenden() -> int:
    """Send what is due, each mail in a transaction of its own; return how many went out.

    Without a mail server the whole outbox waits a minute. That counts against no mail, however long it lasts.
    """
    versandt = 0
    for pk in list(Nachricht.objects.zu_senden().order_by("pk").values_list("pk", flat=True)):
        try:
            versandt += _versenden(pk)
        except MailserverFehlt as error:
            log.warning("Der Mailserver ist nicht erreichbar: %s", error)
            _alle_vertagen(error)
            break
    return versandt


def _versenden(pk) -> bool:
    try:
        with transaction.atomic():
            offen = Nachricht.objects.zu_senden().select_for_update(skip_locked=True, of=("self",))
            nachricht = offen.filter(pk=pk).first()
            if nachricht is None:
                return False
            with _mailserver() as verbindung:
                verbindung.send_messages([als_mail(nachricht)])
            nachricht.versandt_am, nachricht.letzter_fehler = timezone.now(), ""
            nachricht.save(update_fields=["versandt_am", "letzter_fehler"])
        return True
    except MailserverFehlt:
        raise
    except Exception as error:
        # One bad address must not stop the others: its failure is noted, the outbox goes on.
        log.warning("Nachricht %s ging nicht hinaus: %r", pk, error)
        _vertagen(pk, error)
        return False


@contextmanager
def _mailserver():
    """A connection for one mail, so that a mail the server chokes on takes no other with it."""
    verbindung = get_connection()
    try:
        verbindung.open()
    except OSError as error:
        raise MailserverFehlt(repr(error)) from error
    try:
        yield verbindung
    finally:
        verbindung.close()


def _alle_vertagen(error):
    """Let everything that is due wait a minute, except what another worker is just sending."""
    with transaction.atomic():
        offen = Nachricht.objects.zu_senden().select_for_update(skip_locked=True, of=("self",))
        Nachricht.objects.filter(pk__in=list(offen.values_list("pk", flat=True))).update(
            naechster_versuch_am=timezone.now() + timedelta(minutes=1), letzter_fehler=str(error)[:2000]
        )


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
