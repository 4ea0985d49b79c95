"""The rules of an office: read by its people, ended and followed by a new one, never edited."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from angebote.foerderung.forms import WERTE
from angebote.foerderung.models import Anlagenanforderung, Foerderregel
from angebote.foerderung.services import erste_festlegen
from angebote.foerderung.vorgaben import vorgaben
from tests.factories_antrag import make_regel

# Short words, many to a line.
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe", "nachbarin", "koordination", "pruefung",
    "fremd",
)  # fmt: skip
# A table, to be read in columns.
# fmt: off
DARF = {
    #             lehrk schull sachb leit freig nachb koord pruef fremd
    "liste":     (403, 403,   200,  200, 200,  200,  200,  200,  403),
    "regel":     (404, 404,   200,  200, 200,  404,  200,  200,  404),
    "nachfolge": (404, 404,   403,  200, 403,  404,  403,  403,  404),
    "erste":     (404, 404,   403,  302, 403,  404,  403,  403,  404),  # there is a rule already
}
# fmt: on


def daten(**werte):
    return {
        "schluessel": str(uuid4()),
        "ab": (timezone.localdate() + timedelta(days=10)).isoformat(),
        "hoechstbetrag": "3.000,00",
        "hoechstbetrag_je": "schule",
        "hoechstbetrag_im": "schuljahr",
        "hoechstbetrag_hart": "on",
        "eigenanteil_prozent": "10",
        "vorlauf_tage": "42",
        "nachweis_tage": "60",
        "mitzeichnung": "on",
        "entscheidungsweg": "stelle",
        "stelle_bis": "500",
        "budgetachse": "kalenderjahr",
        "grundlage": "Beschluss vom 20.01.",
    } | werte


@pytest.mark.parametrize("seite", DARF)
def test_who_opens_which_page(cast, als, seite):
    regel = make_regel(cast.harz)
    args = {"liste": [], "erste": [cast.harz.slug]}.get(seite, [regel.pk])
    url = reverse(f"foerderregeln:{seite}", args=args)
    assert tuple(als(getattr(cast, name)).get(url).status_code for name in LEUTE) == DARF[seite]


def test_a_new_rule_ends_the_old_one(cast, als):
    alt = make_regel(cast.harz)
    Anlagenanforderung.objects.create(regel=alt, art="kooperation", pflicht_bei="einreichung")
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[alt.pk]), daten(anlagen=["kooperation"]))
    neu = Foerderregel.objects.exclude(pk=alt.pk).get()
    assert (antwort.status_code, antwort.url) == (302, f"/foerderregeln/{neu.pk}/")
    alt.refresh_from_db()
    heute = timezone.localdate()
    assert (alt.bis, neu.von, neu.bis) == (heute + timedelta(days=9), heute + timedelta(days=10), None)
    assert (alt.hoechstbetrag, neu.hoechstbetrag, neu.stelle_bis) == (Decimal(2000), Decimal(3000), Decimal(500))
    assert list(neu.anlagen.values_list("art", "pflicht_bei")) == [("kooperation", "einreichung")]


def test_what_is_asked_for_later_is_asked_for_by_the_next_rule_too(cast, als):
    alt = make_regel(cast.harz)
    for art, bei in (("kooperation", "einreichung"), ("angebot", "auszahlung"), ("konzept", "optional")):
        Anlagenanforderung.objects.create(regel=alt, art=art, pflicht_bei=bei)
    als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[alt.pk]), daten(anlagen=["konzept"]))
    neu = Foerderregel.objects.exclude(pk=alt.pk).get()
    verlangt = set(neu.anlagen.values_list("art", "pflicht_bei"))
    assert verlangt == {("konzept", "einreichung"), ("angebot", "auszahlung")}


def test_only_what_a_page_carries_out_is_offered(cast, als):
    """A rule that names another way stays as it is, and its successor says why it must choose anew."""
    alt = make_regel(cast.harz, entscheidungsweg="umlauf")
    assert "im Umlaufverfahren" in als(cast.leitung).get(reverse("foerderregeln:regel", args=[alt.pk])).text
    adresse = reverse("foerderregeln:nachfolge", args=[alt.pk])
    seite = als(cast.leitung).get(adresse)
    assert [wert for wert, _ in seite.context["form"]["entscheidungsweg"].field.choices] == ["gremium", "stelle"]
    assert "das führt das Portal noch nicht durch" in seite.text
    antwort = als(cast.leitung).post(adresse, daten(entscheidungsweg="umlauf"))
    assert "entscheidungsweg" in antwort.context["form"].errors


def erste(stelle):
    return reverse("foerderregeln:erste", args=[stelle.slug])


def test_the_first_rule_is_offered_filled_with_what_the_land_proposes(cast, als):
    liste = als(cast.leitung).get(reverse("foerderregeln:liste")).content.decode()
    assert erste(cast.harz) in liste
    form = als(cast.leitung).get(erste(cast.harz)).context["form"]
    assert {name: form[name].value() for name in ("ab", "hoechstbetrag", "vorlauf_tage", "entscheidungsweg")} == {
        "ab": timezone.localdate(),
        "hoechstbetrag": "3.000,00",
        "vorlauf_tage": 28,
        "entscheidungsweg": "gremium",
    }
    assert form["hoechstbetrag"].help_text.endswith("vorher waren 2.000,00 € üblich.")
    assert set(vorgaben()) == {*WERTE, "anlagen", "baender"}  # a number without a proposal would be an empty field


def test_the_first_rule_holds_from_today_on(cast, als):
    heute = timezone.localdate()
    antwort = als(cast.leitung).post(erste(cast.harz), daten(ab=heute.isoformat(), anlagen=["kooperation"]))
    regel = Foerderregel.objects.get()
    assert (antwort.status_code, antwort.url) == (302, f"/foerderregeln/{regel.pk}/")
    assert (regel.netzwerkstelle, regel.von, regel.bis, regel.vorlauf_tage) == (cast.harz, heute, None, 42)
    assert regel.nachweis_tage == 60
    assert [anlage.art for anlage in regel.anlagen.all()] == ["kooperation"]
    ereignis = cast.harz.ereignisse.get(schritt="regel_festlegen")
    assert (ereignis.durch, ereignis.text) == (cast.leitung, f"Förderregel ab {heute:%d.%m.%Y} festgelegt")
    assert erste(cast.harz) not in als(cast.leitung).get(reverse("foerderregeln:liste")).content.decode()
    nochmal = als(cast.leitung).post(erste(cast.harz), daten())
    assert (nochmal.status_code, nochmal.url, Foerderregel.objects.count()) == (302, f"/foerderregeln/{regel.pk}/", 1)


def test_a_first_rule_does_not_reach_back_nor_into_another_one(cast, als):
    gestern = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert als(cast.leitung).post(erste(cast.harz), daten(ab=gestern)).context["form"].errors == {
        "ab": ["Eine Regel gilt frühestens ab heute."]
    }
    make_regel(cast.harz, von=timezone.localdate() + timedelta(days=40))
    with pytest.raises(ValidationError, match="gilt schon eine andere Regel"):
        erste_festlegen(cast.harz, by=cast.leitung, ab=timezone.localdate(), hoechstbetrag=1)


@pytest.mark.parametrize(
    ("werte", "feld"),
    [
        ({"ab": timezone.localdate().isoformat()}, "ab"),
        ({"ab": "31.02.2027"}, "ab"),
        ({"hoechstbetrag": "0"}, "hoechstbetrag"),
        ({"hoechstbetrag": "9" * 30}, "hoechstbetrag"),
        ({"eigenanteil_prozent": "101"}, "eigenanteil_prozent"),
        ({"vorlauf_tage": "99999"}, "vorlauf_tage"),
        ({"nachweis_tage": "367"}, "nachweis_tage"),
        ({"stelle_bis": ""}, "stelle_bis"),
        ({"entscheidungsweg": "wuerfeln"}, "entscheidungsweg"),
        ({"grundlage": "\x00"}, "grundlage"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(cast, als, werte, feld):
    regel = make_regel(cast.harz)
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[regel.pk]), daten(**werte))
    assert antwort.status_code == 200
    assert feld in antwort.context["form"].errors
    assert Foerderregel.objects.count() == 1


def test_a_rule_that_has_ended_has_no_successor(cast, als):
    regel = make_regel(cast.harz, bis=timezone.localdate() - timedelta(days=1))
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[regel.pk]), daten())
    assert (antwort.status_code, antwort.url) == (302, f"/foerderregeln/{regel.pk}/")
    assert Foerderregel.objects.count() == 1


def test_bands_are_rows_of_the_form_and_go_on_to_the_next_rule(cast, als):
    leitung = als(cast.leitung)
    vorschlag = leitung.get(erste(cast.harz)).context["form"]
    assert [vorschlag[f"band{n}_bis"].value() for n in (1, 2, 3)] == ["300,00", None, None]
    assert "keine Vorgabe des Landes" in vorschlag["band1_bis"].help_text
    werte = {"band1_bis": "1.000", "band1_mit_anlagen": "on", "band1_nachweis": "Belegliste"}
    werte |= {"band2_bis": "300", "band2_umfang": "kurz", "band2_entscheidung": "stelle", "band2_nachweis": "Bericht"}
    seite = leitung.post(erste(cast.harz), daten(ab=timezone.localdate().isoformat(), **werte), follow=True)
    regel = Foerderregel.objects.get()
    gespeichert = list(regel.baender.values_list("bis", "umfang", "entscheidung", "mit_anlagen", "nachweis"))
    assert gespeichert == [(300, "kurz", "stelle", False, "Bericht"), (1000, "voll", "gremium", True, "Belegliste")]
    text = "es entscheidet die Netzwerkstelle, kein Gremium; keine Anlagen; Nachweis: Bericht"
    assert text in seite.text
    naechste = leitung.get(reverse("foerderregeln:nachfolge", args=[regel.pk])).context["form"]
    assert [naechste[f"band{n}_bis"].value() for n in (1, 2, 3)] == ["300,00", "1.000,00", None]


@pytest.mark.parametrize(
    ("werte", "feld"),
    [
        ({"band1_bis": "0"}, "band1_bis"),
        ({"band2_nachweis": "Bericht"}, "band2_bis"),
        ({"band1_bis": "300", "band3_bis": "300,00"}, "band3_bis"),
        ({"band1_bis": "300", "band2_bis": "500", "band2_umfang": "kurz"}, "band2_umfang"),
        ({"band1_bis": "300", "band1_entscheidung": "umlauf"}, "band1_entscheidung"),
    ],
)
def test_bands_that_cannot_be_are_refused(cast, als, werte, feld):
    regel = make_regel(cast.harz)
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[regel.pk]), daten(**werte))
    assert list(antwort.context["form"].errors) == [feld]
