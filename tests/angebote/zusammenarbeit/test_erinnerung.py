"""Reminders of a draft that lies still: when, once each, and how they end."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.runde.models import Foerderrunde
from angebote.zusammenarbeit.erinnerung import erinnern
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag

HEUTE = date(2027, 1, 27)  # a Wednesday


def liegt(cast, tage, **felder):
    antrag = make_antrag(cast.schule, cast.lehrkraft, **felder)
    am = timezone.make_aware(datetime(2027, 1, 27, 12)) - timedelta(days=tage)
    Antrag.objects.filter(pk=antrag.pk).update(geaendert_am=am)
    return antrag


def runde(cast, schluss):
    return Foerderrunde.objects.create(
        netzwerkstelle=cast.harz, name="2027", beginn=date(2026, 11, 1), antragsschluss=schluss
    )


@pytest.mark.parametrize(("tage", "zahl"), [(13, 0), (14, 1), (40, 1)])
def test_after_two_weeks_the_author_hears_once(cast, tage, zahl):
    liegt(cast, tage)
    assert [erinnern(HEUTE), erinnern(HEUTE), erinnern(HEUTE + timedelta(days=0))] == [zahl, 0, 0]
    post = [(mail.an, mail.betreff) for mail in Mail.objects.all()]
    assert post == [(cast.lehrkraft.email, "Ihr Entwurf wartet: Gemeinsam statt einsam")] * zahl


@pytest.mark.parametrize(("schluss", "zahl"), [(30, 0), (29, 1), (27, 1), (26, 0)])
def test_two_days_before_the_call_closes(cast, schluss, zahl):
    """The 30th is a Saturday: the call closes on the Monday after it."""
    liegt(cast, 1, runde=runde(cast, date(2027, 1, schluss)))
    assert [erinnern(HEUTE), erinnern(HEUTE)] == [zahl, 0]
    assert Mail.objects.filter(betreff__startswith="Bitte bis ").count() == zahl


@pytest.mark.parametrize("felder", [{"erinnern": False}, {"status": "freigabe_sl"}])
def test_who_said_so_or_waits_for_the_head_hears_nothing(cast, felder):
    antrag = make_antrag(cast.schule, cast.lehrkraft, **felder)
    Antrag.objects.filter(pk=antrag.pk).update(geaendert_am=timezone.now() - timedelta(days=50))
    assert erinnern(timezone.localdate()) == 0


def test_who_has_left_hears_nothing(cast):
    liegt(cast, 20)
    cast.lehrkraft.schulzugehoerigkeiten.update(bis=timezone.localdate() - timedelta(days=1))
    assert erinnern(HEUTE) == 0


def test_one_click_in_the_draft_ends_it_and_another_begins_it_again(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    person, ziel = als(cast.lehrkraft), f"/antraege/{antrag.pk}/erinnerung/"
    assert f'action="{ziel}"' in person.get(antrag.get_absolute_url()).text
    for an in ("nein", "ja"):
        person.post(ziel, {"an": an})
        antrag.refresh_from_db()
        assert antrag.erinnern is (an == "ja")
    assert als(cast.schulleitung).post(ziel, {"an": "nein"}).status_code == 403
