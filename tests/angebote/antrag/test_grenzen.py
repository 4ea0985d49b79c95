"""Days and amounts exactly on their limit, and the local day around midnight: number, receipt and deadline agree."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.antrag.bedingungen import einwaende
from angebote.antrag.models import Antrag
from angebote.antrag.pdf import antrag_pdf
from angebote.antrag.services import einreichen
from angebote.runde.models import Foerderrunde
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel

HEUTE = date(2026, 12, 1)


def hart(antrag, am=HEUTE) -> list[str]:
    antrag = Antrag.objects.for_page().get(pk=antrag.pk)
    return [einwand.feld for einwand in einwaende(antrag, antrag.regel_heute, am=am) if einwand.hart]


@pytest.mark.parametrize("vorlauf", [0, 1, 28])
@pytest.mark.parametrize(("zu_frueh", "geht"), [(0, True), (1, False), (-1, True)])
def test_a_project_may_begin_on_the_last_day_of_the_lead_time(cast, vorlauf, zu_frueh, geht):
    make_regel(cast.harz, vorlauf_tage=vorlauf)
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=HEUTE + timedelta(days=vorlauf - zu_frueh))
    assert hart(antrag) == ([] if geht else ["beginn"])


@pytest.mark.parametrize(("beantragt", "geht"), [("1999.99", True), ("2000.00", True), ("2000.01", False)])
def test_the_whole_cap_of_one_application_may_be_asked_for(cast, beantragt, geht):
    make_regel(cast.harz, hoechstbetrag_je="antrag")
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=date(2027, 3, 1), beantragt=Decimal(beantragt))
    assert hart(antrag) == ([] if geht else ["eigenmittel"])


@pytest.mark.parametrize(("beantragt", "geht"), [("799.99", True), ("800.00", True), ("800.01", False)])
def test_what_is_left_of_the_cap_of_a_school_may_be_asked_for(cast, beantragt, geht):
    make_antrag_in("eingereicht", cast)
    Antrag.objects.update(beginn=date(2027, 1, 1), ende=date(2027, 1, 1))
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=date(2027, 12, 31), beantragt=Decimal(beantragt))
    assert hart(antrag) == ([] if geht else ["eigenmittel"])


# A moment, the day it falls on in Sachsen-Anhalt, and the clock there.
MITTERNACHT = [
    (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), date(2026, 12, 31), "23:30"),
    (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1), "00:30"),
    (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30), "23:59"),
    (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1), "00:00"),
]


@pytest.fixture
def um(monkeypatch):
    """Set the clock to a moment."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(("moment", "tag", "uhr"), MITTERNACHT)
def test_around_midnight_number_receipt_and_lead_time_know_the_same_day(cast, um, moment, tag, uhr):
    um(moment)
    make_regel(cast.harz, vorlauf_tage=28)
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=tag + timedelta(days=28))
    antrag = einreichen(antrag, by=cast.schulleitung)
    assert antrag.nummer == f"HZ-{tag.year}-0001"
    assert timezone.localdate(antrag.eingereicht_am) == tag
    antrag_pdf(antrag.fassungen.get().pk)
    text = Mail.objects.get(an=cast.lehrkraft.email, betreff__startswith="Ihr Antrag ist da").text
    assert f"ist am {tag:%d.%m.%Y} um {uhr} Uhr bei uns eingegangen. Ihre Antragsnummer ist {antrag.nummer}." in text


@pytest.mark.parametrize(("moment", "tag", "uhr"), MITTERNACHT)
def test_a_round_closes_at_midnight_of_the_land(cast, um, moment, tag, uhr):
    um(moment)
    schluss = moment.date()
    runde = Foerderrunde.objects.create(
        netzwerkstelle=cast.harz, name="Runde", beginn=date(2026, 1, 1), antragsschluss=schluss
    )
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=date(2027, 12, 1), runde=runde)
    if tag > schluss:
        with pytest.raises(ValidationError, match="nimmt keine Anträge mehr an"):
            einreichen(antrag, by=cast.schulleitung)
    else:
        assert einreichen(antrag, by=cast.schulleitung).status == "eingereicht"


@pytest.mark.parametrize(("moment", "tag", "uhr"), MITTERNACHT)
def test_one_day_too_few_is_too_few_at_midnight_too(cast, um, moment, tag, uhr):
    um(moment)
    make_regel(cast.harz, vorlauf_tage=28)
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=tag + timedelta(days=27))
    with pytest.raises(ValidationError, match=f"ab dem {tag + timedelta(days=28):%d.%m.%Y}"):
        einreichen(antrag, by=cast.schulleitung)
