"""What speaks against submitting, each with its sentence; and what a submission leaves behind."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.antrag.bedingungen import Einwand, bezugszeitraum, einwaende
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsfassung
from angebote.antrag.services import einreichen, selbst_einreichen, verwerfen, weitergeben
from angebote.foerderung.models import Anlagenanforderung, Foerderregel
from angebote.runde.models import Foerderrunde
from schulerfolg.akte.models import Dokument, Zaehler
from tests.factories_antrag import make_antrag, make_antrag_in, make_beratung, make_regel

HEUTE = date(2026, 12, 1)
RAUM = "\N{NO-BREAK SPACE}"


def sagt(antrag, am=HEUTE):
    antrag.refresh_from_db()
    return einwaende(antrag, Foerderregel.objects.gueltig(am).first(), am=am)


@pytest.fixture
def antrag(cast):
    # In the Winterferien: with any other format there is a hint.
    return make_antrag(cast.schule, cast.lehrkraft, beginn=date(2027, 2, 1), format="ferien")


def test_a_complete_draft_meets_no_objection(antrag):
    assert sagt(antrag) == []


PFLICHT = [
    ("projektleitung", "", "schule", "Bitte nennen Sie, wer das Projekt leitet."),
    ("projektleitung_email", "", "schule", "Bitte geben Sie die E-Mail-Adresse der Projektleitung an."),
    ("titel", "", "projekt", "Bitte geben Sie dem Projekt einen Titel."),
    ("kurzbeschreibung", "", "projekt", "Bitte beschreiben Sie das Projekt in zwei, drei Sätzen."),
    ("ausgangslage", "", "projekt", "Bitte schreiben Sie, warum das Projekt gebraucht wird."),
    ("ablauf", "", "projekt", "Bitte beschreiben Sie, was wann passiert."),
    ("nachhaltigkeit", "", "projekt", "Bitte schreiben Sie, was nach dem Projekt bleibt."),
    ("oeffentlichkeit", "", "projekt", "Bitte schreiben Sie, wie andere von dem Projekt erfahren."),
    ("beginn", None, "zeitraum", "Bitte wählen Sie den ersten Tag."),
    ("ende", None, "zeitraum", "Bitte wählen Sie den letzten Tag."),
    ("ort", "", "zeitraum", "Bitte nennen Sie den Ort."),
    ("zahlweg", "", "schule", "Bitte wählen Sie, wer das Geld erhält."),
    ("erklaert_beginn", False, "erklaerungen", "Bitte bestätigen Sie, dass das Projekt noch nicht begonnen hat."),
    (
        "erklaert_richtig",
        False,
        "erklaerungen",
        "Bitte bestätigen Sie, dass alle Angaben richtig und vollständig sind.",
    ),
    ("begonnen", "", "erklaerungen", "Bitte sagen Sie, ob Sie schon etwas bestellt, beauftragt oder gebucht haben."),
    ("externe", "", "erklaerungen", "Bitte sagen Sie, ob Externe mit Kindern arbeiten."),
    (
        "erklaert_fuehrungszeugnis",
        False,
        "erklaerungen",
        "Bitte bestätigen Sie, dass die Führungszeugnisse eingesehen sind.",
    ),
    (
        "erklaert_doppelt",
        False,
        "erklaerungen",
        "Bitte bestätigen Sie, dass niemand sonst dieselben Ausgaben bezahlt.",
    ),
    (
        "erklaert_eu",
        False,
        "erklaerungen",
        "Bitte bestätigen Sie, dass Sie auf die Förderung durch die Europäische Union hinweisen.",
    ),
    (
        "erklaert_daten",
        False,
        "erklaerungen",
        "Bitte bestätigen Sie, dass keine Namen von Schülerinnen und Schülern im Antrag stehen.",
    ),
]


@pytest.mark.parametrize(("feld", "leer", "abschnitt", "satz"), PFLICHT)
def test_a_missing_answer(antrag, feld, leer, abschnitt, satz):
    Antrag.objects.update(**{feld: leer})
    assert sagt(antrag) == [Einwand(abschnitt, feld, satz, hart=True)]


@pytest.mark.parametrize(
    ("feld", "abschnitt", "satz"),
    [
        ("partner", "kooperation", "Bitte nennen Sie mindestens einen Kooperationspartner und seine Aufgabe."),
        ("themen", "projekt", "Bitte wählen Sie mindestens ein Thema."),
        ("zielgruppen", "zeitraum", "Bitte schätzen Sie für mindestens eine Zielgruppe, wie viele teilnehmen."),
        (
            "ziele",
            "projekt",
            "Bitte nennen Sie mindestens ein Ziel: was sich verändern soll, woran Sie es merken, womit Sie es zeigen.",
        ),
        ("kostenposten", "kosten", "Bitte tragen Sie mindestens eine Ausgabe ein."),
    ],
)
def test_missing_rows(antrag, feld, abschnitt, satz):
    manager = getattr(antrag, feld)
    manager.clear() if hasattr(manager, "through") else manager.all().delete()
    assert sagt(antrag) == [Einwand(abschnitt, feld, satz, hart=True)]


def test_no_rule_in_force(antrag):
    Foerderregel.objects.update(bis=date(2026, 11, 30))
    satz = "Ihre Netzwerkstelle hat für heute noch keine Förderregel hinterlegt."
    assert sagt(antrag) == [Einwand("pruefen", "", satz, hart=True)]


def test_no_advice_or_advice_that_still_waits(cast, antrag):
    satz = "Vor dem Antrag steht ein Beratungsgespräch mit Ihrer Netzwerkstelle."
    Antrag.objects.update(beratung=None)
    assert sagt(antrag) == [Einwand("pruefen", "beratung", satz, hart=True)]
    Antrag.objects.update(beratung=make_beratung(cast.schule, cast.lehrkraft, status="angefragt"))
    assert sagt(antrag) == [Einwand("pruefen", "beratung", satz, hart=True)]


@pytest.mark.parametrize(
    ("beginn", "schluss", "offen"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), True),
        (date(2026, 12, 1), None, True),
        (date(2026, 12, 2), None, False),
        (date(2026, 11, 1), date(2026, 11, 30), False),
    ],
)
def test_a_round_takes_applications_on_its_days_only(cast, antrag, beginn, schluss, offen):
    runde = Foerderrunde.objects.create(netzwerkstelle=cast.harz, name="Winter", beginn=beginn, antragsschluss=schluss)
    Antrag.objects.update(runde=runde)
    satz = {
        date(2026, 12, 2): "Die Förderrunde „Winter“ nimmt erst ab dem 02.12.2026 Anträge an.",
        date(
            2026, 11, 1
        ): "Die Förderrunde „Winter“ war bis Montag, 30. November 2026, 23:59 Uhr offen und nimmt keine "
        "Anträge mehr an. Möglich ist der Antrag in einer anderen offenen Förderrunde oder, wenn Ihre Netzwerkstelle "
        "damit einverstanden ist, ohne Förderrunde.",
    }.get(beginn)
    assert sagt(antrag) == ([] if offen else [Einwand("schule", "runde", satz, hart=True)])


def test_the_lead_time_counts_in_days(antrag):
    Foerderregel.objects.update(vorlauf_tage=62)
    assert sagt(antrag) == []
    Foerderregel.objects.update(vorlauf_tage=63)
    satz = "Zwischen Antrag und Beginn liegen mindestens 63 Tage. Bitte wählen Sie einen Tag ab dem 02.02.2027."
    assert sagt(antrag) == [Einwand("zeitraum", "beginn", satz, hart=True)]


def test_nothing_left_to_ask_for(antrag):
    Antrag.objects.update(beantragt=0, eigenmittel=1200)
    satz = "Die Ausgaben sind schon gedeckt; es bleibt nichts zu beantragen."
    assert sagt(antrag) == [Einwand("kosten", "eigenmittel", satz, hart=True)]


def test_the_own_share(antrag):
    Foerderregel.objects.update(eigenanteil_prozent=10)
    satz = f"Ihre Region verlangt einen Eigenanteil von mindestens 120,00{RAUM}€."
    assert sagt(antrag) == [Einwand("kosten", "eigenmittel", satz, hart=True)]
    Antrag.objects.update(beantragt=1080, eigenmittel=100, mit_teilnahmebeitraegen=True, teilnahmebeitraege=20)
    assert sagt(antrag) == []


def test_the_cap_of_one_application(antrag):
    Foerderregel.objects.update(hoechstbetrag=1000, hoechstbetrag_je="antrag")
    satz = (
        f"Je Antrag sind 1.000,00{RAUM}€ möglich; davon sind noch 1.000,00{RAUM}€ frei. Sie beantragen 1.200,00{RAUM}€."
    )
    assert sagt(antrag) == [Einwand("kosten", "eigenmittel", satz, hart=True)]


def test_a_recommended_cap_is_a_note(cast, antrag):
    """Salzlandkreis since 20.01.2026: 3.000 € are recommended, not binding (fachdossier 3.7)."""
    Foerderregel.objects.update(hoechstbetrag=3000, hoechstbetrag_hart=False)
    make_antrag_in("eingereicht", cast, beginn=date(2027, 3, 1))
    Antrag.objects.filter(pk=antrag.pk).update(beantragt=1900)
    satz = (
        f"Je Schule sind 3.000,00{RAUM}€ möglich; davon sind noch 1.800,00{RAUM}€ frei. Sie beantragen 1.900,00{RAUM}€."
        f" Schon eingereicht: „Gemeinsam statt einsam“ (1.200,00{RAUM}€)."
    )
    assert sagt(antrag) == [Einwand("kosten", "eigenmittel", satz, hart=False)]
    assert einreichen(antrag, by=cast.schulleitung).status == "eingereicht"


@pytest.mark.parametrize(
    ("im", "anderes", "zaehlt"),
    [
        ("kalenderjahr", date(2027, 1, 1), True),
        ("kalenderjahr", date(2027, 12, 31), True),
        ("kalenderjahr", date(2026, 12, 31), False),
        ("kalenderjahr", date(2028, 1, 1), False),
        ("schuljahr", date(2026, 8, 1), True),
        ("schuljahr", date(2027, 7, 31), True),
        ("schuljahr", date(2026, 7, 31), False),
        ("schuljahr", date(2027, 8, 1), False),
    ],
)
def test_the_cap_of_a_school_counts_the_year_of_the_project(cast, antrag, im, anderes, zaehlt):
    """2.000 € per school: 1.200 € asked for already leave 800 €, if that project begins in the same year."""
    Foerderregel.objects.update(hoechstbetrag_im=im)
    fertig = make_antrag_in("eingereicht", cast)
    Antrag.objects.filter(pk=fertig.pk).update(beginn=anderes, ende=anderes)
    satz = (
        f"Je Schule sind 2.000,00{RAUM}€ möglich; davon sind noch 800,00{RAUM}€ frei. Sie beantragen 1.200,00{RAUM}€."
        f" Schon eingereicht: „Gemeinsam statt einsam“ (1.200,00{RAUM}€)."
    )
    assert sagt(antrag) == ([Einwand("kosten", "eigenmittel", satz, hart=True)] if zaehlt else [])


# One case a line, to be read in columns.
@pytest.mark.parametrize(("status", "zaehlt"), [("entwurf", False), ("zurueckgezogen", False), ("abgelehnt", False),
                                               ("verworfen", False),
                                               ("eingereicht", True), ("gremienreif", True)])  # fmt: skip
def test_which_applications_the_cap_counts(cast, antrag, status, zaehlt):
    fertig = make_antrag_in(status, cast)
    Antrag.objects.filter(pk=fertig.pk).update(beginn=date(2027, 5, 1), ende=date(2027, 5, 1))
    assert bool(sagt(antrag)) is zaehlt


def test_what_was_approved_counts_instead_of_what_was_asked_for(cast, antrag):
    fertig = make_antrag_in("gremienreif", cast)
    werte = {"beginn": date(2027, 5, 1), "ende": date(2027, 5, 1), "status": "bewilligt", "bewilligt": 800}
    Antrag.objects.filter(pk=fertig.pk).update(**werte)
    fertig.ereignisse.create(schritt="bewilligen", text="kam hierher", von=fertig.status, nach="bewilligt")
    assert sagt(antrag) == []


def test_a_school_year_begins_in_august():
    jahr = Foerderregel(hoechstbetrag_im="schuljahr")
    assert bezugszeitraum(jahr, date(2027, 7, 31)) == (date(2026, 8, 1), date(2027, 7, 31))
    assert bezugszeitraum(jahr, date(2027, 8, 1)) == (date(2027, 8, 1), date(2028, 7, 31))
    assert bezugszeitraum(Foerderregel(), date(2027, 8, 1)) == (date(2027, 1, 1), date(2027, 12, 31))


def test_documents_asked_for_at_the_submission(cast, antrag):
    regel = Foerderregel.objects.get()
    for art, wann in [("kooperation", "einreichung"), ("konzept", "einreichung"), ("angebot", "auszahlung")]:
        Anlagenanforderung.objects.create(regel=regel, art=art, pflicht_bei=wann)
    satz = "Es fehlt noch: Kooperationsvereinbarung, ausführliches Konzept."
    assert sagt(antrag) == [Einwand("erklaerungen", "anlage", satz, hart=True)]
    for art, entfernt_am in [("kooperation", None), ("konzept", timezone.now())]:
        datei = Dokument.objects.create(art="anlage", name="a.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.4")
        Anlage.objects.create(
            antrag=antrag, art=art, dokument=datei, hochgeladen_durch=cast.lehrkraft, entfernt_am=entfernt_am
        )
    assert sagt(antrag) == [Einwand("erklaerungen", "anlage", "Es fehlt noch: ausführliches Konzept.", hart=True)]


@pytest.mark.parametrize("schritt", [weitergeben, selbst_einreichen])
def test_an_incomplete_draft_goes_nowhere(cast, schritt):
    make_regel(cast.harz, mitzeichnung=False)
    antrag = make_antrag(cast.schule, cast.lehrkraft, titel="", themen=[])
    with pytest.raises(ValidationError) as fehler:
        schritt(antrag, by=cast.lehrkraft)
    assert fehler.value.messages == [
        "Bitte geben Sie dem Projekt einen Titel.",
        "Bitte wählen Sie mindestens ein Thema.",
    ]
    antrag.refresh_from_db()
    assert (antrag.status, antrag.nummer, antrag.ereignisse.count()) == ("entwurf", None, 0)


def test_where_the_head_signs_nobody_submits_alone(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    with pytest.raises(ValidationError, match="In Ihrer Region zeichnet die Schulleitung mit"):
        selbst_einreichen(antrag, by=cast.lehrkraft)


def test_where_the_head_need_not_sign_the_teacher_submits(cast):
    make_regel(cast.harz, mitzeichnung=False)
    antrag = selbst_einreichen(make_antrag(cast.schule, cast.lehrkraft), by=cast.lehrkraft)
    assert antrag.status == "eingereicht"
    assert Antragsfassung.objects.get().unterschrift == (
        "Kim Beispiel, Lehrkraft; hat ihn auch geschrieben; ohne Mitzeichnung der Schulleitung"
    )


def test_a_head_who_wrote_it_signs_alone(cast):
    einreichen(make_antrag(cast.schule, cast.schulleitung), by=cast.schulleitung)
    fassung = Antragsfassung.objects.get()
    assert fassung.zeichnung == "Schulleitung; hat ihn auch geschrieben"
    assert fassung.unterschrift == f"Kim Beispiel, {fassung.zeichnung}"


def test_a_head_who_wrote_it_needs_the_deputy_where_the_office_asks(cast):
    make_regel(cast.harz, vertretung_bei_eigenem=True)
    with pytest.raises(ValidationError, match="unterschreibt dann Ihre Stellvertretung"):
        einreichen(make_antrag(cast.schule, cast.schulleitung), by=cast.schulleitung)
    assert einreichen(make_antrag(cast.schule, cast.lehrkraft), by=cast.schulleitung).status == "eingereicht"


def test_the_rule_of_the_day_is_frozen(cast):
    heute = timezone.localdate()
    alt = make_regel(cast.harz, hoechstbetrag=Decimal(3000), bis=heute)
    make_regel(cast.harz, hoechstbetrag=Decimal(100), von=heute + timedelta(days=1))
    antrag = einreichen(make_antrag(cast.schule, cast.lehrkraft), by=cast.schulleitung)
    assert antrag.regel == alt
    assert ["Höchstbetrag", f"3.000,00{RAUM}€ je Schule und Kalenderjahr"] in Antragsfassung.objects.get().inhalt[-1][
        "zeilen"
    ]


def test_numbers_start_at_one_for_every_office_and_have_no_gaps(cast):
    jahr = timezone.localdate().year
    Foerderregel.objects.all().delete()
    for stelle in (cast.harz, cast.boerde):
        make_regel(stelle, hoechstbetrag=Decimal(99999))
    assert not Zaehler.objects.exists()
    erster = make_antrag_in("eingereicht", cast)
    kaputt = make_antrag(cast.schule, cast.lehrkraft, titel="")
    with pytest.raises(ValidationError):
        einreichen(kaputt, by=cast.schulleitung)
    zweiter = make_antrag_in("zurueckgezogen", cast)
    dritter = make_antrag_in("eingereicht", cast)
    assert [a.nummer for a in (erster, zweiter, dritter)] == [f"HZ-{jahr}-0001", f"HZ-{jahr}-0002", f"HZ-{jahr}-0003"]
    assert list(Zaehler.objects.values_list("schluessel", "letzte")) == [(f"antrag:HZ:{jahr}", 3)]


def test_a_draft_never_gets_a_number_even_when_dropped(cast):
    antrag = verwerfen(make_antrag(cast.schule, cast.lehrkraft), by=cast.lehrkraft)
    assert (antrag.status, antrag.nummer) == ("verworfen", None)
    assert not Zaehler.objects.exists()
