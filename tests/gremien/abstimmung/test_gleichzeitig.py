"""Two hundred people close the same vote at the same moment."""

from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from gremien.abstimmung import services
from gremien.models import Beschluss, Sitzungsereignis, Tagesordnungspunkt
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from tests.factories_gremium import make_saal, make_sitzung, make_sitzung_in
from tests.gleichzeitig import gleichzeitig

pytestmark = pytest.mark.django_db(transaction=True)


def abgestimmt(cast, faelle):
    """A running meeting with this many cases; everybody has voted Ja on each."""
    saal = make_saal(cast)
    # Short values, side by side.
    sitzung = make_sitzung_in(
        "laufend", cast, saal, antraege=faelle, kosten=[("Honorare", "Theater", 2, "Stunden", "50.00")],
    )  # fmt: skip
    punkte = list(sitzung.punkte.order_by("position"))
    for punkt in punkte:
        services.abstimmen(punkt, by=saal.vorsitz.person, stimmen={m.pk: "ja" for m in saal.alle}, **vorschlag(punkt))
    return saal, [punkt.pk for punkt in punkte]


def vorschlag(punkt):
    return {"antrag_auf": "bewilligen", "betrag": punkt.antrag.beantragt, "auflagen": "", "gruende": ""}


def beschliessen(pk, person):
    punkt = Tagesordnungspunkt.objects.select_related("sitzung__gremium__netzwerkstelle", "antrag").get(pk=pk)
    try:
        return services.feststellen(punkt, by=person, stimmen={}, **vorschlag(punkt)).nummer
    except (TransitionNotAllowed, ValidationError) as error:
        return str(error)


def test_two_hundred_racing_resolutions_make_one(cast):
    saal, punkte = abgestimmt(cast, 1)
    antworten = gleichzeitig(lambda n: beschliessen(punkte[0], saal.vorsitz.person))
    assert antworten.count("Zu diesem Punkt ist schon entschieden.") == 199
    beschluss = Beschluss.objects.get()
    assert [a for a in antworten if a == beschluss.nummer] == [beschluss.nummer]
    assert beschluss.antrag.buchungen.count() == 1


def test_racing_over_five_items_numbers_five_without_gaps(cast):
    saal, punkte = abgestimmt(cast, 5)
    gleichzeitig(lambda n: beschliessen(punkte[n % 5], saal.vorsitz.person), mal=100)
    nummern = sorted(int(nummer.partition("/")[2]) for nummer in Beschluss.objects.values_list("nummer", flat=True))
    assert nummern == [1, 2, 3, 4, 5]


def test_without_the_lock_the_same_race_is_lost(cast):
    """The counter-test: two look without a lock before either writes, and both believe they were first."""
    sitzung = make_sitzung(make_saal(cast).gremium, cast.leitung)
    beide_haben_gesehen = Barrier(2)

    def ungeschuetzt(nummer):
        with transaction.atomic():
            if Sitzungsereignis.objects.filter(schritt="probe").exists():
                return 0
            beide_haben_gesehen.wait()
            Sitzungsereignis.objects.create(sitzung=sitzung, schritt="probe", text="x", durch=cast.leitung)
            return 1

    assert gleichzeitig(ungeschuetzt, mal=2, faeden=2) == [1, 1]
