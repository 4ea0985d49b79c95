"""A recent sign-in is asked for what binds: releases and refusals, money, the right to sign, one's own keys."""

import pytest
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from netzwerkstellen.models import Mitarbeit
from schulerfolg.dach.vorgang.schritte import SCHRITTE
from schulerfolg.konten.anmeldung.frisch import require_fresh
from schulerfolg.konten.demo import GEHEIMNIS
from tests.factories import PASSWORT, eben_angemeldet, make_mitarbeit, make_person
from tests.factories_entscheidung import make_budget

ERNEUT = "/konto/erneut-anmelden/?next="


@pytest.fixture
def angemeldet(client):
    """Signed in so many seconds ago: `angemeldet(person, vor=301)`."""

    def login(person, vor):
        client.force_login(person)
        session = client.session
        session.update(eben_angemeldet(person, vor))
        session.save()
        return client

    return login


def test_these_steps_ask_and_no_others():
    # Short words, many to a line.
    assert {name for name, schritt in SCHRITTE.items() if schritt.fresh} == {
        "formal_ablehnen", "selbst_entscheiden", "bewilligen", "ablehnen", "freigabe_verweigern",
    }  # fmt: skip


@pytest.mark.parametrize(("vor", "status"), [(240, 200), (301, 302)])
def test_a_budget_is_changed_by_somebody_who_came_within_five_minutes(cast, angemeldet, vor, status):
    budget = make_budget(cast)
    client = angemeldet(cast.leitung, vor)
    for pfad in ("/budget/neu/", f"/budget/{budget.pk}/aendern/"):
        antwort = client.get(pfad)
        assert antwort.status_code == status
        assert status == 200 or antwort["Location"] == ERNEUT + pfad


def test_before_a_signature_the_page_says_what_is_signed(cast, angemeldet, vergeben):
    """And leads back there; another page that asks says nothing of it."""
    pfad = f"/antraege/{vergeben.antrag.pk}/bewilligen/"
    client = angemeldet(cast.freigabe, 301)
    frage = client.get(pfad, follow=True)
    assert frage.redirect_chain == [(ERNEUT + pfad, 302)]
    worte = f"Bewilligung freigeben: {vergeben.antrag}"
    assert worte in frage.text
    assert worte not in client.get("/konto/erneut-anmelden/?next=/konto/").text
    antwort = client.post("/konto/erneut-anmelden/", {"password": PASSWORT, "next": pfad}, follow=True)
    assert antwort.redirect_chain == [(pfad, 302)]
    assert "Was entschieden ist" in antwort.text


def test_whoever_may_not_is_told_so_and_not_asked(cast, angemeldet):
    assert angemeldet(cast.sachbearbeitung, 301).get("/budget/neu/").status_code == 403


def test_answering_opens_the_page(cast, angemeldet):
    client = angemeldet(cast.leitung, 301)
    antwort = client.post("/konto/erneut-anmelden/", {"password": PASSWORT, "next": "/budget/neu/"}, follow=True)
    assert antwort.redirect_chain == [("/budget/neu/", 302)]
    assert antwort.status_code == 200


@pytest.mark.parametrize("vor", [240, 301])
def test_the_right_to_sign_is_given_freshly_and_taken_or_kept_at_any_time(cast, angemeldet, vor):
    kollegin = make_mitarbeit(cast.harz)
    pfad = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/{kollegin.pk}/"
    client = angemeldet(cast.leitung, vor)

    def speichern(**angaben):
        kollegin.refresh_from_db()
        return client.post(pfad, {"von": "", "bis": "", "version": kollegin.version} | angaben)["Location"]

    assert speichern().endswith("/verwaltung/team/")
    ziel = speichern(zeichnungsbefugt="on")
    kollegin.refresh_from_db()
    assert (kollegin.zeichnungsbefugt, ziel == ERNEUT + pfad) == (vor == 240, vor == 301)
    Mitarbeit.objects.filter(pk=kollegin.pk).update(zeichnungsbefugt=True)
    assert speichern(zeichnungsbefugt="on").endswith("/verwaltung/team/")


@pytest.mark.parametrize("vor", [240, 301])
def test_one_s_own_keys(angemeldet, db, vor):
    person = make_person()
    TOTP.activate(person, GEHEIMNIS)
    RecoveryCodes.activate(person)
    client = angemeldet(person, vor)
    faktor = "/konto/zweiter-faktor/"
    seiten = [
        f"{faktor}app/entfernen/",
        f"{faktor}notfallcodes/neu/",
        f"{faktor}notfallcodes/",
        f"{faktor}passkeys/neu/",
    ]
    assert {client.get(pfad).get("Location", "") == ERNEUT + pfad for pfad in seiten} == {vor == 301}
    antwort = client.post("/konto/adresse/", {"email": "neu@schule.example", "action_add": ""})
    assert (antwort["Location"] == f"{ERNEUT}/konto/adresse/") == (vor == 301)


def test_a_new_password_asks_for_the_present_one_in_its_own_form(client, db):
    person = make_person()
    client.force_login(person)
    neu = {"password1": "Regen am Brocken 7", "password2": "Regen am Brocken 7"}
    for bisher in ("", "geraten-2026-xyz"):
        assert client.post("/konto/passwort/aendern/", neu | {"oldpassword": bisher}).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORT)


@pytest.mark.parametrize("vor", [240, 301])
def test_any_page_can_ask(angemeldet, db, vor):
    request = angemeldet(make_person(), vor).get("/konto/").wsgi_request
    with context.request_context(request):
        if vor == 240:
            require_fresh(request, "Etwas tun")
        else:
            with pytest.raises(ReauthenticationRequired):
                require_fresh(request, "Etwas tun")
