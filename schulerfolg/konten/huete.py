"""The rows that give a person a hat, whichever app keeps them: found through the models, not by their names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import ProtectedError, Q

from schulerfolg.konten.models import Befristet, Person


def hut_modelle() -> list[tuple[Any, str]]:
    """Every table of hats, with the name by which a person reaches it: dated rows that name a person and a role."""
    return [
        (beziehung.related_model, str(beziehung.get_accessor_name()))
        for beziehung in Person._meta.related_objects
        if issubclass(beziehung.related_model, Befristet)
        and beziehung.field.name == "person"
        and any(feld.name == "rolle" for feld in beziehung.related_model._meta.fields)
    ]


def offene_huete(person: Person, ab: date) -> Iterator[Any]:
    """What holds on this day or begins later."""
    for _, name in hut_modelle():
        yield from getattr(person, name).filter(Q(bis=None) | Q(bis__gte=ab))


def huete_beenden(person: Person, letzter_tag: date) -> None:
    """Every open hat ends with this day; one that had not begun never does."""
    for zeile in list(offene_huete(person, letzter_tag)):
        if zeile.von is not None and zeile.von > letzter_tag:
            _zuruecknehmen(zeile)
        elif zeile.bis is None or zeile.bis > letzter_tag:
            type(zeile)._default_manager.filter(pk=zeile.pk).update(bis=letzter_tag)


def _zuruecknehmen(zeile):
    """Nothing was done in a hat that never began; only where another row counts on it, it stays for its first day."""
    try:
        zeile.delete()
    except ProtectedError:
        type(zeile)._default_manager.filter(pk=zeile.pk).update(bis=zeile.von)
