"""Where the browser of the journeys is: Debian's Chromium, a Chrome, or the one Playwright fetched.

Debian also has it without a window: a third less work for every page, and a smaller download.

`python -m tests.browser.finden` prints its path, or exits 1.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "google-chrome-stable", "google-chrome", "chromium-browser")
PLAYWRIGHT = Path.home() / ".cache/ms-playwright"


def browser_path() -> str | None:
    """The path of a browser that can be driven here, or None. Snaps can not: they see no temporary folders."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        path = shutil.which(name) if name else None
        if path and "/snap/" not in os.path.realpath(path) and not _is_snap_launcher(path):
            return path
    found = sorted(PLAYWRIGHT.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def _is_snap_launcher(path: str) -> bool:
    with open(path, "rb") as file:
        return b"snap" in file.read(600)


if __name__ == "__main__":
    found = browser_path()
    print(found or "Kein Chromium gefunden.")
    sys.exit(not found)
