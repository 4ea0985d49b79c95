"""What many tests find standing when they begin: built once for all that follow each other, and changed by none.

A fixture marked `@stehend` is built in a transaction that stays open around the tests that ask for it. Each of them
works in a savepoint, with copies of the objects; what the next one does not ask for is taken down before it begins.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from inspect import Parameter, Signature, signature

import pytest
from django.db import connection, transaction


def stehend(bauen: Callable):
    """Make a fixture of a function that writes rows, and asks for nothing but other fixtures of this kind.

    For a test with transactions of its own nothing stands: everything is built inside it.
    """

    def fixture(_stehende, **grundlage):
        return _stehende[bauen] if bauen in _stehende else bauen(**grundlage)

    namen = ["_stehende", *signature(bauen).parameters]
    fixture.__signature__ = Signature([Parameter(name, Parameter.KEYWORD_ONLY) for name in namen])
    fixture.__name__, fixture.__doc__, fixture.bauen = bauen.__name__, bauen.__doc__, bauen
    return pytest.fixture(fixture)


def gebraucht(item) -> list[Callable]:
    """What this test asks for, each after what it is built on."""
    marke = item.get_closest_marker("django_db")
    if (marke and marke.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(item.fixturenames):
        return []
    return list(dict.fromkeys(bauen for name in item.fixturenames for bauen in _von_unten(item, name)))


def _von_unten(item, name) -> Iterator[Callable]:
    """The function behind the fixture of this name, after all that it is built on."""
    fixtures = item._fixtureinfo.name2fixturedefs.get(name)
    if bauen := fixtures and getattr(fixtures[-1].func, "bauen", None):
        for darunter in signature(bauen).parameters:
            yield from _von_unten(item, darunter)
        yield bauen


class Buehne:
    def __init__(self, blocker):
        self._blocker = blocker
        self._stehen: list[tuple[Callable, transaction.Atomic, dict]] = []

    def umbauen(self, wollen: list[Callable]) -> None:
        """Let these stand, in this order, and nothing else."""
        with self._blocker.unblock():
            while [bauen for bauen, *_ in self._stehen] != wollen[: len(self._stehen)]:
                self._abbauen()
            for bauen in wollen[len(self._stehen) :]:
                self._aufbauen(bauen)

    def kopien(self) -> dict[Callable, object]:
        """All that stands, copied together: one object stays one object."""
        return deepcopy(self._stehen[-1][2]) if self._stehen else {}

    def _aufbauen(self, bauen):
        objekte = self.kopien()
        grundlage = {darunter.__name__: objekt for darunter, objekt in objekte.items()}
        rahmen = transaction.atomic()
        rahmen.__enter__()
        self._stehen.append((bauen, rahmen, objekte))
        objekte[bauen] = bauen(**{name: grundlage[name] for name in signature(bauen).parameters})
        connection.check_constraints()

    def _abbauen(self):
        _, rahmen, _ = self._stehen.pop()
        transaction.set_rollback(True)
        rahmen.__exit__(None, None, None)
