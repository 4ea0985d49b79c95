"""The cost plan while somebody types: the same cents as the server, rows out and back in, nothing covered."""

from decimal import Decimal
from random import Random

import pytest
from playwright.sync_api import expect

from angebote.antrag import services
from angebote.antrag.forms_kosten import KostenZeile
from angebote.foerderung.models import Kostenart
from schulerfolg.formular.zeilen import Auswahl
from schulerfolg.geld import euro
from tests.factories_antrag import make_antrag, make_kostenposten, make_regel, make_vokabel

EURO = "\N{NO-BREAK SPACE}€"
# Short words, many to a line: price as typed → the amount of one of it.
LITERAL = {
    "80 €": "80,00", "80€": "80,00", "€ 80": "80,00", "1.200": "1.200,00", "1.200,50 €": "1.200,50",
    "1 200,5": "1.200,50", "1\u00a0200": "1.200,00", "12.50": "12,50", "12,5": "12,50", "12,": None, "0.125": None,
    "1.2345": None, "0.200": None, "1,234": None, "12,-": "12,00", "12,–": "12,00", " 7 ": "7,00", "7\u200b": "7,00",
    "1.20,00": None, "1e3": None, "-5": None, "0": None, "0,01": "0,01", "99.999,99": "99.999,99", "100.000": None,
    "zehn": None, "€": None, "": None, "٣": None, "007": "7,00", "1.200.000": None, "1\u2009234,5": "1.234,50",
}  # fmt: skip
RECHNEN = """paare => {
    const zeile = document.querySelector("[data-zeile]")
    const [menge, preis] = ["menge", "einzelpreis"].map(name => zeile.querySelector(`[name$="-${name}"]`))
    return paare.map(([wieviel, wieteuer]) => {
        menge.value = wieviel
        preis.value = wieteuer
        preis.dispatchEvent(new Event("input", {bubbles: true}))
        return zeile.querySelector("[data-betrag]").textContent
    })
}"""


def zu_den_kosten(page, breite=None):
    page.goto("/uebersicht/")
    page.get_by_role("link", name="Anträge", exact=True).first.click()
    page.locator(".antragszeile__titel a").click(no_wait_after=True)
    page.get_by_role("link", name="Kosten und Finanzierung", exact=True).click(no_wait_after=True)
    expect(page.get_by_role("button", name="Entfernen: Ausgabe 1")).to_be_visible()


def zufaellig(anzahl):
    """Pairs of strings as hands and clipboards make them, the same in every run."""
    zufall = Random(14)
    zeichen = [
        "0",
        "1",
        "2",
        "5",
        "9",
        "00",
        "000",
        ".",
        ",",
        " ",
        "€",
        "-",
        "–",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "x",
        "½",
    ]
    echte = ["1.200", "1.200,50 €", "0,005", "0,5", "3", "1.000", "2.5", "9999,99", "33,33", "0,01", "1,5", "99.999,99"]

    def wort():
        if zufall.random() < 0.5:
            return zufall.choice(echte)
        return "".join(zufall.choice(zeichen) for _ in range(zufall.randint(0, 7)))

    return [(wort(), wort()) for _ in range(anzahl)]


def vom_server(menge, preis):
    zeile = KostenZeile({"kosten-0-menge": menge, "kosten-0-einzelpreis": preis}, prefix="kosten-0", wahl=Auswahl())
    zeile.is_valid()
    return "–" if zeile.betrag is None else euro(zeile.betrag)


def test_every_amount_while_typing_is_the_amount_of_the_server(transactional_db, cast, besuch):
    services.anlegen(cast.schule, by=cast.lehrkraft)
    page = besuch(cast.lehrkraft)
    zu_den_kosten(page)
    erwartet = ["–" if betrag is None else f"{betrag}{EURO}" for betrag in LITERAL.values()]
    assert page.evaluate(RECHNEN, [("", preis) for preis in LITERAL]) == erwartet
    assert [vom_server("", preis) for preis in LITERAL] == erwartet
    paare = zufaellig(3000)
    assert page.evaluate(RECHNEN, paare) == [vom_server(*paar) for paar in paare]
    assert page.evaluate(RECHNEN, [("0,5", "0,01"), ("1,5", "0,03"), ("2,5", "0,33")]) == [
        f"{betrag}{EURO}" for betrag in ("0,01", "0,05", "0,83")
    ]


def test_sums_share_and_cap_follow_and_stay_in_sight(transactional_db, cast, besuch):
    make_regel(cast.harz, hoechstbetrag=Decimal(1000), eigenanteil_prozent=10, angebote_ab=Decimal(600))
    make_vokabel(Kostenart, "Anschaffungen", foerderfaehig=False, hinweis="Geräte bezahlt der Träger.")
    antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=[("Honorare", "Kurs", 12, "Stunden", "50")])
    page = besuch(cast.lehrkraft, breite=320)
    zu_den_kosten(page)
    bilanz, ansage = page.locator("[data-bilanz]"), page.locator("[data-kostenansage]")
    page.get_by_label("Einzelpreis in Euro").focus()
    expect(bilanz).to_be_in_viewport(ratio=1)
    assert bilanz.bounding_box()["height"] < 200
    expect(page.locator("[data-angebote]")).to_be_hidden()
    page.get_by_label("Einzelpreis in Euro").fill("100,50 €")
    expect(page.locator("[data-summe=ausgaben]")).to_have_text(f"1.206,00{EURO}")
    expect(page.locator("[data-angebote]")).to_be_visible()
    expect(page.locator("[data-wenn=eigenanteil_fehlt]")).to_have_text(
        f"Zum Eigenanteil von 120,60{EURO} fehlen 120,60{EURO}."
    )
    expect(page.locator("[data-wenn=ueber]")).to_contain_text(f"um 206,00{EURO}")
    assert ansage.text_content() == ""  # not at each key
    expect(ansage).to_contain_text(f"Sie beantragen 1.206,00{EURO}", timeout=5000)
    page.get_by_label("Eigenmittel in Euro").fill("206")
    expect(page.locator("[data-wenn=ueber]")).to_be_hidden()
    expect(page.locator("[data-wenn=geht_auf]")).to_be_visible()
    feld = page.get_by_label("Eigenmittel in Euro").bounding_box()
    assert feld["y"] + feld["height"] <= bilanz.bounding_box()["y"]  # the focus is not covered
    page.get_by_label("Kostenart").first.select_option(label="Anschaffungen (nicht förderfähig)")
    expect(page.locator("[data-nicht]")).to_be_visible()
    expect(page.locator("p[data-hinweis]")).to_have_text("Geräte bezahlt der Träger.")
    expect(page.locator("[data-wenn=luecke]")).to_contain_text(f"1.000,00{EURO} sind nicht förderfähig")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Speichern und zur Übersicht").first.click()
    page.wait_for_url("**/antraege/*/")
    antrag.refresh_from_db()
    assert (antrag.beantragt, antrag.eigenmittel) == (Decimal(0), Decimal(206))


def test_a_row_goes_and_comes_back_with_the_focus(transactional_db, cast, besuch, verstoesse):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    make_kostenposten(antrag, beschreibung="Bus", einzelpreis="30")
    page = besuch(cast.lehrkraft)
    zu_den_kosten(page)
    expect(page.locator("[data-summe=ausgaben]")).to_have_text(f"1.230,00{EURO}")
    page.get_by_role("button", name="Entfernen: Ausgabe 2").click()
    zurueck = page.get_by_role("button", name="Rückgängig: Ausgabe 2")
    expect(zurueck).to_be_focused()
    expect(page.locator("[data-summe=ausgaben]")).to_have_text(f"1.200,00{EURO}")
    assert verstoesse(page) == {}
    zurueck.click()
    expect(page.get_by_role("button", name="Entfernen: Ausgabe 2")).to_be_focused()
    expect(page.locator("[data-summe=ausgaben]")).to_have_text(f"1.230,00{EURO}")
    page.get_by_role("button", name="Entfernen: Ausgabe 2").click()
    page.get_by_role("button", name="Speichern und zur Übersicht").first.click()
    page.wait_for_url("**/antraege/*/")
    assert [posten.beschreibung for posten in antrag.kostenposten.all()] == ["Theaterpädagogik"]


@pytest.mark.parametrize("js", [True, False])
def test_a_plan_and_a_row_more_with_and_without_a_script(transactional_db, cast, besuch, js):
    for name in ("honorare", "fahrtkosten", "material"):
        make_vokabel(Kostenart, name)
    antrag = services.anlegen(cast.schule, by=cast.lehrkraft)
    page = besuch(cast.lehrkraft, js=js)
    page.goto("/uebersicht/")
    page.get_by_role("link", name="Anträge", exact=True).first.click()
    page.locator(".antragszeile__titel a").click()
    page.get_by_role("link", name="Kosten und Finanzierung", exact=True).click()
    page.get_by_role("button", name="Projekttag").click()
    expect(page.locator("[data-zeile]")).to_have_count(3)
    page.get_by_role("button", name="Zeile hinzufügen").click()
    expect(page.locator("[data-zeile]")).to_have_count(4)
    expect(page.locator("[data-summe=beantragt]")).to_have_text(f"740,00{EURO}")
    page.get_by_role("button", name="Speichern und zur Übersicht").first.click()
    page.wait_for_url("**/antraege/*/")
    antrag.refresh_from_db()
    assert antrag.beantragt == Decimal(740)
