"""Conditions of steps: named in the tables, and found behind their names."""

import inspect
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from schulerfolg.ablauf.tabelle import Transition, Workflow
from schulerfolg.management.commands.tabellen import workflows
from tests.test_architecture import PYTHON, ROOT

NAMES = {
    (step, condition)
    for workflow in workflows()
    for table in (workflow.ABLAUF.excludes, workflow.ABLAUF.requires)
    for step, conditions in table.items()
    for condition in conditions
}


def test_every_condition_is_a_function_of_the_object_and_the_person():
    assert len(NAMES) > 10
    for _, name in NAMES:
        assert len(inspect.signature(import_string(name)).parameters) == 2, name


def test_every_condition_belongs_to_a_step_of_its_table():
    for workflow in workflows():
        ablauf = workflow.ABLAUF
        assert {*ablauf.excludes, *ablauf.requires} <= ablauf.transitions.keys()


def test_no_condition_is_written_and_never_asked():
    written = set()
    for path in (p for p in PYTHON if p.stem == "bedingungen"):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and list(inspect.signature(function).parameters)[1:] == ["by"]:
                written.add(f"{module.__name__}.{name}")
    assert written == {name for _, name in NAMES}


class Heute:
    """An object with a status, for a table of its own."""

    status = "offen"


def niemals(obj, by):
    raise ValidationError("Das geht heute nicht.")


def immer(obj, by):
    pass


STEP = Transition("schliessen", "Schließen", "hat geschlossen", ["offen"], "zu", {"wer"})


@pytest.mark.parametrize(
    ("excludes", "requires", "offered", "hindrance"),
    [
        ([], [], ["schliessen"], ""),
        (["immer"], ["immer"], ["schliessen"], ""),
        (["niemals"], [], [], "Das geht heute nicht."),
        ([], ["immer", "niemals"], ["schliessen"], "Das geht heute nicht."),
    ],
)
def test_what_a_rule_excludes_has_no_button_and_what_a_step_requires_names_its_reason(
    excludes, requires, offered, hindrance
):
    def named(words):
        return {"schliessen": [f"{__name__}.{word}" for word in words]}

    table = Workflow(None, "offen", [STEP], excludes=named(excludes), requires=named(requires))
    assert [step.name for step in table.offered(Heute(), "jemand", {"wer"})] == offered
    assert table.hindrance("schliessen", Heute(), "jemand") == hindrance
    if hindrance:
        with pytest.raises(ValidationError, match=hindrance):
            table.check("schliessen", Heute(), "jemand")
