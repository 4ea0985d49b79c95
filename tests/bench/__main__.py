"""`python -m tests.bench` lists the benchmarks; `python -m tests.bench NAME` runs one of them."""

import runpy
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))

if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
    print("Messungen: " + ", ".join(NAMES))
else:
    sys.argv = sys.argv[1:]
    runpy.run_module(f"tests.bench.{sys.argv[0]}", run_name="__main__")
