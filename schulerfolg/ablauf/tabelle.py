"""Workflows as tables.

A workflow is a list of transitions. Nothing else in this house decides which status may follow which, who may take
the step, and what must be true before. Each subject keeps its own list in its workflow.py; this file only reads such a
list. It knows no model.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from schulerfolg.formular.konflikt import fingerprint

Condition = Callable[[Any, Any], None]
"""`(object, person)`: raises ValidationError with the sentence a person reads where the step can't be taken."""
Shown = Callable[[Any], Any]
"""`object` → what the page of a step shows of it, as JSON can hold it."""


class TransitionNotAllowed(Exception):
    """It is too late: what somebody wants is not possible any more, or not yet, in the object's present status."""


@dataclass(frozen=True, slots=True)
class Transition:
    name: str
    """Python name, URL word and event name at once, e.g. `einreichen`."""
    label: str
    """The words on the button: the verb of what happens."""
    past: str
    """The same in the history, e.g. „hat den Antrag eingereicht“."""
    sources: Collection
    target: Any
    roles: Collection
    notifies: Collection = ()
    asks: str = ""
    """Name of the step that is due then: whoever may take it hears of this one too, by the rule of its button."""
    needs_reason: bool = False
    needs: str = ""
    """What else must be true, in words for the docs; `excludes` and `requires` of the Workflow name it in code."""
    url: bool = True
    """False: only another service takes this step (a Beschluss is carried out), never a page."""

    @property
    def statuses(self) -> Collection:
        """While it can be taken, as a right says it (`schulerfolg.rechte`)."""
        return self.sources


class Workflow:
    """The steps of one kind of object, and the conditions that button, page and service read alike."""

    def __init__(
        self,
        statuses,
        initial,
        transitions: Collection[Transition],
        *,
        excludes: Mapping[str, Collection[str]] = {},
        requires: Mapping[str, Collection[str]] = {},
        shows: Mapping[str, str] = {},
        tells: Mapping[str, tuple[str, str]] = {},
    ):
        """`excludes` and `requires`: name of a step → conditions, as full names, for they stand in higher subjects.

        What a rule of the office excludes has no button at all. What a step requires passes: until then its button is
        named with the reason why it has to wait. `shows`: name of a step → what its page shows (`Shown`): whoever
        takes it takes it on that and on nothing that came later. `tells`: name of a step → who hears of it beside the
        hats of its row, in words and as the full name of a function of the object.
        """
        self.statuses = statuses
        self.initial = initial
        self.transitions = {t.name: t for t in transitions}
        self.excludes, self.requires, self.shows, self.tells = excludes, requires, shows, tells

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    def check(self, name: str, obj, by) -> None:
        """All conditions of this step on this object, for this person: raises ValidationError."""
        _ask((*self.requires.get(name, ()), *self.excludes.get(name, ())), obj, by)

    def hindrance(self, name: str, obj, by) -> str:
        """The same as a sentence; empty where nothing stands in the way."""
        try:
            self.check(name, obj, by)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def version(self, name: str, obj) -> str:
        """The version of what the page of this step shows now; empty where it may change unseen."""
        if name not in self.shows:
            return ""
        shown: Shown = import_string(self.shows[name])
        return fingerprint(shown(obj))

    def told(self, name: str, obj) -> Collection:
        """Who hears of this step beside the hats of its row."""
        return import_string(self.tells[name][1])(obj) if name in self.tells else ()

    def available(self, status, roles) -> list[Transition]:
        """The steps these roles may take from this status on a page, in table order."""
        return [t for t in self if t.url and status in t.sources and not roles.isdisjoint(t.roles)]

    def offered(self, obj, by, roles) -> list[Transition]:
        """The same without those that a rule of the office excludes: the buttons of a page."""
        return [t for t in self.available(obj.status, roles) if not self.is_excluded(t.name, obj, by)]

    def is_excluded(self, name: str, obj, by) -> bool:
        """Whether a rule of the office keeps this step from this person: there is no button."""
        try:
            _ask(self.excludes.get(name, ()), obj, by)
        except ValidationError:
            return True
        return False

    def as_markdown(self) -> str:
        """The table for people who do not read Python."""
        head = (
            "| Schritt | von | nach | wer | Nachricht an | Begründung | Voraussetzungen |\n"
            "|---|---|---|---|---|---|---|"
        )
        rows = [
            f"| `{t.name}` {t.label} | {_labels(t.sources)} | {self.statuses(t.target).label} | {_labels(t.roles)} "
            f"| {self._told(t) or '–'} | {'ja' if t.needs_reason else '–'} | {t.needs or '–'} |"
            for t in self
        ]
        return "\n".join([head, *rows]) + "\n"

    def _told(self, step) -> str:
        asked = f"wer dann „{self.transitions[step.asks].label}“ darf" if step.asks else ""
        words, _ = self.tells.get(step.name, ("", ""))
        return ", ".join(filter(None, [_labels(step.notifies), words, asked]))

    def as_mermaid(self) -> str:
        """The same table as a picture; many viewers of Markdown draw it."""
        lines = [f"[*] --> {self.statuses(self.initial).value}"]
        lines += [f"{self.statuses(s).value} --> {t.target.value}: {t.label}" for t in self for s in t.sources]
        return "stateDiagram-v2\n    " + "\n    ".join(lines) + "\n"


def _labels(members) -> str:
    return ", ".join(str(m.label) for m in members)


def _ask(conditions: Collection[str], obj, by) -> None:
    for name in conditions:
        condition: Condition = import_string(name)
        condition(obj, by)
