"""Does asking for a new password take as long for an unknown address as for a known one?

`python -m tests.bench.anmeldung` asks 60 times for each, in turns, on a database of its own, and compares the
medians: at most 15 ms may lie between them.
"""

import os
import time
from statistics import median

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
MAL, ERLAUBT = 60, 0.015


def main() -> int:
    from django.test.utils import get_runner, setup_test_environment  # noqa: PLC0415 -- after django.setup()

    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    vorher = runner.setup_databases()
    try:
        bekannt, unbekannt = messen()
    finally:
        runner.teardown_databases(vorher)
    unterschied = abs(bekannt - unbekannt)
    print(
        f"bekannt {bekannt * 1000:.1f} ms, unbekannt {unbekannt * 1000:.1f} ms, Unterschied {unterschied * 1000:.1f} ms"
    )
    return int(unterschied > ERLAUBT)


def messen() -> tuple[float, float]:
    """Median of a request for a known and for an unknown address, in seconds."""
    from django.core.cache import cache  # noqa: PLC0415 -- after django.setup()
    from django.test import Client  # noqa: PLC0415 -- after django.setup()

    from tests.factories import make_person  # noqa: PLC0415 -- after django.setup()

    make_person(email="bekannt@schule.example")
    client, zeiten = Client(), {"bekannt": [], "unbekannt": []}
    for _ in range(MAL):
        for wer, dauern in zeiten.items():
            cache.clear()
            beginn = time.perf_counter()
            antwort = client.post("/konto/passwort/vergessen/", {"email": f"{wer}@schule.example"})
            dauern.append(time.perf_counter() - beginn)
            assert antwort.status_code == 302
    return median(zeiten["bekannt"]), median(zeiten["unbekannt"])


if __name__ == "__main__":
    django.setup()
    raise SystemExit(main())
