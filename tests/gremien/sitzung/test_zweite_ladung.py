"""One person alone decides nothing: a second invitation is to what lacked a quorum, and an early meeting needs all."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.pruefung.services import wer_kann_zeichnen
from gremien.abstimmung import services as abstimmung
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.models import Beschluss, Sitzung
from gremien.sitzung import services
from tests.factories_antrag import make_antrag_in, make_regel
from tests.factories_gremium import (
    bewilligen,
    heute,
    make_saal,
    make_sitzung,
    make_sitzung_in,
)

MORGEN = timedelta(days=30)


@pytest.fixture
def saal(cast):
    return make_saal(cast)


def allein(sitzung, saal):
    """Everybody goes but the chair."""
    for mitglied in saal.mitglieder:
        services.anwesend(sitzung, mitglied, by=saal.vorsitz.person, da=False)


def zweite(saal, cast):
    sitzung = make_sitzung(saal.gremium, cast.leitung, zweite_ladung=True, beginn=timezone.now() + MORGEN)
    services.bereite_aufnehmen(sitzung, by=cast.leitung)
    sitzung = befangenheit.einladen(sitzung, by=cast.leitung)
    sitzung = befangenheit.eroeffnen(heute(sitzung), by=saal.vorsitz.person)
    services.anwesend(sitzung, saal.vorsitz, by=saal.vorsitz.person, da=True)
    return sitzung


def test_there_is_no_second_invitation_without_a_lack_of_quorum(cast, saal):
    sitzung = make_sitzung_in("laufend", cast, saal)
    abstimmung.vertagen(sitzung.punkte.get(), by=saal.vorsitz.person)  # put off, but all were there
    abstimmung.schliessen(sitzung, by=saal.vorsitz.person)
    with pytest.raises(ValidationError, match="Eine zweite Ladung gibt es nur für einen Punkt"):
        zweite(saal, cast)


@pytest.mark.parametrize("wie", ["vertagt", "beim Schließen"])
def test_a_second_invitation_makes_only_the_same_case_quorate(cast, saal, wie):
    make_regel(cast.harz, hoechstbetrag=99999)
    sitzung = make_sitzung_in("laufend", cast, saal)
    alt = sitzung.punkte.get()
    allein(sitzung, saal)
    if wie == "vertagt":
        abstimmung.vertagen(alt, by=saal.vorsitz.person)
        abstimmung.schliessen(sitzung, by=saal.vorsitz.person)
    else:
        abstimmung.schliessen(sitzung, by=saal.vorsitz.person, antworten={alt.pk: "nicht_behandelt"})
    alt.refresh_from_db()
    assert alt.beschlussunfaehig
    neu = make_antrag_in("gremienreif", cast, titel="Ein anderer Antrag")
    sitzung = zweite(saal, cast)
    lagen = {punkt.antrag_id: read_lage(punkt).faehig for punkt in sitzung.punkte.all()}
    assert (lagen[alt.antrag_id].gegeben, lagen[neu.pk].gegeben) == (True, False)
    assert "zweite Ladung" in lagen[alt.antrag_id].satz
    assert "zweite Ladung" not in lagen[neu.pk].satz
    with pytest.raises(ValidationError, match="nicht beschlussfähig"):
        bewilligen(sitzung.punkte.get(antrag=neu), saal)
    assert bewilligen(sitzung.punkte.get(antrag=alt.antrag_id), saal).ja == 1


def angesetzt(sitzung, spaeter) -> Sitzung:
    """The same meeting, as if it had been planned for so much later than it was opened."""
    Sitzung.objects.filter(pk=sitzung.pk).update(beginn=sitzung.eroeffnet_am + spaeter)
    return Sitzung.objects.get(pk=sitzung.pk)


@pytest.mark.parametrize("frueher", [timedelta(days=20), timedelta(hours=5)])
def test_a_meeting_before_its_time_resolves_only_with_everybody(cast, saal, frueher):
    sitzung = make_sitzung_in("laufend", cast, saal)
    sitzung = angesetzt(sitzung, frueher)
    services.anwesend(sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=False)
    lage = read_lage(sitzung.punkte.get())
    assert not lage.faehig.gegeben
    assert "1 von 4 Stimmberechtigten ohne Ladung" in lage.faehig.satz
    services.anwesend(sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=True)
    assert read_lage(sitzung.punkte.get()).faehig.gegeben


def test_a_few_minutes_early_are_as_invited(cast, saal):
    sitzung = make_sitzung_in("laufend", cast, saal)
    sitzung = angesetzt(sitzung, timedelta(minutes=30))
    services.anwesend(sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=False)
    assert read_lage(sitzung.punkte.get()).faehig.gegeben


def test_who_declared_a_resolution_does_not_sign_it(cast):
    saal = make_saal(cast)
    saal.vorsitz.person = cast.freigabe
    saal.vorsitz.save()
    sitzung = make_sitzung_in("laufend", cast, saal)
    antrag = sitzung.punkte.get().antrag
    assert cast.freigabe in wer_kann_zeichnen(antrag)
    bewilligen(sitzung.punkte.get(), saal)
    assert cast.freigabe not in wer_kann_zeichnen(antrag)


def test_nobody_there_hears_nothing(cast, saal):
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    punkt = services.punkt_hinzufuegen(sitzung, by=cast.leitung, titel="Bericht")
    sitzung = befangenheit.einladen(sitzung, by=cast.leitung)
    sitzung = befangenheit.eroeffnen(heute(sitzung), by=cast.leitung)
    with pytest.raises(ValidationError, match="Niemand ist als anwesend festgehalten"):
        abstimmung.zur_kenntnis_nehmen(punkt, by=cast.leitung)
    with pytest.raises(ValidationError, match="Niemand ist als anwesend festgehalten"):
        abstimmung.schliessen(sitzung, by=cast.leitung, antworten={punkt.pk: "behandelt"})
    abstimmung.schliessen(sitzung, by=cast.leitung, antworten={punkt.pk: "nicht_behandelt"})
    assert Beschluss.objects.count() == 0
