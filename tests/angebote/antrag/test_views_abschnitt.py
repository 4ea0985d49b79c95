"""The sections of a draft: saved one by one, with gaps, by several people, without a script."""

from decimal import Decimal

import pytest
from django.urls import reverse

from angebote.antrag import services
from angebote.models import Antrag, Foerderrunde, Kostenart, Thema, Zielgruppe
from netzwerkstellen.models import Organisation
from tests.factories import make_organisation, make_schule
from tests.factories_antrag import make_antrag, make_kostenposten, make_regel, make_vokabel

EURO = "\N{NO-BREAK SPACE}€"


def adresse(antrag, name):
    return reverse("antraege:abschnitt", args=[antrag.pk, name])


def entwurf(cast):
    return services.anlegen(cast.schule, by=cast.lehrkraft)


def zeilen(prefix, *rows, **werte):
    """The fields of a formset as a browser sends them."""
    daten = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for nummer, row in enumerate(rows):
        daten |= {f"{prefix}-{nummer}-{name}": wert for name, wert in row.items()}
    return daten | werte


def ausgabe(preis, menge="1", beschreibung="Trainerin", **mehr):
    art = make_vokabel(Kostenart, "Honorare")
    return {"kostenart": art.pk, "beschreibung": beschreibung, "menge": menge, "einzelpreis": preis, **mehr}


def test_the_section_of_the_school_saves_and_goes_on(cast, als):
    antrag = entwurf(cast)
    nachbarschule = make_schule(netzwerkstelle=cast.harz)
    daten = {
        "version": 1,
        "projektleitung": "Jana Petersen",
        "projektleitung_email": "jana@schule.example",
        "mit_anderen_schulen": "on",
        "weitere_schulen": [nachbarschule.pk],
    }
    antwort = als(cast.lehrkraft).post(adresse(antrag, "schule"), daten | {"weiter": "ja"})
    assert antwort.url == f"/antraege/{antrag.pk}/abschnitt/kooperation/"
    antrag.refresh_from_db()
    assert (antrag.projektleitung, antrag.version) == ("Jana Petersen", 2)
    assert list(antrag.weitere_schulen.all()) == [nachbarschule]


def test_the_call_is_asked_for_where_there_is_one(cast, als):
    antrag = entwurf(cast)
    assert "Förderrunde" not in als(cast.lehrkraft).get(adresse(antrag, "schule")).text
    runde = Foerderrunde.objects.create(netzwerkstelle=cast.harz, name="Aufruf 2027", beginn="2026-01-01")
    als(cast.lehrkraft).post(adresse(antrag, "schule"), {"version": 1, "runde": runde.pk})
    antrag.refresh_from_db()
    assert antrag.runde == runde


def test_the_section_of_the_project_saves_with_gaps_and_returns(cast, als):
    antrag = entwurf(cast)
    thema = make_vokabel(Thema, "Anti-Mobbing")
    daten = {"version": 1, "titel": "Stark im Streit", "themen": [thema.pk], "format": "training"}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "projekt"), daten | {"uebersicht": "ja"})
    assert antwort.url == f"/antraege/{antrag.pk}/"
    antrag.refresh_from_db()
    assert (antrag.titel, antrag.ablauf, antrag.format) == ("Stark im Streit", "", "training")
    assert list(antrag.themen.all()) == [thema]


def test_a_line_break_counts_once(cast, als):
    antrag = entwurf(cast)
    passt = "a" * 299 + "\r\n" + "b" * 300
    als(cast.lehrkraft).post(adresse(antrag, "projekt"), {"version": 1, "kurzbeschreibung": passt})
    antrag.refresh_from_db()
    assert antrag.kurzbeschreibung == "a" * 299 + "\n" + "b" * 300
    antwort = als(cast.lehrkraft).post(adresse(antrag, "projekt"), {"version": 2, "kurzbeschreibung": passt + "c"})
    assert "Bitte kürzen Sie auf 600 Zeichen; es sind 601." in antwort.text


def test_the_section_of_time_and_groups_saves(cast, als):
    antrag = entwurf(cast)
    gruppe = make_vokabel(Zielgruppe, "Lernende")
    daten = {
        "version": 1,
        "beginn": "2027-03-01",
        "ende": "2027-03-03",
        "ort": "Turnhalle",
        f"gruppe_{gruppe.pk}": "48",
        "klassenstufen": "7",
    }
    als(cast.lehrkraft).post(adresse(antrag, "zeitraum"), daten)
    antrag.refresh_from_db()
    assert (str(antrag.beginn), str(antrag.ende), antrag.teilnehmende) == ("2027-03-01", "2027-03-03", 48)


@pytest.mark.parametrize(
    ("unsinn", "satz"),
    [
        (
            {"beginn": "2027-05-12", "ende": "2027-05-11"},
            "Das Ende liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem 12.05.2027.",
        ),
        ({"beginn": "irgendwann"}, "Bitte ein gültiges Datum eingeben."),
        ({"beginn": "0001-01-01"}, "Bitte wählen Sie einen Tag ab dem 01.01.1990."),
        (
            {"beginn": "2027-05-12", "ende": "2037-05-12"},
            "Das wären mehr als zwei Jahre. Ein Projekt ist zeitlich begrenzt; bitte prüfen Sie das Jahr.",
        ),
        ({"ort": "\x00"}, "Nullzeichen sind nicht erlaubt."),
        ({"ort": "a" * 100_000}, "höchstens 150 Zeichen"),
        ({"version": "x"}, "Bitte eine ganze Zahl eingeben."),
        ({"version": "9" * 40}, "Dieser Wert muss kleiner oder gleich 2147483647 sein."),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_saved(cast, als, unsinn, satz):
    antrag = entwurf(cast)
    antwort = als(cast.lehrkraft).post(adresse(antrag, "zeitraum"), {"version": 1, "klassenstufen": "7"} | unsinn)
    assert antwort.status_code == 200
    assert satz in antwort.text
    assert "<title>Fehler: " in antwort.text
    antrag.refresh_from_db()
    assert (antrag.version, antrag.klassenstufen) == (1, "")


def test_a_lone_surrogate_does_no_harm(cast, als):
    antrag = entwurf(cast)
    roh = b"version=1&ort=%ED%A0%80&klassenstufen=7"
    antwort = als(cast.lehrkraft).post(
        adresse(antrag, "zeitraum"), roh, content_type="application/x-www-form-urlencoded"
    )
    assert antwort.status_code == 302


def test_who_saves_later_keeps_the_inputs_and_reads_the_others(cast, als):
    antrag = entwurf(cast)
    cast.schulleitung.nachname = "Kern"
    cast.schulleitung.save()
    services.abschnitt_speichern(antrag, by=cast.schulleitung, version=1, felder={"titel": "Von der Leitung"})
    daten = {"version": 1, "titel": "Von der Lehrkraft", "ziele": "Team"}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "projekt"), daten)
    text = " ".join(antwort.text.split())
    assert "Kim Kern hat diesen Antrag um" in text
    assert 'value="Von der Lehrkraft"' in text
    assert "<dd>Von der Leitung</dd>" in text
    assert Antrag.objects.get().titel == "Von der Leitung"
    assert '<input type="hidden" name="version" value="2"' in text
    als(cast.lehrkraft).post(adresse(antrag, "projekt"), daten | {"version": 2})
    assert Antrag.objects.get().titel == "Von der Lehrkraft"


def test_working_on_a_draft_is_told_once_per_person(cast):
    antrag = entwurf(cast)
    for version, person in enumerate([cast.lehrkraft, cast.lehrkraft, cast.schulleitung, cast.lehrkraft], 1):
        services.abschnitt_speichern(antrag, by=person, version=version, felder={"ort": "Halle"})
    schritte = list(antrag.ereignisse.order_by("pk").values_list("schritt", "durch"))
    assert schritte == [
        ("anlegen", cast.lehrkraft.pk),
        ("bearbeiten", cast.lehrkraft.pk),
        ("bearbeiten", cast.schulleitung.pk),
        ("bearbeiten", cast.lehrkraft.pk),
    ]


def test_partners_are_chosen_or_named_and_always_organisations(cast, als):
    antrag = entwurf(cast)
    cast.schule.schultraeger = traeger = make_organisation(name="Stadt Halberstadt", art="oeffentlich")
    cast.schule.save()
    daten = zeilen(
        "partner",
        {"organisation": traeger.pk, "aufgabe": "stellt die Turnhalle"},
        {"neuer_name": "  Theater   am See ", "art": "verein", "aufgabe": "spielt"},
        {"organisation": "", "neuer_name": "", "aufgabe": ""},
        version=1,
    )
    antwort = als(cast.lehrkraft).post(adresse(antrag, "kooperation"), daten)
    assert antwort.url == f"/antraege/{antrag.pk}/abschnitt/projekt/"
    assert list(antrag.partner.values_list("organisation__name", "aufgabe")) == [
        ("Stadt Halberstadt", "stellt die Turnhalle"),
        ("Theater am See", "spielt"),
    ]
    assert Organisation.objects.get(name="Theater am See").art == "verein"


def test_the_same_name_is_the_same_organisation(cast, als):
    antrag = entwurf(cast)
    bekannt = make_organisation(name="Theater am See", art="verein")
    daten = zeilen("partner", {"neuer_name": "theater am see", "art": "frei", "aufgabe": "spielt"}, version=1)
    als(cast.lehrkraft).post(adresse(antrag, "kooperation"), daten)
    assert antrag.partner.get().organisation == bekannt


@pytest.mark.parametrize(
    ("row", "satz"),
    [
        ({"neuer_name": "Theater", "aufgabe": "spielt"}, "Bitte wählen Sie, was für eine Organisation das ist."),
        ({"aufgabe": "spielt"}, "Bitte wählen Sie eine Organisation, oder nennen Sie eine neue."),
        ({"organisation": "999999"}, "ist keine gültige Auswahl"),
        ({"organisation": "x"}, "ist keine gültige Auswahl"),
        ({"neuer_name": "\x00", "art": "verein"}, "Nullzeichen sind nicht erlaubt."),
        ({"neuer_name": "a" * 100_000, "art": "verein"}, "höchstens 200 Zeichen"),
        ({"neuer_name": "Theater", "art": "quatsch"}, "ist keine gültige Auswahl"),
    ],
)
def test_a_partner_that_cannot_be_read_is_told(cast, als, row, satz):
    antrag = entwurf(cast)
    antwort = als(cast.lehrkraft).post(adresse(antrag, "kooperation"), zeilen("partner", row, version=1))
    assert satz in antwort.text
    assert not antrag.partner.exists()


def test_a_partner_stands_once(cast, als):
    antrag = entwurf(cast)
    row = {"neuer_name": "Theater", "art": "verein", "aufgabe": "spielt"}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "kooperation"), zeilen("partner", row, row, version=1))
    assert "Diese Organisation ist schon eingetragen." in antwort.text
    assert not antrag.partner.exists()


def test_partners_in_drafts_of_other_schools_stay_there(cast, als):
    andere = make_schule(netzwerkstelle=cast.harz)
    fremder = make_antrag(andere, cast.lehrkraft)
    geheim = fremder.partner.get().organisation
    antrag = entwurf(cast)
    assert str(geheim) not in als(cast.lehrkraft).get(adresse(antrag, "kooperation")).text


def test_costs_add_up_on_the_server(cast, als):
    make_regel(cast.harz)
    antrag = entwurf(cast)
    daten = zeilen(
        "kosten",
        ausgabe("1.234,50", "2", einheit="Tage"),
        ausgabe("12,5", "3,5"),
        ausgabe("100.25", ""),
        {"kostenart": "", "beschreibung": "", "menge": "", "einzelpreis": ""},
        version=1,
        eigenmittel="200",
        mit_teilnahmebeitraegen="on",
        teilnahmebeitraege="50,00 €",
        mit_drittmitteln="on",
        drittmittel="1.000",
        drittmittel_von="Sparkasse",
    )
    als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten)
    antrag.refresh_from_db()
    assert [p.betrag for p in antrag.kostenposten.all()] == [Decimal("2469.00"), Decimal("43.75"), Decimal("100.25")]
    assert antrag.andere_mittel == Decimal("1250.00")
    assert antrag.beantragt == Decimal("1363.00")
    seite = als(cast.lehrkraft).get(adresse(antrag, "kosten")).text
    for name, summe in (("ausgaben", "2.613,00"), ("andere", "1.250,00"), ("beantragt", "1.363,00")):
        assert f'<dd data-summe="{name}">{summe}{EURO}</dd>' in seite
    assert f"<strong>2.000,00{EURO}</strong> je Schule und Kalenderjahr" in seite
    assert 'value="1.234,50"' in seite


def test_a_row_more_keeps_everything_typed_and_saves_nothing(cast, als):
    antrag = entwurf(cast)
    daten = zeilen("kosten", ausgabe("10,00"), ausgabe("viel", beschreibung="Bus"), version=1, zeile="neu")
    antwort = als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten | {"eigenmittel": "5"})
    seite = antwort.text
    assert 'name="kosten-TOTAL_FORMS" value="3"' in seite
    assert 'value="viel"' in seite
    assert 'value="Bus"' in seite
    assert 'name="eigenmittel" value="5"' in seite
    assert "Bitte prüfen Sie Ihre Eingaben" not in seite
    assert f'<dd data-summe="ausgaben">10,00{EURO}</dd>' in seite
    assert seite.index("autofocus") > seite.index('name="kosten-2-kostenart"') - 5
    assert not antrag.kostenposten.exists()


def test_a_row_is_taken_out_by_a_tick(cast, als):
    antrag = entwurf(cast)
    make_kostenposten(antrag)
    daten = zeilen("kosten", ausgabe("10,00") | {"DELETE": "on"}, ausgabe("7,00", beschreibung="Material"), version=1)
    als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten)
    assert [p.beschreibung for p in antrag.kostenposten.all()] == ["Material"]


@pytest.mark.parametrize(
    ("row", "satz"),
    [
        ({"einzelpreis": "zehn"}, "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."),
        ({"einzelpreis": "1e5"}, "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."),
        ({"einzelpreis": "NaN"}, "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."),
        ({"einzelpreis": "1,234"}, "Bitte geben Sie höchstens zwei Stellen nach dem Komma an."),
        ({"einzelpreis": "0"}, "Bitte geben Sie eine Zahl über null an."),
        ({"einzelpreis": "-5"}, "Bitte geben Sie eine Zahl über null an."),
        ({"einzelpreis": "999.999,00"}, "Bitte geben Sie höchstens 99.999,99 an."),
        ({"einzelpreis": "\x00"}, "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."),
        ({"einzelpreis": "9" * 100_000}, "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."),
        ({"einzelpreis": ""}, "Bitte geben Sie den Einzelpreis an."),
        ({"kostenart": ""}, "Bitte wählen Sie die Kostenart."),
        ({"kostenart": "999999"}, "ist keine gültige Auswahl"),
        ({"beschreibung": "a" * 100_000}, "höchstens 200 Zeichen"),
    ],
)
def test_a_cost_that_cannot_be_read_is_told(cast, als, row, satz):
    antrag = entwurf(cast)
    antwort = als(cast.lehrkraft).post(adresse(antrag, "kosten"), zeilen("kosten", ausgabe("10,00") | row, version=1))
    assert antwort.status_code == 200
    assert satz in antwort.text
    assert not antrag.kostenposten.exists()


def test_a_hundred_largest_rows_are_refused_in_a_sentence(cast, als):
    antrag = entwurf(cast)
    rows = [ausgabe("99.999,99", "9.999,99")] * 100
    antwort = als(cast.lehrkraft).post(adresse(antrag, "kosten"), zeilen("kosten", *rows, version=1))
    assert "Die Ausgaben zusammen sind zu hoch." in antwort.text


@pytest.mark.parametrize("zahl", ["x", "", "99999999999", "\x00"])
def test_a_broken_row_count_is_no_server_error(cast, als, zahl):
    antrag = entwurf(cast)
    for name, prefix in (("kosten", "kosten"), ("kooperation", "partner")):
        for button in ("weiter", "zeile"):
            daten = {"version": 1, f"{prefix}-TOTAL_FORMS": zahl, f"{prefix}-INITIAL_FORMS": 0, button: "ja"}
            assert als(cast.lehrkraft).post(adresse(antrag, name), daten).status_code == 200


def test_what_is_missing_leads_to_its_field(cast, als):
    make_regel(cast.harz)
    antrag = entwurf(cast)
    seite = als(cast.lehrkraft).get(adresse(antrag, "pruefen")).text
    for ziel in (
        "schule/#id_projektleitung_email",
        "kooperation/#partner",
        "projekt/#id_themen_0",
        "kosten/#kostenposten",
        "schule/#id_zahlweg_0",
        "erklaerungen/#id_externe_0",
        "erklaerungen/#id_begonnen_0",
    ):
        assert f'href="/antraege/{antrag.pk}/abschnitt/{ziel}"' in seite
    assert "Vor dem Antrag steht ein Beratungsgespräch mit Ihrer Netzwerkstelle." in seite
    assert "An die Schulleitung weitergeben" not in seite


def test_every_link_to_a_field_finds_it(cast, als):
    make_regel(cast.harz)
    antrag = entwurf(cast)
    make_vokabel(Thema, "Anti-Mobbing")
    make_vokabel(Zielgruppe, "Lernende")
    for einwand in als(cast.lehrkraft).get(adresse(antrag, "pruefen")).context["hart"]:
        if einwand.abschnitt != "pruefen":
            assert f'id="{einwand.anker}"' in als(cast.lehrkraft).get(adresse(antrag, einwand.abschnitt)).text


def test_a_complete_draft_can_be_passed_on(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    seite = als(cast.lehrkraft).get(adresse(antrag, "pruefen"))
    assert [s.name for s in seite.context["schritte"]] == ["weitergeben"]
    assert f'href="/antraege/{antrag.pk}/weitergeben/"' in seite.text
    seite = als(cast.schulleitung).get(adresse(antrag, "pruefen"))
    assert f'href="/antraege/{antrag.pk}/einreichen/"' in seite.text


def test_a_recommended_cap_is_only_a_note(cast, als):
    make_regel(cast.harz, hoechstbetrag=Decimal(500), hoechstbetrag_hart=False)
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    seite = als(cast.lehrkraft).get(adresse(antrag, "pruefen"))
    assert (len(seite.context["hart"]), len(seite.context["weich"])) == (0, 1)
    assert f"davon sind noch 500,00{EURO} frei. Sie beantragen 1.200,00{EURO}." in seite.text


@pytest.mark.parametrize("zahl", [1, 50])
@pytest.mark.parametrize(("name", "anfragen"), [("kosten", 9), ("kooperation", 8), ("pruefen", 26), ("", 21)])
def test_a_page_asks_the_database_equally_often(cast, als, django_assert_num_queries, name, anfragen, zahl):
    antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=[], partner=["hilft"] * zahl)
    for nummer in range(zahl):
        make_kostenposten(antrag, beschreibung=f"Ausgabe {nummer}")
    person = als(cast.lehrkraft)
    with django_assert_num_queries(anfragen):
        person.get(adresse(antrag, name) if name else antrag.get_absolute_url())
