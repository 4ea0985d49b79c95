"""Goals with what shows them, planned numbers by Zielgruppe, and days that are often an oversight."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.antrag.abbild import abbild
from angebote.antrag.bedingungen import einwaende
from angebote.antrag.models import Antrag
from angebote.foerderung.models import Zielgruppe
from gremien.sitzung.vorlage import vorlage
from tests.angebote.antrag.test_views_abschnitt import adresse, entwurf
from tests.factories_antrag import make_antrag, make_antrag_in, make_vokabel

AUF = {"sichern": "ja"}


def saetze(antrag, hart=True):
    liste = einwaende(antrag, antrag.regel_heute, am=timezone.localdate())
    return [einwand.satz for einwand in liste if einwand.hart is hart]


def test_a_goal_half_written_is_kept_and_asked_for(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft, ziele=[])
    als(cast.lehrkraft).post(adresse(antrag, "projekt"), AUF | {"version": 1, "ziel_2": "Mehr Mut", "titel": "Zirkus"})
    antrag.refresh_from_db()
    assert [(z.nummer, z.ziel, z.indikator) for z in antrag.ziele.all()] == [(2, "Mehr Mut", "")]
    assert "Bitte schreiben Sie zu jedem Ziel, was sich ändern soll, woran Sie es merken und womit Sie es zeigen." in (
        saetze(antrag)
    )


def test_a_goal_that_is_too_long_takes_no_other_goal_away(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    antwort = als(cast.lehrkraft).post(
        adresse(antrag, "projekt"), AUF | {"version": 1, "ziel_1": "a" * 1001, "ablauf": "Neu"}
    )
    assert "Bitte kürzen Sie auf 1000 Zeichen; es sind 1001." in antwort.text
    antrag.refresh_from_db()
    assert (antrag.ablauf, antrag.ziele.get().ziel) == ("Neu", "Die Klasse arbeitet als Team.")


def test_a_second_goal_is_open_where_it_says_something(cast, als):
    zwei = [("Mut", "mehr Meldungen", "Liste"), ("Team", "weniger Streit", "Befragung")]
    antrag = make_antrag(cast.schule, cast.lehrkraft, ziele=zwei)
    seite = als(cast.lehrkraft).get(adresse(antrag, "projekt")).text
    assert seite.count('<details class="zeile weiteres-ziel" open>') == 1
    projekt = dict(abbild(antrag)[2]["zeilen"])
    assert projekt["Ziel 2"] == "Team\nWoran wir es merken: weniger Streit\nWomit wir es zeigen: Befragung"


def test_the_committee_reads_goal_and_numbers(cast):
    texte = str(vorlage(make_antrag_in("eingereicht", cast)))
    assert "Woran wir es merken: Es gibt weniger Streit." in texte
    assert "Lernende: 48" in texte


def test_the_total_follows_from_the_numbers(cast, als):
    antrag = entwurf(cast)
    kinder, eltern = make_vokabel(Zielgruppe, "Lernende"), make_vokabel(Zielgruppe, "Sorgeberechtigte")
    alt = make_vokabel(Zielgruppe, "Früher", aktiv=False)
    daten = {"version": 1, f"gruppe_{kinder.pk}": "40", f"gruppe_{eltern.pk}": "0", f"gruppe_{alt.pk}": "7"}
    als(cast.lehrkraft).post(adresse(antrag, "zeitraum"), daten)
    antrag.refresh_from_db()
    assert ([str(zeile) for zeile in antrag.gruppen.all()], antrag.teilnehmende) == (["Lernende: 40"], 40)
    assert "Zusammen sind es bisher 40." in als(cast.lehrkraft).get(adresse(antrag, "zeitraum")).text
    als(cast.lehrkraft).post(adresse(antrag, "zeitraum"), {"version": 2, f"gruppe_{kinder.pk}": ""})
    antrag.refresh_from_db()
    assert antrag.teilnehmende is None


@pytest.mark.parametrize("zahl", ["1000000000", "-3", "9" * 40])
def test_an_absurd_number_is_told_in_a_sentence(cast, als, zahl):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    gruppe = antrag.gruppen.get().zielgruppe
    daten = {"version": 1, f"gruppe_{gruppe.pk}": zahl, "ort": "Aula"}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "zeitraum"), AUF | daten)
    assert "Bitte schätzen Sie eine Zahl von 1 bis 100.000." in antwort.text
    antrag.refresh_from_db()
    assert (antrag.ort, antrag.teilnehmende) == ("Aula", 48)


def test_the_database_says_no_as_well(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    gruppe = antrag.gruppen.get().zielgruppe
    for zeilen, werte in (
        (antrag.gruppen, {"zielgruppe": gruppe, "anzahl": 5}),
        (antrag.gruppen, {"zielgruppe": make_vokabel(Zielgruppe, "Eltern"), "anzahl": 0}),
        (antrag.ziele, {"nummer": 1}),
        (antrag.ziele, {"nummer": 4}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            zeilen.create(**werte)


@pytest.mark.parametrize(
    ("beginn", "ende", "format", "satz"),
    [
        (date(2027, 4, 5), date(2027, 4, 7), "projekttag", None),
        (date(2027, 3, 18), date(2027, 3, 23), "projekttag", "Vom 22.03.2027 bis zum 26.03.2027 sind Osterferien."),
        (date(2027, 3, 18), date(2027, 3, 23), "ferien", None),
        (date(2027, 5, 6), date(2027, 5, 6), "", "Der erste Tag, der 06.05.2027, ist ein Feiertag"),
        (date(2027, 4, 16), date(2027, 4, 17), "", "Der letzte Tag, der 17.04.2027, ist ein Samstag."),
    ],
)
def test_free_days_are_a_hint_and_no_obstacle(cast, beginn, ende, format, satz):  # noqa: A002 -- the column's name
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=beginn, ende=ende, format=format)
    Antrag.objects.update(beginn=beginn)
    weich = saetze(antrag, hart=False)
    assert [text[: len(satz or "")] for text in weich] == ([satz] if satz else [])
    assert saetze(antrag) == []
