"""A real browser in front of a real server. `besuch(…)` opens a page as somebody, with or without JavaScript."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright

from tests.browser.finden import browser_path
from tests.factories import eben_angemeldet

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
AXE = (Path(django_settings.BASE_DIR) / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
ARGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


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
    """The same, to look at the demo world; scripts of the test may run there."""
    with _besuche(chromium, weltserver.url, csp=False) as open_page:
        yield open_page


@contextmanager
def _besuche(chromium, url, csp=True):
    contexts = []

    def open_page(person=None, *, js=True, breite=1280, csp=csp):
        context = chromium.new_context(
            base_url=url,
            viewport={"width": breite, "height": 900},
            java_script_enabled=js,
            bypass_csp=not csp,
            locale="de-DE",
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if person:
            context.add_cookies([_session(person, url)])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"JavaScript: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()


def _session(person, url):
    """The cookie of somebody who has signed in with a second factor."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.update(eben_angemeldet(person))
    session.create()
    return {"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}


@pytest.fixture
def verstoesse():
    """What axe finds on a page, at both widths, light and dark: `{(width, scheme): [rule, …]}`, empty if nothing.

    All rules at both widths; the dark scheme changes nothing but colours, so the rules about colours look again.
    """

    def look(page) -> dict:
        page.evaluate(AXE)
        found = {}
        for breite in (1280, 375):
            page.set_viewport_size({"width": breite, "height": 900})
            for schema, run_only in (("light", RULES), ("dark", COLOURS)):
                page.emulate_media(color_scheme=schema)
                result = page.evaluate(f"axe.run({{runOnly: {run_only}, resultTypes: ['violations']}})")
                rules = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result["violations"]]
                if rules:
                    found[breite, schema] = rules
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[breite, "wider than the window"] = [page.url]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        return found

    return look
