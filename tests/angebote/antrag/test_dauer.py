"""How long an office usually takes: from its own cases, without the time of the school, and only from three on."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from angebote.antrag.dauer import Dauer, uebliche_dauer
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis
from angebote.antrag.workflow import Status
from tests.factories_antrag import make_antrag, make_regel

ANFANG = timezone.make_aware(datetime(2027, 1, 4, 9))


def entschieden(cast, tage, wartete=0, wieder=0):
    """A case that took so many days, of which the school answered for `wartete` and, asked again, `wieder`."""
    antrag = make_antrag(cast.schule, cast.lehrkraft, beratung=None, kosten=[], partner=[])
    regel = antrag.netzwerkstelle.foerderregeln.first() or make_regel(antrag.netzwerkstelle)
    Antrag.objects.filter(pk=antrag.pk).update(
        status=Status.ABGELEHNT, nummer=f"HZ-2027-{antrag.pk:04}", eingereicht_am=ANFANG, regel=regel
    )
    weg = [("entwurf", -4), ("eingereicht", 0), ("nachforderung", 1), ("formalpruefung", 1 + wartete)]
    if wieder:
        weg += [("nachforderung", 2 + wartete), ("fachpruefung", 2 + wartete + wieder)]
    for nach, tag in [*weg, ("abgelehnt", tage)]:
        antrag.ereignisse.create(schritt="zeile", von="", nach=nach, am=ANFANG + timedelta(days=tag))
    return antrag


def test_two_cases_say_nothing(cast):
    entschieden(cast, 10)
    entschieden(cast, 20)
    assert uebliche_dauer(cast.harz) is None
    entschieden(cast, 30)
    assert uebliche_dauer(cast.harz) == Dauer(20, 3)
    assert uebliche_dauer(cast.boerde) is None


def test_the_time_of_the_school_is_not_the_time_of_the_office(cast):
    for _ in range(3):
        entschieden(cast, 30, wartete=12)
    assert uebliche_dauer(cast.harz) == Dauer(18, 3)
    for _ in range(3):
        entschieden(cast, 30, wartete=12, wieder=6)
    assert uebliche_dauer(cast.harz) == Dauer(15, 6)


@pytest.mark.parametrize(("tage", "erwartet"), [([10, 11, 12, 13, 400], 12), ([10, 11, 12, 13], 12)])
def test_one_odd_case_does_not_move_the_figure(cast, tage, erwartet):
    for zahl in tage:
        entschieden(cast, zahl)
    assert uebliche_dauer(cast.harz) == Dauer(erwartet, len(tage))


def test_it_is_one_question(cast, django_assert_num_queries):
    for _ in range(4):
        entschieden(cast, 10)
    with django_assert_num_queries(1):
        uebliche_dauer(cast.harz.pk)


def test_the_day_moves_by_the_time_the_school_took(cast):
    antrag = entschieden(cast, 30, wartete=12)
    antrag.refresh_from_db()
    assert Dauer(18, 3).bis(antrag) == (ANFANG + timedelta(days=30)).date()
    assert Antragsereignis.objects.filter(antrag=antrag).count() == 5
