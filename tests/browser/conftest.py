"""A real browser in front of a real server. `besuch(…)` opens a page as somebody, with or without JavaScript."""

import os
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import sync_playwright

from tests.browser.finden import browser_path
from tests.factories import make_anmeldung

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
AXE = "/static/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
# Short words, many to a line. Each page is open for a second: nothing moves, there is no second compiler, and room for
# what a page leaves behind.
ARGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--force-prefers-reduced-motion", "--js-flags=--maglev --no-turbofan --min-semi-space-size=64",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _static_files_stay_in_the_browser():
    """As in production, where their names carry a hash: a page is asked for alone, its few files are there."""
    serve = StaticFilesHandler.serve

    def cached(self, request):
        response = serve(self, request)
        response["Cache-Control"] = "max-age=600"
        return response

    StaticFilesHandler.serve = cached
    yield
    StaticFilesHandler.serve = serve


@pytest.fixture(autouse=True)
def _nobody_asks_what_a_page_was_made_of(unbeobachtet):
    pass


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
def verstoesse():
    """What axe finds on a page: `{(width, scheme): [rule, …]}`, empty if nothing.

    All rules at both widths; the dark scheme changes nothing but colours, so the rules about these look again.
    A page all of whose parts were looked at before (`alles=False`) is looked at as a whole once, on the wide screen.
    """

    def look(page, alles=True) -> dict:
        page.add_script_tag(url=AXE)
        found = {}

        def axe(breite, schema, run_only):
            options = {"runOnly": run_only, "resultTypes": ["violations"]}
            result = page.evaluate("async options => (await axe.run(options)).violations", options)
            if result:
                found[breite, schema] = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result]

        def fits(breite):
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[breite, "wider than the window"] = [page.url]

        # Every change of width or scheme lays the page out anew.
        axe(1280, "light", RULES)
        fits(1280)
        if alles:
            page.emulate_media(color_scheme="dark")
            axe(1280, "dark", COLOURS)
        page.set_viewport_size({"width": 375, "height": 900})
        if alles:
            axe(375, "dark", COLOURS)
            page.emulate_media(color_scheme="light")
            axe(375, "light", RULES)
        fits(375)
        page.set_viewport_size({"width": 1280, "height": 900})
        return found

    return look
