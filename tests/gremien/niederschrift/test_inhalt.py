"""The minutes say what was entered, and only that."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from gremien.abstimmung import services as abstimmung
from gremien.befangenheit import services as befangenheit
from gremien.models import Sitzung
from gremien.niederschrift.pdf import inhalt
from gremien.sitzung import services
from tests.factories import make_person
from tests.factories_gremium import bewilligen, make_mitglied, make_saal, make_sitzung_in

ANDERE = [("Honorare", "x", 1, "", "80.00")]


def lesen(sitzung) -> str:
    """The words of the minutes in one line."""
    sitzung = Sitzung.objects.get(pk=sitzung.pk)
    text = re.sub(r"<[^>]+>", " ", render_to_string("pdf/niederschrift.html", inhalt(sitzung)))
    return " ".join(text.replace("&nbsp;", " ").split())


@pytest.fixture
def sitzung(cast):
    """Two cases; the deputy chair is there, nobody keeps the minutes."""
    saal = make_saal(cast)
    saal.stellvertretung = make_mitglied(saal.gremium, rolle="stellv_vorsitz")
    saal.alle.append(saal.stellvertretung)
    sitzung = make_sitzung_in("laufend", cast, saal, antraege=2, kosten=ANDERE)
    sitzung.saal = saal
    return sitzung


def schliessen(sitzung, by=None, **antworten):
    offen = {punkt.pk: antworten.get(punkt.top.replace("TOP ", "top"), "vertagt") for punkt in sitzung.punkte.offen()}
    return abstimmung.schliessen(sitzung, by=by or sitzung.saal.vorsitz.person, antworten=offen)


def test_who_presided_over_what(sitzung):
    erster, zweiter = sitzung.punkte.order_by("position")
    bewilligen(erster, sitzung.saal, "80.00")
    befangenheit.erklaeren(zweiter, by=sitzung.saal.vorsitz.person, grad="p21", grund="GEHEIMER GRUND")
    text = lesen(schliessen(sitzung, by=sitzung.saal.stellvertretung.person))
    assert "Vorsitz Vera Vorsitz, Vorsitz; wer einen Punkt anders geleitet hat, steht dort" in text
    assert f"Leitung: {sitzung.saal.stellvertretung.person}." in text
    assert "GEHEIMER GRUND" not in text


def test_whom_the_members_named_is_told_with_who_recorded_it(cast, sitzung):
    punkt, saal = sitzung.punkte.order_by("position").first(), sitzung.saal
    for leitend in (saal.vorsitz, saal.stellvertretung):
        services.anwesend(sitzung, leitend, by=cast.leitung, da=False)
    services.leitung_bestimmen(punkt, by=cast.leitung, mitglied=saal.mitglieder[0])
    text = lesen(schliessen(sitzung, top2="nicht_behandelt"))
    assert "Die Mitglieder bestimmten Mia Mitglied 1 für die Leitung dieses Punktes" in text
    assert f"festgehalten durch {cast.leitung}" in text
    assert "Vorsitz Mia Mitglied 1, von den Mitgliedern bestimmt" in text


def test_a_meeting_in_which_nobody_presided_names_nobody(sitzung):
    text = lesen(schliessen(sitzung, top1="nicht_behandelt", top2="nicht_behandelt"))
    assert "Vorsitz nicht festgehalten" in text
    assert text.count("Ergebnis: nicht behandelt.") == 2


def test_who_took_no_part_is_not_present_throughout(sitzung):
    """With who decided on the bias, and what became of the vote cast before."""
    punkt, saal = sitzung.punkte.order_by("position").first(), sitzung.saal
    zeile = befangenheit.festhalten(
        punkt, by=saal.vorsitz.person, mitglied=saal.mitglieder[0], grad="p20", grund="GEHEIMER GRUND"
    )
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="befangen", hat_verlassen=True)
    bewilligen(punkt, saal, "80.00")
    text = lesen(schliessen(sitzung))
    assert re.search(r"Mia Mitglied 1 \S.*? Uhr; bei TOP 1 nicht im Raum \(Befangenheit\)", text)
    assert not re.search(r"Mia Mitglied 2 [^–]*? Uhr; bei TOP", text)
    satz = "Das Gremium entschied ohne die Person: befangen: berät und stimmt nicht mit (festgehalten um"
    assert satz in text
    assert "Die Person hat den Raum verlassen." in text
    assert "4 Ja, 0 Nein, 0 Enthaltungen" in text


def test_of_a_lost_motion_the_minutes_say_what_was_put_to_the_vote(sitzung):
    bewilligen(sitzung.punkte.order_by("position").first(), sitzung.saal, "80.00", wert="nein")
    text = lesen(schliessen(sitzung))
    assert "Zur Abstimmung stand: Bewilligung von 80,00 €. 0 Ja, 5 Nein" in text
    assert "Das Gremium lehnt den Antrag" in text


def test_votes_without_a_result_stay_without_effect(cast, sitzung):
    erster, zweiter = sitzung.punkte.order_by("position")
    saal = sitzung.saal
    for punkt in (erster, zweiter):
        stimmen = {m.pk: "ja" for m in saal.alle}
        abstimmung.abstimmen(
            punkt,
            by=cast.leitung,
            stimmen=stimmen,
            antrag_auf="bewilligen",
            betrag=80,
            gruende="Weil das Budget nicht weiter reicht.",
        )
    services.anwesend(sitzung, saal.mitglieder[0], by=cast.leitung, da=False)
    bewilligen(erster, saal, "80.00")
    text = lesen(schliessen(sitzung))
    assert (
        "Mia Mitglied 1 hatte abgestimmt und war beim Feststellen nicht mehr im Raum; die Stimme zählt nicht." in text
    )
    assert text.count("Es wurden Stimmen festgehalten, aber kein Ergebnis festgestellt.") == 1
    assert "Diese Stimmen bleiben ohne Wirkung. Ergebnis: vertagt." in text


def test_what_went_another_way_is_told_with_its_reason(cast, saal):
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    Sitzung.objects.filter(pk=sitzung.pk).update(beginn=timezone.now() + timedelta(days=1))
    sitzung = befangenheit.eroeffnen(sitzung, by=saal.vorsitz.person, begruendung="Alle sind heute da.")
    sitzung.saal = saal
    text = lesen(schliessen(sitzung))
    assert "Was anders war als geplant Angesetzt war sie für" in text
    assert "eröffnet wurde sie an einem anderen Tag. Grund: Alle sind heute da." in text
    assert "Anwesende Mitglieder Name Entsandt von Anwesend niemand" in text


def test_on_its_day_nothing_was_different(sitzung):
    text = lesen(schliessen(sitzung))
    assert "Was anders war als geplant" not in text
    assert "Zur Sitzung wurden 5 Mitglieder geladen" in text


def test_the_minutes_say_who_voted_for_whom_and_who_was_excluded(cast, sitzung):
    """A deputy votes in the place of somebody excluded: that is told, not that nobody was excluded."""
    saal, punkt = sitzung.saal, sitzung.punkte.order_by("position").first()
    vertretung = make_mitglied(saal.gremium, make_person("Deniz", "Vertretung"), vertritt=saal.mitglieder[0])
    services.anwesend(sitzung, vertretung, by=cast.leitung, da=True)
    zeile = befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="x")
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="befangen", hat_verlassen=True)
    bewilligen(punkt, saal, "80.00")
    text = lesen(schliessen(sitzung))
    wer = saal.mitglieder[0].person
    assert f"ausgeschlossen: {wer}. Für {wer} stimmte Deniz Vertretung" in text
