"""Bias, votes, deputies, withdrawn cases, money: what the services allow and what they refuse."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from angebote.budget.models import Budget
from angebote.entscheidung.services import zurueckziehen
from angebote.models import Antrag
from gremien.abstimmung import services
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.models import Beschluss, Stimme
from gremien.sitzung import ladung
from gremien.sitzung import services as sitzungen
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.formular.konflikt import Konflikt
from tests.factories_gremium import bewilligen, make_mitglied, make_saal, make_sitzung_in


@pytest.fixture
def punkt(laufend):
    return laufend.punkte.get()


VORSCHLAG = {
    "antrag_auf": "bewilligen",
    "betrag": Decimal("900.00"),
    "auflagen": "",
    "gruende": "Das passt hier nicht.",
}


def stimmen(punkt, saal, *werte, **vorschlag):
    abgegeben = {m.pk: w for m, w in zip(saal.alle, werte, strict=True) if w}
    return services.abstimmen(punkt, by=saal.vorsitz.person, stimmen=abgegeben, **VORSCHLAG | vorschlag)


def beschliessen(punkt, saal, *, by=None, **vorschlag):
    """Close the vote on what was counted before; where it is lost, that is meant."""
    gemeint = {"by": by or saal.vorsitz.person, "stimmen": {}, "verloren": True}
    return services.feststellen(punkt, **gemeint | VORSCHLAG | vorschlag)


# chair, member 1, 2, 3 → what the Gremium resolved
ERGEBNISSE = [
    (("ja", "ja", "ja", "ja"), "bewilligen"),
    (("ja", "ja", "nein", "enthaltung"), "bewilligen"),
    (("ja", "ja", "nein", "nein"), "bewilligen"),
    (("nein", "ja", "ja", "nein"), "ablehnen"),
    (("enthaltung", "ja", "nein", "enthaltung"), "ablehnen"),
    (("enthaltung", "enthaltung", "enthaltung", "enthaltung"), "ablehnen"),
]


@pytest.mark.parametrize(("werte", "ausgang"), ERGEBNISSE)
def test_the_votes_make_the_resolution(saal, punkt, werte, ausgang):
    stimmen(punkt, saal, *werte)
    beschluss = beschliessen(punkt, saal)
    assert beschluss.ausgang == ausgang
    antrag = Antrag.objects.get()
    erwartet = ("beschlossen", Decimal("900.00")) if ausgang == "bewilligen" else ("ablehnung_beschlossen", None)
    assert (antrag.status, antrag.bewilligt) == erwartet


# chair, member 1, 2, 3: an abstention is no No, and no casting vote hides it
OHNE_STICHENTSCHEID = [
    (("enthaltung", "ja", "enthaltung", "enthaltung"), "bewilligen"),
    (("enthaltung", "ja", "ja", "nein"), "bewilligen"),
    (("ja", "enthaltung", "enthaltung", "nein"), "ablehnen"),
    (("enthaltung", "ja", "nein", "nein"), "ablehnen"),
]


@pytest.mark.parametrize(("werte", "ausgang"), OHNE_STICHENTSCHEID)
def test_abstentions_are_not_cast(cast, werte, ausgang):
    saal = make_saal(cast, vorsitz_entscheidet=False, grundlage="Geschäftsordnung § 4")
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    stimmen(punkt, saal, *werte)
    assert beschliessen(punkt, saal).ausgang == ausgang


def test_votes_without_a_quorum_are_none(cast):
    """Exactly half is not enough; who comes later does not make votes of before count."""
    saal = make_saal(cast, mitglieder=5)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    for mitglied in saal.mitglieder[2:]:
        sitzungen.anwesend(punkt.sitzung, mitglied, by=saal.vorsitz.person, da=False)
    werte = ("ja", "ja", "ja", None, None, None)
    with pytest.raises(ValidationError, match="nicht beschlussfähig: 3 anwesend von 6 Stimmberechtigten"):
        stimmen(punkt, saal, *werte)
    sitzungen.anwesend(punkt.sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=True)
    with pytest.raises(ValidationError, match="Es fehlt noch die Stimme von: Vera Vorsitz, "):
        beschliessen(punkt, saal)
    stimmen(punkt, saal, "ja", "ja", "ja", "nein", None, None)
    sitzungen.anwesend(punkt.sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=False)
    with pytest.raises(ValidationError, match="nicht beschlussfähig"):
        beschliessen(punkt, saal)
    assert (Beschluss.objects.count(), Stimme.objects.count()) == (0, 4)


ANDERES = [{"betrag": Decimal("800.00")}, {"antrag_auf": "ablehnen"}, {"auflagen": "Bitte mit Bericht."}]


@pytest.mark.parametrize("anders", ANDERES)
def test_votes_count_only_for_the_motion_they_were_given_on(saal, punkt, anders):
    """Another motion asks everybody again; the votes on the first one stay on record. Gründe only explain it."""
    stimmen(punkt, saal, "ja", "ja", "ja", "ja")
    with pytest.raises(ValidationError, match="Gezählt wurden Stimmen zu einem anderen Vorschlag: Bewilligung von 900"):
        beschliessen(punkt, saal, **anders)
    assert stimmen(punkt, saal, "ja", "ja", "ja", "ja", **anders).stimmen == {}
    with pytest.raises(ValidationError, match="Es fehlt noch die Stimme von: Vera Vorsitz, Mia "):
        beschliessen(punkt, saal, **anders)
    assert stimmen(punkt, saal, "nein", "nein", "nein", "nein", **anders).zahlen.nein == 4
    assert (punkt.vorschlaege.count(), Stimme.objects.filter(wert="ja").count()) == (2, 4)


def test_reasons_may_be_worded_until_the_end(saal, punkt):
    voll = {"betrag": Decimal("1200.00")}
    stimmen(punkt, saal, "nein", "nein", "nein", "nein", **voll, gruende="")
    assert beschliessen(punkt, saal, **voll, gruende="Das Projekt läuft schon.").gruende == "Das Projekt läuft schon."
    assert (punkt.vorschlaege.count(), Stimme.objects.count()) == (1, 4)


@pytest.mark.parametrize("wert", ["nein", "enthaltung"])
def test_a_lost_award_refuses_the_whole_case_only_where_that_is_said(als, saal, punkt, wert):
    """Three abstain from 900 of 1.200: nobody is told that this refuses the case, so it does not, until it is meant."""
    alle = {m.pk: wert for m in saal.alle}
    with pytest.raises(ValidationError, match="Der Antrag ist damit im Ganzen abgelehnt, nicht nur dieser Betrag"):
        services.feststellen(punkt, by=saal.vorsitz.person, stimmen=alle, **VORSCHLAG)
    assert Beschluss.objects.count() == 0
    stimmen(punkt, saal, *[wert] * 4)
    with pytest.raises(ValidationError, match="hat keine Mehrheit"):
        services.feststellen(punkt, by=saal.vorsitz.person, stimmen={}, **VORSCHLAG)
    client, adresse = als(saal.vorsitz.person), punkt.get_absolute_url()
    seite = client.get(adresse)
    assert "ohne Mehrheit. Der Antrag ist damit im Ganzen abgelehnt, nicht nur dieser Betrag." in seite.text
    form = seite.context["form"]
    daten = {name: form[name].value() or "" for name in form.fields if name != "verloren"} | {"feststellen": "1"}
    assert "hat keine Mehrheit" in client.post(f"{adresse}abstimmung/", daten).text
    client.post(f"{adresse}abstimmung/", daten | {"verloren": "on"})
    assert Beschluss.objects.get().ausgang == "ablehnen"


def test_less_than_asked_for_and_a_refusal_have_reasons_in_a_sentence(saal, punkt):
    for vorschlag in ({"gruende": ""}, {"gruende": "Nein"}, {"antrag_auf": "ablehnen", "gruende": "Nein"}):
        with pytest.raises(ValidationError, match="in einem ganzen Satz"):
            stimmen(punkt, saal, "ja", "ja", "ja", "ja", **vorschlag)
    assert stimmen(punkt, saal, "ja", "ja", "ja", "ja", betrag=Decimal("1200.00"), gruende="").zahlen.ja == 4


def test_nobody_decides_on_an_older_page(saal, punkt):
    """Counted anew, somebody gone, a bias decided: each is another version, and nothing is decided on the old one."""
    alle = {m.pk: "ja" for m in saal.alle}

    def feststellen(version):
        with pytest.raises(Konflikt, match="Seit Sie diese Seite geöffnet haben") as konflikt:
            services.feststellen(punkt, by=saal.vorsitz.person, stimmen=alle, version=version, **VORSCHLAG)
        assert konflikt.value.version == read_lage(punkt).version
        return " ".join(konflikt.value.messages)

    gesehen = read_lage(punkt).version
    stimmen(punkt, saal, "nein", "nein", "nein", "ja")
    assert "Gespeichert ist jetzt – 1 Ja, 3 Nein, 0 Enthaltungen: Bewilligung von 900,00" in feststellen(gesehen)
    gesehen = read_lage(punkt).version
    sitzungen.anwesend(punkt.sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=False)
    assert "nicht mit stimmen: Mia Mitglied 3 (nicht anwesend)" in feststellen(gesehen)
    gesehen = read_lage(punkt).version
    zeile = befangenheit.festhalten(punkt, by=saal.vorsitz.person, mitglied=saal.mitglieder[1], grad="p20", grund="x")
    feststellen(gesehen)
    gesehen = read_lage(punkt).version
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="nicht_befangen")
    feststellen(gesehen)
    assert (Beschluss.objects.count(), Antrag.objects.get().status) == (0, "im_gremium")


def test_put_off_with_reasons_waits_for_the_school(saal, punkt):
    stimmen(punkt, saal, "ja", "ja", "ja", "ja", antrag_auf="zurueckstellen")
    assert beschliessen(punkt, saal, antrag_auf="zurueckstellen").ausgang == "zurueckstellen"
    assert Antrag.objects.get().status == "zurueckgestellt"


def test_a_lost_motion_to_put_off_resolves_nothing(saal, punkt):
    stimmen(punkt, saal, "nein", "nein", "ja", "nein", antrag_auf="zurueckstellen")
    with pytest.raises(ValidationError, match="Dafür gibt es keine Mehrheit"):
        beschliessen(punkt, saal, antrag_auf="zurueckstellen")
    assert Beschluss.objects.count() == 0


REFUSED = [
    ({"betrag": None}, "Bitte nennen Sie den Betrag"),
    ({"betrag": Decimal("1200.01")}, "Mehr als beantragt"),
]


@pytest.mark.parametrize(("fields", "satz"), REFUSED)
def test_amounts_that_are_refused(saal, punkt, fields, satz):
    with pytest.raises(ValidationError, match=satz):
        services.feststellen(
            punkt, by=saal.vorsitz.person, stimmen={m.pk: "ja" for m in saal.alle}, **VORSCHLAG | fields
        )
    assert (Beschluss.objects.count(), Antrag.objects.get().status) == (0, "im_gremium")


def test_money_that_does_not_reach_is_refused(saal, punkt):
    Budget.objects.update(ansatz=Decimal("899.99"))
    with pytest.raises(ValidationError, match="reicht nicht: frei sind noch 899,99"):
        stimmen(punkt, saal, "ja", "ja", "ja", "ja")
    Budget.objects.update(ansatz=Decimal("900.00"))
    stimmen(punkt, saal, "ja", "ja", "ja", "ja")
    Budget.objects.update(ansatz=Decimal("899.99"))
    with pytest.raises(ValidationError, match="reicht nicht: frei sind noch 899,99"):
        beschliessen(punkt, saal)
    assert Beschluss.objects.count() == 0


def test_reasons_belong_to_what_is_voted_on(saal, punkt):
    """Of a refusal from the start; of an award that is lost, when it is lost."""
    ablehnung = {"antrag_auf": "ablehnen", "betrag": None}
    with pytest.raises(ValidationError, match="Bitte nennen Sie die Gründe"):
        stimmen(punkt, saal, "ja", "ja", "nein", "ja", **ablehnung, gruende="")
    stimmen(punkt, saal, "ja", "ja", "nein", "ja", **ablehnung)
    with pytest.raises(ValidationError, match="Gezählt wurden Stimmen zu einem anderen Vorschlag"):
        beschliessen(punkt, saal, **ablehnung, gruende="Etwas ganz anderes ist gemeint.")
    stimmen(punkt, saal, "ja", "ja", "nein", "ja", **ablehnung, gruende="Etwas ganz anderes ist gemeint.")
    assert read_lage(punkt).stimmen == {}  # everybody is asked again
    voll = {"betrag": Decimal("1200.00")}
    stimmen(punkt, saal, "nein", "nein", "nein", "ja", **voll, gruende="")
    stimmen(punkt, saal, "nein", "nein", "nein", "ja", **voll, gruende="")
    beschluss = beschliessen(punkt, saal, **voll, gruende="Es gibt dafür keinen Bedarf.")
    assert (beschluss.ausgang, beschluss.gruende) == ("ablehnen", "Es gibt dafür keinen Bedarf.")


def test_other_reasons_for_an_award_that_was_voted_on_are_another_motion(saal, punkt):
    stimmen(punkt, saal, "ja", "ja", "nein", "ja")
    with pytest.raises(ValidationError, match="Gezählt wurden Stimmen zu einem anderen Vorschlag"):
        beschliessen(punkt, saal, gruende="Andere Gründe als vorher.")


def test_everybody_who_may_vote_has_voted(saal, punkt):
    stimmen(punkt, saal, "ja", "ja", "ja", None)
    with pytest.raises(ValidationError, match="Es fehlt noch die Stimme von: Mia Mitglied 3"):
        beschliessen(punkt, saal)


def test_a_withdrawn_case_is_refused(cast, saal, laufend, punkt):
    stimmen(punkt, saal, "ja", "ja", "ja", "ja")
    zurueckziehen(punkt.antrag, by=cast.schulleitung)
    with pytest.raises(TransitionNotAllowed, match="zurückgezogen"):
        beschliessen(punkt, saal)
    services.schliessen(laufend, by=saal.vorsitz.person)
    punkt.refresh_from_db()
    assert (punkt.ausgang, Beschluss.objects.count()) == ("zurueckgezogen", 0)


def test_an_open_question_of_bias_comes_first(saal, punkt):
    mitglied = saal.mitglieder[0]
    befangen = befangenheit.erklaeren(punkt, by=mitglied.person, grad="p21", grund="Nachbarin")
    assert [p.grund for p in read_lage(punkt).ohne_stimme] == ["befangen"]
    for tun in (lambda: stimmen(punkt, saal, "ja", None, "ja", "ja"), lambda: beschliessen(punkt, saal)):
        with pytest.raises(ValidationError, match="Bitte entscheiden Sie zuerst, ob Mia Mitglied 1 befangen ist"):
            tun()
    with pytest.raises(PermissionDenied):
        befangenheit.entscheiden(befangen, by=mitglied.person, entscheidung="nicht_befangen")
    befangenheit.entscheiden(befangen, by=saal.vorsitz.person, entscheidung="befangen")
    for tun in (lambda: stimmen(punkt, saal, "ja", None, "ja", "ja"), lambda: beschliessen(punkt, saal)):
        with pytest.raises(ValidationError, match="ist befangen und noch im Raum"):
            tun()
    assert Stimme.objects.count() == 0
    befangenheit.entscheiden(befangen, by=saal.vorsitz.person, entscheidung="befangen", hat_verlassen=True)
    stimmen(punkt, saal, "ja", None, "ja", "ja")
    beschluss = beschliessen(punkt, saal)
    assert (beschluss.ja, beschluss.anwesend, beschluss.ausgeschlossen, beschluss.stimmberechtigt) == (3, 3, 1, 4)


def test_two_excluded_of_four_leave_no_quorum(saal, punkt):
    for mitglied in saal.mitglieder[:2]:
        befangenheit.erklaeren(punkt, by=mitglied.person, grad="p20", grund="Arbeitgeber")
    assert read_lage(punkt).faehig.gegeben is False
    with pytest.raises(ValidationError, match="nicht beschlussfähig"):
        beschliessen(punkt, saal)


def test_a_deputy_votes_only_in_the_place_of_an_absent_member(cast):
    saal = make_saal(cast)
    vertretung = make_mitglied(saal.gremium, vertritt=saal.mitglieder[0])
    saal.alle.append(vertretung)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    assert vertretung not in read_lage(punkt).stimmberechtigt
    sitzungen.anwesend(punkt.sitzung, saal.mitglieder[0], by=saal.vorsitz.person, da=False)
    assert vertretung in read_lage(punkt).stimmberechtigt
    assert read_lage(punkt).faehig.anwesend == 4


def test_who_stands_in_for_an_absent_chair_decides_a_tie(cast):
    saal = make_saal(cast, mitglieder=4)
    saal.mitglieder[0].rolle = "stellv_vorsitz"
    saal.mitglieder[0].save()
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    sitzungen.anwesend(punkt.sitzung, saal.vorsitz, by=cast.leitung, da=False)
    werte = {m.pk: w for m, w in zip(saal.mitglieder, ("ja", "ja", "nein", "nein"), strict=True)}
    services.abstimmen(punkt, by=cast.leitung, stimmen=werte, **VORSCHLAG)
    assert beschliessen(punkt, saal, by=saal.mitglieder[0].person).ausgang == "bewilligen"


def test_votes_of_the_absent_and_the_excluded_are_refused(cast):
    saal = make_saal(cast, mitglieder=6)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    sitzungen.anwesend(punkt.sitzung, saal.mitglieder[2], by=saal.vorsitz.person, da=False)
    befangen = befangenheit.erklaeren(punkt, by=saal.mitglieder[1].person, grad="p20", grund="x")
    befangenheit.entscheiden(befangen, by=saal.vorsitz.person, entscheidung="befangen", hat_verlassen=True)
    for mitglied in saal.mitglieder[1:3]:
        with pytest.raises(ValidationError, match="Wer befangen oder nicht anwesend ist, stimmt nicht mit"):
            services.abstimmen(punkt, by=saal.vorsitz.person, stimmen={mitglied.pk: "ja"}, **VORSCHLAG)
    assert Stimme.objects.count() == 0


def test_a_vote_of_somebody_who_left_before_the_end_does_not_count(cast):
    saal = make_saal(cast, mitglieder=4)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    stimmen(punkt, saal, "ja", "ja", "ja", "ja", "nein")
    sitzungen.anwesend(punkt.sitzung, saal.mitglieder[3], by=saal.vorsitz.person, da=False)
    assert (beschliessen(punkt, saal).nein, Stimme.objects.filter(wert="nein").count()) == (0, 1)


def test_who_was_never_invited_hinders_a_resolution(saal, punkt):
    neu = make_mitglied(saal.gremium, von=timezone.localdate() - timedelta(days=1))
    assert read_lage(punkt).faehig.gegeben is False
    assert ladung.nachladen(punkt.sitzung, by=saal.vorsitz.person) == 1
    assert neu.ladungen.count() == 1
    assert read_lage(punkt).faehig.gegeben is True


@pytest.mark.parametrize("waehlen", [slice(1), slice(None)], ids=["one", "all"])
def test_votes_are_recorded_in_one_question_however_many(saal, punkt, waehlen, django_assert_num_queries):
    stimmen(punkt, saal, "nein", "ja", "ja", "ja")
    geaendert = {m.pk: "enthaltung" for m in saal.alle[waehlen]}
    with django_assert_num_queries(17):
        services.abstimmen(punkt, by=saal.vorsitz.person, stimmen=geaendert, **VORSCHLAG)
    assert Stimme.objects.count() == 4
    assert Stimme.objects.filter(wert="enthaltung").count() == len(geaendert)


def test_a_second_resolution_on_the_same_item_is_refused(saal, punkt):
    bewilligen(punkt, saal)
    with pytest.raises(TransitionNotAllowed, match="schon entschieden"):
        beschliessen(punkt, saal)


def test_a_postponed_case_is_ready_again(cast, saal, punkt):
    services.vertagen(punkt, by=saal.vorsitz.person)
    assert Antrag.objects.get().status == "gremienreif"


@pytest.mark.parametrize("wer", ["nachbarin", "freigabe", "pruefung", "koordination", "lehrkraft"])
def test_only_those_who_lead_record_votes(cast, saal, punkt, wer):
    with pytest.raises(PermissionDenied):
        services.abstimmen(punkt, by=getattr(cast, wer), stimmen={saal.vorsitz.pk: "ja"}, **VORSCHLAG)


def test_a_withdrawn_case_is_not_voted_on_past_the_page_either(cast, saal, laufend):
    punkt = laufend.punkte.get()
    zurueckziehen(punkt.antrag, by=cast.schulleitung)
    with pytest.raises(TransitionNotAllowed, match="zurückgezogen"):
        services.abstimmen(punkt, by=saal.vorsitz.person, stimmen={saal.vorsitz.pk: "ja"}, **VORSCHLAG)
    assert not Stimme.objects.exists()
