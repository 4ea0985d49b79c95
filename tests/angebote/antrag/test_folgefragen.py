"""A question that follows from an answer: shown and counted after that answer only, and never forgotten."""

from decimal import Decimal

import pytest
from django.utils import timezone

from angebote.antrag.abbild import abbild
from angebote.antrag.bedingungen import einwaende
from angebote.antrag.models import Antrag
from angebote.antrag.services import abschnitt_speichern
from netzwerkstellen.models import Organisation
from tests.angebote.antrag.test_views_abschnitt import adresse, ausgabe, entwurf, zeilen
from tests.factories import make_organisation, make_schule
from tests.factories_antrag import make_antrag, make_regel

# Question that follows | after which answer | what it asks for where it is asked and empty
TABELLE = [
    ("foerderverein", {"zahlweg": "foerderverein"}, "Bitte nennen Sie den Förderverein, an den das Geld geht."),
    (
        "weitere_schulen",
        {"mit_anderen_schulen": True},
        "Bitte wählen Sie, welche Schulen dabei sind, oder nehmen Sie den Haken bei „Weitere Schulen“ heraus.",
    ),
    (
        "teilnahmebeitraege",
        {"mit_teilnahmebeitraegen": True},
        "Bitte geben Sie an, wie viel Familien oder Teilnehmende zusammen zahlen.",
    ),
    ("drittmittel_von", {"mit_drittmitteln": True, "drittmittel": 5}, "Bitte schreiben Sie, von wem das Geld kommt."),
    (
        "drittmittel",
        {"mit_drittmitteln": True, "drittmittel_von": "Sparkasse"},
        "Bitte geben Sie an, wie viel Geld von anderen kommt.",
    ),
    (
        "erklaert_fuehrungszeugnis",
        {"externe": "ja", "erklaert_fuehrungszeugnis": False},
        "Bitte bestätigen Sie, dass die Führungszeugnisse eingesehen sind.",
    ),
]


def saetze(antrag):
    return [einwand.satz for einwand in einwaende(antrag, antrag.regel_heute, am=timezone.localdate())]


def gedruckt(antrag, abschnitt):
    return dict(next(teil["zeilen"] for teil in abbild(antrag) if teil["name"] == abschnitt))


@pytest.mark.parametrize(("feld", "antwort", "satz"), TABELLE)
def test_what_follows_from_an_answer_is_asked_after_it_alone(cast, feld, antwort, satz):
    ohne = {"externe": "nein", "erklaert_fuehrungszeugnis": False}
    assert saetze(make_antrag(cast.schule, cast.lehrkraft, **ohne)) == []
    assert saetze(make_antrag(cast.schule, cast.lehrkraft, **ohne | antwort)) == [satz]


def test_what_is_no_longer_asked_is_kept_and_neither_counted_nor_printed(cast):
    antrag = make_antrag(
        cast.schule, cast.lehrkraft, mit_drittmitteln=True, drittmittel=200, drittmittel_von="Sparkasse", externe="nein"
    )
    assert (antrag.beantragt, gedruckt(antrag, "kosten")["Geld von anderen"][-9:]) == (1000, "Sparkasse")
    antrag = abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"mit_drittmitteln": False})
    assert (antrag.beantragt, gedruckt(antrag, "kosten")["Geld von anderen"]) == (1200, "keines")
    assert (antrag.drittmittel, antrag.drittmittel_von) == (200, "Sparkasse")
    assert not any("Führungszeugnis" in satz for satz in gedruckt(antrag, "erklaerungen"))
    assert gedruckt(antrag, "erklaerungen")["Arbeiten Externe mit Kindern?"] == "nein"


def test_what_cannot_be_read_where_it_is_not_asked_holds_nothing_up(cast, als):
    antrag = entwurf(cast)
    Antrag.objects.update(drittmittel=200, mit_drittmitteln=True)
    daten = zeilen("kosten", ausgabe("10,00"), version=1, drittmittel="viel", weiter="ja")
    assert als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten).status_code == 302
    antrag.refresh_from_db()
    assert (antrag.mit_drittmitteln, antrag.drittmittel, antrag.beantragt) == (False, Decimal(200), Decimal(10))


def test_a_school_where_nobody_from_outside_works_can_say_so(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft, externe="", erklaert_fuehrungszeugnis=False)
    daten = {"version": 1, "externe": "nein", "begonnen": "nein", "uebersicht": "ja"}
    daten |= dict.fromkeys(
        ["erklaert_beginn", "erklaert_doppelt", "erklaert_eu", "erklaert_daten", "erklaert_richtig"], "on"
    )
    als(cast.lehrkraft).post(adresse(antrag, "erklaerungen"), daten)
    antrag.refresh_from_db()
    assert saetze(antrag) == []


def test_a_declaration_in_other_words_is_asked_for_again(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    Antrag.objects.update(erklaerungen_fassung=antrag.erklaerungen_fassung | {"erklaert_eu": "2026-11"})
    antrag.refresh_from_db()
    satz = "Bitte bestätigen Sie, dass Sie auf die Förderung durch die Europäische Union hinweisen."
    assert saetze(antrag) == [satz]
    form = als(cast.lehrkraft).get(adresse(antrag, "erklaerungen")).context["form"]
    assert (form["erklaert_eu"].value(), form["erklaert_doppelt"].value()) == (False, True)


def test_the_receiver_follows_from_the_choice(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    partner, andere = antrag.partner.get().organisation, make_organisation(name="Zirkus Harz")
    antrag.partner.create(organisation=andere, aufgabe="zeigt Kunststücke")

    def waehlen(**werte):
        antrag.refresh_from_db()
        daten = {"version": antrag.version, "projektleitung": "Kim", "uebersicht": "ja"}
        assert als(cast.lehrkraft).post(adresse(antrag, "schule"), daten | werte).status_code == 302
        antrag.refresh_from_db()
        return antrag.geld_an

    assert waehlen(zahlweg="partner") is None
    assert waehlen(zahlweg="partner", zahlung_an=partner.pk) == partner
    assert waehlen(zahlweg="schultraeger", zahlung_an=partner.pk) is None
    assert waehlen(zahlweg="stelle", zahlung_an=partner.pk) is None
    assert waehlen(zahlweg="foerderverein", foerderverein_neu="Freunde der Schule e.V.").art == "foerderverein"
    verein = Organisation.objects.get(name="Freunde der Schule e.V.")
    assert f'<option value="{verein.pk}" selected>' in als(cast.lehrkraft).get(adresse(antrag, "schule")).text
    assert waehlen(zahlweg="foerderverein", foerderverein=verein.pk) == verein
    antrag.partner.filter(organisation=andere).delete()
    assert waehlen(zahlweg="partner") == partner


def test_half_a_name_of_a_foerderverein_never_becomes_one(cast, als):
    antrag = entwurf(cast)
    daten = {"version": 1, "zahlweg": "foerderverein", "foerderverein_neu": "Freun", "sichern": "ja"}
    assert "speichert erst die Schaltfläche" in als(cast.lehrkraft).post(adresse(antrag, "schule"), daten).text
    antrag.refresh_from_db()
    assert (antrag.zahlweg, antrag.foerderverein) == ("foerderverein", None)


def test_who_is_paid_as_partner_is_a_partner_and_is_not_typed_twice(cast, als):
    make_regel(cast.harz)
    gewaehlt = make_organisation(name="Zirkus Harz")
    antrag = make_antrag(cast.schule, cast.lehrkraft, partner=[], zahlweg="partner", zahlung_an=gewaehlt)
    assert als(cast.lehrkraft).get(adresse(antrag, "kooperation")).context["formset"].forms[0].initial == {
        "organisation": gewaehlt.pk
    }
    assert (
        "Das Geld geht an „Zirkus Harz“. Bitte nennen Sie diese Organisation auch als Kooperationspartner."
        in saetze(antrag)
    )


def test_the_page_says_under_which_answer_a_question_stands(cast, als):
    """The style sheet shows what is asked; where it can't, each group says when it counts."""
    antrag = entwurf(cast)
    make_schule(netzwerkstelle=cast.harz)
    seite = als(cast.lehrkraft).get(adresse(antrag, "schule")).text
    assert (
        seite.index('name="zahlweg"') < seite.index('data-wenn="foerderverein"') < seite.index('name="foerderverein"')
    )
    assert "Nur wenn „an den Förderverein der Schule“ gewählt ist" in seite
    assert "Nur wenn „Weitere Schulen sind dabei“ gewählt ist" in seite
