"""A real browser in front of a real server. `besuch(…)` opens a page as somebody, with or without JavaScript."""

import os
from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser.finden import browser_path
from tests.factories import make_anmeldung

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
AXE = "/static/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
BREITEN = (1280, 375, 320)
# At which width and in which scheme axe looks at a page, and for what. By day, dark only for what can differ there.
EINMAL = [(1280, "light", RULES)]
ALLTAG = [(1280, "light", RULES), (1280, "dark", COLOURS), (375, "dark", COLOURS), (375, "light", RULES)]
GRUENDLICH = [(breite, schema, RULES) for breite in BREITEN for schema in ("light", "dark")]
# A page must not wait for an animation, nor the browser for its maker.
ARGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--force-prefers-reduced-motion",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    path = browser_path()
    if path is None:
        message = "Kein Chromium gefunden. Bitte installieren Sie eines: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def besuch(chromium, live_server, settings):
    """Open a page: `besuch(person, js=True, breite=1280)`; without a person as somebody who is not signed in."""
    settings.PORTAL_ADRESSE = live_server.url
    with _besuche(chromium, live_server.url) as open_page:
        yield open_page


@pytest.fixture
def besuch_der_welt(chromium, weltserver):
    """The same, to look at the demo world."""
    with _besuche(chromium, weltserver.url) as open_page:
        yield open_page


@contextmanager
def _besuche(chromium, url):
    contexts = []

    def open_page(person=None, *, js=True, breite=1280):
        context = chromium.new_context(
            base_url=url,
            viewport={"width": breite, "height": 900},
            java_script_enabled=js,
            locale="de-DE",
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if person:
            anmelden(context, person, url)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"JavaScript: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()


def anmelden(context, person, url) -> None:
    """From now on this browser belongs to somebody who has signed in with a second factor."""
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": make_anmeldung(person), "url": url}])


@pytest.fixture
def verstoesse(gruendlich):
    """What is wrong with a page: `{(width, scheme): [rule, …]}`, empty if axe finds nothing and it fits every width.

    A page all of whose parts were looked at before (`alles=False`) is looked at once, on the wide screen.
    """

    def look(page, alles=True) -> dict:
        page.add_script_tag(url=AXE)
        found = {}
        for breite, schema, rules in GRUENDLICH if gruendlich else ALLTAG if alles else EINMAL:
            page.set_viewport_size({"width": breite, "height": 900})
            page.emulate_media(color_scheme=schema)
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            result = page.evaluate("async options => (await axe.run(options)).violations", options)
            if result:
                found[breite, schema] = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result]
        page.emulate_media(color_scheme="light")
        for breite in reversed(BREITEN):
            page.set_viewport_size({"width": breite, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[breite, "wider than the window"] = [page.url]
        return found

    return look
