"""How long does the whole suite take, whatever the machine?

`python -m tests.bench.suite` runs `./portal test`, and before and after it asks for plain requests (`anfrage`). Two
cores may need twice the time of two others for both; the ratio stays. The suite may take four minutes on two cores like
those on which the figures of the plan were measured: a plain request took 0.98 ms there, so as long as 245,000 of them.
The faster of the two measurements counts.
"""

import subprocess
import sys
import time

DORT = 0.98
"""Milliseconds of a plain request on two EPYC cores; over HTTP, which `anfrage` leaves out."""
ERLAUBT = 4 * 60 / DORT * 1000


def main() -> int:
    vorher = anfrage()
    beginn = time.monotonic()
    ergebnis = subprocess.run(["./portal", "test", "-q"]).returncode
    dauer = time.monotonic() - beginn
    nachher = anfrage()
    anfragen = dauer / min(vorher, nachher) * 1000
    print(f"Suite: {_minuten(dauer)}. Eine schlichte Anfrage: {vorher} ms vorher, {nachher} ms nachher.")
    print(f"So lange wie {anfragen:,.0f} Anfragen, {ERLAUBT:,.0f} dürfen es sein.")
    print(f"Auf zwei Kernen, auf denen eine {DORT} ms braucht: {_minuten(anfragen * DORT / 1000)}.")
    return ergebnis or int(anfragen > ERLAUBT)


def anfrage() -> float:
    """The milliseconds of a plain request now; in a process of its own, it is another Django project."""
    fragen = [sys.executable, "-m", "tests.bench.anfrage"]
    return float(subprocess.run(fragen, check=True, capture_output=True, text=True).stdout.split()[0])


def _minuten(sekunden) -> str:
    minuten, rest = divmod(round(sekunden), 60)
    return f"{minuten}:{rest:02} Minuten"


if __name__ == "__main__":
    raise SystemExit(main())
