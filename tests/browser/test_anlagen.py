"""Several files at once, by mouse and by keyboard: one after the other, stopped, tried again, never twice."""

import pytest
from playwright.sync_api import expect

from angebote.anlage.models import Anlage
from angebote.antrag import services
from angebote.foerderung.models import Anlagenanforderung
from tests.factories_antrag import make_regel
from tests.schulerfolg.datei.proben import foto_mit_ort, pdf

PLAN = {"name": "Plan & Kosten.pdf", "mimeType": "application/pdf", "buffer": pdf(b"Plan")}
KOOPERATION = {"name": "Kooperation mit dem Verein.pdf", "mimeType": "application/pdf", "buffer": pdf(b"Kooperation")}
FOTO = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": foto_mit_ort()}
WORD = {"name": "Konzept.docx", "mimeType": "application/msword", "buffer": b"{\\rtf1 Konzept"}


@pytest.fixture
def seite(transactional_db, cast, besuch):
    """The section with the files, reached from the list of applications; the region asks for a concept."""
    Anlagenanforderung.objects.create(regel=make_regel(cast.harz), art="konzept", pflicht_bei="einreichung")
    services.anlegen(cast.schule, by=cast.lehrkraft)

    def oeffnen(**wie):
        page = besuch(cast.lehrkraft, **wie)
        page.goto("/uebersicht/")
        page.get_by_role("link", name="Anträge", exact=True).first.click()
        page.locator(".antragszeile__titel a").click(no_wait_after=True)
        page.get_by_role("main").get_by_role("link", name="Erklärungen und Anlagen").first.click(no_wait_after=True)
        expect(page.get_by_role("heading", level=1)).to_have_text("Erklärungen und Anlagen")
        return page

    return oeffnen


def zeile(page, datei):
    return page.locator("[data-auswahl] > li").filter(has_text=datei["name"])


def test_several_files_go_one_after_the_other_and_a_cut_line_is_tried_again(seite, verstoesse):
    page = seite()
    page.locator("input[name=erklaert_richtig]").check()
    page.get_by_label("Dateien", exact=True).set_input_files([PLAN, KOOPERATION, FOTO, WORD])
    arten = page.locator("[data-auswahl] select")
    assert [art.input_value() for art in arten.all()] == ["konzept", "kooperation", "", "konzept"]
    stand = page.locator("[data-hochladestand]")
    expect(stand).to_have_text("4 Dateien sind ausgewählt und noch nicht hochgeladen.")
    page.get_by_role("button", name="Datei hochladen").click()
    expect(stand).to_have_text("Bitte wählen Sie für „IMG_0001.JPG“, was für eine Anlage das ist.")
    expect(arten.nth(2)).to_be_focused()
    arten.nth(2).select_option("sonstiges")

    gleichzeitig, angefragt = [], []

    def antworten(route):
        """The second one arrives, but its answer is lost on the way back."""
        angefragt.append(route)
        gleichzeitig.append(page.locator("[data-fortschritt]:not([hidden])").count())
        if len(angefragt) == 2:
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/anlagen/", antworten)
    page.get_by_role("button", name="Datei hochladen").click()
    expect(stand).to_contain_text("2 Dateien sind angekommen.")
    expect(stand).to_contain_text("„Kooperation mit dem Verein.pdf“ ist noch nicht angekommen: Die Verbindung ist")
    expect(stand).to_contain_text("„Konzept.docx“: Ein Word-Dokument können wir nicht annehmen.")
    assert gleichzeitig == [1, 1, 1, 1]
    assert verstoesse(page) == {}

    zeile(page, KOOPERATION).get_by_role("button", name="Noch einmal versuchen").click()
    expect(zeile(page, KOOPERATION)).to_have_count(0)
    zeile(page, WORD).get_by_role("button", name="Nicht hochladen").click()
    expect(page.get_by_label("Dateien", exact=True)).to_be_focused()
    namen = page.locator("[data-anlagen] .eintrag__titel")
    expect(namen).to_have_text(["Plan & Kosten.pdf", "Kooperation mit dem Verein.pdf", "IMG_0001.jpg"])
    assert [str(anlage) for anlage in Anlage.objects.order_by("pk")] == [
        "Plan & Kosten.pdf",
        "Kooperation mit dem Verein.pdf",
        "IMG_0001.jpg",
    ]
    expect(page.locator("input[name=erklaert_richtig]")).to_be_checked()


def test_one_that_is_running_can_be_stopped_and_what_was_chosen_goes_before_the_page_does(seite, verstoesse):
    page = seite(breite=375)
    wartend = []
    page.route("**/anlagen/", lambda route: wartend.append(route))
    page.get_by_label("Dateien", exact=True).set_input_files([PLAN, KOOPERATION])
    page.get_by_role("button", name="Speichern und weiter").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-hochladestand]")).to_have_text("Datei 1 von 2 wird hochgeladen: Plan & Kosten.pdf")
    expect(zeile(page, PLAN).get_by_role("progressbar", name="Plan & Kosten.pdf wird hochgeladen")).to_be_visible()
    assert verstoesse(page) == {}
    abbrechen = zeile(page, PLAN).get_by_role("button", name="Abbrechen")
    abbrechen.focus()
    page.keyboard.press("Enter")
    expect(zeile(page, PLAN)).to_contain_text("„Plan & Kosten.pdf“ wurde nicht hochgeladen.")
    expect(zeile(page, KOOPERATION).get_by_role("progressbar")).to_be_visible()
    page.wait_for_function("document.querySelectorAll('[data-fortschritt]:not([hidden])').length === 1")
    wartend[1].continue_()
    expect(page.locator("[data-hochladestand]")).to_have_text(
        "1 Datei ist angekommen. „Plan & Kosten.pdf“ wurde nicht hochgeladen."
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Erklärungen und Anlagen")
    page.unroute("**/anlagen/")
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern und weiter").last.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Erklärungen und Anlagen")
    assert sorted(str(anlage) for anlage in Anlage.objects.all()) == [KOOPERATION["name"], PLAN["name"]]


def test_without_a_script_one_file_goes_with_the_form(seite):
    page = seite(js=False)
    expect(page.get_by_text("Mehrere Dateien bitte nacheinander.")).to_be_visible()
    page.get_by_label("Art der Anlage").select_option("konzept")
    page.locator("input[type=file]").set_input_files([PLAN])
    page.get_by_role("button", name="Datei hochladen").click()
    expect(page.locator("[data-anlagen] .eintrag__titel")).to_have_text(["Plan & Kosten.pdf"])
