"""The rule in force: one at a time, found by its day, told in German when two would meet."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.foerderung.models import Anlagenanforderung, Foerderregel
from angebote.runde.models import Foerderrunde
from tests.factories_antrag import make_antrag_in, make_band, make_regel


@pytest.mark.parametrize(
    ("tag", "betrag"),
    [
        (date(2026, 1, 19), 2000),
        (date(2026, 1, 20), 3000),
        (date(2030, 6, 1), 3000),
    ],
)
def test_the_limit_changes_in_the_middle_of_a_year(cast, tag, betrag):
    """Salzlandkreis, 20.01.2026 (fachdossier 3.7)."""
    make_regel(cast.harz, hoechstbetrag=Decimal(2000), bis=date(2026, 1, 19))
    make_regel(cast.harz, hoechstbetrag=Decimal(3000), von=date(2026, 1, 20))
    assert cast.harz.foerderregeln.gueltig(tag).get().hoechstbetrag == betrag


def test_two_rules_at_once_are_refused_in_german(cast):
    make_regel(cast.harz, von=date(2026, 1, 1))
    zweite = Foerderregel(netzwerkstelle=cast.harz, hoechstbetrag=Decimal(1), von=date(2027, 1, 1))
    with pytest.raises(ValidationError, match="In dieser Zeit gilt schon eine andere Regel"):
        zweite.validate_constraints()
    make_regel(cast.boerde, von=date(2026, 1, 1))


@pytest.mark.parametrize("grenze", [None, 0, -1])
def test_an_office_that_decides_needs_its_limit(cast, grenze):
    regel = Foerderregel(
        netzwerkstelle=cast.harz, hoechstbetrag=Decimal(1), entscheidungsweg="stelle", stelle_bis=grenze
    )
    with pytest.raises(ValidationError, match="bis zu dem die Stelle selbst entscheidet"):
        regel.validate_constraints()
    with pytest.raises(IntegrityError, match="foerderregel_stelle_hat_grenze"), transaction.atomic():
        regel.save()


@pytest.mark.parametrize(
    ("schluss", "tag", "offen"),
    [
        (None, date(2099, 1, 1), True),
        (date(2026, 11, 30), date(2026, 11, 30), True),
        (date(2026, 11, 30), date(2026, 12, 1), False),
        (date(2026, 11, 28), date(2026, 11, 30), True),  # a Saturday
        (date(2026, 11, 28), date(2026, 12, 1), False),
        (date(2026, 12, 25), date(2026, 12, 28), True),  # Christmas Day, then a weekend
    ],
)
def test_a_call_ends_on_a_working_day(schluss, tag, offen):
    assert Foerderrunde(beginn=date(2026, 1, 1), antragsschluss=schluss).offen_am(tag) is offen


AENDERUNGEN = {
    "another amount": lambda regel: _zeile(regel, hoechstbetrag=Decimal(9000)),
    "another basis": lambda regel: _zeile(regel, grundlage="neu"),
    "a limit it did not have": lambda regel: _zeile(regel, stelle_bis=Decimal(100)),
    "an earlier beginning": lambda regel: _zeile(regel, von=date(2020, 1, 1)),
    "an end before its use": lambda regel: _zeile(regel, bis=timezone.localdate() - timedelta(days=1)),
    "one more document": lambda regel: Anlagenanforderung.objects.create(regel=regel, art="konzept"),
    "another moment for a document": lambda regel: regel.anlagen.update(pflicht_bei="auszahlung"),
    "a document less": lambda regel: regel.anlagen.all().delete(),
    "one more band": lambda regel: make_band(regel, bis=500),
    "a higher band": lambda regel: regel.baender.update(bis=400),
    "another decider": lambda regel: regel.baender.update(entscheidung="gremium"),
    "a band less": lambda regel: regel.baender.all().delete(),
}


@pytest.mark.parametrize("aenderung", AENDERUNGEN)
def test_a_rule_changes_until_it_is_applied(cast, aenderung):
    """Before the first submission every change is possible, afterwards none that counts: the trigger says no."""
    regel = make_regel(cast.harz)
    Anlagenanforderung.objects.create(regel=regel, art="angebot", pflicht_bei="optional")
    make_band(regel)
    with transaction.atomic():
        AENDERUNGEN[aenderung](regel)
        transaction.set_rollback(True)
    make_antrag_in("eingereicht", cast)
    name = "((foerderregel|anlagenanforderung)_benutzte|betragsband_benutztes)_bleibt"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AENDERUNGEN[aenderung](regel)


def test_a_rule_that_was_applied_ends(cast):
    regel = make_regel(cast.harz)
    make_antrag_in("eingereicht", cast)
    _zeile(regel, bis=timezone.localdate())
    _zeile(regel, bis=None)


def _zeile(regel, **felder):
    assert Foerderregel.objects.filter(pk=regel.pk).update(**felder) == 1


def test_the_defaults_are_those_of_the_programme(cast):
    regel = make_regel(cast.harz)
    assert (regel.hoechstbetrag_je, regel.hoechstbetrag_im, regel.hoechstbetrag_hart) == (
        "schule",
        "kalenderjahr",
        True,
    )
    assert (regel.vorlauf_tage, regel.eigenanteil_prozent, regel.mitzeichnung) == (28, 0, True)
    assert (regel.entscheidungsweg, regel.beispiel) == ("gremium", False)


def test_rows_name_themselves(cast):
    regel = make_regel(cast.harz, von=date(2026, 1, 20))
    anlage = Anlagenanforderung.objects.create(regel=regel, art="kooperation")
    assert str(regel) == f"Förderregel {cast.harz.kurzname} ab 20.01.2026"
    assert str(anlage) == "Kooperationsvereinbarung (bei der Einreichung)"
