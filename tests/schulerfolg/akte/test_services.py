"""Numbers, forms answered once and jobs, each under many hands at once; with the naive way as counter-test."""

import re
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from django.apps import apps
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from schulerfolg.akte.models import Auftrag, Idempotenz, Zaehler
from schulerfolg.akte.services import auftragsarten, do_jobs, next_number, once, order_job, retry_given_up
from tests.factories import make_person
from tests.gleichzeitig import gleichzeitig

FORMULAR = UUID("00000000-0000-4000-8000-000000000001")
ROOT = Path(__file__).resolve().parents[3]
BEIDE_HABEN_GESEHEN = Barrier(2)
getan = []


class Zurueck(Exception):
    """A transaction that is given up on purpose."""


# --- next_number


def nummer_ziehen(versuch: int) -> int | None:
    """Draw a number; every third attempt is rolled back afterwards."""
    try:
        with transaction.atomic():
            nummer = next_number("antrag:HZ:2027")
            if versuch % 3 == 0:
                raise Zurueck
            return nummer
    except Zurueck:
        return None


@pytest.mark.django_db(transaction=True)
def test_200_attempts_with_rollbacks_give_numbers_without_gaps_from_an_empty_year():
    nummern = [nummer for nummer in gleichzeitig(nummer_ziehen) if nummer is not None]
    assert sorted(nummern) == list(range(1, 134))
    assert Zaehler.objects.get(schluessel="antrag:HZ:2027").letzte == 133


def nummer_naiv_ziehen(versuch: int) -> int:
    """How it must not be done: read the highest, add one, write it."""
    with transaction.atomic():
        stand = Zaehler.objects.filter(schluessel="naiv").values_list("letzte", flat=True).get()
        BEIDE_HABEN_GESEHEN.wait()
        Zaehler.objects.filter(schluessel="naiv").update(letzte=stand + 1)
        return stand + 1


@pytest.mark.django_db(transaction=True)
def test_counter_test_reading_the_highest_number_gives_it_twice():
    Zaehler.objects.create(schluessel="naiv", letzte=0)
    assert gleichzeitig(nummer_naiv_ziehen, mal=2, faeden=2) == [1, 1]


@pytest.mark.django_db
def test_every_key_counts_for_itself():
    assert [next_number("HZ:2027"), next_number("HZ:2027"), next_number("BK:2027")] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError, match="braucht eine Transaktion"):
        next_number("antrag:HZ:2027")


# --- once


@pytest.mark.django_db(transaction=True)
def test_200_identical_forms_are_answered_once_and_alike():
    person = make_person().pk

    def absenden(versuch):
        return once(lambda: f"/antraege/{next_number('once')}/", person_id=person, schluessel=FORMULAR)

    assert set(gleichzeitig(absenden)) == {"/antraege/1/"}
    assert Zaehler.objects.get(schluessel="once").letzte == 1


@pytest.mark.django_db(transaction=True)
def test_counter_test_looking_first_answers_twice():
    def absenden(versuch):
        with transaction.atomic():
            if Idempotenz.objects.filter(person=1, schluessel=FORMULAR).exists():
                return "/antraege/schon-da/"
            BEIDE_HABEN_GESEHEN.wait()
            antwort = f"/antraege/{next_number('naiv')}/"
            Idempotenz.objects.bulk_create([Idempotenz(person=1, schluessel=FORMULAR)], ignore_conflicts=True)
            return antwort

    gleichzeitig(absenden, mal=2, faeden=2)
    assert Zaehler.objects.get(schluessel="naiv").letzte == 2


@pytest.mark.django_db
def test_a_form_that_failed_may_be_sent_again():
    def scheitern():
        raise Zurueck

    with pytest.raises(Zurueck):
        once(scheitern, person_id=7, schluessel=FORMULAR)
    assert once(lambda: "/antraege/1/", person_id=7, schluessel=FORMULAR) == "/antraege/1/"


@pytest.mark.django_db
def test_the_same_key_of_somebody_else_is_a_different_form():
    assert once(lambda: "/a/", person_id=1, schluessel=FORMULAR) == "/a/"
    assert once(lambda: "/b/", person_id=2, schluessel=FORMULAR) == "/b/"


# --- Auftrag


def notieren(nummer):
    getan.append(nummer)


def scheitern(nummer):
    next_number("halbe-arbeit")
    raise Zurueck(f"Auftrag {nummer}")


@pytest.fixture
def arten(monkeypatch):
    tun = (notieren, scheitern, mitten_im_auftrag, in_langer_schlange)
    wege = {eines.__name__: f"{__name__}.{eines.__name__}" for eines in tun}
    monkeypatch.setattr(apps.get_app_config("akte"), "auftraege", wege, raising=False)
    getan.clear()


def test_every_kind_of_job_is_asked_for_and_can_be_done():
    literals = re.compile(r'order_job\(\s*"(\w+)"')
    dienste = [path for app in ("angebote", "gremien", "schulerfolg") for path in (ROOT / app).rglob("*.py")]
    gefragt = {art for path in dienste for art in literals.findall(path.read_text())}
    arten = auftragsarten()
    assert gefragt | {"demo_brief"} == set(arten)
    assert all(callable(import_string(tut)) for tut in arten.values())


def faellig_machen():
    Auftrag.objects.update(faellig_am=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_job_is_done_once_and_the_same_key_asks_once(arten):
    order_job("notieren", "brief:1", nummer=1)
    order_job("notieren", "brief:1", nummer=1)
    assert do_jobs() == 1
    assert do_jobs() == 0
    assert getan == [1]


@pytest.mark.django_db
def test_an_unknown_kind_of_job_is_refused_at_once(arten):
    with pytest.raises(LookupError, match="Kein Auftrag dieser Art: backen"):
        order_job("backen", "kuchen:1")


@pytest.mark.django_db
def test_a_failing_job_holds_up_no_other_and_leaves_nothing_half_done(arten):
    order_job("scheitern", "brief:1", nummer=1)
    order_job("notieren", "brief:2", nummer=2)
    assert do_jobs() == 1
    assert getan == [2]
    gescheitert = Auftrag.objects.get(schluessel="brief:1")
    assert gescheitert.versuche == 1
    assert gescheitert.letzter_fehler == "Zurueck('Auftrag 1')"
    assert gescheitert.faellig_am > timezone.now() + timedelta(seconds=50)
    assert not Zaehler.objects.filter(schluessel="halbe-arbeit").exists()


@pytest.mark.django_db
def test_a_job_is_given_up_after_eight_tries(arten):
    order_job("scheitern", "brief:1", nummer=1)
    for _ in range(7):
        faellig_machen()
        do_jobs()
    assert Auftrag.objects.get().aufgegeben_am is None
    faellig_machen()
    do_jobs()
    auftrag = Auftrag.objects.get()
    assert (auftrag.versuche, auftrag.aufgegeben_am is not None) == (8, True)
    faellig_machen()
    do_jobs()
    assert Auftrag.objects.get().versuche == 8


def mitten_im_auftrag(nummer):
    """What kill -9 does: nobody is left to note anything."""
    next_number("halbe-arbeit")
    raise SystemExit


@pytest.mark.django_db(transaction=True)
def test_a_job_that_takes_the_worker_down_holds_up_no_other_and_is_given_up_in_the_end(arten):
    order_job("mitten_im_auftrag", "brief:1", nummer=1)
    order_job("notieren", "brief:2", nummer=2)
    for _ in range(8):
        with pytest.raises(SystemExit):
            do_jobs()
        do_jobs()
        Auftrag.objects.offen().update(faellig_am=timezone.now())
    assert getan == [2]
    assert not Zaehler.objects.filter(schluessel="halbe-arbeit").exists()
    do_jobs()
    auftrag = Auftrag.objects.get(schluessel="brief:1")
    assert (auftrag.versuche, auftrag.aufgegeben_am is not None) == (8, True)
    assert retry_given_up() == 1
    assert Auftrag.objects.offen().get().versuche == 0


def in_langer_schlange(nummer):
    raise OperationalError("canceling statement due to lock timeout")


@pytest.mark.django_db
def test_a_lock_is_no_failure_of_the_job(arten):
    order_job("in_langer_schlange", "brief:1", nummer=1)
    for _ in range(20):
        Auftrag.objects.update(faellig_am=timezone.now())
        assert do_jobs() == 0
    auftrag = Auftrag.objects.get()
    assert (auftrag.versuche, auftrag.aufgegeben_am) == (0, None)


@pytest.mark.django_db
def test_nothing_is_begun_after_the_end_was_asked_for(arten):
    for nummer in range(3):
        order_job("notieren", f"brief:{nummer}", nummer=nummer)
    assert do_jobs(genug=lambda: bool(getan)) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_do_every_job_once(arten):
    for nummer in range(40):
        order_job("notieren", f"brief:{nummer}", nummer=nummer)
    assert sum(gleichzeitig(lambda worker: do_jobs(hoechstens=40), mal=8, faeden=8)) == 40
    assert sorted(getan) == list(range(40))
