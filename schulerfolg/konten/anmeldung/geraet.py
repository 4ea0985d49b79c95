"""What a browser says about itself, in plain words."""

import re

# The first that matches names the browser or the device; many pretend to be another one too.
BROWSER = (
    ("Edg", "Edge"),
    ("OPR|Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
GERAETE = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android-Gerät"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows-Computer"),
    ("Mac OS X|Macintosh", "Mac"),
    ("Linux|X11", "Linux-Computer"),
)


def geraet(user_agent: str) -> str:
    """„Firefox auf einem Windows-Computer“; „Unbekanntes Gerät“ where nothing is recognised."""
    browser, auf = _erster(BROWSER, user_agent), _erster(GERAETE, user_agent)
    if browser and auf:
        return f"{browser} auf einem {auf}"
    return browser or auf or "Unbekanntes Gerät"


def _erster(namen, user_agent) -> str:
    return next((name for muster, name in namen if re.search(muster, user_agent)), "")
