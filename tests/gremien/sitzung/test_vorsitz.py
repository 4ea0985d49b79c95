"""Who presides over an item, who declares its result, and that nobody votes without somebody in the chair."""

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from gremien.abstimmung import services as abstimmung
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.models import Beschluss, Punktleitung
from gremien.sitzung import services
from gremien.sitzung.vorsitz import read_leitung
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in


@pytest.fixture
def saal(cast):
    """Chair, deputy chair, Schriftführung and two more; the office is no member."""
    saal = make_saal(cast, mitglieder=2)
    saal.stellvertretung = make_mitglied(saal.gremium, rolle="stellv_vorsitz")
    saal.schrift = make_mitglied(saal.gremium, rolle="schriftfuehrung")
    saal.alle += [saal.stellvertretung, saal.schrift]
    return saal


@pytest.fixture
def punkt(cast, saal):
    return make_sitzung_in("laufend", cast, saal).punkte.get()


def geht(punkt, mitglied, cast):
    services.anwesend(punkt.sitzung, mitglied, by=cast.leitung, da=False)


def befangen(punkt, mitglied):
    befangenheit.erklaeren(punkt, by=mitglied.person, grad="p21", grund="Nachbarschaft")


def stimmt_ab(punkt, by):
    stimmen = {m.pk: "ja" for m in read_lage(punkt).stimmberechtigt}
    return abstimmung.feststellen(punkt, by=by, stimmen=stimmen, antrag_auf="bewilligen", betrag=punkt.antrag.beantragt)


def test_the_chair_presides_then_the_deputy_then_whom_the_members_name(cast, saal, punkt):
    assert read_leitung(punkt).mitglied == saal.vorsitz
    befangen(punkt, saal.vorsitz)
    assert read_leitung(punkt).mitglied == saal.stellvertretung
    geht(punkt, saal.stellvertretung, cast)
    assert read_leitung(punkt).mitglied is None
    services.leitung_bestimmen(punkt, by=cast.leitung, mitglied=saal.mitglieder[0])
    assert (read_leitung(punkt).mitglied, read_lage(punkt).vorsitz) == (saal.mitglieder[0], saal.mitglieder[0])
    geht(punkt, saal.mitglieder[0], cast)
    assert read_leitung(punkt).mitglied is None


def test_nobody_in_the_chair_means_no_vote(als, cast, saal, punkt):
    for leitend in (saal.vorsitz, saal.stellvertretung):
        geht(punkt, leitend, cast)
    with pytest.raises(ValidationError, match="Niemand leitet diesen Punkt"):
        abstimmung.abstimmen(punkt, by=saal.schrift.person, stimmen={saal.schrift.pk: "ja"})
    with pytest.raises(ValidationError, match="Niemand leitet diesen Punkt"):
        stimmt_ab(punkt, saal.schrift.person)
    assert (punkt.vorschlaege.count(), Beschluss.objects.count()) == (0, 0)
    client, seite = als(saal.schrift.person), f"/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/"
    text = client.get(seite).text
    assert "Niemand leitet diesen Punkt." in text
    assert "Stimmen zählen" not in text
    form = client.get(f"{seite}leitung/").context["form"]
    assert list(form.fields["mitglied"].queryset) == [saal.schrift, *saal.mitglieder]
    daten = {"schluessel": form["schluessel"].value(), "mitglied": saal.mitglieder[0].pk}
    antwort = client.post(f"{seite}leitung/", daten, follow=True)
    assert "das haben die Mitglieder so bestimmt" in antwort.text
    assert "Beschluss feststellen" in antwort.text
    assert client.post(f"{seite}leitung/", daten).status_code == 302
    zeile = Punktleitung.objects.get()
    assert (zeile.bestimmt, zeile.festgehalten_durch) == (True, saal.schrift.person)
    ereignis = punkt.sitzung.ereignisse.get(schritt="leitung_bestimmen")
    assert (ereignis.durch, ereignis.betrifft) == (saal.schrift.person, saal.mitglieder[0].person)


def test_whom_the_members_named_leads_the_item_and_no_other(als, cast, saal, punkt):
    for leitend in (saal.vorsitz, saal.stellvertretung):
        geht(punkt, leitend, cast)
    leiter = saal.mitglieder[0]
    services.leitung_bestimmen(punkt, by=saal.schrift.person, mitglied=leiter)
    assert "Beschluss feststellen" in als(leiter.person).get(punkt.get_absolute_url()).text
    assert "Beschluss feststellen" not in als(saal.mitglieder[1].person).get(punkt.get_absolute_url()).text
    assert stimmt_ab(punkt, leiter.person).festgestellt_durch == leiter.person
    assert [zeile.mitgliedschaft for zeile in punkt.leitungen.all()] == [leiter, leiter]


def test_the_members_name_nobody_while_the_chair_is_there_nor_somebody_who_is_not(cast, saal, punkt):
    with pytest.raises(TransitionNotAllowed, match="ist da und leitet diesen Punkt"):
        services.leitung_bestimmen(punkt, by=cast.leitung, mitglied=saal.mitglieder[0])
    for weg in (saal.vorsitz, saal.stellvertretung, saal.mitglieder[0]):
        geht(punkt, weg, cast)
    befangen(punkt, saal.mitglieder[1])
    for mitglied in saal.mitglieder:
        with pytest.raises(ValidationError, match="nicht im Raum oder bei diesem Punkt befangen"):
            services.leitung_bestimmen(punkt, by=cast.leitung, mitglied=mitglied)
        with pytest.raises(IntegrityError, match="punktleitung_"), transaction.atomic():
            Punktleitung.objects.create(punkt=punkt, mitgliedschaft=mitglied, festgehalten_durch=cast.leitung)


def test_the_office_counts_and_whoever_leads_declares(als, cast, saal, punkt):
    abstimmung.abstimmen(punkt, by=cast.leitung, stimmen={saal.vorsitz.pk: "ja"}, antrag_auf="bewilligen", betrag=1200)
    with pytest.raises(PermissionDenied, match="Das Ergebnis stellt fest, wer den Punkt leitet"):
        stimmt_ab(punkt, cast.leitung)
    text = als(cast.leitung).get(punkt.get_absolute_url()).text
    assert ("Stimmen zählen" in text, "Beschluss feststellen" in text) == (True, False)
    assert f"Das Ergebnis stellt {saal.vorsitz.person} fest" in text
    geht(punkt, saal.schrift, cast)
    with pytest.raises(ValidationError, match="wenn sie im Raum ist"):
        stimmt_ab(punkt, saal.schrift.person)
    beschluss = stimmt_ab(punkt, saal.stellvertretung.person)
    assert [zeile.mitgliedschaft for zeile in punkt.leitungen.all()] == [saal.vorsitz]
    assert beschluss.festgestellt_durch == saal.stellvertretung.person


@pytest.mark.parametrize("feld", ["verfasst_durch", "bestaetigt_durch"])
def test_who_wrote_or_confirmed_the_opinion_does_not_declare_that_item(als, cast, saal, punkt, feld):
    """Also as Schriftführung."""
    with pgtrigger.ignore():
        punkt.antrag.stellungnahmen.update(**{feld: saal.schrift.person})
    with pytest.raises(
        ValidationError, match="Sie haben die Stellungnahme zu diesem Antrag geschrieben oder bestätigt"
    ):
        stimmt_ab(punkt, saal.schrift.person)
    text = als(saal.schrift.person).get(punkt.get_absolute_url()).text
    assert ("Stimmen zählen" in text, "Beschluss feststellen" in text) == (True, False)
    assert stimmt_ab(punkt, saal.vorsitz.person).pk
