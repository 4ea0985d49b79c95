"""Many people deciding at the same moment: the money never runs over, and the columns stay the sum of the ledger."""

from collections import Counter
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.budget.models import Buchung, Budget
from angebote.budget.services import ansatz_aendern
from angebote.entscheidung import services
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from tests.factories_antrag import vor_augen
from tests.factories_entscheidung import make_budget, make_viele_im_gremium
from tests.gleichzeitig import gleichzeitig

HUNDERT = Decimal("100.00")


def beschliessen(antrag, cast, nummer=1):
    try:
        # Short values, side by side.
        services.beschluss_umsetzen(
            antrag, by=cast.leitung, ergebnis="bewilligen", nummer=f"HZ-B-2027/{nummer:02}", am=date(2027, 3, 4),
            betrag=HUNDERT,
        )  # fmt: skip
    except TransitionNotAllowed:
        return "zu spät"
    except ValidationError as error:
        return error.messages[0]
    return "bewilligt"


@pytest.mark.django_db(transaction=True)
def test_200_racing_awards_never_overspend(cast):
    budget = make_budget(cast, "2500.00")
    antraege = make_viele_im_gremium(cast, 60)
    antworten = Counter(gleichzeitig(lambda n: beschliessen(antraege[n % 60], cast, n)))
    assert antworten["bewilligt"] == 25
    assert set(antworten) <= {
        "bewilligt",
        "zu spät",
        f"Das Budget {budget.jahr} reicht nicht: frei sind noch 0,00\xa0€.",
    }
    budget.refresh_from_db()
    assert (budget.reserviert, budget.verfuegbar) == (Decimal("2500.00"), Decimal(0))
    assert Antrag.objects.filter(status=Status.BESCHLOSSEN, bewilligt=HUNDERT).count() == 25
    assert Buchung.objects.filter(art="reservierung").count() == 25
    assert not Budget.objects.abweichungen().exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_race_overspends(cast):
    """The counter-test: look first, write then, as two without a lock would."""
    make_budget(cast, "100.00")
    beide_haben_gesehen = Barrier(2)

    def ohne_sperre(n):
        budget = Budget.objects.get()
        if budget.verfuegbar < HUNDERT:
            return False
        beide_haben_gesehen.wait()
        budget.reserviert += HUNDERT
        budget.save(update_fields=["reserviert"])
        return True

    assert gleichzeitig(ohne_sperre, mal=2, faeden=2) == [True, True]


@pytest.mark.django_db(transaction=True)
def test_approving_withdrawing_and_lowering_at_once_keep_the_budget_whole(cast):
    budget = make_budget(cast, "4000.00")
    antraege = make_viele_im_gremium(cast, 30)
    briefe = {}
    for antrag in antraege:
        assert beschliessen(antrag, cast) == "bewilligt"
        briefe[antrag.pk] = vor_augen(antrag, "bewilligen", cast.freigabe)

    def irgendwas(n):
        antrag = antraege[n // 4 % 30]
        try:
            if n % 4 == 0:
                services.bewilligen(antrag, by=cast.freigabe, schreiben=briefe[antrag.pk])
            elif n % 4 == 1:
                services.zurueckziehen(antrag, by=cast.schulleitung)
            elif n % 4 == 2:
                services.freigabe_verweigern(antrag, by=cast.freigabe, begruendung="Bitte noch einmal beraten.")
            else:
                ansatz_aendern(
                    budget, by=cast.leitung, ansatz=Decimal(3900 - 10 * n), sperre=Decimal(0), text="weniger"
                )
        except (TransitionNotAllowed, ValidationError):
            return "abgelehnt"
        return "getan"

    antworten = gleichzeitig(irgendwas, mal=120, faeden=24)
    assert set(antworten) == {"getan", "abgelehnt"}
    budget.refresh_from_db()
    staende = Counter(Antrag.objects.values_list("status", flat=True))
    assert set(staende) <= {"bewilligt", "zurueckgezogen", "gremienreif"}
    assert budget.gebunden == staende["bewilligt"] * HUNDERT
    assert budget.reserviert == 0
    assert budget.ansatz >= budget.gebunden
    assert not Budget.objects.abweichungen().exists()


@pytest.mark.django_db(transaction=True)
def test_200_racing_signatures_give_one_award(cast):
    budget = make_budget(cast, "2500.00")
    antrag = make_viele_im_gremium(cast, 1)[0]
    beschliessen(antrag, cast)
    schreiben = vor_augen(antrag, "bewilligen", cast.freigabe)

    def unterschreiben(n):
        try:
            services.bewilligen(antrag, by=cast.freigabe, schreiben=schreiben)
        except TransitionNotAllowed:
            return False
        return True

    assert sum(gleichzeitig(unterschreiben)) == 1
    budget.refresh_from_db()
    assert (budget.gebunden, budget.reserviert) == (HUNDERT, Decimal(0))
    assert antrag.ereignisse.filter(schritt="bewilligen").count() == 1
