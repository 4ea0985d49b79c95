"""Many at once: one number, one winner, one receipt. Each race has a counter-test that loses without the lock."""

import uuid
from collections import Counter
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung
from angebote.antrag.services import VersionKonflikt, abschnitt_speichern, einreichen
from angebote.entscheidung.services import zurueckziehen
from angebote.foerderung.models import Foerderregel
from angebote.pruefung.services import uebernehmen
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.models import Auftrag, Zaehler
from schulerfolg.akte.services import once
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel
from tests.gleichzeitig import gleichzeitig

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hundred_identical_submits_are_one(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    schluessel = uuid.uuid4()

    def absenden(_):
        return once(
            lambda: einreichen(antrag, by=cast.schulleitung).nummer,
            person_id=cast.schulleitung.pk,
            schluessel=schluessel,
        )

    antworten = gleichzeitig(absenden)
    jahr = timezone.localdate().year
    assert set(antworten) == {f"HZ-{jahr}-0001"}
    assert list(Zaehler.objects.values_list("schluessel", "letzte")) == [(f"antrag:HZ:{jahr}", 1)]
    assert Antragsereignis.objects.filter(schritt="einreichen").count() == 1
    assert Antragsfassung.objects.count() == 1
    assert Auftrag.objects.filter(art="antrag_pdf").count() == 1
    assert Mail.objects.count() == 2  # Sachbearbeitung and Leitung, once each


BEIDE_HABEN_GESEHEN = Barrier(2)


def ohne_sperre(antrag_id):
    """Submitting as somebody would write it in a hurry: look, think, write. For the counter-test only."""
    antrag = Antrag.objects.get(pk=antrag_id)
    if antrag.status != "entwurf":
        return False
    BEIDE_HABEN_GESEHEN.wait()
    stand = Zaehler.objects.filter(schluessel="ungesperrt").first()
    zahl = (stand.letzte if stand else 0) + 1
    Zaehler.objects.update_or_create(schluessel="ungesperrt", defaults={"letzte": zahl})
    Antragsereignis.objects.create(antrag=antrag, schritt="einreichen", text="ohne Sperre", nach="eingereicht")
    Antrag.objects.filter(pk=antrag_id).update(
        status="eingereicht", nummer=f"U-{zahl}", regel=Foerderregel.objects.get(), eingereicht_am=timezone.now()
    )
    return True


def test_without_the_lock_there_would_be_many(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)

    def absenden(_):
        try:
            return ohne_sperre(antrag.pk)
        except IntegrityError:
            return False

    gleichzeitig(absenden, mal=2, faeden=2)
    assert Antragsereignis.objects.filter(schritt="einreichen").count() > 1


def test_many_applications_at_once_get_numbers_without_gaps(cast):
    make_regel(cast.harz, hoechstbetrag=999999)
    antraege = [make_antrag(cast.schule, cast.lehrkraft) for _ in range(12)]
    kaputt = {antrag.pk for antrag in antraege[::4]}
    Antrag.objects.filter(pk__in=kaputt).update(titel="")

    def absenden(nummer):
        try:
            return einreichen(antraege[nummer], by=cast.schulleitung).nummer
        except ValidationError:
            return None

    nummern = sorted(filter(None, gleichzeitig(absenden, mal=12, faeden=12)))
    jahr = timezone.localdate().year
    assert nummern == [f"HZ-{jahr}-{zahl:04}" for zahl in range(1, 10)]


def test_a_cap_is_not_overrun_from_two_sides(cast):
    """2.000 € for the school: of eight applications over 1.200 € each, one gets through."""
    antraege = [make_antrag(cast.schule, cast.lehrkraft) for _ in range(8)]

    def absenden(nummer):
        try:
            return einreichen(antraege[nummer], by=cast.schulleitung).nummer
        except ValidationError as error:
            return error.messages[0][:12]

    assert Counter(gleichzeitig(absenden, mal=8, faeden=8)) == {
        f"HZ-{timezone.localdate().year}-0001": 1,
        "Je Schule si": 7,
    }


def test_two_hundred_racing_steps_have_one_winner(cast):
    antrag = make_antrag_in("eingereicht", cast)
    schritte = [
        ("uebernehmen", lambda: uebernehmen(antrag, by=cast.sachbearbeitung)),
        ("uebernehmen", lambda: uebernehmen(antrag, by=cast.leitung)),
    ]

    def versuchen(nummer):
        name, tun = schritte[nummer % 2]
        try:
            tun()
        except TransitionNotAllowed as error:
            return str(error)[:50]
        return name

    verloren = "Kim Beispiel hat den Antrag zur Prüfung übernommen"
    assert Counter(gleichzeitig(versuchen)) == {"uebernehmen": 1, verloren: 199}
    assert Antragsereignis.objects.filter(schritt="uebernehmen").count() == 1
    gewonnen = Antragsereignis.objects.get(schritt="uebernehmen").durch
    assert Antrag.objects.get().zustaendig == gewonnen


def test_withdrawing_against_taking_over_tells_one_story(cast):
    """Both may come true, one after the other, but only as the table allows; never twice, never backwards."""
    antrag = make_antrag_in("eingereicht", cast)

    def versuchen(nummer):
        try:
            if nummer % 2:
                return zurueckziehen(antrag, by=cast.schulleitung).status
            return uebernehmen(antrag, by=cast.sachbearbeitung).status
        except (TransitionNotAllowed, PermissionDenied):
            return None

    gewonnen = Counter(gleichzeitig(versuchen))
    assert gewonnen["zurueckgezogen"] == 1
    assert gewonnen["formalpruefung"] <= 1
    geschichte = list(Antragsereignis.objects.order_by("pk").values_list("von", "nach"))
    assert [von for von, _ in geschichte[1:]] == [nach for _, nach in geschichte[:-1]]
    assert Antrag.objects.get().status == "zurueckgezogen"


def test_two_hundred_saves_of_one_version_lose_but_one(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)

    def speichern(nummer):
        try:
            abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"titel": f"Titel {nummer}"})
        except VersionKonflikt:
            return "Konflikt"
        return f"Titel {nummer}"

    antworten = gleichzeitig(speichern)
    [titel] = [antwort for antwort in antworten if antwort != "Konflikt"]
    antrag.refresh_from_db()
    assert (antrag.titel, antrag.version) == (titel, 2)
