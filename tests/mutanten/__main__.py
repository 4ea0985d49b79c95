"""`python -m tests.mutanten [--saat N] [--anzahl N] [--teil GELD|…] [--zeigen]`: do the tests notice sabotage?

Copies the project aside, changes one place at a time and runs the narrow tests of that file. Which places is told by
`--saat`: the same seed on the same code sabotages the same lines. A copy that no test notices has survived: either a
test is missing, or the change changes nothing that anybody could see.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutanten.eingriffe import Eingriff, Sucher
from tests.mutanten.ziele import ZIELE

ROOT = Path(__file__).resolve().parent.parent.parent
SAAT, ANZAHL = 2026, 60
HAUSORDNUNG = "tests/test_architecture.py"
MITGENOMMEN = (".venv", "node_modules")
FORT = shutil.ignore_patterns(*MITGENOMMEN, ".git", "var", "__pycache__", ".*_cache", ".hypothesis")


def auswahl(saat: int, anzahl: int, teile: list[str]) -> list[tuple[Eingriff, list[str]]]:
    """So many places, as many of each part as of the others, with their tests."""
    zufall, gewaehlt = random.Random(saat), []
    for nummer, teil in enumerate(teile):
        dateien = {datei: tests for datei, tests in ZIELE[teil].items() if (ROOT / datei).exists()}
        alle = [(eingriff, dateien[datei]) for datei in dateien for eingriff in _eingriffe(datei)]
        hoechstens = anzahl // len(teile) + (nummer < anzahl % len(teile))
        gewaehlt += zufall.sample(alle, min(hoechstens, len(alle)))
    return gewaehlt


def _eingriffe(datei) -> list[Eingriff]:
    return Sucher(datei, (ROOT / datei).read_bytes()).alle()


def bemerkt(kopie: Path, eingriff: Eingriff, tests: list[str]) -> bool:
    """Whether one of the tests fails on the copy with this change in it; the copy is whole again afterwards."""
    datei = kopie / eingriff.datei
    heil = datei.read_bytes()
    datei.write_bytes(heil[: eingriff.anfang] + eingriff.neu.encode() + heil[eingriff.ende :])
    try:
        return pytest(kopie, tests).returncode not in (0, 5)
    finally:
        datei.write_bytes(heil)


def pytest(kopie: Path, tests: list[str]) -> subprocess.CompletedProcess:
    da = [test for test in [HAUSORDNUNG, *tests] if (kopie / test).exists()]
    ruf = [kopie / ".venv/bin/python", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *da]
    umgebung = {name: wert for name, wert in os.environ.items() if name != "CI"}
    return subprocess.run(ruf, cwd=kopie, env=umgebung, capture_output=True, text=True)


def main() -> int:
    lesen = argparse.ArgumentParser(prog="python -m tests.mutanten", description=__doc__)
    lesen.add_argument("--saat", type=int, default=SAAT)
    lesen.add_argument("--anzahl", type=int, default=ANZAHL)
    lesen.add_argument("--teil", choices=ZIELE, action="append")
    lesen.add_argument("--zeigen", action="store_true", help="nur nennen, was geändert würde")
    wahl = lesen.parse_args()
    gewaehlt = auswahl(wahl.saat, wahl.anzahl, wahl.teil or list(ZIELE))
    if wahl.zeigen:
        print(*(eingriff for eingriff, _ in gewaehlt), sep="\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="portal-mutanten-") as ordner:
        kopie = Path(ordner) / "portal"
        shutil.copytree(ROOT, kopie, ignore=FORT, symlinks=True)
        for name in MITGENOMMEN:
            (kopie / name).symlink_to(ROOT / name)
        return _alle(kopie, gewaehlt)


def _alle(kopie, gewaehlt) -> int:
    unveraendert = pytest(kopie, sorted({test for _, tests in gewaehlt for test in tests}))
    if unveraendert.returncode:
        print(unveraendert.stdout, "Schon ohne Eingriff schlägt ein Test fehl.", sep="\n")
        return 2
    ueberlebt = []
    for nummer, (eingriff, tests) in enumerate(gewaehlt, 1):
        gesehen = bemerkt(kopie, eingriff, tests)
        print(f"{nummer:3} {'bemerkt  ' if gesehen else 'ÜBERLEBT '} {eingriff}", flush=True)
        ueberlebt += [] if gesehen else [eingriff]
    umgebung = os.environ | {"DEBUG": "1"}
    subprocess.run([kopie / ".venv/bin/python", "manage.py", "devdb", "stop"], cwd=kopie, env=umgebung, check=False)
    print(f"{len(gewaehlt) - len(ueberlebt)} von {len(gewaehlt)} bemerkt. Überlebt:", *ueberlebt, sep="\n  ")
    return 1 if ueberlebt else 0


if __name__ == "__main__":
    sys.exit(main())
