"""The four steps of the decision over HTTP: what they do, and what their pages show."""

import pytest
from django.urls import reverse

from angebote.entscheidung import services
from tests.factories_antrag import make_antrag_in, make_regel, vor_augen
from tests.factories_entscheidung import make_ablehnung_beschlossen, make_beschlossen, make_budget
from tests.formulare import schrittformulare


def fall(cast, schritt):
    make_budget(cast)
    if schritt == "selbst_entscheiden":
        make_regel(cast.harz, entscheidungsweg="stelle", stelle_bis=1500)
        return make_antrag_in("gremienreif", cast)
    return make_ablehnung_beschlossen(cast) if schritt == "ablehnen" else make_beschlossen(cast)


def adresse(antrag, schritt):
    return reverse("antraege:schritt", args=[antrag.pk, schritt])


@pytest.mark.parametrize(
    ("schritt", "wer", "nach"),
    [
        ("selbst_entscheiden", "leitung", "beschlossen"),
        ("bewilligen", "freigabe", "bewilligt"),
        ("freigabe_verweigern", "freigabe", "gremienreif"),
        ("ablehnen", "freigabe", "abgelehnt"),
    ],
)
def test_a_step_takes_effect(cast, als, schritt, wer, nach):
    antrag = fall(cast, schritt)
    person = getattr(cast, wer)
    if schritt in services.MIT_BRIEF:
        vor_augen(antrag, schritt, person)
    [formular] = schrittformulare(als(person).get(adresse(antrag, schritt)))
    antwort = als(person).post(formular.ziel, formular.felder | {"begruendung": "Bitte die Zahlen prüfen."})
    assert (antwort.status_code, antwort.url) == (302, f"/antraege/{antrag.pk}/")
    antrag.refresh_from_db()
    assert antrag.status == nach


def test_whoever_may_not_sign_reads_who_may(cast, als):
    antrag = fall(cast, "bewilligen")
    text = als(cast.leitung).get(adresse(antrag, "bewilligen")).content.decode()
    assert "Diese Unterschrift können Sie nicht leisten. In der Netzwerkstelle ist niemand mehr frei." in text
    assert "Jetzt dran: die Freigabe beim Träger" in als(cast.leitung).get(antrag.get_absolute_url()).content.decode()


def test_the_page_shows_what_is_signed(cast, als):
    antrag = fall(cast, "bewilligen")
    text = als(cast.freigabe).get(adresse(antrag, "bewilligen")).content.decode()
    assert "Bewilligung von 1.000,00\N{NO-BREAK SPACE}€" in text
    assert "Beschluss HZ-B-2027/01 vom 4. März 2027" in text


def test_the_school_does_not_hear_of_it_before_the_signature(cast, als):
    antrag = fall(cast, "bewilligen")
    text = als(cast.lehrkraft).get(antrag.get_absolute_url()).content.decode()
    assert "Entscheidung in Vorbereitung" in text
    assert "1.000,00" not in text


def test_why_a_release_was_refused_stands_on_top_until_it_goes_on(cast, als):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    services.freigabe_verweigern(antrag, by=cast.freigabe, begruendung="Der Eigenanteil fehlt.")
    oben = als(cast.leitung).get(antrag.get_absolute_url()).text.partition("zweispaltig antragsseite")[0]
    assert "Die Freigabe wurde verweigert" in oben
    assert "„Der Eigenanteil fehlt.“" in oben
    assert "verweigert" not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
