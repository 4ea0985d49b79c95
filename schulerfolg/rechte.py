"""Rights as tables.

Each subject keeps one table in its permissions.py, as `RECHTE`: which hats may do what, while it stands where, in
words. Which hats somebody wears towards an object is the subject's own question (`rollen`, beside the table); what
follows from them is read here and nowhere else. docs/rechte.md is printed from the same rows. This file knows no model.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Recht:
    name: str
    """What the code asks for, e.g. `bearbeiten`."""
    roles: tuple
    """The hats that have it, the one closest to the work first."""
    label: str
    """What it allows, in the words of an office."""
    statuses: Collection | None = None
    """Only while the object stands in one of these; None: in every status, or there is none."""
    when: Callable[[Set, Any], bool] | None = None
    """What else must be true of these hats and this object."""
    needs: str = ""
    """The same in words, for the docs."""
    denial: str = ""
    """What somebody without it reads, where „whose step is it“ is not the whole answer."""

    @property
    def refusal(self) -> str:
        return self.denial or f"Diesen Schritt macht: {_oder(self.roles)}."


class Rechte:
    """The rights of one subject, with the words that stand above them in the docs.

    An action that is in no row is a KeyError. `obj` is the row it is about; left out, the question is about the hats
    alone: whether a page or a button is theirs at all.
    """

    def __init__(self, title: str, introduction: str, rows: Iterable[Recht], *, steps: Iterable = ()):
        self.title = title
        self.introduction = introduction
        self.rows = {row.name: row for row in rows}
        self.steps = steps
        """The rows of the subject's workflow: who takes them is printed beside the rights."""

    def __iter__(self) -> Iterator[Recht]:
        return iter(self.rows.values())

    def __getitem__(self, action: str) -> Recht:
        return self.rows[action]

    def hat(self, hats: Set, action: str, obj=None) -> Any:
        """The hat in which this is done, or None. Whether it is the moment, `due` says."""
        row = self[action]
        worn = next((role for role in row.roles if role in hats), None)
        if worn is None or obj is None or row.when is None:
            return worn
        return worn if row.when(hats, obj) else None

    def due(self, action: str, obj) -> bool:
        """Whether the object stands where this is done, whoever does it."""
        statuses = self[action].statuses
        return statuses is None or obj.status in statuses

    def may(self, hats: Set, action: str, obj=None) -> bool:
        """Whether somebody with these hats may do this, and now."""
        return (obj is None or self.due(action, obj)) and self.hat(hats, action, obj) is not None

    def actions(self, hats: Set, obj=None) -> set[str]:
        """Everything they may do: what a page offers."""
        return {row.name for row in self if self.may(hats, row.name, obj)}

    def require(self, hats: Set, action: str, obj=None) -> Any:
        """The hat in which this is done; without one, PermissionDenied says whose it is. A moment that has passed is
        told by the subject, which knows what happened meanwhile: see `due`.
        """
        worn = self.hat(hats, action, obj)
        if worn is None:
            raise PermissionDenied(self[action].refusal)
        return worn

    def as_markdown(self) -> str:
        """The tables for people who do not read Python."""
        parts = [f"## {self.title}", self.introduction, _table("Recht", list(self))] if self.rows else []
        if steps := [Recht(t.name, tuple(t.roles), f"{t.label} (`{t.name}`)") for t in self.steps if t.url]:
            parts += [f"### Schritte: {self.title}", _table("Schritt", steps)]
        return "\n\n".join(parts) + "\n"


def _table(head: str, rows: list[Recht]) -> str:
    """One column for each hat, in the order in which the rows name them; further ones where a row has something."""
    roles = list(dict.fromkeys(role for row in rows for role in row.roles))
    more = {"solange der Stand ist": [_while(row.statuses) for row in rows], "nur": [row.needs for row in rows]}
    more = {title: cells for title, cells in more.items() if any(cells)}
    lines = [[head, *(str(role.label) for role in roles), *more]]
    lines.append(["---"] * len(lines[0]))
    for number, row in enumerate(rows):
        hats = ["ja" if role in row.roles else "–" for role in roles]
        lines.append([row.label, *hats, *(cells[number] or "–" for cells in more.values())])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _while(statuses) -> str:
    """In words; of many, those that are missing."""
    if statuses is None:
        return ""
    missing = [status for status in type(next(iter(statuses))) if status not in statuses]
    few = missing if 2 * len(missing) < len(missing) + len(statuses) else statuses
    return ("nicht: " if few is missing else "") + ", ".join(str(status.label) for status in few)


def _oder(roles) -> str:
    *others, last = [str(role.label) for role in roles]
    return f"{', '.join(others)} oder {last}" if others else last
