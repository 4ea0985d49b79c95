"""The list of cases: what each person sees, tabs, filters, order, and that no address breaks it."""

from urllib.parse import quote

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.pruefung.services import stellung_nehmen
from schulerfolg.dach.vorgang import queries
from schulerfolg.liste import seiten
from tests.factories import make_schule
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel

LISTE = "/antraege/"


def titel(antwort):
    return [antrag.titel for antrag in antwort.context["page"].object_list]


def reiter(antwort):
    return [(tab.label, tab.anzahl, tab.gewaehlt) for tab in antwort.context["reiter"]]


def zeile(cast, titel, status=Status.EINGEREICHT, schule=None, **felder):
    """A case straight in a status: quicker than to drive it there."""
    antrag = make_antrag(
        schule or cast.schule, cast.lehrkraft, titel=titel, beratung=None, kosten=[], partner=[], **felder
    )
    if status not in (Status.ENTWURF, Status.FREIGABE_SL):
        regel = antrag.netzwerkstelle.foerderregeln.first() or make_regel(antrag.netzwerkstelle)
        neu = {"nummer": f"HZ-2026-{antrag.pk:04}", "eingereicht_am": timezone.now(), "regel": regel}
        Antrag.objects.filter(pk=antrag.pk).update(status=status, **neu)
        antrag.ereignisse.create(schritt="zeile", text="kam hierher", von=Status.ENTWURF, nach=status)
    return antrag


def test_each_person_sees_their_own(cast, als):
    for name, status in [("Eins", "entwurf"), ("Zwei", "eingereicht")]:
        zeile(cast, name, Status(status))
    zeile(cast, "Fremd", schule=cast.fremdschule)
    # Short words, many to a line.
    gesehen = {name: sorted(titel(als(getattr(cast, name)).get(LISTE))) for name in ("lehrkraft", "schulleitung",
               "sachbearbeitung", "leitung", "freigabe", "nachbarin", "koordination", "pruefung", "fremd")}  # fmt: skip
    assert gesehen == {
        "lehrkraft": ["Eins", "Zwei"],
        "schulleitung": ["Eins", "Zwei"],
        "sachbearbeitung": ["Zwei"],
        "leitung": ["Zwei"],
        "freigabe": ["Zwei"],
        "nachbarin": ["Fremd"],
        "koordination": [],
        "pruefung": ["Fremd", "Zwei"],
        "fremd": [],
    }


@pytest.mark.parametrize(
    ("wer", "satz"),
    [
        ("lehrkraft", "Noch kein Antrag. Erzählen Sie uns zuerst von Ihrer Idee – drei Sätze genügen."),
        ("sachbearbeitung", "Noch kein Antrag. Sobald eine Schule einen Antrag einreicht"),
        ("koordination", "Noch teilt keine Netzwerkstelle die Inhalte ihrer Anträge mit Ihnen."),
    ],
)
def test_an_empty_list_names_the_next_step(cast, als, wer, satz):
    assert satz in als(getattr(cast, wer)).get(LISTE).content.decode()


def test_the_coordination_office_sees_figures_and_no_titles(cast, als):
    zeile(cast, "Geheimer Titel")
    zeile(cast, "Noch geheimer", Status.BEWILLIGT, beantragt=10, bewilligt=10)
    zeile(cast, "Entwurf", Status.ENTWURF)
    antwort = als(cast.koordination).get(LISTE)
    assert antwort.context["zahlen"]["phasen"] == [
        "in Prüfung",
        "beim Gremium",
        "zu unterschreiben",
        "bewilligt",
        "abgelehnt",
        "zurückgezogen",
    ]
    assert {name: [zahl.wert for zahl in werte] for name, werte in antwort.context["zahlen"]["stellen"]} == {
        cast.harz.kurzname: [1, 0, 0, 1, 0, 0, 2],
        cast.boerde.kurzname: [0, 0, 0, 0, 0, 0, 0],
    }
    assert antwort.context["zahlen"]["summe"] == [1, 0, 0, 1, 0, 0, 2]
    assert not any(zahl.wohin for _, werte in antwort.context["zahlen"]["stellen"] for zahl in werte)
    assert antwort.context["zahlen"]["staende"] == [("Eingereicht", 1), ("Bewilligt", 1)]
    assert "eheime" not in antwort.content.decode()


def test_where_an_office_shares_its_contents_a_figure_leads_to_what_it_counts(cast, als):
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    zeile(cast, "Zirkus")
    zeile(cast, "Unterschrift fehlt", Status.BESCHLOSSEN, beantragt=10, bewilligt=10)
    client = als(cast.koordination)
    zahlen = dict(client.get(LISTE).context["zahlen"]["stellen"])[cast.harz.kurzname]
    assert [(zahl.wert, titel(client.get(zahl.wohin))) for zahl in zahlen if zahl.wert] == [
        (1, ["Zirkus"]),
        (1, ["Unterschrift fehlt"]),
        (2, ["Unterschrift fehlt", "Zirkus"]),
    ]


def test_tabs_count_what_the_other_filters_leave(cast, als):
    zeile(cast, "Zirkus")
    zeile(cast, "Zirkus im Winter", Status.FACHPRUEFUNG)
    zeile(cast, "Theater", Status.FACHPRUEFUNG)
    client = als(cast.sachbearbeitung)
    assert reiter(client.get(LISTE)) == [("Eingereicht", 1, False), ("Fachliche Prüfung", 2, False)]
    gesucht = client.get(LISTE, {"q": "zirkus", "status": "fachpruefung"})
    assert reiter(gesucht) == [("Eingereicht", 1, False), ("Fachliche Prüfung", 1, True)]
    assert titel(gesucht) == ["Zirkus im Winter"]
    mehrere = client.get(LISTE, {"status": ["fachpruefung", "eingereicht"]})
    assert len(titel(mehrere)) == 3
    assert "3 Anträge" in mehrere.content.decode()
    assert "Ein Antrag" in gesucht.content.decode()


def test_two_statuses_that_the_school_reads_as_one_are_one(cast, als):
    zeile(cast, "Ja", Status.BESCHLOSSEN, beantragt=10, bewilligt=10)
    zeile(cast, "Nein", Status.ABLEHNUNG_BESCHLOSSEN)
    schule = als(cast.lehrkraft).get(LISTE, {"status": "beschlossen"})
    assert reiter(schule) == [("Entscheidung in Vorbereitung", 2, True)]
    assert sorted(titel(schule)) == ["Ja", "Nein"]
    assert "status" in als(cast.lehrkraft).get(LISTE, {"status": "ablehnung_beschlossen"}).context["filter"].form.errors
    stelle = als(cast.leitung).get(LISTE, {"status": "ablehnung_beschlossen"})
    assert titel(stelle) == ["Nein"]


def test_search_by_title_number_and_school_without_accents(cast, als):
    zeile(cast, "Für alle Sinne")
    andere = make_schule(netzwerkstelle=cast.harz, name="Käthe-Kollwitz-Schule", ort="Thale")
    zeile(cast, "Zirkus", schule=andere)
    client = als(cast.sachbearbeitung)
    assert titel(client.get(LISTE, {"q": "fur sinne"})) == ["Für alle Sinne"]
    assert titel(client.get(LISTE, {"q": "kathe thale"})) == ["Zirkus"]
    assert sorted(titel(client.get(LISTE, {"q": "hz-2026"}))) == ["Für alle Sinne", "Zirkus"]
    assert titel(client.get(LISTE, {"schule": andere.pk})) == ["Zirkus"]
    assert titel(client.get(LISTE, {"stelle": cast.boerde.pk, "q": "Zirkus"})) == ["Zirkus"]


def test_mine_nobodys_and_by_day(cast, als):
    meiner, _ = zeile(cast, "Meiner", Status.FORMALPRUEFUNG), zeile(cast, "Frei")
    Antrag.objects.filter(pk=meiner.pk).update(
        zustaendig=cast.sachbearbeitung, eingereicht_am=F("eingereicht_am") - timezone.timedelta(days=40)
    )
    client, heute = als(cast.sachbearbeitung), timezone.localdate()
    assert titel(client.get(LISTE, {"zustaendig": "ich"})) == ["Meiner"]
    assert titel(client.get(LISTE, {"zustaendig": "niemand"})) == ["Frei"]
    assert titel(client.get(LISTE, {"von": heute.isoformat()})) == ["Frei"]
    assert titel(client.get(LISTE, {"bis": (heute - timezone.timedelta(days=1)).isoformat()})) == ["Meiner"]


def test_german_order_by_title(cast, als):
    for name in ("Zerbst", "Strasse", "Ärzte", "Straße", "Öbisfelde", "Aschersleben", "osterburg"):
        zeile(cast, name)
    antwort = als(cast.sachbearbeitung).get(LISTE, {"sortierung": "titel"})
    assert titel(antwort) == ["Ärzte", "Aschersleben", "Öbisfelde", "osterburg", "Strasse", "Straße", "Zerbst"]


@pytest.mark.parametrize("sortierung", ["eingang", "titel", "schule", "betrag", "", "kaputt"])
def test_every_order_answers(cast, als, sortierung):
    zeile(cast, "Eins")
    assert titel(als(cast.leitung).get(LISTE, {"sortierung": sortierung})) == ["Eins"]


FRAGEN = ["q", "status", "schule", "stelle", "zustaendig", "von", "bis", "sortierung", "nach", "vor"]
SCHLECHT = ["%00", quote("\ud800", errors="surrogatepass"), "x" * 4000, "-1", "9" * 40, "NaN", "<b>", "2026-13-45"]


@pytest.mark.parametrize(
    "name", ["q", "status", "schule", "stelle", "zustaendig", "von", "bis", "sortierung", "nach", "vor"]
)
def test_no_address_breaks_the_list(cast, als, name):
    zeile(cast, "Eins")
    client = als(cast.leitung)
    assert [client.get(f"{LISTE}?{name}={wert}").status_code for wert in SCHLECHT] == [200] * len(SCHLECHT)


def test_very_many_cases_are_not_counted_to_the_end(cast, als, monkeypatch):
    monkeypatch.setattr(seiten, "GRENZE", 2)
    monkeypatch.setattr(queries, "GRENZE", 2)
    for name in ("Eins", "Zwei", "Drei", "Vier"):
        zeile(cast, name)
    antwort = als(cast.leitung).get(LISTE)
    assert "Mehr als 2 Anträge" in antwort.text
    assert {anzahl for _, anzahl, _ in reiter(antwort)} == {None}
    assert "Fachliche Prüfung" in [label for label, _, _ in reiter(antwort)]


def test_the_choices_come_from_small_tables(cast, als):
    """The schools of one's offices, also without a case; never looked up in the cases themselves."""
    ohne = make_schule(netzwerkstelle=cast.harz, name="Ohne Antrag")
    # Short words, many to a line.
    gewaehlt = {name: _zur_wahl(als(getattr(cast, name)).get(LISTE)) for name in ("lehrkraft", "leitung", "nachbarin",
                "koordination", "pruefung", "fremd")}  # fmt: skip
    alle = {cast.schule, cast.fremdschule, ohne}
    assert gewaehlt == {
        "lehrkraft": ({cast.schule}, {cast.harz}),
        "leitung": ({cast.schule, ohne}, {cast.harz}),
        "nachbarin": ({cast.fremdschule}, {cast.boerde}),
        "koordination": (set(), set()),
        "pruefung": (alle, {cast.harz, cast.boerde}),
        "fremd": (set(), set()),
    }
    cast.boerde.teilt_inhalte = True
    cast.boerde.save()
    assert _zur_wahl(als(cast.koordination).get(LISTE)) == ({cast.fremdschule}, {cast.boerde})
    for auswahl in (queries.schulen_fuer(cast.pruefung), queries.stellen_fuer(cast.leitung)):
        assert Antrag._meta.db_table not in str(auswahl.query)


def _zur_wahl(antwort):
    felder = antwort.context["filter"].form.fields
    return set(felder["schule"].queryset), set(felder["stelle"].queryset)


def test_the_queries_of_the_list_do_not_grow(cast, als, django_assert_num_queries):
    zeile(cast, "Eins")
    client = als(cast.sachbearbeitung)
    client.get(LISTE)
    with django_assert_num_queries(9):
        client.get(LISTE)
    for n in range(49):
        zeile(cast, f"Nummer {n}", list(Status)[n % 9])
    with django_assert_num_queries(9):
        client.get(LISTE)


def test_a_row_leads_to_its_case_and_says_until_when_an_answer_is_due(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    text = als(cast.lehrkraft).get(LISTE).content.decode()
    assert f'href="{reverse("antraege:antrag", args=[antrag.pk])}">Gemeinsam statt einsam</a>' in text
    assert f"Antwort bis {antrag.nachforderungen.get().frist:%d.%m.%Y}" in text


def test_a_row_says_who_is_next_like_the_page_of_the_case(cast, als):
    """An opinion that waits for its confirmation is the second person's, not the one's who wrote it."""
    antrag = make_antrag_in("fachpruefung", cast)
    assert f"Jetzt dran: die Netzwerkstelle ({cast.sachbearbeitung})" in als(cast.leitung).get(LISTE).text
    stellung_nehmen(antrag, empfehlung="zustimmen", betrag=antrag.beantragt, text="Gut.", by=cast.sachbearbeitung)
    for wer in (cast.leitung, cast.lehrkraft):
        assert "Jetzt dran: eine zweite Person der Netzwerkstelle</p>" in als(wer).get(LISTE).text
