"""Typing filters the list of applications; the address, the back button and the words for a screen reader follow."""

from playwright.sync_api import expect

from tests.factories import make_schule
from tests.factories_antrag import make_antrag


def test_typing_filters_and_going_back_restores(transactional_db, cast, besuch, verstoesse):
    for titel in ("Theater macht Klasse", "Wald statt Wand", "Musik verbindet"):
        make_antrag(make_schule(netzwerkstelle=cast.harz), cast.lehrkraft, titel=titel, geteilt=True)
    page = besuch(cast.leitung)
    page.goto("/uebersicht/")
    page.get_by_role("link", name="Anträge", exact=True).click()
    feld, titel = page.get_by_label("Titel, Nummer oder Schule"), page.locator(".antragszeile__titel")
    expect(titel).to_have_count(3)

    feld.fill("wald")
    expect(titel).to_have_text(["Wald statt Wand"])
    expect(feld).to_be_focused()
    expect(page.locator("main > [role=status]")).to_have_text("Ein Antrag")
    assert "q=wald" in page.url

    page.get_by_label("zuständig").select_option("ich")
    expect(titel).to_have_count(0)
    expect(page.locator("main > [role=status]")).to_have_text("Kein Antrag")

    page.go_back()
    expect(titel).to_have_text(["Wald statt Wand"])
    page.wait_for_load_state()
    page.go_back()
    expect(titel).to_have_count(3)
    expect(feld).to_have_value("")

    page = besuch(cast.leitung)
    page.goto("/uebersicht/")
    skript = []
    page.route("**/htmx-2*", lambda route: skript.append(route))
    page.get_by_role("link", name="Anträge", exact=True).click()
    page.get_by_label("Titel, Nummer oder Schule").fill("musik")  # before the scripts are there
    skript[0].continue_()
    expect(page.locator(".antragszeile__titel")).to_have_count(1)
    assert verstoesse(page) == {}
