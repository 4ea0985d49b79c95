"""Words in a draft stay: saved by themselves, through a lost connection, beside somebody else, and never in silence."""

import pytest
from playwright.sync_api import expect

from angebote.antrag import services
from angebote.antrag.models import Antrag


def zum_projekt(page):
    """From the list of applications into the one draft, and there into its third section."""
    page.goto("/uebersicht/")
    page.get_by_role("link", name="Anträge", exact=True).first.click()
    page.locator(".antragszeile__titel a").click(no_wait_after=True)
    page.get_by_role("link", name="Projekt", exact=True).click(no_wait_after=True)


def test_a_draft_saves_itself_and_says_so(transactional_db, cast, besuch):
    antrag = services.anlegen(cast.schule, by=cast.lehrkraft)
    page = besuch(cast.lehrkraft)
    zum_projekt(page)
    stand, lage = page.locator("main [role=status][data-sicherung]"), page.get_by_label("Ausgangslage und Bedarf")
    lage.fill("Alle kommen gern.")
    expect(stand).to_contain_text("Gespeichert um")
    expect(lage).to_be_focused()
    assert Antrag.objects.get().ausgangslage == "Alle kommen gern."

    page.context.set_offline(True)
    lage.fill("Alle kommen gern und pünktlich.")
    expect(stand).to_contain_text("Nicht gespeichert: keine Verbindung. Wir versuchen es weiter; Ihre Worte")
    page.context.set_offline(False)
    expect(stand).to_contain_text("Gespeichert um")
    assert Antrag.objects.get().ausgangslage == "Alle kommen gern und pünktlich."

    version = Antrag.objects.get().version
    services.abschnitt_speichern(antrag, by=cast.schulleitung, version=version, felder={"titel": "Die Leitung"})
    page.get_by_label("Titel").fill("Ich")
    expect(stand).to_contain_text("hat diesen Antrag um")
    fragen = []
    page.on("dialog", lambda dialog: (fragen.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Anträge", exact=True).first.click()
    page.wait_for_timeout(500)
    assert fragen == ["beforeunload"]
    page.get_by_role("button", name="Speichern und weiter").last.click()
    expect(page.get_by_role("main")).to_contain_text("bitte vergleichen Sie")
    assert Antrag.objects.get().titel == "Die Leitung"
    expect(page.get_by_label("Titel")).to_have_value("Ich")
    page.get_by_label("Titel").fill("Ich noch einmal")
    page.wait_for_timeout(2000)
    assert Antrag.objects.get().titel == "Die Leitung"  # only a person decides


def test_words_typed_before_the_script_is_there_are_saved_too(transactional_db, cast, besuch):
    services.anlegen(cast.schule, by=cast.lehrkraft)
    page = besuch(cast.lehrkraft)
    wartend = []
    page.route("**/sichern*.js", lambda route: wartend.append(route))
    zum_projekt(page)
    page.get_by_label("Ausgangslage und Bedarf").fill("Alle kommen gern.")
    wartend[0].continue_()
    expect(page.locator("main [role=status][data-sicherung]")).to_contain_text("Gespeichert um")
    assert Antrag.objects.get().ausgangslage == "Alle kommen gern."


@pytest.mark.parametrize(
    ("text", "frei"),
    [
        ("a" * 590 + "\n\nb", 7),
        ("a" * 590 + "😀😀", 8),
        ("a" * 590 + "\u00ad\u200b\uf0b7 x", 7),
        ("a" * 590 + "u\u0308", 9),
    ],
)
def test_the_counter_counts_as_the_server_does(transactional_db, cast, besuch, text, frei):
    services.anlegen(cast.schule, by=cast.lehrkraft)
    page = besuch(cast.lehrkraft)
    zum_projekt(page)
    page.get_by_label("Kurzbeschreibung").fill(text)
    expect(page.locator("#id_kurzbeschreibung ~ .zeichenstand")).to_have_text(f"noch {frei} Zeichen")
    expect(page.locator("[data-sicherung]")).to_contain_text("Gespeichert um")
    assert 600 - len(Antrag.objects.get().kurzbeschreibung) == frei
