"""Who writes on a draft: asked to, asked no more; handed over, taken, and what a head takes at once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from angebote.antrag import services as antragsdienste
from angebote.antrag.workflow import Status
from angebote.zusammenarbeit import services
from angebote.zusammenarbeit.models import Entwurfsuebergabe
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.angebote.antrag.test_views import schluessel
from tests.factories import make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in


@pytest.fixture
def kollegin(cast):
    return make_zugehoerigkeit(cast.schule, Rolle.SCHULSOZIALARBEIT).person


def tun(client, antrag, was, **daten):
    return client.post(f"/antraege/{antrag.pk}/zusammenarbeit/", {"was": was, **daten} | schluessel(), follow=True)


def abschnitt(client, antrag):
    return client.get(f"/antraege/{antrag.pk}/abschnitt/projekt/")


def test_a_colleague_reads_and_writes_when_asked_to(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    zuerst = als(kollegin).get(f"/antraege/{antrag.pk}/abschnitt/projekt/", follow=True)
    assert f"Diesen Entwurf schreibt {cast.lehrkraft}. Sie lesen ihn." in zuerst.text
    assert "Tag 1 Kennenlernen" in zuerst.text
    assert f'href="/antraege/{antrag.pk}/zusammenarbeit/"' in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    seite = tun(als(cast.lehrkraft), antrag, "mitschreiben_lassen", person=kollegin.pk)
    assert "Die Person bekommt eine Mail" in seite.text
    assert [mail.an for mail in Mail.objects.all()] == [kollegin.email]
    assert abschnitt(als(kollegin), antrag).status_code == 200
    assert [g.titel for g in als(kollegin).get("/uebersicht/").context["gruppen"]] == ["Sie schreiben mit"]
    tun(als(cast.lehrkraft), antrag, "nicht_mehr_mitschreiben", person=kollegin.pk)
    assert abschnitt(als(kollegin), antrag).status_code == 302


def test_what_was_typed_is_shown_to_take_along_when_the_permission_ended(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    antwort = als(kollegin).post(
        f"/antraege/{antrag.pk}/abschnitt/projekt/", {"version": 1, "ablauf": "Ein Satz, neu."}
    )
    assert (antwort.status_code, "Ein Satz, neu." in antwort.text) == (409, True)


def test_only_who_writes_hands_it_on_and_adds_files(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    assert "/weitergeben/" not in als(kollegin).get(antrag.get_absolute_url()).text
    antragsdienste.verwerfen(antrag, by=cast.lehrkraft)
    with pytest.raises(TransitionNotAllowed):
        services.mitschreiben_lassen(antrag, person=kollegin, by=cast.lehrkraft)


@pytest.mark.parametrize("wer", ["kollegin", "nachbarin", "sachbearbeitung"])
def test_others_do_not_decide_who_writes(cast, als, kollegin, wer):
    antrag = make_antrag(cast.schule, cast.lehrkraft, geteilt=True)
    person = kollegin if wer == "kollegin" else getattr(cast, wer)
    dritte = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_MITARBEIT).person
    assert tun(als(person), antrag, "mitschreiben_lassen", person=dritte.pk).status_code in (403, 404)
    assert not antrag.mitschreibende.exists()


def test_nobody_from_elsewhere_is_chosen(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    seite = tun(als(cast.lehrkraft), antrag, "mitschreiben_lassen", person=cast.nachbarin.pk)
    assert "Diese Person gehört zurzeit nicht zu Ihrer Schule." in seite.text
    assert not antrag.mitschreibende.exists()


def test_the_head_always_writes_and_asks_others_to(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    kopf = als(cast.schulleitung)
    assert abschnitt(kopf, antrag).status_code == 200
    tun(kopf, antrag, "mitschreiben_lassen", person=kollegin.pk)
    assert antrag.mitschreibende.get().person == kollegin


def test_what_the_office_began_the_whole_school_writes(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.sachbearbeitung, im_auftrag=True)
    assert abschnitt(als(kollegin), antrag).status_code == 200


def test_a_draft_is_handed_over_when_the_colleague_takes_it(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    tun(als(cast.lehrkraft), antrag, "anbieten", person=kollegin.pk)
    antrag.refresh_from_db()
    assert antrag.verfasst_durch == cast.lehrkraft
    neu = als(kollegin)
    [gruppe] = neu.get("/uebersicht/").context["gruppen"]
    assert (gruppe.titel, gruppe.karten[0].schritt) == ("Ein Entwurf für Sie", f"/antraege/{antrag.pk}/zusammenarbeit/")
    assert "möchte Ihnen diesen Entwurf übergeben" in neu.get(gruppe.karten[0].schritt).text
    Mail.objects.all().delete()
    assert "Der Entwurf gehört jetzt Ihnen." in tun(neu, antrag, "annehmen").text
    antrag.refresh_from_db()
    assert antrag.verfasst_durch == kollegin
    assert [(mail.an, mail.betreff) for mail in Mail.objects.all()] == [
        (cast.lehrkraft.email, "Ihr Entwurf ist übergeben: Gemeinsam statt einsam")
    ]
    assert abschnitt(als(cast.lehrkraft), antrag).status_code == 302
    seite = als(kollegin).get(f"/antraege/{antrag.pk}/zusammenarbeit/").text
    assert f"hat den Entwurf von {cast.lehrkraft} übernommen" in seite


@pytest.mark.parametrize(("was", "wer"), [("ablehnen", "kollegin"), ("zuruecknehmen", "lehrkraft")])
def test_an_offer_ends_without_moving_anything(cast, als, kollegin, was, wer):
    antrag = services.anbieten(make_antrag(cast.schule, cast.lehrkraft), person=kollegin, by=cast.lehrkraft)
    tun(als(kollegin if wer == "kollegin" else cast.lehrkraft), antrag, was)
    antrag.refresh_from_db()
    assert antrag.verfasst_durch == cast.lehrkraft
    with pytest.raises(TransitionNotAllowed, match="schon beendet"):
        services.annehmen(antrag, by=kollegin)
    services.anbieten(antrag, person=cast.schulleitung, by=cast.lehrkraft)


def test_nobody_takes_what_was_not_offered_to_them(cast, als, kollegin):
    antrag = services.anbieten(make_antrag(cast.schule, cast.lehrkraft), person=kollegin, by=cast.lehrkraft)
    for person in (cast.schulleitung, cast.nachbarin):
        with pytest.raises(TransitionNotAllowed):
            services.annehmen(antrag, by=person)
    with pytest.raises(PermissionDenied):
        services.anbieten(antrag, person=cast.schulleitung, by=kollegin)
    kollegin.schulzugehoerigkeiten.update(bis=timezone.localdate() - timedelta(days=1))
    with pytest.raises(TransitionNotAllowed, match="nicht zu dieser Schule"):
        services.annehmen(antrag, by=kollegin)


@pytest.mark.parametrize(("tage", "ausgang"), [(0, "offen"), (1, "verfallen")])
def test_without_an_answer_it_stays_where_it_is(cast, kollegin, tage, ausgang):
    antrag = services.anbieten(make_antrag(cast.schule, cast.lehrkraft), person=kollegin, by=cast.lehrkraft)
    Entwurfsuebergabe.objects.update(bis=timezone.localdate() - timedelta(days=tage))
    Mail.objects.all().delete()
    for _ in range(2):
        call_command("faelligkeiten", stdout=StringIO())
    assert Entwurfsuebergabe.objects.get().ausgang == ausgang
    post = Mail.objects.filter(betreff__startswith="Ihr Entwurf bleibt bei Ihnen")
    assert [mail.an for mail in post] == ([cast.lehrkraft.email] if ausgang == "verfallen" else [])
    antrag.refresh_from_db()
    assert antrag.verfasst_durch == cast.lehrkraft


def test_fourteen_days_are_given(cast, kollegin):
    services.anbieten(make_antrag(cast.schule, cast.lehrkraft), person=kollegin, by=cast.lehrkraft)
    assert Entwurfsuebergabe.objects.get().bis == timezone.localdate() + timedelta(days=14)


def test_the_head_takes_a_draft_at_once_with_a_reason_that_stays_in_the_school(cast, als, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft, geteilt=True)
    services.anbieten(antrag, person=kollegin, by=cast.lehrkraft)
    kopf = als(cast.schulleitung)
    assert "Bitte schreiben Sie, warum" in tun(kopf, antrag, "an_sich_nehmen", begruendung=" ").text
    Mail.objects.all().delete()
    tun(kopf, antrag, "an_sich_nehmen", begruendung="Frau Ohnesorge ist länger krank.")
    antrag.refresh_from_db()
    assert antrag.verfasst_durch == cast.schulleitung
    assert Entwurfsuebergabe.objects.get().ausgang == "zurueckgenommen"
    assert [mail.an for mail in Mail.objects.all()] == [cast.lehrkraft.email]
    antragsdienste.einreichen(antrag, by=cast.schulleitung)
    for wer, liest in [("lehrkraft", True), ("sachbearbeitung", False)]:
        assert ("Ohnesorge" in als(getattr(cast, wer)).get(antrag.get_absolute_url()).text) is liest


def test_a_teacher_takes_nothing_at_once(cast, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    with pytest.raises(PermissionDenied, match="übernimmt die Schulleitung"):
        services.an_sich_nehmen(antrag, begruendung="Ich möchte.", by=kollegin)


def test_what_was_submitted_is_handed_over_no_more(cast, als, kollegin):
    antrag = services.anbieten(make_antrag(cast.schule, cast.lehrkraft), person=kollegin, by=cast.lehrkraft)
    antragsdienste.einreichen(antrag, by=cast.schulleitung)
    assert "schon beendet" in tun(als(kollegin), antrag, "annehmen").text
    assert make_antrag_in(Status.EINGEREICHT, cast, kosten=[("Honorare", "x", 1, "", "10.00")]).status == "eingereicht"


def test_who_only_reads_saves_nothing_past_the_page_either(cast, kollegin):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    meins = {"by": kollegin, "version": antrag.version, "felder": {"titel": "Meins"}}
    with pytest.raises(TransitionNotAllowed, match="Sie lesen ihn"):
        antragsdienste.abschnitt_speichern(antrag, **meins)
    antrag.mitschreibende.create(person=kollegin)
    assert antragsdienste.abschnitt_speichern(antrag, **meins).titel == "Meins"
