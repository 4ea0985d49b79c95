"""The school is reminded of questions and corrections: some days before the deadline, on its day, and after it."""

from datetime import date, timedelta

from django.utils import timezone

from angebote.antrag.machine import empfaenger
from angebote.antrag.workflow import SCHULE, Status
from angebote.pruefung.models import Nachforderung
from schulerfolg.konten.models import Mail
from schulerfolg.konten.services import notify

STUFEN = {"vorher": 3, "heute": 0, "vorbei": -1}
"""Rung of the ladder → so many days before the last day; below zero: after it."""


def an_antworten_erinnern(heute: date) -> int:
    """The daily run: each rung once, however often it is asked; a run that was left out writes only the latest."""
    offen = Nachforderung.objects.filter(beantwortet_am=None, antrag__status=Status.NACHFORDERUNG).order_by("pk")
    zeilen = offen.filter(frist__lte=heute + timedelta(days=max(STUFEN.values())))
    return sum(_erinnern(zeile, heute) for zeile in zeilen.select_related("antrag__schule", "antrag__netzwerkstelle"))


def _erinnern(nachforderung, heute) -> bool:
    """Not on the day it was asked; a deadline that was moved is a new one."""
    if timezone.localdate(nachforderung.gestellt_am) >= heute:
        return False
    bleiben = (nachforderung.frist - heute).days
    lage = [stufe for stufe, tage in STUFEN.items() if bleiben <= tage][-1]
    schluessel = f"erinnerung_antwort:{nachforderung.pk}:{nachforderung.frist:%Y%m%d}:{lage}"
    if Mail.objects.filter(schluessel__startswith=f"{schluessel}:").exists():
        return False
    antrag = nachforderung.antrag
    context = {"antrag": antrag, "nachforderung": nachforderung, "lage": lage}
    notify(empfaenger(antrag, SCHULE), "angebote/mail/erinnerung_antwort.txt", context, ereignis=schluessel)
    return True
