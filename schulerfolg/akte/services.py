"""Numbers without gaps, forms answered once, jobs done after commit, and who looked at what."""

import hashlib
import logging
from collections.abc import Callable
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from django.apps import apps
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from schulerfolg.akte.models import Auftrag, Dokument, Einsicht, Idempotenz, Lebenszeichen, Zaehler
from schulerfolg.akte.verarbeitung import vergessen_vor
from schulerfolg.pdf import PdfNichtMoeglich

log = logging.getLogger(__name__)
MOST_TRIES = 8
AT_ONCE = 10


def next_number(schluessel: str) -> int:
    """Give out the next number under this key, starting at 1, without gaps.

    The counter's row stays locked until the surrounding transaction ends: a rollback gives the number back.
    One statement, so the very first number of a year is as safe as all others.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("next_number braucht eine Transaktion.")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Zaehler._meta.db_table} AS z (schluessel, letzte) VALUES (%s, 1) "
            "ON CONFLICT (schluessel) DO UPDATE SET letzte = z.letzte + 1 RETURNING letzte",
            [schluessel],
        )
        return cursor.fetchone()[0]


@transaction.atomic
def once(tun: Callable[[], str], *, person_id: int, schluessel: UUID) -> str:
    """Do it once per person and form key; return the address to go on to, the first time and every time after.

    A second request that arrives while the first is under way waits for it at the unique index.
    """
    zeile, neu = Idempotenz.objects.get_or_create(person=person_id, schluessel=schluessel)
    if neu:
        zeile.antwort = tun()
        zeile.save(update_fields=["antwort"])
    return zeile.antwort


def earlier_answer(*, person_id: int, schluessel: str) -> str:
    """The address this form was answered with before, or nothing: asked before a page looks at its object again."""
    try:
        gesucht = UUID(schluessel)
    except ValueError:
        return ""
    zeile = Idempotenz.objects.filter(person=person_id, schluessel=gesucht).first()
    return zeile.antwort if zeile else ""


def forget_answers(heute: date) -> int:
    """Which forms were answered long ago is kept no longer than other records of what people did."""
    vergessen, _ = Idempotenz.objects.filter(erstellt_am__date__lt=vergessen_vor("protokoll", heute)).delete()
    return vergessen


def auftragsarten() -> dict[str, str]:
    """Kind of job → dotted path of the function that does it, from the `apps.py` of each app."""
    return {art: tut for app in apps.get_app_configs() for art, tut in getattr(app, "auftraege", {}).items()}


def order_job(art: str, schluessel: str, **nutzlast) -> None:
    """Ask the worker for something, in the same transaction as the reason for it. The same key asks once."""
    if art not in auftragsarten():
        raise LookupError(f"Kein Auftrag dieser Art: {art}")
    Auftrag.objects.bulk_create([Auftrag(art=art, schluessel=schluessel, nutzlast=nutzlast)], ignore_conflicts=True)


def keep_look(*, wer, art: str, nummer: int, was: str, hut: str, stelle: str) -> None:
    """Record that somebody opened a case, a paper or a file; within the same hour only the first look counts.

    `hut`: the role in words, with its place. `stelle`: the Kürzel of the office it belongs to. One INSERT.
    """
    jetzt = timezone.now()
    zeile = Einsicht(
        person=wer,
        art=art,
        nummer=nummer,
        was=was[:200],
        rolle=hut[:200],
        stelle=stelle,
        am=jetzt,
        stunde=jetzt.replace(minute=0, second=0, microsecond=0),
    )
    Einsicht.objects.bulk_create([zeile], ignore_conflicts=True)


def sign_of_life(helfer: str, notiz: str = "") -> None:
    """Record that this helper has just done its round to the end; `/status/` warns when that is long ago."""
    zeile = Lebenszeichen(helfer=helfer, am=timezone.now(), notiz=notiz[:200])
    Lebenszeichen.objects.bulk_create(
        [zeile], update_conflicts=True, unique_fields=["helfer"], update_fields=["am", "notiz"]
    )


def damaged_documents() -> tuple[int, list[int]]:
    """How many documents there are, and the numbers of those whose bytes are no longer what they were."""
    geprueft, beschaedigt = 0, []
    for dokument in Dokument.objects.order_by("pk").iterator(chunk_size=10):
        geprueft += 1
        summe = hashlib.sha256(dokument.inhalt).hexdigest()
        if (summe, len(dokument.inhalt)) != (dokument.sha256, dokument.groesse):
            beschaedigt.append(dokument.pk)
    return geprueft, beschaedigt


def do_jobs(hoechstens: int = AT_ONCE, genug: Callable[[], bool] = lambda: False) -> int:
    """Do the next jobs that are due, each in its own transaction; return how many were done.

    A few at a time, so that a long queue of documents does not keep the mails waiting; none more once `genug()`.
    """
    nummern = list(Auftrag.objects.faellig().values_list("pk", flat=True)[:hoechstens])
    return sum(_beginnen(pk) and _ausfuehren(pk) for pk in takewhile(lambda _: not genug(), nummern))


@transaction.atomic
def _beginnen(pk) -> bool:
    """Count the try before it is made: 1, 2, 4 … minutes later it is due again, unless it is done by then.

    So a job that takes the whole worker down with it holds up no other, and is given up in the end as well.
    """
    auftrag = Auftrag.objects.faellig().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if auftrag is None:
        return False
    if auftrag.versuche >= MOST_TRIES:
        auftrag.aufgegeben_am = timezone.now()
        auftrag.letzter_fehler = auftrag.letzter_fehler or "Der Helfer hat keinen Versuch überlebt."
    else:
        auftrag.versuche += 1
        auftrag.faellig_am = timezone.now() + timedelta(minutes=2 ** (auftrag.versuche - 1))
    auftrag.save(update_fields=["versuche", "faellig_am", "letzter_fehler", "aufgegeben_am"])
    return auftrag.aufgegeben_am is None


def _ausfuehren(pk) -> bool:
    """Who has begun it waits for the row: another worker, just finding out that it is begun, holds it for a moment."""
    try:
        with transaction.atomic():
            auftrag = Auftrag.objects.offen().select_for_update(of=("self",)).filter(pk=pk).first()
            if auftrag is None:
                return False
            import_string(auftragsarten()[auftrag.art])(**auftrag.nutzlast)
            auftrag.erledigt_am = timezone.now()
            auftrag.save(update_fields=["erledigt_am"])
        return True
    except (PdfNichtMoeglich, OperationalError, InterfaceError) as error:
        _warten(pk, error)
    except Exception as error:
        # Any failure of a job is that job's own: it is noted and tried again later, the queue goes on.
        log.exception("Auftrag %s ist gescheitert", pk)
        _gescheitert(pk, error)
    return False


def _warten(pk, error):
    """The machine lacks something or the database is busy, the job is sound: this counts as no try."""
    log.info("Auftrag %s wartet: %s", pk, error)
    in_einer_minute = timezone.now() + timedelta(minutes=1)
    Auftrag.objects.filter(pk=pk, versuche__gt=0).update(
        versuche=F("versuche") - 1, letzter_fehler=str(error)[:2000], faellig_am=in_einer_minute
    )


def _gescheitert(pk, error):
    """It is due again later, see `_beginnen`; given up after the eighth time."""
    Auftrag.objects.filter(pk=pk).update(letzter_fehler=f"{error!r}"[:2000])
    Auftrag.objects.filter(pk=pk, versuche__gte=MOST_TRIES).update(aufgegeben_am=timezone.now())


def retry_given_up() -> int:
    """Let the jobs that were given up be tried anew, once their cause is mended; return how many."""
    return Auftrag.objects.aufgegeben().update(aufgegeben_am=None, versuche=0, faellig_am=timezone.now())
