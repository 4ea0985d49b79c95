"""A draft is taken back from the head, dropped, and taken up again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.antrag import services
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.zusammenarbeit.models import Mitschreibende
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.angebote.antrag.test_views import schluessel
from tests.factories import make_netzwerkstelle, make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in
from tests.formulare import schrittformulare

GRUND = "Bitte ohne den Namen von Frau Ohnesorge."


def knopf(antrag, schritt):
    return f'href="/antraege/{antrag.pk}/{schritt}/"'


def gezeigt(antwort) -> dict:
    """What the form of a step sends back as it is."""
    [formular] = schrittformulare(antwort)
    return {name: werte for name, werte in formular.felder.items() if name != "csrfmiddlewaretoken"}


def auf_der_seite(als, person, antrag, schritt) -> bool:
    return knopf(antrag, schritt) in als(person).get(antrag.get_absolute_url()).text


def test_who_handed_it_over_takes_it_back_and_goes_on(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    person, adresse = als(cast.lehrkraft), f"/antraege/{antrag.pk}/zurueckholen/"
    assert knopf(antrag, "zurueckholen") in person.get(antrag.get_absolute_url()).text
    assert "Zurückholen und weiter ändern" in person.get(adresse).text
    seite = person.post(adresse, schluessel(), follow=True)
    assert "Der Antrag ist wieder bei Ihnen." in seite.text
    assert person.get(f"/antraege/{antrag.pk}/abschnitt/projekt/").status_code == 200


def test_only_author_and_who_handed_over_take_it_back(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    andere, dritte = (make_zugehoerigkeit(cast.schule, Rolle.SCHULE_MITARBEIT).person for _ in range(2))
    vertretung = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_STELLVERTRETUNG).person
    Mitschreibende.objects.create(antrag=antrag, person=andere)
    antrag = services.weitergeben(antrag, by=andere)
    for person, darf in [(cast.lehrkraft, True), (andere, True), (dritte, False), (vertretung, False)]:
        assert auf_der_seite(als, person, antrag, "zurueckholen") is darf
    with pytest.raises(ValidationError, match="wer ihn geschrieben oder weitergegeben hat"):
        services.zurueckholen(antrag, by=dritte)


def test_a_head_who_reads_an_old_page_signs_nothing_that_was_taken_back(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    kopf, adresse = als(cast.schulleitung), f"/antraege/{antrag.pk}/einreichen/"
    formular = gezeigt(kopf.get(adresse)) | {"gelesen": "on"}
    zurueck = gezeigt(kopf.get(f"/antraege/{antrag.pk}/zurueckgeben/")) | {"begruendung": "Bitte genauer rechnen."}
    services.zurueckholen(antrag, by=cast.lehrkraft)
    seite = kopf.post(adresse, formular)
    assert "Seit Sie diese Seite geöffnet haben, hat sich etwas geändert." in seite.text
    assert f"{cast.lehrkraft} hat den Antrag zurückgeholt" in seite.text
    antwort = kopf.post(f"/antraege/{antrag.pk}/zurueckgeben/", zurueck)
    assert (antwort.status_code, "Bitte genauer rechnen." in antwort.text) == (409, True)
    assert "hat den Antrag zurückgeholt" in antwort.text
    antrag.refresh_from_db()
    assert antrag.status == "entwurf"


@pytest.mark.parametrize("status", [Status.ENTWURF, Status.FREIGABE_SL])
def test_an_own_draft_is_dropped_through_its_page_and_stays_readable(cast, als, status):
    antrag = make_antrag_in(status, cast)
    person = als(cast.lehrkraft)
    adresse = f"/antraege/{antrag.pk}/verwerfen/"
    assert knopf(antrag, "verwerfen") in person.get(antrag.get_absolute_url()).text
    assert "Bitte bestätigen Sie" in person.post(adresse, schluessel()).text
    seite = person.post(adresse, {"bestaetigt": "on"} | schluessel(), follow=True)
    assert "hat den Entwurf verworfen" in seite.text
    assert "Tag 1 Kennenlernen" in seite.text
    antrag.refresh_from_db()
    assert (antrag.status, antrag.nummer) == ("verworfen", None)
    assert 'value="verworfen"' in person.get("/antraege/").text


def test_a_draft_of_others_is_dropped_by_the_head_alone_and_with_a_reason(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    kollegin = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_MITARBEIT).person
    assert not auf_der_seite(als, kollegin, antrag, "verwerfen")
    seite = als(kollegin).post(f"/antraege/{antrag.pk}/verwerfen/", {"bestaetigt": "on"} | schluessel())
    assert "Einen Entwurf verwirft, wer ihn geschrieben hat, oder die Schulleitung." in seite.text
    kopf, adresse = als(cast.schulleitung), f"/antraege/{antrag.pk}/fremden_verwerfen/"
    assert auf_der_seite(als, cast.schulleitung, antrag, "fremden_verwerfen")
    assert not auf_der_seite(als, cast.schulleitung, antrag, "verwerfen")
    assert "Bitte begründen Sie diesen Schritt." in kopf.post(adresse, schluessel()).text
    gesehen = {"version": kopf.get(adresse).context["form"]["version"].value()}
    type(antrag).objects.filter(pk=antrag.pk).update(version=2)  # somebody goes on writing
    assert "hat sich etwas geändert" in kopf.post(adresse, {"begruendung": GRUND} | gesehen | schluessel()).text
    gesehen = {"version": kopf.get(adresse).context["form"]["version"].value()}
    kopf.post(adresse, {"begruendung": GRUND} | gesehen | schluessel())
    antrag.refresh_from_db()
    assert antrag.status == "verworfen"
    assert [(mail.an, GRUND in mail.text) for mail in Mail.objects.all()] == [(cast.lehrkraft.email, True)]


@pytest.mark.parametrize("felder", [{"geteilt": True}, {"im_auftrag": True}])
def test_why_a_head_drops_a_draft_stays_inside_the_school(cast, als, felder):
    verfasst = cast.sachbearbeitung if "im_auftrag" in felder else cast.lehrkraft
    antrag = services.fremden_verwerfen(
        make_antrag(cast.schule, verfasst, **felder), by=cast.schulleitung, begruendung=GRUND
    )
    assert GRUND in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert GRUND not in als(cast.sachbearbeitung).get(antrag.get_absolute_url()).text
    assert {(mail.an, GRUND in mail.text) for mail in Mail.objects.all()} == {
        (verfasst.email, verfasst == cast.lehrkraft)
    }


def test_the_office_drops_what_it_began_and_takes_it_up_again(cast, als):
    antrag = make_antrag(cast.schule, cast.sachbearbeitung, im_auftrag=True)
    person = als(cast.sachbearbeitung)
    assert auf_der_seite(als, cast.sachbearbeitung, antrag, "verwerfen")
    person.post(f"/antraege/{antrag.pk}/verwerfen/", {"bestaetigt": "on"} | schluessel())
    assert knopf(antrag, "entwurf_wiederaufnehmen") in person.get(antrag.get_absolute_url()).text
    person.post(f"/antraege/{antrag.pk}/entwurf_wiederaufnehmen/", schluessel())
    antrag.refresh_from_db()
    assert (antrag.status, antrag.verfasst_durch) == ("entwurf", cast.sachbearbeitung)


def test_who_dropped_it_takes_it_up_again_for_thirty_days(cast, als):
    antrag = services.fremden_verwerfen(
        make_antrag(cast.schule, cast.lehrkraft), by=cast.schulleitung, begruendung="Zu früh."
    )
    assert not auf_der_seite(als, cast.lehrkraft, antrag, "entwurf_wiederaufnehmen")
    with pytest.raises(ValidationError, match="wer ihn verworfen hat"):
        services.entwurf_wiederaufnehmen(antrag, by=cast.lehrkraft)
    assert auf_der_seite(als, cast.schulleitung, antrag, "entwurf_wiederaufnehmen")
    assert services.entwurf_wiederaufnehmen(antrag, by=cast.schulleitung).status == "entwurf"


@pytest.mark.parametrize(("tage", "darf"), [(29, True), (31, False)])
def test_after_thirty_days_it_is_only_read(cast, als, monkeypatch, tage, darf):
    antrag = make_antrag_in(Status.VERWORFEN, cast)
    spaeter = timezone.now() + timedelta(days=tage)
    monkeypatch.setattr("angebote.antrag.bedingungen.timezone.now", lambda: spaeter)
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert (knopf(antrag, "entwurf_wiederaufnehmen") in seite, "Tag 1 Kennenlernen" in seite) == (darf, True)


def test_of_one_conversation_two_drafts_never_run_side_by_side(cast):
    antrag = make_antrag_in(Status.VERWORFEN, cast)
    make_antrag(cast.schule, cast.lehrkraft, beratung=antrag.beratung)
    with pytest.raises(ValidationError, match="ein anderer Antrag geworden"):
        services.entwurf_wiederaufnehmen(antrag, by=cast.lehrkraft)


def test_what_comes_back_after_its_school_moved_belongs_to_the_new_office(cast):
    antrag = make_antrag_in(Status.VERWORFEN, cast, geteilt=True)
    neue = make_netzwerkstelle()
    type(cast.schule).objects.filter(pk=cast.schule.pk).update(netzwerkstelle=neue)
    antrag = services.entwurf_wiederaufnehmen(Antrag.objects.get(pk=antrag.pk), by=cast.lehrkraft)
    assert (antrag.netzwerkstelle, antrag.geteilt) == (neue, False)
