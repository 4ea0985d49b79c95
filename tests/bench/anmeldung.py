"""Does the portal answer as fast where there is an account as where there is none?

`python -m tests.bench.anmeldung` asks 200 times for each, in turns and back again, with the hash of production, on a
database of its own, and compares the medians of a sign-in with a wrong password and of a forgotten password: at most
15 ms may lie between them. On a busy machine the clock tells more about the neighbours than about the portal; there
the computing time counts.
"""

import os
import time
from statistics import median

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
MAL, ERLAUBT = 200, 0.015
FRAGEN = {
    "Anmelden": (
        "/konto/anmelden/",
        "login",
        {"password": "falsch-und-lang-genug"},
        ("bekannt", "gesperrt", "unbekannt"),
    ),
    "Passwort vergessen": ("/konto/passwort/vergessen/", "email", {}, ("bekannt", "unbekannt")),
}


def main() -> int:
    from django.conf import global_settings  # noqa: PLC0415 -- after django.setup()
    from django.test.utils import (  # noqa: PLC0415 -- after django.setup()
        get_runner,
        override_settings,
        setup_test_environment,
    )

    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    vorher = runner.setup_databases()
    try:
        with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
            return int(max([messen(name, *frage) for name, frage in FRAGEN.items()]) > ERLAUBT)
    finally:
        runner.teardown_databases(vorher)


def messen(name, pfad, feld, daten, wer) -> float:
    """Ask, print the medians, and return the seconds between the fastest and the slowest."""
    from django.core.cache import cache  # noqa: PLC0415 -- after django.setup()
    from django.test import Client  # noqa: PLC0415 -- after django.setup()

    from schulerfolg.konten.models import Person  # noqa: PLC0415 -- after django.setup()
    from tests.factories import make_person  # noqa: PLC0415 -- after django.setup()

    for einer in wer[:-1]:
        if not Person.objects.filter(email=f"{einer}@schule.example").exists():
            make_person(email=f"{einer}@schule.example", is_active=einer != "gesperrt")
    client, zeiten = Client(), {einer: [] for einer in wer}
    for mal in range(MAL):
        for einer in wer if mal % 2 else wer[::-1]:
            cache.clear()
            beginn, rechnen = time.perf_counter(), time.process_time()
            antwort = client.post(pfad, {feld: f"{einer}@schule.example", **daten})
            zeiten[einer].append((time.perf_counter() - beginn, time.process_time() - rechnen))
            assert antwort.status_code in (200, 302)
    unterschiede = []
    for nummer, was in enumerate(("vergangene Zeit", "Rechenzeit")):
        mitten = {einer: median(dauer[nummer] for dauer in dauern) for einer, dauern in zeiten.items()}
        unterschiede.append(max(mitten.values()) - min(mitten.values()))
        worte = ", ".join(f"{einer} {mitte * 1000:.1f} ms" for einer, mitte in mitten.items())
        print(f"{name}, {was}: {worte}; Unterschied {unterschiede[-1] * 1000:.1f} ms", flush=True)
    return min(unterschiede)


if __name__ == "__main__":
    django.setup()
    raise SystemExit(main())
