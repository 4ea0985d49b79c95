"""The outbox: written with the change it reports, sent by the worker afterwards."""

import logging
import re
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import timedelta
from email.mime.image import MIMEImage
from functools import cache
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from schulerfolg.akte.models import Dokument
from schulerfolg.eingabe import einzeilig
from schulerfolg.konten.models import Abwesenheit, Mail, Person, Postwunsch
from schulerfolg.konten.models_post import Postart, Postweg

log = logging.getLogger(__name__)
MOST_TRIES = 10
ENDE_DES_BETREFFS = "\x1e"  # a character that nobody types: `schulerfolg.eingabe` takes it out
# Went out, but the database was gone before that could be noted: noted as soon as it is back, never sent again.
UNNOTIERT: set[int] = set()
EMBLEM = Path(settings.BASE_DIR) / "static/bilder/eu-emblem.png"


class MailserverFehlt(Exception):
    """No mail can leave at all: the server does not answer, or does not let us in."""


def write_mail(
    *,
    an: str,
    betreff: str,
    text: str,
    schluessel: str,
    person: Person | None = None,
    anlagen: Iterable[Dokument] = (),
    sammeln: str = "",
) -> Mail:
    """Put one mail into the outbox. The same `schluessel` writes it once, however often it is asked for."""
    worte = {"betreff": " ".join(betreff.split())[:200], "text": text.strip()}
    mail, neu = Mail.objects.get_or_create(
        schluessel=schluessel, defaults={"an": an, "empfaenger": person, "sammeln": sammeln, **worte}
    )
    if neu:
        mail.anlagen.add(*anlagen)
    return mail


def notify(
    personen: Iterable[Person],
    template_name: str,
    context: dict,
    *,
    ereignis: str,
    anlagen: Iterable[Dokument] = (),
    vertretbar: Callable[[Person], bool] | None = None,
    art: Postart | None = None,
) -> None:
    """Write to each person. The template's first line is the subject; `ereignis` is like `antrag:12:4`.

    Whoever stands in for somebody who is away today gets a copy, if `vertretbar` says that they may read it with
    their own hats; without it the mail is personal. Nobody gets two mails about one `ereignis`. Of an `art` each gets
    what they wished (`Postwunsch`); without one, or with a file, it must arrive and goes out at once.
    """
    personen = list(personen)
    in_vertretung = _in_vertretung(personen, vertretbar)
    wege = _wege([*personen, *(abwesenheit.vertretung for abwesenheit in in_vertretung)], None if anlagen else art)

    def schreiben(person, betreff, text):
        weg = wege.get(person.pk, Postweg.SOFORT)
        if weg != Postweg.NIE:
            write_mail(
                an=person.email,
                person=person,
                betreff=betreff,
                text=text,
                schluessel=f"{ereignis}:{person.pk}",
                anlagen=anlagen,
                sammeln="" if weg == Postweg.SOFORT else weg,
            )

    for abwesenheit in in_vertretung:
        person = abwesenheit.person
        betreff, text = mail_text(template_name, {**context, "person": person})
        kopf = f"In Vertretung für {person}, abwesend bis {abwesenheit.bis:%d.%m.%Y}. Diese Mail ging an {person}:"
        schreiben(abwesenheit.vertretung, f"In Vertretung für {person}: {betreff}", f"{kopf}\n\n{text}")
    for person in personen:
        schreiben(person, *mail_text(template_name, {**context, "person": person}))


def _wege(personen, art) -> dict[int, str]:
    """Who of them wishes mails of this kind otherwise than at once, and how."""
    if art is None:
        return {}
    return dict(Postwunsch.objects.filter(person__in=personen, art=art).values_list("person", "weg"))


def _in_vertretung(personen, vertretbar) -> list[Abwesenheit]:
    """For whom of them somebody stands in today who may read along and gets no such mail anyway."""
    if vertretbar is None:
        return []
    return [
        abwesenheit
        for abwesenheit in Abwesenheit.objects.heute().filter(person__in=personen)
        if abwesenheit.vertretung not in personen and vertretbar(abwesenheit.vertretung)
    ]


def mail_text(template_name: str, context: dict) -> tuple[str, str]:
    """Subject (the template's first line) and text of a mail; links are built on PORTAL_ADRESSE.

    What ends the subject is the template: a line break in a title stays in it, as a blank.
    """
    ganz = _vorlage(template_name).render({**context, "portal": settings.PORTAL_ADRESSE})
    betreff, _, text = ganz.partition(ENDE_DES_BETREFFS)
    return " ".join(einzeilig(betreff).split()), text.strip()


@cache
def _vorlage(template_name):
    """The template, with a mark behind its first line; one that only includes another is that other one."""
    quelle = get_template(template_name).template.source
    if andere := re.fullmatch(r'{% include "(.+)" %}\s*', quelle):
        return _vorlage(andere[1])
    return engines["django"].from_string(quelle.replace("\n", f"{ENDE_DES_BETREFFS}\n", 1))


def send_mails(genug: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, each mail in a transaction of its own, until `genug()`; return how many went out.

    Without a mail server the whole outbox waits a minute. That counts against no mail, however long it lasts. A worker
    that is killed between the server's answer and its own note sends that one mail again, with the same Message-ID.
    """
    _nachtragen()
    versandt = 0
    nummern = list(Mail.objects.zu_senden().order_by("pk").values_list("pk", flat=True))
    for pk in takewhile(lambda _: not genug(), nummern):
        try:
            versandt += _versenden(pk)
        except MailserverFehlt as error:
            log.warning("Der Mailserver ist nicht erreichbar: %s", error)
            _alle_vertagen(error)
            break
    return versandt


def _nachtragen():
    if UNNOTIERT:
        Mail.objects.filter(pk__in=UNNOTIERT, versandt_am=None).update(versandt_am=timezone.now(), letzter_fehler="")
        UNNOTIERT.clear()


def _versenden(pk) -> bool:
    try:
        with transaction.atomic():
            offen = Mail.objects.zu_senden().select_for_update(skip_locked=True, of=("self",))
            mail = offen.filter(pk=pk).first()
            if mail is None:
                return False
            with _mailserver() as verbindung:
                verbindung.send_messages([as_email(mail)])
                UNNOTIERT.add(pk)
            mail.versandt_am, mail.letzter_fehler = timezone.now(), ""
            mail.save(update_fields=["versandt_am", "letzter_fehler"])
        UNNOTIERT.discard(pk)
        return True
    except MailserverFehlt:
        raise
    except (OperationalError, InterfaceError):
        raise  # the database, not the mail: the worker goes on when it is back
    except Exception as error:
        # One bad address must not stop the others: its failure is noted, the outbox goes on.
        log.warning("Mail %s ging nicht hinaus: %r", pk, error)
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
        offen = Mail.objects.zu_senden().select_for_update(skip_locked=True, of=("self",))
        Mail.objects.filter(pk__in=list(offen.values_list("pk", flat=True))).update(
            naechster_versuch_am=timezone.now() + timedelta(minutes=1), letzter_fehler=str(error)[:2000]
        )


def _vertagen(pk, error):
    """Try again after 1, 2, 4 … minutes, at most an hour; give up after the tenth time."""
    Mail.objects.filter(pk=pk).update(versuche=F("versuche") + 1, letzter_fehler=f"{error!r}"[:2000])
    mail = Mail.objects.get(pk=pk)
    if mail.versuche >= MOST_TRIES:
        mail.aufgegeben_am = timezone.now()
    mail.naechster_versuch_am = timezone.now() + timedelta(minutes=min(2 ** (mail.versuche - 1), 60))
    mail.save(update_fields=["aufgegeben_am", "naechster_versuch_am"])


def as_email(mail: Mail) -> EmailMultiAlternatives:
    """The message as it leaves: plain text and the same text in HTML, with the line of the ESF+ below both."""
    rahmen = {"mail": mail, "portal": settings.PORTAL_ADRESSE}
    message = EmailMultiAlternatives(
        mail.betreff,
        render_to_string("konten/mail/rahmen.txt", rahmen),
        to=[mail.an],
        headers={"Message-ID": f"<mail-{mail.pk}@{settings.PORTAL_ADRESSE.partition('://')[2]}>"},
    )
    message.attach_alternative(render_to_string("konten/mail/rahmen.html", rahmen), "text/html")
    bild = MIMEImage(EMBLEM.read_bytes())
    bild.add_header("Content-ID", "<eu-emblem>")
    bild.add_header("Content-Disposition", "inline", filename="eu-emblem.png")
    message.attach(bild)
    for dokument in mail.anlagen.all():
        message.attach(dokument.name, bytes(dokument.inhalt), dokument.medientyp)
    return message
