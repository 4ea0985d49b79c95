"""Every branch of „Darf ich, wie viel, bis wann?“ with its sentence, and the values at the edge."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from angebote.foerderung.filters import Vorhaben
from angebote.foerderung.models import Betragsband, Foerderregel, Thema
from angebote.runde import services as runden
from schulerfolg.dach.auskunft.antwort import antworten
from schulerfolg.dach.auskunft.queries import lage
from tests.factories_antrag import make_antrag_in, make_regel, make_vokabel

HEUTE = date(2027, 3, 1)  # a Monday
BEGINN = date(2027, 5, 3)  # a Monday too
OHNE_SCHLUSS = "Einen Antragsschluss gibt es nicht: Anträge sind das ganze Jahr möglich."


@pytest.fixture(autouse=True)
def _heute(monkeypatch):
    jetzt = timezone.make_aware(datetime.combine(HEUTE, time(10)))
    monkeypatch.setattr(timezone, "now", lambda: jetzt)


@pytest.fixture
def regel(cast):
    return make_regel(
        cast.harz, von=date(2027, 1, 1), hoechstbetrag="3000.00", vorlauf_tage=28, hoechstbetrag_hart=True
    )


def frage(cast, eigene=False, **werte):
    werte = {"schule": cast.schule, "thema": None, "betrag": Decimal(1200), "beginn": BEGINN} | werte
    return antworten(Vorhaben(**werte), lage(cast.harz, HEUTE), eigene=eigene)


def saetze(antwort, art):
    return [grund.satz for grund in antwort.gruende if grund.art == art]


def make_runde(cast, **werte):
    werte = {"name": "Frühling", "ausschreibung": "Für alle.", "beginn": HEUTE, "uhrzeit": time(12)} | werte
    return runden.oeffnen(cast.harz, by=cast.leitung, **{"antragsschluss": date(2027, 3, 12)} | werte)


def test_yes_with_each_reason_and_its_source(cast, regel):
    antwort = frage(cast)
    assert antwort.urteil == "ja"
    assert [(g.satz, g.quelle, g.adresse) for g in antwort.warum] == [
        (
            "Der Betrag passt: Möglich sind bis zu 3.000,00\xa0€ je Schule und Kalenderjahr.",
            "Förderregel seit 1. Januar 2027",
            "#regel",
        ),
        (
            "Der Beginn passt, wenn Sie bis zum 5. April 2027 einreichen: Dazwischen liegen mindestens 28 Tage.",
            "Förderregel seit 1. Januar 2027",
            "#regel",
        ),
        (OHNE_SCHLUSS, str(cast.harz), cast.harz.get_absolute_url()),
    ]
    assert antwort.bis == "bis zum 5. April 2027"
    assert antwort.runde is None


@pytest.mark.parametrize(
    ("hart", "betrag", "urteil", "satz"),
    [
        (True, "3000.00", "ja", "Der Betrag passt: Möglich sind bis zu 3.000,00\xa0€ je Schule und Kalenderjahr."),
        (
            True,
            "3000.01",
            "nein",
            "Möglich sind höchstens 3.000,00\xa0€ je Schule und Kalenderjahr; Sie denken an 3.000,01\xa0€.",
        ),
        (False, "3000.00", "ja", "Der Betrag passt: Empfohlen sind bis zu 3.000,00\xa0€ je Schule und Kalenderjahr."),
        (
            False,
            "3000.01",
            "fragen",
            "Empfohlen sind höchstens 3.000,00\xa0€ je Schule und Kalenderjahr; Sie denken an 3.000,01\xa0€. Das ist "
            "eine Empfehlung; ob mehr möglich ist, sagt Ihnen die Netzwerkstelle.",
        ),
    ],
)
def test_the_cap_exactly_and_one_cent_more(cast, regel, hart, betrag, urteil, satz):
    Foerderregel.objects.update(hoechstbetrag_hart=hart)
    antwort = frage(cast, betrag=Decimal(betrag))
    assert antwort.urteil == urteil
    assert satz in saetze(antwort, urteil)
    assert bool(antwort.bis) == (urteil != "nein")


@pytest.mark.parametrize(
    ("beginn", "urteil", "satz"),
    [
        (
            date(2027, 3, 29),
            "ja",
            "Der Beginn passt, wenn Sie noch heute einreichen: Dazwischen liegen mindestens 28 Tage.",
        ),
        (
            date(2027, 3, 28),
            "nein",
            "Zwischen Antrag und Beginn liegen mindestens 28 Tage. Reichen Sie noch heute ein, kann das Projekt ab "
            "dem 29. März 2027 beginnen.",
        ),
    ],
)
def test_the_day_of_the_vorlauf_and_the_one_before(cast, regel, beginn, urteil, satz):
    antwort = frage(cast, beginn=beginn)
    assert (antwort.urteil, satz in saetze(antwort, urteil)) == (urteil, True)
    assert "einreichen" in satz or antwort.bis == ""


def test_a_day_off_is_only_a_word(cast, regel):
    antwort = frage(cast, beginn=date(2027, 5, 1))
    assert antwort.urteil == "ja"
    satz = "Der 01.05.2027 ist ein Samstag. Wenn das so gemeint ist, ist das in Ordnung."
    assert satz in saetze(antwort, "hinweis")


@pytest.mark.parametrize(
    ("prozent", "urteil", "satz"),
    [
        (
            "10",
            "ja",
            "Mindestens 10 Prozent der Kosten trägt die Schule selbst: Zu 1.000,00\xa0€ Förderung gehören mindestens "
            "111,12\xa0€ aus Eigenmitteln, Beiträgen oder von anderen.",
        ),
        ("100", "nein", "Hier trägt die Schule alle Kosten selbst; Förderung ist zurzeit nicht möglich."),
    ],
)
def test_what_the_school_pays_itself(cast, regel, prozent, urteil, satz):
    Foerderregel.objects.update(eigenanteil_prozent=prozent)
    antwort = frage(cast, betrag=Decimal(1000))
    assert (antwort.urteil, satz in [grund.satz for grund in antwort.gruende]) == (urteil, True)


def test_without_a_rule_the_office_is_asked(cast):
    antwort = frage(cast)
    assert (antwort.urteil, antwort.bis) == ("fragen", "")
    satz = "Für heute ist hier noch keine Förderregel hinterlegt; was möglich ist, weiß die Netzwerkstelle."
    assert [grund.satz for grund in antwort.warum] == [satz]
    make_regel(cast.harz, von=date(2027, 4, 1))
    assert [grund.satz for grund in frage(cast).warum] == [f"{satz} Anträge nimmt sie ab dem 1. April 2027 an."]


def test_a_school_that_is_not_in_the_list(cast, regel):
    antwort = frage(cast, schule=None)
    assert antwort.urteil == "fragen"
    assert antwort.warum[0].satz.startswith("Ihre Schule steht hier nicht in der Liste.")


def test_an_open_call_with_its_last_minute(cast, regel, monkeypatch):
    runde = make_runde(cast, hoechstens_je_schule=1, antragsschluss=HEUTE)
    antwort = frage(cast)
    assert (antwort.urteil, antwort.runde, antwort.bis) == ("ja", runde, "bis Montag, 1. März 2027, 12:00 Uhr")
    grund = antwort.warum[-1]
    assert (grund.quelle, grund.adresse) == ("Seite der Förderrunde", f"/foerderrunden/{runde.pk}/")
    assert grund.satz == (
        "Die Förderrunde „Frühling“ nimmt Anträge bis Montag, 1. März 2027, 12:00 Uhr an. Je Schule ist höchstens ein "
        "Antrag möglich."
    )
    letzte = timezone.make_aware(datetime.combine(HEUTE, time(12, 0, 59)))
    monkeypatch.setattr(timezone, "now", lambda: letzte)
    assert frage(cast).urteil == "ja"
    monkeypatch.setattr(timezone, "now", lambda: letzte + timedelta(seconds=1))
    antwort = frage(cast)
    assert (antwort.urteil, [grund.satz for grund in antwort.warum]) == (
        "fragen",
        ["Zurzeit ist keine Förderrunde offen. Ob ein Antrag trotzdem möglich ist, sagt Ihnen die Netzwerkstelle."],
    )


def test_the_vorlauf_ends_before_the_call(cast, regel):
    make_runde(cast, antragsschluss=date(2027, 6, 30))
    assert frage(cast).bis == "bis zum 5. April 2027"


def test_a_call_for_other_themes(cast, regel):
    runde, passt = make_runde(cast), make_vokabel(Thema, "Medien")
    runde.themen.add(passt)
    assert frage(cast, thema=passt).urteil == "ja"
    for thema in (None, make_vokabel(Thema, "Eltern")):
        antwort = frage(cast, thema=thema)
        assert antwort.urteil == "fragen"
        assert antwort.warum[0].satz == "Die Förderrunde „Frühling“ sucht Projekte zu: Medien."
        assert antwort.warum[1].satz.startswith("Möglich ist der Antrag in einer anderen offenen Förderrunde oder")


def test_the_money_of_a_call(cast, regel):
    make_runde(cast, betrag=Decimal(1200))
    assert frage(cast).urteil == "ja"
    antwort = frage(cast, betrag=Decimal("1200.01"))
    assert antwort.warum[0].satz == (
        "Die Förderrunde „Frühling“ sieht für alle Anträge zusammen 1.200,00\xa0€ vor; Sie denken an 1.200,01\xa0€."
    )


def test_beside_a_call_that_fits_another_is_only_a_word(cast, regel):
    make_runde(cast)
    make_runde(cast, name="Klein", betrag=Decimal(100), antragsschluss=date(2027, 3, 5))
    antwort = frage(cast)
    assert (antwort.urteil, antwort.runde.name) == ("ja", "Frühling")
    assert any("„Klein“ sieht" in satz for satz in saetze(antwort, "hinweis"))


def test_a_call_to_come_is_named(cast, regel):
    make_runde(cast, beginn=date(2027, 4, 1), antragsschluss=date(2027, 4, 30))
    antwort = frage(cast)
    assert (antwort.urteil, OHNE_SCHLUSS in saetze(antwort, "ja")) == ("ja", True)
    satz = "Die Förderrunde „Frühling“ öffnet am 1. April 2027 und nimmt Anträge bis Freitag, 30. April 2027, "
    satz += "12:00 Uhr an."
    assert satz in saetze(antwort, "hinweis")


@pytest.mark.parametrize(("bis", "selbst"), [("1200.00", True), ("1199.99", False)])
def test_who_decides(cast, regel, bis, selbst):
    Foerderregel.objects.update(entscheidungsweg="stelle", stelle_bis=bis)
    assert frage(cast).selbst is selbst


def test_a_band_of_amounts_says_what_holds_below_it(cast, regel):
    Betragsband.objects.create(regel=regel, bis="500.00", umfang="kurz", entscheidung="stelle", mit_anlagen=False)
    satz = "Bis 500,00\xa0€ gilt: nur eine Seite; es entscheidet die Netzwerkstelle, kein Gremium; keine Anlagen."
    for betrag, gilt in (("500.00", True), ("500.01", False)):
        antwort = frage(cast, betrag=Decimal(betrag))
        assert (antwort.urteil, antwort.selbst, satz in saetze(antwort, "hinweis")) == ("ja", gilt, gilt)


def test_what_is_left_is_told_to_the_school_alone(cast, regel):
    """Nobody else learns what a school applied for: neither a visitor, nor a neighbour, nor from the verdict itself."""
    make_antrag_in("eingereicht", cast, titel="Zirkus", beginn=BEGINN, beantragt=Decimal("2500.00"))
    for betrag, urteil in (("500.00", "ja"), ("500.01", "nein")):
        antwort = frage(cast, eigene=True, betrag=Decimal(betrag))
        satz = "Im Kalenderjahr 2027 sind für Ihre Schule noch 500,00\xa0€ frei. "
        satz += "Schon eingereicht: „Zirkus“ (2.500,00\xa0€)."
        assert (antwort.urteil, satz in saetze(antwort, urteil)) == (urteil, True)
    fremd = frage(cast, eigene=False, betrag=Decimal("500.01"))
    assert fremd.urteil == "ja"
    assert not any("500,00" in grund.satz or "Zirkus" in grund.satz for grund in fremd.gruende)


def test_a_full_call_is_told_to_the_school_alone(cast, regel):
    runde = make_runde(cast, hoechstens_je_schule=1)
    make_antrag_in("eingereicht", cast, runde=runde, beginn=BEGINN, beantragt=Decimal(100))
    assert frage(cast).urteil == "ja"
    antwort = frage(cast, eigene=True)
    satz = "In der Förderrunde „Frühling“ ist je Schule höchstens ein Antrag möglich; Ihre hat das ausgeschöpft."
    assert antwort.warum[0].satz == satz
    assert antwort.urteil == "fragen"


def test_a_school_year_has_its_own_words(cast, regel):
    Foerderregel.objects.update(hoechstbetrag_im="schuljahr")
    satz = "Im Schuljahr 2026/27 hat Ihre Schule noch nichts beantragt: 3.000,00\xa0€ sind frei."
    assert satz in saetze(frage(cast, eigene=True), "hinweis")


def test_a_cap_per_application_asks_for_no_others(cast, regel):
    Foerderregel.objects.update(hoechstbetrag_je="antrag")
    make_antrag_in("eingereicht", cast, beginn=BEGINN, beantragt=Decimal("2500.00"))
    antwort = frage(cast, eigene=True, betrag=Decimal(3000))
    assert antwort.urteil == "ja"
    assert not any("frei" in grund.satz for grund in antwort.gruende)
