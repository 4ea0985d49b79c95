"""How long does the whole suite take, whatever the machine?

`python -m tests.bench.suite` runs `./portal test`, and before and after it asks for plain requests (`anfrage`). Two
cores may need twice the time of two others for both; the ratio stays. The four minutes that the suite may take on two
cores were set where a plain request takes 0.98 ms: as long as 245,000 of them.
"""

import subprocess
import sys
import time

DORT = 0.98
"""Milliseconds of a plain request on the two cores (EPYC) on which the figures of the plan were measured."""
ERLAUBT = 4 * 60 / DORT * 1000


def main() -> int:
    vorher = anfrage()
    beginn = time.monotonic()
    ergebnis = subprocess.run(["./portal", "test", "-q"]).returncode
    dauer = time.monotonic() - beginn
    nachher = anfrage()
    anfragen = dauer / min(vorher, nachher) * 1000
    print(f"Suite: {_minuten(dauer)}. Eine schlichte Anfrage: {vorher} ms vorher, {nachher} ms nachher.")
    print(f"So lange wie {anfragen:,.0f} Anfragen (erlaubt {ERLAUBT:,.0f}): {_minuten(anfragen * DORT / 1000)} dort.")
    return ergebnis or int(anfragen > ERLAUBT)


def anfrage() -> float:
    """The milliseconds of a plain request now; in a process of its own, it is another Django project."""
    fragen = [sys.executable, "-m", "tests.bench.anfrage"]
    return float(subprocess.run(fragen, check=True, capture_output=True, text=True).stdout.split()[0])


def _minuten(sekunden) -> str:
    return f"{sekunden // 60:.0f}:{sekunden % 60:02.0f} Minuten"


if __name__ == "__main__":
    raise SystemExit(main())
