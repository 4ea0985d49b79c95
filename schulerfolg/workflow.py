"""Workflows as tables.

A workflow is a list of transitions. Nothing else in this house decides which status may follow which, or who may
take the step. Each subject keeps its own list in its workflow.py; this file only reads such a list. It knows no model.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied


class TransitionNotAllowed(Exception):
    """The table has no such step from the object's present status, or a condition of the step is not met."""


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
    needs_reason: bool = False
    needs: str = ""
    """What else must be true, in words for the docs; the service checks it."""
    url: bool = True
    """False: only another service takes this step (a Beschluss is carried out), never a page."""


class Workflow:
    def __init__(self, statuses, initial, transitions: Collection[Transition]):
        self.statuses = statuses
        self.initial = initial
        self.transitions = {t.name: t for t in transitions}

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    def available(self, status, roles) -> list[Transition]:
        """The steps these roles may take from this status on a page, in table order."""
        return [t for t in self if t.url and status in t.sources and not roles.isdisjoint(t.roles)]

    def require(self, name, status, roles) -> Transition:
        """Return the transition, or raise if it is not this person's (first) or not due (second)."""
        transition = self.transitions[name]
        if roles.isdisjoint(transition.roles):
            raise PermissionDenied(f"Diesen Schritt macht: {_labels(transition.roles)}.")
        if status not in transition.sources:
            raise TransitionNotAllowed(
                f"„{transition.label}“ ist im Stand „{self.statuses(status).label}“ nicht möglich."
            )
        return transition

    def next_roles(self, status) -> list:
        """Who can act from this status, in table order, each once: „wer ist jetzt dran“."""
        return list(dict.fromkeys(role for t in self if status in t.sources and t.url for role in t.roles))

    def as_markdown(self) -> str:
        """The table for people who do not read Python."""
        head = (
            "| Schritt | von | nach | wer | Nachricht an | Begründung | Voraussetzungen |\n"
            "|---|---|---|---|---|---|---|"
        )
        rows = [
            f"| `{t.name}` {t.label} | {_labels(t.sources)} | {self.statuses(t.target).label} | {_labels(t.roles)} "
            f"| {_labels(t.notifies) or '–'} | {'ja' if t.needs_reason else '–'} | {t.needs or '–'} |"
            for t in self
        ]
        return "\n".join([head, *rows]) + "\n"

    def as_mermaid(self) -> str:
        """The same table as a picture; many viewers of Markdown draw it."""
        lines = [f"[*] --> {self.statuses(self.initial).value}"]
        lines += [f"{self.statuses(s).value} --> {t.target.value}: {t.label}" for t in self for s in t.sources]
        return "stateDiagram-v2\n    " + "\n    ".join(lines) + "\n"


def _labels(members) -> str:
    return ", ".join(str(m.label) for m in members)
