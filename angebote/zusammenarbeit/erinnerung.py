"""Who left a draft lying is reminded: once after two weeks, once before its call closes. One click ends it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import Status
from schulerfolg.konten.models import Mail
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.services import notify

LIEGT_SEIT = timedelta(days=14)
VOR_SCHLUSS = timedelta(days=2)


def erinnern(heute: date) -> int:
    """The daily run; each draft gets each of the two mails once, however often it is asked."""
    entwuerfe = Antrag.objects.filter(status=Status.ENTWURF, erinnern=True).order_by("pk").for_page()
    return sum(_erinnern(antrag, heute) for antrag in entwuerfe.select_related("runde"))


def schluss(antrag) -> date | None:
    """The last day of its call, as everywhere else (`Foerderrunde.frist`)."""
    return timezone.localdate(antrag.runde.frist) if antrag.runde and antrag.runde.frist else None


def _erinnern(antrag, heute) -> bool:
    wer, ende = antrag.verfasst_durch, schluss(antrag)
    if not (wer.is_active and rollen(wer, antrag)):
        return False
    if ende and heute <= ende <= heute + VOR_SCHLUSS:
        return _schreiben(antrag, wer, "erinnerung_schluss", ende)
    if _letzter_tag(antrag.geaendert_am) <= heute - LIEGT_SEIT and (ende is None or heute <= ende):
        return _schreiben(antrag, wer, "erinnerung_liegt", ende)
    return False


def _letzter_tag(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _schreiben(antrag, wer, name, ende) -> bool:
    schluessel = f"{name}:{antrag.pk}"
    if Mail.objects.filter(schluessel__startswith=f"{schluessel}:").exists():
        return False
    context = {"antrag": antrag, "schluss": ende}
    notify([wer], f"angebote/mail/{name}.txt", context, ereignis=schluessel, art=Postart.ERINNERUNG)
    return True


@transaction.atomic
def erinnerung_stellen(antrag, *, an: bool, by) -> Antrag:
    """Whether its author is reminded of this draft."""
    antrag = ANTRAG.lock(antrag)
    if antrag.erinnern != an:
        antrag.erinnern = an
        antrag.save(update_fields=["erinnern"])
        text = "lässt sich an den Entwurf erinnern" if an else "möchte nicht mehr an den Entwurf erinnert werden"
        ANTRAG.note(antrag, "erinnerung", text, by=by)
    return antrag
