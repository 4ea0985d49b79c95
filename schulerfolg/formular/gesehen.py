"""Which values a form showed: after a conflict, a field that nobody touched shows what is stored now.

Without this, an old tab in which one figure was changed writes all its other old figures over the newer ones, as soon
as it is saved once more.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models

from schulerfolg.formular.konflikt import fingerprint

FELD = "gesehen"


def gesehen(form: forms.BaseForm) -> forms.CharField:
    """The hidden field in which `form` carries a fingerprint of each value that its page shows."""

    def shown() -> str:
        return json.dumps({name: _mark(form[name].initial) for name in form.fields if name not in _own(form)})

    return forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput, initial=shown)


def take_over(form: forms.BaseForm, stored: models.Model | dict[str, Any]) -> None:
    """Let every field of this bound, valid form that still says what its page showed say what is `stored` now.

    `stored` is the row as it is, or values by the names of the fields.
    """
    shown, now = _shown(form), stored if isinstance(stored, dict) else columns(stored)
    form.data = form.data.copy()
    for name in shown.keys() & now.keys() & form.fields.keys():
        if shown[name] == _mark(form.cleaned_data.get(name)):
            _enter(form, name, now[name])
    marks = {name: _mark(now[name]) if name in now else mark for name, mark in shown.items()}
    form.data[form.add_prefix(FELD)] = json.dumps(marks)


def unchanged(form: forms.BaseForm, stored: models.Model | dict[str, Any]) -> bool:
    """Whether everything that the page of this bound, valid form showed is still stored so."""
    shown, now = _shown(form), stored if isinstance(stored, dict) else columns(stored)
    return bool(shown) and all(name in now and _mark(now[name]) == mark for name, mark in shown.items())


def _shown(form) -> dict[str, str]:
    """The marks that came back with the form; none where they can't be read."""
    with suppress(ValueError):
        return dict(json.loads(form.cleaned_data.get(FELD) or "{}"))
    return {}


def _own(form) -> set[str]:
    """Fields that carry what the form itself needs."""
    return {name for name, field in form.fields.items() if field.widget.is_hidden or isinstance(field, forms.FileField)}


def columns(row: models.Model) -> dict[str, Any]:
    """What this row holds, by column."""
    return {field.name: field.value_from_object(row) for field in (*row._meta.concrete_fields, *row._meta.many_to_many)}


def _mark(value) -> str:
    return fingerprint(_plain(value))


def _plain(value):
    """The same for what a row holds and for what its form makes of the same words."""
    if value is None or isinstance(value, bool):
        return value or ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return sorted(_plain(part) for part in value)
    return str(value).strip()


def _enter(form, name, value) -> None:
    """Put a value into the data as the browser would send it."""
    field, key = form.fields[name], form.add_prefix(name)
    value = field.prepare_value(value)
    if isinstance(field.widget, forms.CheckboxInput):
        sent = ["on"] if value else []
    else:
        sent = field.widget.format_value(value)
    sent = sent if isinstance(sent, list | tuple) else ["" if sent is None else str(sent)]
    if hasattr(form.data, "setlist"):
        form.data.setlist(key, sent)
    else:
        form.data[key] = sent[0] if len(sent) == 1 else sent
