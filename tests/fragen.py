"""What the code asks of the tables of rights, found in its source: of which table, by which name.

A right is asked by a call of a method of a table (`RECHTE.may(hats, "planen")`), of a function that hands it on as
`action` (`office_for(request, slug, "team_pflegen")`), by `RECHTE["planen"].roles`, or by `"planen" in rechte`.
"""

import ast
import inspect
import re
from collections import defaultdict
from functools import cache
from importlib import import_module
from textwrap import dedent
from types import FunctionType

from django.conf import settings

from schulerfolg.management.commands.tabellen import APPS
from schulerfolg.rechte import Rechte

ROOT = settings.BASE_DIR
PARAMETER = {"action", "recht"}
"""What a function calls the right that it hands on."""
OFFERED = re.compile(r'"(\w+)"(?: not)? in (?:\w+\.)?rechte\b')
"""What a page offers somebody, out of all their rights: `RECHTE.actions(…)` of the one table of its app."""


def python():
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


@cache
def gefragt() -> dict[int, set[str]]:
    """What the code asks of each table (its id), by name."""
    fragen, angeboten, auf_seiten = defaultdict(set), defaultdict(set), defaultdict(set)
    for path in python():
        source = path.read_text()
        if not re.search(r"RECHTE|permissions|action|recht", source):
            continue
        app, *_ = teile = path.relative_to(ROOT).with_suffix("").parts
        module = import_module(".".join(teile))
        for node in ast.walk(ast.parse(source)):
            for tabelle, name in _gefragt(node, vars(module)):
                fragen[id(tabelle)].add(name)
            if isinstance(node, ast.Attribute) and node.attr == "actions":
                angeboten[app].add(_wert(node.value, vars(module)))
        auf_seiten[app].update(re.findall(OFFERED, source))
    for app, tabellen in angeboten.items():
        assert len(tabellen) == 1, f"{app}: of which table are the `rechte` of its pages?"
        for path in (ROOT / "templates" / app).rglob("*.html"):
            auf_seiten[app].update(re.findall(OFFERED, path.read_text()))
        fragen[id(*tabellen)] |= auf_seiten[app]
    return fragen


def _gefragt(node, namen):
    """The pairs of a table and a name that are asked here."""
    if isinstance(node, ast.Call) and (tabelle := _tabelle(funktion := _wert(node.func, namen))):
        for name in _worte(_argument(node, funktion), namen):
            yield tabelle, name
    elif isinstance(node, ast.Subscript) and isinstance(tabelle := _wert(node.value, namen), Rechte):
        yield from ((tabelle, name) for name in _worte(node.slice, namen))
    elif isinstance(node, ast.FunctionDef) and (tabelle := _tabelle(funktion := namen.get(node.name))):
        vorgabe = _parameter(funktion).default
        yield from [(tabelle, vorgabe)] if isinstance(vorgabe, str) else []


def _wert(node, namen):
    """The object that a name, or a name with dots, stands for in its module; None for anything else."""
    if isinstance(node, ast.Name):
        return namen.get(node.id)
    return getattr(_wert(node.value, namen), node.attr, None) if isinstance(node, ast.Attribute) else None


@cache
def _tabelle(funktion) -> Rechte | None:
    """The table this function or method asks with what it is handed as `action`."""
    if isinstance(tabelle := getattr(funktion, "__self__", None), Rechte):
        return tabelle if _parameter(funktion) else None
    funktion = inspect.unwrap(funktion) if callable(funktion) else None
    unsere = isinstance(funktion, FunctionType) and funktion.__module__.split(".")[0] in APPS
    if not unsere or not _parameter(funktion):
        return None
    namen = funktion.__globals__
    for node in ast.walk(ast.parse(dedent(inspect.getsource(funktion)))):
        if isinstance(node, ast.Subscript) and isinstance(tabelle := _wert(node.value, namen), Rechte):
            return tabelle
        if isinstance(node, ast.Call) and (wer := _wert(node.func, namen)) is not funktion and (t := _tabelle(wer)):
            return t
    return None


def _parameter(funktion):
    try:
        parameter = inspect.signature(funktion).parameters
    except (TypeError, ValueError):
        return None
    return next((parameter[name] for name in PARAMETER if name in parameter), None)


def _argument(node, funktion):
    """What this call hands over as `action`; None where it is left out or comes out of a dict."""
    parameter = _parameter(funktion)
    position = list(inspect.signature(funktion).parameters).index(parameter.name)
    if position < len(node.args):
        return node.args[position]
    return next((keyword.value for keyword in node.keywords if keyword.arg == parameter.name), None)


def _worte(node, namen):
    """The names in this expression, one or the other; of a function that chooses one: all it returns."""
    for teil in ast.walk(node) if node else ():
        if isinstance(teil, ast.Constant) and isinstance(teil.value, str):
            yield teil.value
        elif isinstance(teil, ast.Call) and isinstance(funktion := _wert(teil.func, namen), FunctionType):
            baum = ast.parse(dedent(inspect.getsource(funktion)))
            for antwort in (n.value for n in ast.walk(baum) if isinstance(n, ast.Return)):
                zweige = [antwort.body, antwort.orelse] if isinstance(antwort, ast.IfExp) else [antwort]
                yield from (z.value for z in zweige if isinstance(z, ast.Constant))
