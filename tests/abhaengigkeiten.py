"""Ask for known holes in what we depend on. Says „nicht geprüft“ where nobody answers: never a false green.

`python -m tests.abhaengigkeiten`; exit 1 only for a known hole.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def python_packages() -> tuple[str, list[str]]:
    """The state of the lock file's Python packages: what to print, and the known holes."""
    question = ["-m", "pip_audit", "-r", "requirements.txt", "--disable-pip", "--require-hashes", "-f", "json"]
    done = subprocess.run(
        [sys.executable, *question], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return "nicht geprüft: keine Quelle für Sicherheitsmeldungen antwortet", []
    holes = [f"{p['name']} {p['version']}: {v['id']}" for p in packages for v in p.get("vulns", [])]
    silent = [p["name"] for p in packages if p.get("skip_reason")]
    if silent:
        return f"nicht geprüft: {len(silent)} von {len(packages)} Paketen ohne Auskunft", holes
    return f"{len(packages)} Pakete geprüft", holes


def npm_packages() -> tuple[str, list[str]]:
    """The same for the front-end packages."""
    try:
        done = subprocess.run(
            ["npm", "audit", "--json"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        holes = json.loads(done.stdout)["vulnerabilities"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
        return "nicht geprüft: keine Quelle für Sicherheitsmeldungen antwortet", []
    return "geprüft", [f"{name}: {hole['severity']}" for name, hole in holes.items()]


def main() -> int:
    found = False
    for kind, ask in (("Python", python_packages), ("npm", npm_packages)):
        state, holes = ask()
        print(f"  {kind}: {state}")
        for hole in holes:
            print(f"    bekannte Lücke: {hole}")
        found = found or bool(holes)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
