"""How tests get somewhere: a journey goes where a person is led, and a factory calls what a page calls."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
JOURNEYS = [
    path
    for path in sorted((ROOT / "tests/browser").glob("test_*.py"))
    if path.name != "test_barrierefrei.py"  # opens what `walk` found behind links
]
# What people have as a bookmark. Everything else they reach through links and buttons, or from a mail.
BEGINNINGS = {"/", "/uebersicht/", "/konto/anmelden/"}
BY_ADDRESS = {"goto", "beginn"}
# Words with which an address could be put together, or a page be asked for past the hands of a person.
PAST_THE_HANDS = re.compile(r"\breverse\(|get_absolute_url|\blocation\b|\bClient\(|\.request\b|\.geh\(")


def addresses(source):
    """What a journey opens by its address: the line, and the address, or None where it is put together."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BY_ADDRESS:
            given = node.args + [keyword.value for keyword in node.keywords]
            yield from ((node.lineno, arg.value if isinstance(arg, ast.Constant) else None) for arg in given)


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.name)
def test_a_journey_reaches_each_page_through_links_and_buttons(path):
    source = path.read_text()
    assert [(line, address) for line, address in addresses(source) if address not in BEGINNINGS] == []
    assert PAST_THE_HANDS.findall(source) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('page.goto("/uebersicht/")\nhand.beginn()', [(1, "/uebersicht/")]),
        ('hand.beginn("/antraege/12/")', [(1, "/antraege/12/")]),
        ('page.goto(f"/antraege/{antrag.pk}/")', [(1, None)]),
        ("page.goto(url=adresse)", [(1, None)]),
    ],
)
def test_an_address_is_found_wherever_it_comes_from(source, found):
    assert list(addresses(source)) == found


# --- factories

CODE = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in ("tests", "demo")]
# What is there before a case takes its way: master data, people with their hats and sessions, a talk that was, a draft.
STARTING_POINTS = {
    "Organisation", "Netzwerkstelle", "Schulform", "Schule", "Person", "EmailAddress", "session", "Mitarbeit",
    "Schulzugehoerigkeit", "Landesrolle", "Einladung", "Registrierung", "Foerderregel", "Betragsband", "Beratung",
    "Antrag", "Antragspartner", "Kostenposten", "Projektziel", "Zielgruppenzahl", "Gremium", "Mitgliedschaft",
    "Standort", "model",
}  # fmt: skip
CHANGES_ROWS = {"services", "machine"}
BUILDS = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "create_user"}


def written(source):
    """Rows that are written without a service: the line and what is written. Drafts are created, never in one go."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BUILDS:
            owner = ast.unparse(node.func.value).removesuffix(".objects")
            if owner not in STARTING_POINTS or (owner == "Antrag" and node.func.attr != "create"):
                yield node.lineno, f"{owner}.{node.func.attr}"


def services(source):
    """Every function of a module that changes rows that this source speaks of, by its full name."""
    tree = ast.parse(source)
    modules, found = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in CHANGES_ROWS:
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                elif node.module.rpartition(".")[2] in CHANGES_ROWS:
                    found.add(f"{node.module}.{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add(f"{modules[node.value.id]}.{node.attr}")
    return found


def called_by_pages():
    """What views, forms and pages of steps speak of, and what the services of a higher app call in a lower one."""
    for path in (path for folder in CODE for path in folder.rglob("*.py")):
        app = path.relative_to(ROOT).parts[0]
        if path.stem.startswith(("views", "forms", "schritte", "entwurf")):
            yield from services(path.read_text())
        elif path.stem in ("services", "zum_antrag"):  # what a kind of agenda item carries out
            yield from (name for name in services(path.read_text()) if not name.startswith(f"{app}."))


FACTORIES = sorted((ROOT / "tests").glob("factories*.py"))


@pytest.mark.parametrize("path", FACTORIES, ids=lambda path: path.name)
def test_a_factory_writes_only_what_is_there_before_a_case_takes_its_way(path):
    """No page turns the clock: the day of a meeting that was planned ahead comes by itself."""
    assert [was for _, was in written(path.read_text()) if was != "Sitzung.objects.filter(pk=sitzung.pk).update"] == []


@pytest.mark.parametrize("path", FACTORIES, ids=lambda path: path.name)
def test_a_factory_calls_the_services_that_pages_call(path):
    assert services(path.read_text()) - set(called_by_pages()) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Antrag.objects.create(titel='x')", []),
        ("Antrag.objects.bulk_create([])", [(1, "Antrag.bulk_create")]),
        ("Antrag.objects.filter(pk=1).update(status='x')", [(1, "Antrag.objects.filter(pk=1).update")]),
        ("Stellungnahme.objects.create()", [(1, "Stellungnahme.create")]),
        ("punkt.beschluesse.create()", [(1, "punkt.beschluesse.create")]),
    ],
)
def test_a_row_past_its_service_is_found(source, found):
    assert list(written(source)) == found
