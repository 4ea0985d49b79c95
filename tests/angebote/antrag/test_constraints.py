"""The database says no as well: every constraint of angebote by its name, met by one row that breaks it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsfassung
from angebote.antrag.models_zeilen import Antragspartner, Kostenposten, Projektziel, Zielgruppenzahl
from angebote.beratung.models import Beratung
from angebote.budget.models import Buchung, Budget
from angebote.entscheidung.models import Briefvorschau
from angebote.foerderung.models import Anlagenanforderung, Foerderregel
from angebote.korrektur.models import Markierung
from angebote.nachricht.models import Lesevermerk, Nachricht
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Stellungnahme
from angebote.runde.models import Foerderrunde
from angebote.vorzeitig.models import VorzeitigerBeginn
from angebote.zusammenarbeit.models import Entwurfsuebergabe, Mitschreibende
from tests.factories_antrag import make_antrag, make_antrag_in, make_band, make_beratung, make_regel

MORGEN = date(2027, 3, 2)
HEUTE = date(2027, 3, 1)
JETZT = datetime(2027, 3, 1, tzinfo=UTC)
KLEIN = [("Honorare", "Kurs", 1, "", "10.00")]


def entwurf(cast):
    return make_antrag(cast.schule, cast.lehrkraft)


def zeile(antrag, **felder):
    Antrag.objects.filter(pk=antrag.pk).update(**felder)


def budget(cast, **felder):
    return Budget.objects.create(**{"netzwerkstelle": cast.harz, "jahr": 2027, "ansatz": 1000} | felder)


def stellungnahme(antrag, wer, **felder):
    werte = {"antrag": antrag, "text": "So.", "empfehlung": "zustimmen", "betrag": 10, "verfasst_durch": wer}
    return Stellungnahme.objects.create(**werte | felder)


def uebergabe(antrag, cast, **felder):
    wer = {"antrag": antrag, "von": cast.lehrkraft, "an": cast.schulleitung, "bis": MORGEN}
    return Entwurfsuebergabe.objects.create(**wer | felder)


def nachricht(antrag, cast, **felder):
    wer = {"antrag": antrag, "art": "an_stelle", "text": "?", "durch": cast.lehrkraft, "frist": MORGEN}
    return Nachricht.objects.create(**wer | felder)


def frage(antrag, cast):
    return Nachforderung.objects.create(antrag=antrag, frist=HEUTE, gestellt_durch=cast.leitung)


def markierung(nachforderung, **felder):
    wo = {"nachforderung": nachforderung, "abschnitt": "projekt", "stelle": "projekt.titel", "titel": "Titel"}
    return Markierung.objects.create(**wo | {"grund": "falsch", "bemerkung": "Bitte kürzer."} | felder)


def zweimal_markiert(antrag, cast):
    nachforderung = frage(antrag, cast)
    zweimal(lambda: markierung(nachforderung))


JA = {"zugelassen": True, "zugelassen_ab": MORGEN, "geschrieben_am": JETZT}
VERSCHICKT = {"beantwortet_am": JETZT, "schreiben": "<p>Ja.</p>"}


def vorzeitig(antrag, cast, **felder):
    wer = {"antrag": antrag, "ab": MORGEN, "grund": "Der Bus.", "beantragt_durch": cast.lehrkraft}
    return VorzeitigerBeginn.objects.create(**wer | felder)


def zweimal(tun):
    tun()
    tun()


# One breach an entry, in as few lines as it takes.
# fmt: off
VERSTOESSE = {
    # Förderung
    "foerderrunde_schluss_nach_beginn": lambda c: Foerderrunde.objects.create(
        netzwerkstelle=c.harz, name="R", beginn=MORGEN, antragsschluss=HEUTE),
    "foerderrunde_betrag_positiv": lambda c: Foerderrunde.objects.create(
        netzwerkstelle=c.harz, name="R", beginn=HEUTE, betrag=0),
    "foerderrunde_mindestens_ein_antrag": lambda c: Foerderrunde.objects.create(
        netzwerkstelle=c.harz, name="R", beginn=HEUTE, hoechstens_je_schule=0),
    "rundenfassung_nummer_einmal": lambda c: (
        r := Foerderrunde.objects.create(netzwerkstelle=c.harz, name="R", beginn=HEUTE)
    ) and zweimal(lambda: r.fassungen.create(nummer=1, inhalt=[], durch=c.leitung)),
    "foerderregel_angebote_ueber_null": lambda c: make_regel(c.harz, angebote_ab=0),
    "foerderregel_ende_nach_beginn": lambda c: make_regel(c.harz, von=MORGEN, bis=HEUTE),
    "foerderregel_eine_zur_selben_zeit": lambda c: zweimal(lambda: make_regel(c.harz)),
    "foerderregel_hoechstbetrag_positiv": lambda c: make_regel(c.harz, hoechstbetrag=0),
    "foerderregel_eigenanteil_ist_prozent": lambda c: make_regel(c.harz, eigenanteil_prozent=101),
    "foerderregel_stelle_hat_grenze": lambda c: make_regel(c.harz, entscheidungsweg="stelle", stelle_bis=None),
    "anlagenanforderung_art_einmal_je_regel": lambda c: (r := make_regel(c.harz)) and zweimal(
        lambda: Anlagenanforderung.objects.create(regel=r, art="konzept")),
    "betragsband_grenze_einmal_je_regel": lambda c: (r := make_regel(c.harz)) and zweimal(lambda: make_band(r)),
    "betragsband_grenze_positiv": lambda c: make_band(make_regel(c.harz), bis=0),
    "betragsband_worte_bekannt": lambda c: make_band(make_regel(c.harz), entscheidung="umlauf"),
    # Beratung
    "beratung_stand_ist_bekannt": lambda c: make_beratung(c.schule, c.lehrkraft, status="vergessen"),
    "beratung_verabredet_hat_termin": lambda c: make_beratung(c.schule, c.lehrkraft, status="verabredet"),
    "beratung_beraten_hat_tag_und_person": lambda c: make_beratung(c.schule, c.lehrkraft, tag=None),
    # Antrag
    "antrag_status_ist_bekannt": lambda c: zeile(make_antrag_in("eingereicht", c), status="irgendwo"),
    "antrag_ende_nach_beginn": lambda c: zeile(entwurf(c), beginn=MORGEN, ende=HEUTE),
    "antrag_betraege_nicht_negativ": lambda c: zeile(entwurf(c), eigenmittel=-1),
    "antrag_eingereicht_hat_nummer_und_regel": lambda c: zeile(entwurf(c), status="eingereicht"),
    "antrag_bewilligt_hoechstens_beantragt": lambda c: zeile(
        make_antrag_in("gremienreif", c), status="beschlossen", bewilligt=1201),
    "antrag_bewilligt_hat_betrag": lambda c: zeile(make_antrag_in("gremienreif", c), status="beschlossen"),
    "antragspartner_einmal_je_antrag": lambda c: (p := entwurf(c).partner.get()) and Antragspartner.objects.create(
        antrag=p.antrag, organisation=p.organisation, aufgabe="noch einmal"),
    "jahresanteil_einmal_je_jahr": lambda c: (lambda antrag: zweimal(
        lambda: antrag.jahresanteile.create(jahr=2027, betrag=1)))(entwurf(c)),
    "jahresanteil_nicht_negativ": lambda c: entwurf(c).jahresanteile.create(jahr=2027, betrag=-1),
    "projektziel_einmal_je_nummer": lambda c: (lambda antrag: zweimal(
        lambda: Projektziel.objects.create(antrag=antrag, nummer=3, ziel="Mut")))(entwurf(c)),
    "projektziel_nummer_bis_drei": lambda c: Projektziel.objects.create(antrag=entwurf(c), nummer=4, ziel="Mut"),
    "zielgruppenzahl_einmal_je_antrag": lambda c: (z := entwurf(c).gruppen.first()) and Zielgruppenzahl.objects.create(
        antrag=z.antrag, zielgruppe=z.zielgruppe, anzahl=1),
    "zielgruppenzahl_ist_eine": lambda c: entwurf(c).gruppen.update(anzahl=0),
    "kostenposten_positiv": lambda c: Kostenposten.objects.filter(antrag=entwurf(c)).update(menge=0),
    "antragsfassung_nummer_einmal": lambda c: Antragsfassung.objects.create(
        antrag=make_antrag_in("eingereicht", c), nummer=1, inhalt=[], durch=c.lehrkraft, zeichnung="x"),
    # Zusammenarbeit
    "nachricht_hat_frist_wo_jemand_antwortet": lambda c: nachricht(entwurf(c), c, frist=None),
    "nachricht_erledigt_hat_person": lambda c: nachricht(entwurf(c), c, erledigt_am=JETZT),
    "lesevermerk_einmal_je_person": lambda c: (n := nachricht(entwurf(c), c)) and zweimal(
        lambda: Lesevermerk.objects.create(nachricht=n, person=c.leitung)),
    "mitschreibende_einmal_je_antrag": lambda c: (a := entwurf(c)) and zweimal(
        lambda: Mitschreibende.objects.create(antrag=a, person=c.lehrkraft)),
    "entwurfsuebergabe_eine_offene_je_antrag": lambda c: (a := entwurf(c)) and zweimal(lambda: uebergabe(a, c)),
    "entwurfsuebergabe_ausgang_ist_bekannt": lambda c: uebergabe(entwurf(c), c, ausgang="vergessen"),
    # Prüfung
    "pruefpunkt_einmal_je_antrag": lambda c: (a := entwurf(c)) and zweimal(
        lambda: Pruefpunkt.objects.create(antrag=a, schluessel="kosten", urteil="ja", durch=c.leitung)),
    "nachforderung_eine_offene_je_antrag": lambda c: (a := entwurf(c)) and zweimal(
        lambda: Nachforderung.objects.create(antrag=a, frist=HEUTE, gestellt_durch=c.leitung)),
    "stellungnahme_steht_seit_einer_fassung": lambda c: stellungnahme(entwurf(c), c.leitung, steht_seit=2),
    "stellungnahme_ein_ausgang": lambda c: stellungnahme(entwurf(c), c.leitung, bestaetigt_durch=c.freigabe),
    "stellungnahme_betrag_passt_zur_empfehlung": lambda c: stellungnahme(entwurf(c), c.leitung, empfehlung="ablehnen"),
    "stellungnahme_fassung_einmal_je_antrag": lambda c: (a := entwurf(c)) and zweimal(
        lambda: stellungnahme(a, c.leitung)),
    # Entscheidung
    "briefvorschau_eine_je_person_und_antrag": lambda c: (a := entwurf(c)) and zweimal(
        lambda: Briefvorschau.objects.create(antrag=a, fuer=c.leitung, schritt="ablehnen", text="Guten Tag")),
    # Korrektur
    "markierung_einmal_je_stelle": lambda c: zweimal_markiert(entwurf(c), c),
    "markierung_hat_grund_und_bemerkung": lambda c: markierung(frage(entwurf(c), c), bemerkung=""),
    # Vorzeitiger Beginn
    "vorzeitigerbeginn_einer_offen_je_antrag": lambda c: (a := entwurf(c)) and zweimal(lambda: vorzeitig(a, c)),
    "vorzeitigerbeginn_zwei_personen": lambda c: vorzeitig(
        entwurf(c), c, **JA, **VERSCHICKT, geschrieben_durch=c.leitung, beantwortet_durch=c.leitung),
    "vorzeitigerbeginn_antwort_ganz": lambda c: vorzeitig(
        entwurf(c), c, **JA | {"zugelassen_ab": None}, geschrieben_durch=c.leitung),
    "vorzeitigerbeginn_beantwortet_mit_schreiben": lambda c: vorzeitig(
        entwurf(c), c, **JA, beantwortet_am=JETZT, geschrieben_durch=c.leitung, beantwortet_durch=c.freigabe),
    # Budget
    "budget_eines_je_stelle_und_jahr": lambda c: zweimal(lambda: budget(c)),
    "budget_spalten_nicht_negativ": lambda c: budget(c, sperre=-1),
    "budget_reicht": lambda c: budget(c, sperre=500, gebunden=300, reserviert=201),
    "budget_ausgezahlt_hoechstens_gebunden": lambda c: budget(c, gebunden=10, ausgezahlt=11),
    "buchung_nicht_null": lambda c: Buchung.objects.create(budget=budget(c), art="ansatz", betrag=0, text="nichts"),
}
# fmt: on


@pytest.mark.parametrize("name", VERSTOESSE)
def test_the_database_refuses(cast, name):
    with pytest.raises(IntegrityError, match=rf'"{name}"'), transaction.atomic():
        VERSTOESSE[name](cast)


def test_every_constraint_has_its_row():
    namen = [c.name for model in apps.get_app_config("angebote").get_models() for c in model._meta.constraints]
    assert sorted(namen) == sorted(VERSTOESSE)


def test_one_number_belongs_to_one_application(cast):
    antrag = make_antrag_in("eingereicht", cast)
    with pytest.raises(IntegrityError, match="nummer"), transaction.atomic():
        zeile(make_antrag_in("eingereicht", cast, kosten=KLEIN), nummer=antrag.nummer)


def test_what_was_dropped_never_had_a_number(cast):
    with pytest.raises(IntegrityError, match="antrag_eingereicht_hat_nummer_und_regel"), transaction.atomic():
        zeile(make_antrag_in("eingereicht", cast), status="verworfen")


# Short words, many to a line.
APPEND_ONLY = [
    "angebote_antragsereignis", "angebote_antragsfassung", "angebote_beratungsereignis", "angebote_buchung",
    "angebote_lesevermerk", "angebote_rundenfassung", "angebote_schriftstueck",
]  # fmt: skip


@pytest.mark.parametrize("tabelle", APPEND_ONLY)
def test_what_was_written_stays(cast, tabelle):
    make_antrag_in("eingereicht", cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {tabelle} CASCADE")


def test_append_only_is_exactly_this():
    """Every table of angebote with the triggers, by name: a new one is added here on purpose."""
    tabellen = [
        model._meta.db_table
        for model in apps.get_app_config("angebote").get_models()
        if any(re.match("keine_aenderung", t.name) for t in getattr(model._meta, "triggers", []))
    ]
    assert sorted(tabellen) == APPEND_ONLY


def test_a_rule_that_was_applied_can_not_be_deleted(cast):
    make_antrag_in("eingereicht", cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Foerderregel.objects.get().delete()


def test_a_school_with_applications_can_not_be_deleted(cast):
    entwurf(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        cast.schule.delete()
    assert Beratung.objects.count() == 1
