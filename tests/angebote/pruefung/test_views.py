"""The office's two pages: the list of points and the opinion."""

import pytest
from django.urls import reverse

from angebote.antrag.workflow import Status
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.services import pruefpunkte_speichern
from tests.factories_antrag import make_antrag_in

# Short words, many to a line.
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe",
    "nachbarin", "koordination", "pruefung", "fremd",
)  # fmt: skip


def adresse(antrag, seite):
    return reverse(f"antraege:{seite}", args=[antrag.pk])


@pytest.mark.parametrize(("seite", "status"), [("pruefliste", "formalpruefung"), ("stellungnahme", "fachpruefung")])
def test_only_the_office_opens_them(cast, als, seite, status):
    antrag = make_antrag_in(status, cast)
    codes = tuple(als(getattr(cast, name)).get(adresse(antrag, seite)).status_code for name in LEUTE)
    assert codes == (403, 403, 200, 200, 403, 404, 404, 403, 404)


@pytest.mark.parametrize("seite", ["pruefliste", "stellungnahme"])
def test_too_early_or_too_late_leads_back(cast, als, seite):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    antwort = als(cast.leitung).post(adresse(antrag, seite), follow=True)
    assert antwort.redirect_chain == [(f"/antraege/{antrag.pk}/", 302)]
    assert "hat den Antrag eingereicht" in str(next(iter(antwort.context["messages"])))


def ausfuellen(client, antrag, seite=None, **punkte):
    """The list as the page shows it, with some points answered otherwise; `seite`: one that was opened before."""
    form = (seite or client.get(adresse(antrag, "pruefliste"))).context["form"]
    werte = {feld.html_name: feld.value() for feld in form if feld.value() is not None}
    return client.post(adresse(antrag, "pruefliste"), werte | punkte)


def stand(antrag):
    return {p.schluessel: (p.urteil, p.notiz, p.durch) for p in antrag.pruefpunkte.all()}


def test_the_list_may_be_saved_half_done(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client = als(cast.sachbearbeitung)
    antwort = ausfuellen(client, antrag, urteil_partner="ja", urteil_kosten="nein", notiz_kosten="zu hoch")
    assert stand(antrag) == {
        "partner": ("ja", "", cast.sachbearbeitung),
        "kosten": ("nein", "zu hoch", cast.sachbearbeitung),
    }
    seite = client.get(antwort.url)
    assert [str(m) for m in seite.context["messages"]] == [
        "Die Prüfliste ist gespeichert. Noch 8 von 10 Punkten sind offen."
    ]
    assert f"Beantwortet von {cast.sachbearbeitung} (2 Punkte)." in seite.content.decode()
    assert client.get(adresse(antrag, "pruefliste")).context["form"]["urteil_kosten"].value() == "nein"


def test_who_answered_a_point_stays_true_when_a_colleague_goes_on(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    ausfuellen(als(cast.sachbearbeitung), antrag, urteil_partner="ja")
    ausfuellen(als(cast.leitung), antrag, urteil_beginn="ja")
    assert {punkt: wer for punkt, (_, _, wer) in stand(antrag).items()} == {
        "partner": cast.sachbearbeitung,
        "beginn": cast.leitung,
    }


def test_an_old_page_takes_nothing_back_that_it_did_not_touch(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    ausfuellen(als(cast.sachbearbeitung), antrag, urteil_partner="ja")
    alte_seite = als(cast.leitung).get(adresse(antrag, "pruefliste"))
    ausfuellen(als(cast.sachbearbeitung), antrag, urteil_partner="nein")
    assert ausfuellen(als(cast.leitung), antrag, alte_seite, urteil_beginn="ja").status_code == 302
    assert stand(antrag) == {"partner": ("nein", "", cast.sachbearbeitung), "beginn": ("ja", "", cast.leitung)}


def test_two_who_answer_the_same_point_see_both_answers(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    alte_seite = als(cast.leitung).get(adresse(antrag, "pruefliste"))
    ausfuellen(als(cast.sachbearbeitung), antrag, urteil_partner="nein", notiz_partner="fehlt")
    antwort = ausfuellen(als(cast.leitung), antrag, alte_seite, urteil_partner="ja", urteil_beginn="ja")
    assert stand(antrag) == {"partner": ("nein", "fehlt", cast.sachbearbeitung)}
    [satz] = antwort.context["form"].non_field_errors()
    assert satz.startswith(f"{cast.sachbearbeitung} hat inzwischen denselben Punkt beantwortet.")
    assert f"5. {PRUEFLISTE['partner'].rstrip('.')}: nicht in Ordnung – fehlt." in satz
    assert antwort.context["form"]["urteil_partner"].value() == "ja"
    ausfuellen(als(cast.leitung), antrag, antwort)
    assert stand(antrag) == {"partner": ("ja", "", cast.leitung), "beginn": ("ja", "", cast.leitung)}


def test_the_formal_check_ends_on_the_list_that_was_shown(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile=dict.fromkeys(PRUEFLISTE, ("ja", "")))
    weiter = reverse("antraege:schritt", args=[antrag.pk, "weiter_zur_fachpruefung"])
    seite = als(cast.leitung).get(weiter)
    assert f"Beantwortet von {cast.sachbearbeitung} (10 Punkte)." in seite.content.decode()
    gezeigt = {feld.html_name: feld.value() for feld in seite.context["form"]}
    pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile={"kosten": ("entfaellt", "nur Material")})
    antwort = als(cast.leitung).post(weiter, gezeigt)
    assert "nur Material" in antwort.content.decode()
    antrag.refresh_from_db()
    assert antrag.status == "formalpruefung"


def test_a_note_needs_a_verdict(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    antwort = ausfuellen(als(cast.leitung), antrag, notiz_partner="fehlt")
    assert antwort.context["form"].errors == {"urteil_partner": ["Bitte wählen Sie zur Notiz auch ein Urteil."]}


def test_the_list_asks_ten_questions(cast, als):
    assert len(PRUEFLISTE) == 10


SCHLECHT = ["\x00", "\ufffd", "x" * 100_000, "<script>", "NaN", "1e999", "9" * 40, "-0", ""]


@pytest.mark.parametrize(
    ("seite", "status", "feld"),
    [
        ("pruefliste", "formalpruefung", "urteil_partner"),
        ("pruefliste", "formalpruefung", "notiz_partner"),
        ("stellungnahme", "fachpruefung", "text"),
        ("stellungnahme", "fachpruefung", "empfehlung"),
        ("stellungnahme", "fachpruefung", "betrag"),
        ("stellungnahme", "fachpruefung", "auflagen"),
    ],
)
def test_no_input_is_an_error_of_ours(cast, als, seite, status, feld):
    antrag = make_antrag_in(status, cast)
    client = als(cast.sachbearbeitung)
    for wert in SCHLECHT:
        assert client.post(adresse(antrag, seite), {feld: wert}).status_code in (200, 302)
