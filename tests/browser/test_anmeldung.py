"""A passkey from its first day to its last, the warning before the sign-in ends, and words that survive it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from schulerfolg.konten.anmeldung.frist import ANGEMELDET_SEIT, SessionStore
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_landesrolle, make_person
from tests.factories_antrag import make_antrag


@pytest.fixture
def leser(transactional_db):
    return make_person()


@pytest.fixture
def schluesselbund(besuch):
    """A browser whose device holds passkeys and always knows its owner: its page."""
    page = besuch()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    optionen = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    immer_da = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": optionen | immer_da})
    return page


def anmelden(page, person):
    page.goto("/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill(person.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()


def abmelden(page):
    menue = page.locator(".konto-menue")
    menue.locator("summary").click()
    menue.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/")


def mein_konto(page):
    page.goto("/uebersicht/")
    menue = page.locator(".konto-menue")
    menue.locator("summary").click()
    menue.get_by_role("link", name="Mein Konto").click()


def passkey_entfernen(page):
    mein_konto(page)
    page.get_by_role("link", name=re.compile("Ansehen.*zweiter Faktor")).click()
    page.get_by_role("link", name="Passkeys verwalten").click()
    page.get_by_role("link", name=re.compile("Entfernen.*Diensthandy")).click()


def test_a_passkey_from_its_first_day_to_its_last(transactional_db, schluesselbund):
    page, person = schluesselbund, make_landesrolle(Rolle.KOORDINATION).person
    anmelden(page, person)
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name des Passkeys").fill("Diensthandy")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notfallcodes")
    codes = page.locator("main li code").all_inner_texts()
    assert len(codes) == 10

    abmelden(page)
    page.goto("/konto/anmelden/")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    page.wait_for_url("**/uebersicht/")

    for mal in (1, 2):
        abmelden(page)
        anmelden(page, person)
        page.get_by_label("Code").fill(codes[0])
        page.get_by_role("button", name="Anmelden", exact=True).click()
        if mal == 1:
            page.wait_for_url("**/uebersicht/")
        else:
            expect(page.get_by_role("main")).to_contain_text("Dieser Code gilt nicht oder nicht mehr.")
    page.get_by_role("button", name="Passkey benutzen").click()
    page.wait_for_url("**/uebersicht/")

    passkey_entfernen(page)
    expect(page.get_by_role("alert")).to_contain_text("Ihre Rolle braucht einen zweiten Faktor")
    person.landesrollen.all().delete()
    passkey_entfernen(page)
    page.get_by_role("button", name="Passkey entfernen").click()
    expect(page.get_by_role("main")).to_contain_text("Noch kein Passkey")
    assert not Authenticator.objects.filter(user=person).exists()


def test_without_javascript_the_words_survive_an_ended_sign_in(leser, besuch):
    page = besuch(leser, js=False)
    mein_konto(page)
    page.get_by_role("link", name="Profil ändern").click()
    assert "Ihre Anmeldung läuft bis" in page.get_by_role("main").inner_text()
    page.get_by_label("Funktion").fill("Lehrkraft für „Deutsch“ & Musik")
    Session.objects.update(expire_date=timezone.now())
    page.get_by_role("button", name="Profil speichern").click()
    expect(page.locator("body")).to_contain_text("Ihre Eingaben sind aufgehoben")
    page.get_by_label("E-Mail-Adresse").fill(leser.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_label("Funktion")).to_have_value("Lehrkraft für „Deutsch“ & Musik")
    leser.refresh_from_db()
    assert leser.funktion == ""
    page.get_by_role("button", name="Profil speichern").click()
    expect(page.get_by_role("main")).to_contain_text("Lehrkraft für „Deutsch“ & Musik")


def test_two_minutes_before_the_end_a_calm_question(leser, besuch, verstoesse):
    page = besuch(leser)
    page.clock.install()
    page.goto("/uebersicht/")
    dialog = page.get_by_role("alertdialog")
    page.clock.fast_forward("01:57:00")
    expect(dialog).not_to_be_visible()
    page.clock.fast_forward("01:10")
    expect(dialog).to_have_accessible_name("Möchten Sie angemeldet bleiben?")
    expect(page.get_by_role("button", name="Angemeldet bleiben")).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text("")
    page.clock.fast_forward("00:55")
    expect(dialog.get_by_role("status")).to_have_text("Noch eine Minute.")
    page.clock.resume()
    assert verstoesse(page) == {}
    with page.expect_response("**/konto/anmeldungen/laenger/") as antwort:
        page.get_by_role("button", name="Angemeldet bleiben").click()
    assert antwort.value.json()["sekunden"] > 7100
    expect(dialog).not_to_be_visible()

    Session.objects.all().delete()
    page.clock.fast_forward("01:59:00")
    page.get_by_role("button", name="Angemeldet bleiben").click()
    expect(dialog).to_have_accessible_name("Ihre Anmeldung ist abgelaufen")
    expect(page.get_by_role("button", name="Schließen")).to_be_focused()


def test_a_part_of_a_page_that_is_fetched_anew_sets_the_clock_back(transactional_db, cast, besuch):
    make_antrag(cast.schule, cast.lehrkraft, geteilt=True)
    page = besuch(cast.leitung)
    page.clock.install()
    page.goto("/uebersicht/")
    page.get_by_role("link", name="Anträge", exact=True).click()
    page.wait_for_url("**/antraege/")  # and until its scripts are loaded
    page.clock.fast_forward("01:30:00")
    with page.expect_response("**/antraege/?*"):
        page.get_by_label("Titel, Nummer oder Schule").fill("wald")
        page.clock.run_for(2000)
    expect(page).to_have_url(re.compile("q=wald"))  # the answer came and was taken in
    page.clock.fast_forward("01:30:00")
    expect(page.get_by_role("alertdialog")).not_to_be_visible()
    page.clock.fast_forward("29:00")
    expect(page.get_by_role("alertdialog")).to_be_visible()


def test_two_minutes_before_twelve_hours_are_over_nothing_is_offered_that_can_not_be(leser, besuch, verstoesse):
    page = besuch(leser)
    sitzung = SessionStore(Session.objects.get().session_key)
    sitzung[ANGEMELDET_SEIT] = time.time() - 11 * 3600
    sitzung.save()
    page.clock.install()
    page.goto("/uebersicht/")
    page.clock.fast_forward("58:30")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_have_accessible_name("Ihre Anmeldung endet gleich")
    expect(dialog).to_contain_text("Nach zwölf Stunden endet jede Anmeldung.")
    expect(page.get_by_role("button", name="Angemeldet bleiben")).not_to_be_visible()
    expect(page.get_by_role("button", name="Schließen")).to_be_focused()
    page.clock.resume()
    assert verstoesse(page) == {}
