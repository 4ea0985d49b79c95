"""Amount bands: what holds follows the sum, in the draft, at the submission and when it is decided."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.antrag import services
from angebote.antrag.bedingungen import fehlendes
from angebote.antrag.models import Antrag
from angebote.entscheidung import services as entscheidung
from angebote.foerderung.models import Anlagenanforderung, Zielgruppe
from tests.angebote.antrag.test_views_abschnitt import adresse, ausgabe, entwurf, zeilen
from tests.factories_antrag import make_antrag, make_antrag_in, make_band, make_beratung, make_regel, make_vokabel
from tests.factories_entscheidung import make_budget

EURO = "\N{NO-BREAK SPACE}€"
LEER = {"ausgangslage": "", "ziele": [], "ablauf": "", "nachhaltigkeit": "", "ort": ""}
OBEN = {"bis": 1000, "umfang": "voll", "entscheidung": "gremium", "mit_anlagen": True, "nachweis": "Belegliste"}


def kleine(preis="300.00"):
    return [("Honorare", "Trainerin", 1, "", preis)]


def regel_mit_baendern(cast, **fields):
    regel = make_regel(cast.harz, **fields)
    make_band(regel)
    make_band(regel, **OBEN)
    return regel


@pytest.mark.parametrize(
    ("betrag", "bis"),
    [("0", None), ("0.01", 300), ("300.00", 300), ("300.01", 1000), ("1000.00", 1000), ("1000.01", None)],
)
def test_a_sum_falls_into_the_lowest_band_that_reaches_it(cast, betrag, bis):
    band = regel_mit_baendern(cast).band(Decimal(betrag))
    assert (band and band.bis) == bis


def test_a_rule_without_bands_holds_for_every_sum(cast):
    regel = make_regel(cast.harz, entscheidungsweg="stelle", stelle_bis=500)
    assert (regel.band(Decimal(10)), regel.stelle_entscheidet_bis(Decimal(10))) == (None, 500)


def test_a_small_sum_asks_little_and_a_larger_one_everything(cast):
    regel_mit_baendern(cast)
    antrag = make_antrag(cast.schule, cast.lehrkraft, partner=[], themen=[], kosten=kleine(), **LEER)
    assert fehlendes(antrag) == {"kurz": []}
    antrag.beantragt = Decimal("300.01")
    fehlt = {name: [einwand.feld for einwand in liste] for name, liste in fehlendes(antrag).items()}
    assert fehlt == {
        "schule": [],
        "kooperation": ["partner"],
        "projekt": ["ausgangslage", "ziele", "ablauf", "themen", "nachhaltigkeit"],
        "zeitraum": ["ort"],
        "kosten": [],
        "erklaerungen": [],
    }


def test_the_sum_up_and_down_loses_no_word(cast, als):
    regel_mit_baendern(cast)
    antrag, lehrkraft = make_antrag(cast.schule, cast.lehrkraft), als(cast.lehrkraft)
    assert "Abschnitt 5 von 6" in lehrkraft.get(adresse(antrag, "kosten")).text
    antwort = lehrkraft.post(adresse(antrag, "kosten"), zeilen("kosten", ausgabe("300,00"), version=1, weiter="ja"))
    assert antwort.url == antrag.get_absolute_url()
    seite = lehrkraft.get(antwort.url)
    assert [aufgabe.abschnitt.name for aufgabe in seite.context["aufgaben"]] == ["kurz"]
    assert f"Bis 300,00{EURO}: nur eine Seite" in seite.text
    kurz = lehrkraft.get(adresse(antrag, "kurz"))
    assert [a.name for a in kurz.context["ausserdem"]] == ["kooperation", "projekt", "zeitraum"]
    assert "geht mit in den Antrag" in kurz.text
    assert "dieser Abschnitt ist dann freiwillig" in lehrkraft.get(adresse(antrag, "projekt")).text
    daten = zeilen("kosten", ausgabe("300,01"), version=2, titel="Neu", weiter="ja")
    assert lehrkraft.post(adresse(antrag, "kurz"), daten).url == antrag.get_absolute_url()
    assert len(lehrkraft.get(antrag.get_absolute_url()).context["aufgaben"]) == 6
    nachher = Antrag.objects.get()
    assert (nachher.titel, nachher.ziele.get().ziel, nachher.ort) == (
        "Neu",
        "Die Klasse arbeitet als Team.",
        "Turnhalle der Schule",
    )
    assert (nachher.partner.count(), nachher.themen.count(), nachher.beantragt) == (1, 1, Decimal("300.01"))
    assert lehrkraft.get(adresse(antrag, "kurz")).url == antrag.get_absolute_url()


def test_what_others_pay_is_no_question_of_the_page_and_stays(cast, als):
    regel_mit_baendern(cast)
    antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=kleine("350.00"), eigenmittel=Decimal(50))
    daten = zeilen("kosten", ausgabe("340,00"), version=1, titel="Klein", uebersicht="ja")
    als(cast.lehrkraft).post(adresse(antrag, "kurz"), daten)
    nachher = Antrag.objects.get()
    assert (nachher.eigenmittel, nachher.beantragt) == (Decimal(50), Decimal(290))


def test_from_an_empty_draft_to_the_submission_on_one_page(cast, als):
    regel_mit_baendern(cast)
    antrag, lehrkraft = entwurf(cast), als(cast.lehrkraft)
    Antrag.objects.update(beratung=make_beratung(cast.schule, cast.lehrkraft))
    seite = lehrkraft.get(antrag.get_absolute_url())
    assert f'href="{adresse(antrag, "kurz")}"' in seite.text
    assert 'name="ziel_1"' not in lehrkraft.get(adresse(antrag, "kurz")).text
    daten = zeilen("kosten", ausgabe("300,00"), version=1, weiter="ja", titel="Bücherkiste", zahlweg="stelle")
    assert lehrkraft.post(adresse(antrag, "kurz"), daten).url == adresse(antrag, "kurz")
    assert "Das fehlt noch" in lehrkraft.get(adresse(antrag, "kurz")).text
    gruppe = make_vokabel(Zielgruppe, "Lernende")
    daten |= {"version": 2, "kurzbeschreibung": "Lesen macht Spaß.", "beginn": "2099-03-02", "ende": "2099-03-02"}
    daten |= {f"gruppe_{gruppe.pk}": "20", "externe": "nein", "begonnen": "nein"}
    daten |= dict.fromkeys((f"erklaert_{was}" for was in ("beginn", "doppelt", "eu", "daten", "richtig")), "on")
    weiter = lehrkraft.post(adresse(antrag, "kurz"), daten).url
    assert weiter == f"/antraege/{antrag.pk}/weitergeben/"
    assert lehrkraft.get(weiter).status_code == 200
    services.weitergeben(antrag, by=cast.lehrkraft)
    antrag = services.einreichen(antrag, by=cast.schulleitung)
    [fassung] = antrag.fassungen.all()
    assert [teil["name"] for teil in fassung.inhalt] == [
        "schule",
        "projekt",
        "zeitraum",
        "kosten",
        "erklaerungen",
        "regel",
    ]
    assert ["Betragsband", str(antrag.band)] in fassung.inhalt[-1]["zeilen"]


def test_the_answer_to_a_save_says_what_holds_for_the_sum_that_is_typed(cast, als):
    regel_mit_baendern(cast)
    antrag, sichern = entwurf(cast), {"sichern": "ja"}
    for version, preis, gilt in ((1, "300", "Bis 300,00"), (2, "300,01", "Bis 1.000,00"), (3, "2000", "alle ")):
        daten = sichern | zeilen("kosten", ausgabe(preis), version=version)
        text = als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten).text
        assert f"Dafür gilt: <strong>{gilt}" in text
        assert 'id="band" class="betragsband" aria-live="polite" hx-swap-oob="true"' in text


def test_the_documents_of_the_rule_follow_the_band(cast):
    regel = regel_mit_baendern(cast)
    Anlagenanforderung.objects.create(regel=regel, art="konzept")
    verlangt = {betrag: [a.art for a in regel.verlangt(Decimal(betrag))] for betrag in ("300", "300.01", "5000")}
    assert verlangt == {"300": [], "300.01": ["konzept"], "5000": ["konzept"]}
    make_antrag_in("eingereicht", cast, kosten=kleine())
    with pytest.raises(ValidationError, match="ausführliches Konzept"):
        make_antrag_in("eingereicht", cast, kosten=kleine("300.01"))


@pytest.mark.parametrize(("preis", "status"), [("300.00", 200), ("300.01", 403)])
def test_the_office_decides_within_its_band_only(cast, als, preis, status):
    """On the page and in the service; the rule itself leaves every case to the Gremium."""
    make_budget(cast)
    regel_mit_baendern(cast)
    antrag = make_antrag_in("gremienreif", cast, kosten=kleine(preis))
    seite = als(cast.leitung).get(antrag.get_absolute_url()).text
    schritt = f"/antraege/{antrag.pk}/selbst_entscheiden/"
    assert (schritt in seite) is (status == 200)
    if status == 200:
        assert entscheidung.selbst_entscheiden(antrag, by=cast.leitung).status == "beschlossen"
    else:
        with pytest.raises(ValidationError, match="Diesen Antrag entscheidet das Gremium"):
            entscheidung.selbst_entscheiden(antrag, by=cast.leitung)


def test_a_band_of_the_gremium_binds_an_office_that_decides_larger_sums(cast):
    make_budget(cast)
    make_band(make_regel(cast.harz, entscheidungsweg="stelle", stelle_bis=2000), bis=400, entscheidung="gremium")
    antrag = make_antrag_in("gremienreif", cast, kosten=kleine())
    with pytest.raises(ValidationError, match="Diesen Antrag entscheidet das Gremium"):
        entscheidung.selbst_entscheiden(antrag, by=cast.leitung)


def test_the_bands_of_the_day_of_submission_stay(cast):
    """The next rule has none; the case keeps those it was handed in under, and the database holds them."""
    make_budget(cast)
    regel = regel_mit_baendern(cast)
    antrag = make_antrag_in("gremienreif", cast, kosten=kleine())
    with pytest.raises(IntegrityError, match="betragsband_benutztes_bleibt"), transaction.atomic():
        regel.baender.filter(bis=300).update(bis=200)
    type(regel).objects.filter(pk=regel.pk).update(bis=timezone.localdate())
    make_regel(cast.harz, von=date(2099, 1, 1))
    antrag = Antrag.objects.get(pk=antrag.pk)
    assert antrag.band.bis == 300
    assert entscheidung.selbst_entscheiden(antrag, by=cast.leitung).status == "beschlossen"
