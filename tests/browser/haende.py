"""Three ways to use the portal: with the mouse, with the keyboard alone, and without JavaScript.

A journey is told once, through these few verbs, and walked in each way. It begins at a page whose address everybody
knows, or with a mail, and goes on through links and buttons (`tests/test_wege.py`).
"""

import re

from playwright.sync_api import expect

WAYS = ("maus", "tastatur", "ohne_js")
expect.set_options(timeout=20_000)

# How often Tab must be pressed to come from the focus to an element, at least: 0 if it is there. The parts of a date
# and groups of radio buttons are left out, so the last steps may have to be counted again.
SCHRITTE = """ziel => {
    const hier = document.activeElement
    if (hier === ziel) return 0
    const halte = [...document.querySelectorAll("a[href], button, input:not([type=radio]), select, textarea, summary")]
    return Math.max(1, halte.filter(halt =>
        hier.compareDocumentPosition(halt) & Node.DOCUMENT_POSITION_FOLLOWING
        && (halt === ziel || halt.compareDocumentPosition(ziel) & Node.DOCUMENT_POSITION_FOLLOWING)
        && halt.tabIndex >= 0 && !halt.disabled && halt.checkVisibility({visibilityProperty: true})
    ).length)
}"""
GETIPPT = 20  # so much of a text is typed key by key, the rest comes as one


class Haende:
    """The hands of one person at one page. `way` is one of WAYS."""

    def __init__(self, page, way):
        self.page, self.way, self._kopf_bekannt = page, way, False

    def beginn(self, adresse="/uebersicht/"):
        """Come to the portal. Returns itself."""
        self.page.goto(adresse)
        return self

    def aus_der_mail(self, nachricht):
        """Follow the first link of a mail."""
        self.page.goto(re.search(r"https?://\S+", nachricht.text).group(0))

    def menue(self, name):
        """Follow a link of the main navigation, at the top of every page."""
        navigation = self.page.get_by_role("navigation", name="Hauptnavigation")
        self._folge(navigation.get_by_role("link", name=name, exact=True), im_kopf=True)

    def schreib(self, label, text):
        """Fill the field with this label."""
        feld = self._feld(label)
        if self.way == "tastatur" and feld.get_attribute("type") in ("date", "time"):
            self._tippe_datum(feld, text)
        elif self.way == "tastatur":
            self._tab_to(feld)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text[:GETIPPT])
            self.page.keyboard.insert_text(text[GETIPPT:])
        else:
            feld.fill(text)

    def _tippe_datum(self, feld, text):
        """Digits one after the other, in the order of the browser's own language."""
        teile = text.replace(":", "-").split("-")
        stunde = f"{int(teile[0]) % 12 or 12:02}"
        for reihenfolge in ([*teile[1:], teile[0]], teile[::-1], teile, [stunde, *teile[1:], "PM"]):
            while feld.evaluate("e => e === document.activeElement"):
                self.page.keyboard.press("Shift+Tab")  # out of the field, past its parts
            self._tab_to(feld)
            self.page.keyboard.type("".join(reihenfolge))
            if feld.input_value() == text:
                return
        raise AssertionError(f"{text} ließ sich nicht tippen: {feld.input_value()}")

    def waehl(self, label, option):
        """Choose an option of a select by what it says."""
        feld = self._feld(label)
        if self.way == "tastatur":
            self._tab_to(feld)
            self.page.keyboard.type(option[:30])
            expect(feld.locator("option:checked")).to_have_text(re.compile(re.escape(option)))
        else:
            feld.select_option(label=option)

    def kreuz(self, label):
        """Tick a check box or choose a radio button."""
        self.kreuz_element(self.page.get_by_label(label).first)

    def kreuz_element(self, feld):
        """The same for a field that is found already. With the keyboard a radio group is one stop: arrows choose."""
        if self.way == "tastatur" and feld.get_attribute("type") == "radio":
            gruppe = self.page.locator(f"input[name='{feld.get_attribute('name')}']")
            gewaehlt = gruppe.and_(self.page.locator(":checked"))
            self._tab_to(gewaehlt if gewaehlt.count() else gruppe.first)
            for _ in range(gruppe.count() + 1):
                if feld.is_checked():
                    break
                self.page.keyboard.press("ArrowDown" if gewaehlt.count() else "Space")
        elif self.way == "tastatur":
            self._tab_to(feld)
            self.page.keyboard.press("Space")
        else:
            feld.check()
        expect(feld).to_be_checked()

    def drueck(self, name):
        """Press a button or follow a link of this name in the main part of the page."""
        main = self.page.get_by_role("main")
        self._folge(main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first)

    def _folge(self, ziel, im_kopf=False):
        if self.way == "tastatur":
            self._tab_to(ziel, im_kopf)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter") if self.way == "tastatur" else ziel.click()

    def lies(self, text):
        """The page says this."""
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def _feld(self, label):
        return self.page.get_by_role("main").get_by_label(label, exact=False).first

    def _tab_to(self, locator, im_kopf=False):
        """Move the focus with the Tab key until it is there; what can't be reached fails.

        The first page is walked through from its top, header and all; from then on the link past it is taken.
        """
        locator.wait_for(state="visible")
        ziel = locator.element_handle()
        if self._kopf_bekannt and not im_kopf and self.page.evaluate("document.activeElement === document.body"):
            self._zum_inhalt()
        self._kopf_bekannt = True
        gedrueckt = 0
        while schritte := ziel.evaluate(SCHRITTE):
            gedrueckt += schritte
            if gedrueckt > 250:
                raise AssertionError(f"Mit der Tastatur nicht zu erreichen: {locator}")
            for _ in range(schritte):
                self.page.keyboard.press("Tab")

    def _zum_inhalt(self):
        """Past the header, as people without a mouse go: the first stop of every page is the link to its main part."""
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#inhalt")).to_be_focused()
