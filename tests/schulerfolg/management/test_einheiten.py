"""The units for systemd: read by systemd where it is there, and every command in them exists."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

EINHEITEN = sorted((settings.BASE_DIR / "docs/systemd").iterdir())
DIENSTE = [pfad for pfad in EINHEITEN if pfad.suffix == ".service"]
DAUERND = ["schulerfolg-arbeit.service", "schulerfolg-web.service"]


class Einheit(RawConfigParser):
    optionxform = staticmethod(str)


def lesen(pfad: Path) -> Einheit:
    einheit = Einheit(strict=False)
    einheit.read(pfad)
    return einheit


def test_systemd_understands_them(tmp_path):
    for pfad in EINHEITEN:
        (tmp_path / pfad.name).write_text(pfad.read_text().replace("/srv/schulerfolg", str(settings.BASE_DIR)))
    if systemd := shutil.which("systemd-analyze"):
        lauf = subprocess.run([systemd, "verify", *tmp_path.iterdir()], capture_output=True, text=True, check=False)
        assert (lauf.returncode, lauf.stderr) == (0, "")
    assert {pfad.stem for pfad in EINHEITEN if pfad.suffix == ".timer"} < {pfad.stem for pfad in DIENSTE}


@pytest.mark.parametrize("pfad", DIENSTE, ids=lambda pfad: pfad.name)
def test_a_service_runs_something_that_exists_with_few_rights(pfad):
    dienst = lesen(pfad)["Service"]
    programm, *worte = dienst["ExecStart"].split()
    assert Path(programm.replace("/srv/schulerfolg", str(settings.BASE_DIR))).exists()
    assert worte[0] == "schulerfolg.wsgi" or (worte[0] == "manage.py" and worte[1] in get_commands())
    assert dienst["User"] == "schulerfolg"
    assert (dienst["NoNewPrivileges"], dienst["ProtectSystem"]) == ("yes", "strict")
    assert dienst.get("Restart") == ("always" if pfad.name in DAUERND else None)
    assert dienst.get("Type") == {"schulerfolg-arbeit.service": None, "schulerfolg-web.service": "notify"}.get(
        pfad.name, "oneshot"
    )


def test_the_handbook_names_each_and_every_command_it_names_exists():
    buch = (settings.BASE_DIR / "docs/betrieb.md").read_text()
    assert [
        pfad.name for pfad in EINHEITEN if pfad.suffix == ".timer" or pfad.name in DAUERND if pfad.name not in buch
    ] == []
    assert set(re.findall(r"manage\.py (\w+)", buch)) - get_commands().keys() == set()
