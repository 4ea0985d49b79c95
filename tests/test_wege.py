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
