"""Beginning a draft, its page, sharing it, and who sees what."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from angebote.antrag import services
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_schule, make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in, make_beratung, make_regel

NEU = "/antraege/neu/"


def schluessel():
    return {"schluessel": str(uuid4())}


def test_a_draft_out_of_a_beratung_knows_what_was_said(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    antwort = als(cast.schulleitung).post(NEU, {"beratung": beratung.pk} | schluessel())
    antrag = Antrag.objects.get()
    assert antwort.url == f"/antraege/{antrag.pk}/"
    assert (antrag.schule, antrag.beratung, antrag.im_auftrag) == (cast.schule, beratung, False)
    assert antrag.titel == "Gemeinsam statt einsam"
    assert antrag.ablauf == "Drei Projekttage mit Theaterpädagogik.\n\nFür wen: Die beiden siebten Klassen."
    assert antrag.ausgangslage == ""  # the talk asked for no such thing: it is still to be written
    assert antrag.ziele.get().ziel == "Die Klassen sollen zusammenwachsen."
    assert antrag.projektleitung_email == cast.lehrkraft.email
    assert antrag.verfasst_durch == cast.schulleitung


def test_a_second_start_leads_to_the_first_draft(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    erste = als(cast.lehrkraft).post(NEU, {"beratung": beratung.pk} | schluessel())
    zweite = als(cast.schulleitung).post(NEU, {"beratung": beratung.pk} | schluessel())
    assert erste.url == zweite.url
    assert Antrag.objects.count() == 1


def test_after_a_withdrawal_the_same_idea_can_be_tried_again(cast, als):
    erster = make_antrag_in(Status.ZURUECKGEZOGEN, cast)
    als(cast.lehrkraft).post(NEU, {"beratung": erster.beratung_id} | schluessel())
    assert Antrag.objects.count() == 2


def test_the_office_begins_on_behalf_of_the_school(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    antwort = als(cast.sachbearbeitung).post(NEU, {"beratung": beratung.pk} | schluessel())
    antrag = Antrag.objects.get()
    assert antrag.im_auftrag is True
    assert als(cast.sachbearbeitung).get(antwort.url).status_code == 200
    assert als(cast.lehrkraft).get(antwort.url).status_code == 200


def test_the_office_makes_no_second_draft_beside_one_it_does_not_see(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    als(cast.lehrkraft).post(NEU, {"beratung": beratung.pk} | schluessel())
    antwort = als(cast.sachbearbeitung).post(NEU, {"beratung": beratung.pk} | schluessel())
    assert "hat die Schule schon selbst einen Antrag begonnen" in antwort.text
    assert Antrag.objects.count() == 1


def test_a_request_without_a_conversation_gives_no_antrag(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    antwort = als(cast.lehrkraft).post(NEU, {"beratung": beratung.pk} | schluessel())
    assert "Ein Antrag beginnt, wenn die Beratung festgehalten ist." in antwort.text
    assert not Antrag.objects.exists()


def test_an_empty_draft_waits_for_its_beratung(cast, als):
    antwort = als(cast.lehrkraft).post(NEU, schluessel(), follow=True)
    antrag = Antrag.objects.get()
    assert (antrag.schule, antrag.beratung) == (cast.schule, None)
    assert antrag.projektleitung == "Kim Beispiel"
    assert "Vor dem Absenden braucht dieser Antrag ein Gespräch" in antwort.text


def test_the_same_form_begins_one_draft(cast, als):
    daten = schluessel()
    assert als(cast.lehrkraft).post(NEU, daten).url == als(cast.lehrkraft).post(NEU, daten).url
    assert Antrag.objects.count() == 1


def test_a_beratung_of_others_begins_nothing(cast, als):
    fremd = make_beratung(cast.fremdschule, cast.nachbarin)
    antwort = als(cast.lehrkraft).post(NEU, {"beratung": fremd.pk} | schluessel())
    assert "Aus dieser Beratung können Sie keinen Antrag beginnen." in antwort.text
    assert not Antrag.objects.exists()


@pytest.mark.parametrize("unsinn", [{"beratung": "x"}, {"schluessel": "\x00"}, {"beratung": "9" * 30}, {"schule": "é"}])
def test_bad_input_begins_nothing(cast, als, unsinn):
    make_zugehoerigkeit(make_schule(netzwerkstelle=cast.harz), person=cast.lehrkraft)
    antwort = als(cast.lehrkraft).post(NEU, schluessel() | {"schule": cast.schule.pk} | unsinn)
    assert antwort.status_code == 200
    assert not Antrag.objects.exists()


def test_the_start_shows_drafts_and_conversations_first(cast, als):
    entwurf = make_antrag(cast.schule, cast.lehrkraft, titel="Halb fertig")
    make_beratung(cast.schule, cast.lehrkraft, titel="Frisch beraten")
    make_beratung(cast.schule, cast.lehrkraft, titel="Noch offen", status="angefragt")
    seite = als(cast.lehrkraft).get(NEU)
    assert [a.pk for a in seite.context["entwuerfe"]] == [entwurf.pk]
    assert [b.titel for b in seite.context["beratungen"]] == ["Frisch beraten"]


def test_the_page_of_a_draft_says_how_far_it_is(cast, als):
    make_regel(cast.harz)
    antrag = services.anlegen(cast.schule, by=cast.lehrkraft, projektleitung="Kim Beispiel")
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url())
    assert [(a.abschnitt.name, a.stand) for a in seite.context["aufgaben"]] == [
        ("schule", "noch 2 Angaben"),
        ("kooperation", "noch nicht begonnen"),
        ("projekt", "noch nicht begonnen"),
        ("zeitraum", "noch nicht begonnen"),
        ("kosten", "noch nicht begonnen"),
        ("erklaerungen", "noch nicht begonnen"),
    ]


def test_a_complete_draft_says_so_and_names_who_signs(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    cast.schulleitung.nachname = "Kern"
    cast.schulleitung.save()
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url())
    assert {a.stand for a in seite.context["aufgaben"]} == {"vollständig"}
    assert "Alle Abschnitte sind vollständig." in seite.text
    assert "Kim Kern" in seite.text
    assert "1.200,00\N{NO-BREAK SPACE}€" in seite.text


def test_the_head_reads_everything_and_has_two_ways(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    seite = als(cast.schulleitung).get(antrag.get_absolute_url())
    assert [s.name for s in seite.context["schritte"]] == ["einreichen", "zurueckgeben", "fremden_verwerfen"]
    assert "Tag 1 Kennenlernen, Tag 2 Probe, Tag 3 Aufführung." in seite.text
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url())
    assert "Jetzt ist die Schulleitung dran: Kim Beispiel" in " ".join(seite.text.split())
    assert [s.name for s in seite.context["schritte"]] == ["zurueckholen", "verwerfen"]
    assert "Ihre Entscheidung" not in seite.text


def test_the_author_reads_why_it_came_back(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    services.zurueckgeben(antrag, by=cast.schulleitung, begruendung="Bitte den Ort nennen.")
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url())
    assert "Bitte den Ort nennen." in seite.text


def test_sharing_opens_the_draft_for_reading_only(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    adresse = antrag.get_absolute_url()
    assert als(cast.sachbearbeitung).get(adresse).status_code == 404
    als(cast.lehrkraft).post(f"{adresse}teilen/", {"geteilt": "ja"})
    seite = als(cast.sachbearbeitung).get(adresse)
    assert seite.status_code == 200
    assert "Sie lesen mit" in seite.text
    assert als(cast.sachbearbeitung).get(f"{adresse}abschnitt/projekt/").status_code == 403
    assert als(cast.sachbearbeitung).post(f"{adresse}teilen/", {"geteilt": "nein"}).status_code == 403
    als(cast.lehrkraft).post(f"{adresse}teilen/", {"geteilt": "nein"})
    assert als(cast.sachbearbeitung).get(adresse).status_code == 404


def test_a_sent_antrag_cannot_be_written_in(cast, als):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    adresse = reverse("antraege:abschnitt", args=[antrag.pk, "projekt"])
    antwort = als(cast.lehrkraft).post(adresse, {"version": 1, "titel": "Neu"}, follow=True)
    assert antwort.redirect_chain == [(f"/antraege/{antrag.pk}/", 302)]
    assert "hat den Antrag eingereicht" in antwort.text
    antrag.refresh_from_db()
    assert antrag.titel == "Gemeinsam statt einsam"


LEUTE = [
    "lehrkraft",
    "schulleitung",
    "sachbearbeitung",
    "leitung",
    "freigabe",
    "nachbarin",
    "koordination",
    "pruefung",
    "fremd",
]
ABSCHNITTE = ["schule", "kooperation", "projekt", "zeitraum", "kosten", "erklaerungen", "pruefen"]
SCHULE = {"lehrkraft": 200, "schulleitung": 200}
MATRIX = {
    # page: (who → status of an unshared draft, the same of one the office made); everybody else 404
    "": (SCHULE, SCHULE | {"sachbearbeitung": 200, "leitung": 200, "freigabe": 200}),
    **{
        f"abschnitt/{name}/": (SCHULE, SCHULE | {"sachbearbeitung": 200, "leitung": 200, "freigabe": 403})
        for name in ABSCHNITTE
    },
    "abschnitt/quatsch/": ({}, {}),
}


@pytest.mark.parametrize("wer", LEUTE)
@pytest.mark.parametrize("im_auftrag", [False, True])
def test_who_sees_which_page(cast, als, wer, im_auftrag):
    antrag = make_antrag(cast.schule, cast.lehrkraft, im_auftrag=im_auftrag)
    person = als(getattr(cast, wer))
    for seite, erwartet in MATRIX.items():
        status = person.get(f"/antraege/{antrag.pk}/{seite}").status_code
        assert (seite, status) == (seite, erwartet[im_auftrag].get(wer, 404))
    neu = {"fremd": 403, "koordination": 403, "pruefung": 403, "freigabe": 403}.get(wer, 200)
    assert person.get(NEU).status_code == neu


def test_reading_changes_nothing(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    vorher = Antrag.objects.values().get()
    for name in ABSCHNITTE:
        als(cast.lehrkraft).get(f"/antraege/{antrag.pk}/abschnitt/{name}/")
    als(cast.lehrkraft).get(antrag.get_absolute_url())
    als(cast.lehrkraft).get(NEU)
    assert als(cast.lehrkraft).get(f"/antraege/{antrag.pk}/teilen/").url == f"/antraege/{antrag.pk}/"
    assert Antrag.objects.values().get() == vorher


def test_everything_needs_a_sign_in(cast, client):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    for adresse in (NEU, antrag.get_absolute_url(), *(f"/antraege/{antrag.pk}/abschnitt/{n}/" for n in ABSCHNITTE)):
        assert client.get(adresse).url.startswith("/konto/anmelden/")


def test_a_deputy_is_named_where_the_head_wrote_it(cast, als):
    make_regel(cast.harz, vertretung_bei_eigenem=True)
    vertretung = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_STELLVERTRETUNG).person
    antrag = make_antrag(cast.schule, cast.schulleitung)
    seite = als(cast.schulleitung).get(f"/antraege/{antrag.pk}/abschnitt/pruefen/")
    assert seite.context["unterschrift"] == [vertretung]
    assert [s.name for s in seite.context["schritte"]] == ["weitergeben"]


def test_a_conversation_that_came_later_is_put_to_its_draft(cast, als):
    make_regel(cast.harz)
    antrag = make_antrag(cast.schule, cast.lehrkraft, beratung=None)
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    ziel = f"/antraege/{antrag.pk}/beratung/"
    assert als(cast.lehrkraft).get(ziel).status_code == 302
    assert "Gehört zu diesem Antrag" in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    als(cast.lehrkraft).post(ziel, {"beratung": beratung.pk})
    antrag.refresh_from_db()
    assert antrag.beratung == beratung
    assert als(cast.lehrkraft).get(f"/antraege/{antrag.pk}/abschnitt/pruefen/").context["hart"] == []


@pytest.mark.parametrize("wahl", ["fremd", "vergeben", "angefragt", "x", "9" * 30, "\x00"])
def test_only_a_free_conversation_of_the_school_can_be_chosen(cast, als, wahl):
    antrag = make_antrag(cast.schule, cast.lehrkraft, beratung=None)
    beratungen = {
        "fremd": make_beratung(cast.fremdschule, cast.nachbarin).pk,
        "vergeben": make_antrag(cast.schule, cast.lehrkraft).beratung_id,
        "angefragt": make_beratung(cast.schule, cast.lehrkraft, status="angefragt").pk,
    }
    antwort = als(cast.lehrkraft).post(
        f"/antraege/{antrag.pk}/beratung/", {"beratung": beratungen.get(wahl, wahl)}, follow=True
    )
    assert "Dieses Gespräch können Sie hier nicht zuordnen." in antwort.text
    antrag.refresh_from_db()
    assert antrag.beratung is None


def test_strangers_put_nothing_anywhere(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft, beratung=None)
    daten = {"beratung": make_beratung(cast.schule, cast.lehrkraft).pk}
    ziel = f"/antraege/{antrag.pk}/beratung/"
    assert als(cast.nachbarin).post(ziel, daten).status_code == 404
    antrag.geteilt = True
    antrag.save()
    assert als(cast.sachbearbeitung).post(ziel, daten).status_code == 403


@pytest.mark.parametrize(
    ("name", "freiwillig"),
    [
        ("erklaerungen", []),
        ("kooperation", []),
        ("schule", ["zahlung_an", "projektleitung_telefon"]),
        ("projekt", ["format", "grundsaetze"]),
        ("zeitraum", ["klassenstufen"]),
        ("kosten", ["menge", "einheit", "eigenmittel"]),
    ],
)
def test_what_is_needed_is_never_marked_as_optional(cast, als, name, freiwillig):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    seite = als(cast.lehrkraft).get(f"/antraege/{antrag.pk}/abschnitt/{name}/").text
    marke = r'for="id_(?:\w+-\d-)?(\w+)">[^<]*<span class="kern-label__optional"> – freiwillig'
    assert re.findall(marke, seite) == freiwillig
