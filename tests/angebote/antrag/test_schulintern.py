"""What stays inside the school, what a head can open before she signs, and how a draft is dropped."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag import services
from angebote.antrag.bedingungen import einwaende
from angebote.antrag.models_akte import Antragsfassung
from angebote.entscheidung.services import zurueckziehen
from schulerfolg.konten.models import Mail
from schulerfolg.zeit import datum
from tests.angebote.anlage.test_views import anhaengen
from tests.factories_antrag import make_antrag, make_regel
from tests.factories_gremium import make_gremium, make_saal, make_sitzung

KLEIN = ("Honorare", "Zirkus", 1, "Tag", "100.00")
KOMMENTAR = "Bitte ohne den Namen von Frau Ohnesorge."
LEUTE = ["lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe", "koordination", "pruefung", "nachbarin"]
SCHULE = {"lehrkraft", "schulleitung"}


def zurueckgegeben(cast, **felder):
    antrag = services.weitergeben(make_antrag(cast.schule, cast.lehrkraft, **felder), by=cast.lehrkraft)
    return services.zurueckgeben(antrag, by=cast.schulleitung, begruendung=KOMMENTAR)


def seiten(antrag):
    return [antrag.get_absolute_url(), reverse("einblick:antrag", args=[antrag.pk]), reverse("antraege:liste")]


def gelesen_von(cast, als, antrag) -> set[str]:
    """Who finds the comment on one of the pages of this case."""
    return {
        wer for wer in LEUTE if any(KOMMENTAR in als(getattr(cast, wer)).get(seite).text for seite in seiten(antrag))
    }


@pytest.mark.parametrize("felder", [{}, {"geteilt": True}, {"im_auftrag": True}])
def test_what_the_head_writes_to_her_school_is_read_by_her_school_alone(cast, als, felder):
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    antrag = zurueckgegeben(cast, **felder)
    assert gelesen_von(cast, als, antrag) == SCHULE
    services.einreichen(antrag, by=cast.schulleitung)
    assert gelesen_von(cast, als, antrag) == SCHULE
    zurueckziehen(antrag, by=cast.schulleitung)
    assert gelesen_von(cast, als, antrag) == SCHULE
    assert {mail.an for mail in Mail.objects.filter(text__contains=KOMMENTAR)} == {cast.lehrkraft.email}
    assert not any(KOMMENTAR in str(fassung.inhalt) for fassung in Antragsfassung.objects.all())


def test_who_wrote_for_the_office_hears_that_it_came_back_and_not_why(cast, als):
    antrag = make_antrag(cast.schule, cast.sachbearbeitung, im_auftrag=True)
    antrag = services.weitergeben(antrag, by=cast.lehrkraft)
    Mail.objects.all().delete()
    services.zurueckgeben(antrag, by=cast.schulleitung, begruendung=KOMMENTAR)
    mail = Mail.objects.get()
    assert (mail.an, KOMMENTAR in mail.text) == (cast.sachbearbeitung.email, False)
    seite = als(cast.sachbearbeitung).get(antrag.get_absolute_url()).text
    assert "Was sich ändern soll, weiß die Schule." in seite
    assert KOMMENTAR not in seite


def test_why_it_came_back_stays_on_the_page_while_it_is_mended(cast, als):
    antrag = zurueckgegeben(cast)
    services.abschnitt_speichern(antrag, by=cast.lehrkraft, version=antrag.version, felder={"titel": "Neu"})
    assert KOMMENTAR in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    services.weitergeben(antrag, by=cast.lehrkraft)
    assert KOMMENTAR not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text


@pytest.mark.parametrize("seite", ["antraege:antrag", "einreichen"])
def test_the_head_opens_every_file_from_where_she_signs(cast, als, seite):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlagen = [anhaengen(antrag, cast.lehrkraft, name, name.encode()) for name in ("Plan.pdf", "Angebot.pdf")]
    antrag.refresh_from_db()
    services.weitergeben(antrag, by=cast.lehrkraft)
    adresse = f"/antraege/{antrag.pk}/" + ("einreichen/" if seite == "einreichen" else "")
    text = als(cast.schulleitung).get(adresse).text
    for anlage in anlagen:
        link = reverse("antraege:anlage", args=[antrag.pk, anlage.pk])
        assert f'href="{link}"' in text
        assert als(cast.schulleitung).get(link).status_code == 200


@pytest.mark.parametrize(
    ("beginn", "grund"),
    [
        (date(2099, 12, 25), "ein Feiertag (Erster Weihnachtstag)"),
        (date(2099, 10, 3), "ein Samstag"),
        (date(2099, 10, 4), "ein Sonntag"),
        (date(2099, 10, 5), ""),
    ],
)
def test_a_project_that_begins_on_a_free_day_is_asked_about(cast, beginn, grund):
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=beginn)
    hinweise = [e for e in einwaende(antrag, antrag.regel_heute, am=date(2099, 1, 4)) if not e.hart]
    assert [grund in hinweis.satz for hinweis in hinweise] == ([True] if grund else [])


def test_a_project_that_begins_before_the_gremium_meets_is_asked_about_and_may_be_submitted(cast, als):
    saal = make_saal(cast)
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    tag = timezone.localdate(sitzung.beginn)
    beirat = make_gremium(cast.harz, name="Beirat", beschliesst=False)
    make_sitzung(beirat, cast.leitung, beginn=sitzung.beginn - timedelta(days=1))  # only advises: nobody waits for it
    make_regel(cast.harz, vorlauf_tage=1)
    for beginn, gefragt in [(tag, True), (tag + timedelta(days=1), False)]:
        antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=beginn, ende=beginn, kosten=[KLEIN])
        seite = als(cast.schulleitung).get(f"/antraege/{antrag.pk}/einreichen/").text
        assert (f"das Gremium tagt das nächste Mal am {datum(tag)}" in seite) is gefragt
        assert 'name="gelesen"' in seite
