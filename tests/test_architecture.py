"""The house rules that a machine can check. Imports between the floors are held by import-linter as well."""

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.urls import get_resolver

from schulerfolg.ablauf.machine import Machine
from schulerfolg.dach.gegenstaende import GEGENSTAENDE
from tests.ranks import ALONE, RANKS, rank

ROOT = Path(__file__).resolve().parent.parent
APPS = ["schulerfolg", "netzwerkstellen", "angebote", "gremien", "demo"]
# One clause a line.
PYTHON = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]  # fmt: skip
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
# Every page that somebody who is not signed in can open, and nothing else.
PUBLIC = {
    "startseite", "gesund", "status", "impressum", "datenschutz", "barrierefreiheit", "barriere_melden",
    "barriere_gemeldet", "leichte_sprache", "stelle_liste",
    "registrieren", "registrieren_schule", "registrieren_unterwegs", "registrieren_bestaetigen",
    "stelle_seite", "einladung_annehmen", "demo_postausgang", "demo_mail", "demo_anlage", "demo_bausteine",
    "bericht_liste", "bericht", "bericht_pdf", "bericht_csv", "runde",
    "stellen", "auskunft", "fragen", "fragen_pdf",
    "account_login", "account_logout", "account_inactive", "account_signup", "account_confirm_email",
    "account_email_verification_sent", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_authenticate", "mfa_login_webauthn",
}  # fmt: skip


# Folders of an app that are no subject of its own.
NO_SUBJECTS = {"migrations", "stammdaten"}
PUBLIC_WORDS = {"Leistungsfeld"}  # vocabulary that everybody reads


def imports(path):
    """Every module this file imports at its top, by full name."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_subjects_import_subjects_below_them():
    """Inside an app; the floors between the apps are held by import-linter."""
    wrong = []
    for path in PYTHON:
        own = ".".join(path.parent.relative_to(ROOT).parts)
        if own in GEGENSTAENDE:
            above = GEGENSTAENDE[GEGENSTAENDE.index(own) + 1 :]
            higher = tuple(f"{subject}." for subject in above if subject.split(".")[0] == own.split(".")[0])
            wrong += [f"{path.relative_to(ROOT)}: {name}" for name in imports(path) if name.startswith(higher)]
    assert wrong == []


def test_every_folder_of_an_app_is_in_the_list_of_subjects():
    folders = {path.parent for path in PYTHON if path.parent.parent.name in ("netzwerkstellen", "angebote", "gremien")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    below_the_roof = {name for name in GEGENSTAENDE if not name.startswith("schulerfolg.")}
    assert {name for name in found if name.split(".")[1] not in NO_SUBJECTS} == below_the_roof


def test_every_file_imports_only_what_stands_before_it():
    """Within its folder, in the order of `tests.ranks`; a command and the demo world have no neighbours to mind."""
    wrong = []
    for path in (p for p in PYTHON if "commands" not in p.parts and p.parts[len(ROOT.parts)] != "demo"):
        folder = ".".join(path.parent.relative_to(ROOT).parts)
        neighbours = {p.stem for p in path.parent.glob("*.py")} - {"__init__", path.stem}
        names = {n.removeprefix(f"{folder}.").split(".")[0] for n in imports(path) if n.startswith(f"{folder}.")}
        own = path.relative_to(ROOT)
        wrong += [f"{own}: {name}" for name in names & neighbours if rank(name) >= rank(path.stem)]
    assert wrong == []


def test_every_file_has_its_rank():
    """One name, one meaning: whoever needs a new one says in `tests.ranks` what it is."""
    stems = {p.stem for p in PYTHON if "commands" not in p.parts and p.parts[len(ROOT.parts)] != "demo"} - {"__init__"}
    assert sorted(stems - RANKS.keys() - ALONE) == []
    assert sorted(RANKS.keys() - stems) == []


@pytest.mark.parametrize(("pattern", "limit"), [("*.py", 300), ("templates/**/*.html", 120), ("tests/**/*.py", 400)])
def test_no_file_grows_beyond_reading(pattern, limit):
    paths = PYTHON if pattern == "*.py" else ROOT.glob(pattern)
    assert {str(p.relative_to(ROOT)): n for p in paths if (n := len(p.read_text().splitlines())) > limit} == {}


WITHIN_A_STEP = {"fassung_festhalten", "hinzufuegen", "note_account", "leitung_festhalten"}
"""Called by a step, in its transaction, and by nothing else."""


def test_what_somebody_does_is_done_whole_or_not_at_all():
    """A public function of services.py with `by` is atomic, unless it only hands on to one that is."""
    halb = {
        f"{path.relative_to(ROOT)}: {function.name}"
        for path in PYTHON
        if path.name == "services.py"
        for function in ast.parse(path.read_text()).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and function.name not in WITHIN_A_STEP
        and "by" in {argument.arg for argument in function.args.kwonlyargs}
        and "transaction.atomic" not in {ast.unparse(decorator) for decorator in function.decorator_list}
        and not _only_hands_on(function)
    }
    assert halb == set()


def _only_hands_on(function) -> bool:
    """Its one statement is a call, beside its docstring and what that call is given to do."""
    taten = [
        satz
        for satz in function.body
        if not isinstance(satz, ast.FunctionDef)
        and not (isinstance(satz, ast.Expr) and isinstance(satz.value, ast.Constant))
    ]
    return len(taten) == 1 and isinstance(taten[0], ast.Return | ast.Expr)


def test_views_stay_short():
    long = {}
    for path in (p for p in PYTHON if p.name.startswith("views")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and (n := node.end_lineno - node.lineno + 1) > 25:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = n
    assert long == {}


def test_views_look_through_the_eyes_of_a_person():
    """No bare `Model.objects.get` or `get_object_or_404(Model…)`: what is private is found through a person."""
    bare = []
    for path in (p for p in PYTHON if p.name.startswith("views")):
        source = path.read_text()
        for match in re.finditer(r"(\w+)\.objects\.(get|all|filter)\(|get_object_or_404\(\s*[A-Z]\w+\s*,", source):
            if match.group(1) not in PUBLIC_WORDS:
                bare.append(f"{path.relative_to(ROOT)}: {match.group(0)}")
    assert bare == []


def test_only_these_pages_are_public():
    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            elif not getattr(pattern.callback, "login_required", True):
                yield pattern.name

    assert set(walk(get_resolver().url_patterns)) == PUBLIC


def test_pages_that_only_read_take_nothing_else():
    """A view that never looks at POST answers one with 405, before it looks at anything else."""
    open_to_post = [
        view.__name__
        for view in _our_views(get_resolver().url_patterns)
        if not _looks_at_post(inspect.unwrap(view)) and _answer_to_post(view) != 405
    ]
    assert open_to_post == ["passkey_entfernen"]  # hands on to allauth


def test_what_is_only_sent_leads_back_to_its_page():
    """A reload, the way back or a sign-in in between never ends at an empty page: `only_posted` knows the way."""
    plain = {
        view.__name__
        for view in _our_views(get_resolver().url_patterns)
        if "@require_POST" in inspect.getsource(inspect.unwrap(view))
    }
    assert plain <= {"laenger", "login"}  # asked for by a script; handed on to the provider at once, where there is one


def _our_views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _our_views(pattern.url_patterns)
        elif pattern.callback.__module__.split(".")[0] in APPS:
            yield pattern.callback


def _looks_at_post(function, depth=3) -> bool:
    """Whether it, or a function of ours that it calls, speaks of POST."""
    called = (function.__globals__.get(name) for name in function.__code__.co_names)
    ours = (inspect.unwrap(f) for f in called if inspect.isfunction(f) and f.__module__.split(".")[0] in APPS)
    source = inspect.getsource(function)
    return (
        "POST" in source or "only_posted" in source or (depth > 0 and any(_looks_at_post(f, depth - 1) for f in ours))
    )


def _answer_to_post(view):
    try:
        return view(RequestFactory().post("/")).status_code
    except Exception as error:
        return repr(error)


def test_no_rooms_for_odds_and_ends():
    names = {"utils", "helpers", "common", "misc", "signals"}
    assert [p.relative_to(ROOT) for p in PYTHON if p.stem in names or names & set(p.parts)] == []


def test_no_signals_and_no_generic_keys():
    words = ("@receiver", "GenericForeignKey", "post_save", "pre_save")
    assert [p.relative_to(ROOT) for p in PYTHON if any(word in p.read_text() for word in words)] == []
    connect = re.compile(r"(?<!psycopg)\.connect\(")
    assert [str(p.relative_to(ROOT)) for p in PYTHON if connect.search(p.read_text())] == [
        "schulerfolg/konten/apps.py"  # docs/entscheidungen/0009
    ]


def test_append_only_is_set_aside_by_the_demo_world_alone():
    assert [str(p.relative_to(ROOT)) for p in PYTHON if "pgtrigger.ignore" in p.read_text()] == ["demo/welt.py"]


def test_every_suppression_gives_its_reason():
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*PYTHON, *sorted((ROOT / "tests").rglob("*.py"))]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(r"#\s*(noqa|type: ignore|pragma)", line)
        and not re.search(r"(noqa|ignore|pragma)[^#]* -- \w", line)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("# A table.\n# fmt: off\nA = (1,  2)\n# fmt: on\n", []),
        ("A = 1\n# fmt: off\nA = (1,  2)\n# fmt: on\n", [2]),
        ("# Side by side.\nA = [\n    1, 2,\n]  # fmt: skip\n", []),
        ("A = [\n    1, 2,\n]  # fmt: skip\n", [3]),
        ("# fmt: on\nA = [\n    1, 2,\n]  # fmt: skip\n", [4]),
        ("def f():\n    # Side by side.\n    return [\n        1, 2,\n    ]  # fmt: skip\n", []),
        ("# About f.\ndef f():\n    return [\n        1, 2,\n    ]  # fmt: skip\n", [5]),
        ("# One case a line.\n@mark([\n    1, 2,\n])  # fmt: skip\ndef f(): ...\n", []),
    ],
)
def test_what_is_kept_from_the_formatter_is_recognised(source, lines):
    assert list(unformatted_without_reason(source)) == lines


def test_what_is_kept_from_the_formatter_says_why():
    """In a comment above `fmt: off`, or above the statement that ends in `fmt: skip`."""
    paths = [*PYTHON, *sorted((ROOT / "tests").rglob("*.py"))]
    silent = {str(p.relative_to(ROOT)): list(unformatted_without_reason(p.read_text())) for p in paths}
    assert {path: lines for path, lines in silent.items() if lines} == {}


def unformatted_without_reason(source):
    """The numbers of these lines."""
    lines = ["", *source.splitlines()]
    for number, line in enumerate(lines):
        if match := re.search(r"#\s*fmt:\s*(off|skip)\s*$", line):
            first = number if match[1] == "off" else _first_line_of_statement(source, number)
            if not re.match(r"\s*#\s+(?!fmt:|noqa)\S", lines[first - 1]):
                yield number


def _first_line_of_statement(source, number) -> int:
    """Of the innermost one around this line; its decorators count."""
    statements = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]
    spans = [(min(d.lineno for d in [n, *getattr(n, "decorator_list", [])]), n.end_lineno) for n in statements]
    return max(first for first, last in spans if first <= number <= last)


def test_tables_in_docs_are_fresh():
    from schulerfolg.management.commands import tabellen  # noqa: PLC0415 -- needs the apps

    for name, text in tabellen.render().items():
        assert (ROOT / "docs" / name).read_text() == text, "please run: DEBUG=1 ./portal manage tabellen"


def test_every_model_is_in_the_glossary():
    glossar = (ROOT / "docs/glossar.md").read_text()
    ours = [m for m in apps.get_models() if m.__module__.split(".")[0] in APPS]
    assert [m.__name__ for m in ours if f"**{m.__name__}**" not in glossar and not m._meta.auto_created] == []


def test_every_template_is_used():
    code = "".join(p.read_text() for p in [*PYTHON, *TEMPLATES])
    by_a_library = ("kern/", "account/", "socialaccount/", "mfa/", "allauth/", "400", "403", "429", "404", "500")
    names = [str(p.relative_to(ROOT / "templates")) for p in TEMPLATES]
    by_step = re.compile(r"^(angebote|gremien)/mail/\w+\.txt$")  # the name is that of the step; see the test below
    assert [n for n in names if n not in code and not n.startswith(by_a_library) and not by_step.match(n)] == []


def test_every_notice_has_a_mail():
    """The invitation to a meeting goes out with its PDF, by the worker, under the same name."""
    missing = []
    for machine in machines():
        names = [machine.mail.format(step.name) for step in machine.workflow if step.notifies]
        missing += [name for name in names if not (ROOT / "templates" / name).exists()]
    assert missing == []
    assert (ROOT / "templates/angebote/mail/beratung_anfragen.txt").exists()


def machines():
    """One of each kind, found where they stand."""
    for path in (p for p in PYTHON if p.name == "machine.py" and p.parent.name != "ablauf"):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        yield from (value for value in vars(module).values() if isinstance(value, Machine))


def test_templates_carry_no_script_or_style_of_their_own():
    """The content security policy refuses both; mails and PDFs are no pages of the portal."""
    own = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*(src=|application/json))")
    pages = [p for p in TEMPLATES if p.suffix == ".html" and not {"pdf", "mail"} & set(p.parts)]
    assert [str(p.relative_to(ROOT)) for p in pages if own.search(p.read_text())] == []


def test_importing_the_settings_starts_nothing():
    code = (
        "import subprocess; subprocess.run = subprocess.Popen = None\n"
        "import os; os.environ['DEBUG'] = '1'\n"
        "import schulerfolg.settings"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_says_what_is_missing(missing):
    env = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "portal.example", "DATABASE_URL": "postgres://x@localhost/x"}
    done = _settings({name: value for name, value in env.items() if name != missing})
    assert f"{missing} fehlt. Ohne diese Angabe startet das Portal nicht" in done.stderr


def test_a_switch_left_empty_is_off():
    """`DEMO=` in a file of settings is a way to write "no"."""
    assert "SECRET_KEY fehlt" in _settings({"DEMO": "", "DEBUG": ""}).stderr


def test_demo_and_database_url_together_are_refused():
    done = _settings({"DEMO": "1", "DATABASE_URL": "postgres://x@localhost/x"})
    assert "DEMO=1 und DATABASE_URL zusammen sind nicht erlaubt" in done.stderr


def _settings(env):
    # Short values, side by side.
    return subprocess.run(
        [sys.executable, "-c", "import schulerfolg.settings"],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
