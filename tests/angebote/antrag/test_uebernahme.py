"""A draft that begins with an earlier application of the same school."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from angebote.antrag.models import Antrag
from angebote.antrag.uebernahme import uebernehmen
from angebote.antrag.workflow import Status
from angebote.foerderung.models import Thema
from tests.angebote.anlage.test_views import anhaengen
from tests.angebote.antrag.test_views import schluessel
from tests.factories_antrag import make_antrag, make_antrag_in

SEITE = "/antraege/neu/uebernehmen/"


def test_a_teacher_takes_over_what_the_school_did_last_year(cast, als):
    alt = make_antrag_in(Status.EINGEREICHT, cast, eigenmittel=Decimal(100), zahlweg="schultraeger")
    person = als(cast.lehrkraft)
    assert f'href="{SEITE}"' in person.get("/antraege/neu/").text
    assert f'value="{alt.pk}"' in person.get(SEITE).text
    assert Antrag.objects.count() == 1
    seite = person.post(SEITE, {"vorlage": alt.pk} | schluessel(), follow=True)
    neu = Antrag.objects.get(vorlage=alt)
    assert seite.redirect_chain == [(f"/antraege/{neu.pk}/", 302)]
    assert alt.nummer in seite.text
    assert (neu.titel, neu.ablauf, neu.ort, neu.teilnehmende) == (alt.titel, alt.ablauf, alt.ort, 48)
    assert [z.ziel for z in neu.ziele.all()] == ["Die Klasse arbeitet als Team."]
    assert [(p.beschreibung, p.betrag) for p in neu.kostenposten.all()] == [("Theaterpädagogik", Decimal(1200))]
    assert (neu.beantragt, neu.eigenmittel) == (Decimal(1100), Decimal(100))
    assert [p.aufgabe for p in neu.partner.all()] == ["führt die Projekttage durch"]
    assert [thema.name for thema in neu.themen.all()] == ["Soziales Lernen"]
    assert (neu.status, neu.verfasst_durch, neu.projektleitung_email) == (
        "entwurf",
        cast.lehrkraft,
        cast.lehrkraft.email,
    )


def test_days_declarations_files_and_the_conversation_are_new(cast):
    alt = make_antrag(cast.schule, cast.lehrkraft)
    anhaengen(alt, cast.lehrkraft, "Nachweis.pdf", b"x")
    neu = uebernehmen(alt, by=cast.lehrkraft)
    assert (neu.beginn, neu.ende, neu.beratung, neu.nummer, neu.erklaerungen_fassung) == (None, None, None, None, {})
    assert (neu.erklaert_beginn, neu.erklaert_richtig, neu.externe) == (False, False, "")
    assert not neu.anlagen.exists()
    alt.refresh_from_db()
    assert (alt.kostenposten.count(), alt.partner.count(), alt.anlagen.count()) == (1, 1, 1)


def test_a_topic_that_is_no_longer_offered_stays_behind(cast):
    alt = make_antrag(cast.schule, cast.lehrkraft)
    Thema.objects.update(aktiv=False)
    assert not uebernehmen(alt, by=cast.lehrkraft).themen.exists()


@pytest.mark.parametrize("wer", ["nachbarin", "sachbearbeitung", "fremd"])
def test_nobody_takes_over_what_another_school_wrote(cast, als, wer):
    alt = make_antrag_in(Status.EINGEREICHT, cast)
    als(getattr(cast, wer)).post(SEITE, {"vorlage": alt.pk} | schluessel())
    assert Antrag.objects.count() == 1
    with pytest.raises(PermissionDenied):
        uebernehmen(alt, by=getattr(cast, wer))


def test_where_nothing_was_submitted_the_page_says_what_to_do(cast, als):
    make_antrag(cast.schule, cast.lehrkraft)
    assert "Ihre Schule hat noch keinen Antrag eingereicht" in als(cast.lehrkraft).get(SEITE).text


def test_pressing_twice_makes_one_draft(cast, als):
    alt = make_antrag_in(Status.EINGEREICHT, cast)
    daten = {"vorlage": alt.pk} | schluessel()
    wege = [als(cast.lehrkraft).post(SEITE, daten).url for _ in range(2)]
    assert (len(set(wege)), Antrag.objects.filter(vorlage=alt).count()) == (1, 1)
