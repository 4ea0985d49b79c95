"""Forms that stand for one step, and how they tell what hinders it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from schulerfolg.akte.services import once
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum
from schulerfolg.formular.gesehen import FELD, gesehen, take_over
from schulerfolg.formular.konflikt import Konflikt, Veraltet, version_of
from schulerfolg.telefon import ist_nummer
from schulerfolg.zeit import datum

ERNEUT = "Bitte schicken Sie das Formular noch einmal ab."


VISITOR = 0
"""Stands for whoever is not signed in where a form was answered; its key alone tells them apart."""


class Answered(Exception):
    """This form was carried out before, by another click; `address` is where that one went on."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


def _its_page(done) -> str:
    return done.get_absolute_url() if hasattr(done, "get_absolute_url") else ""


class Formular(Gereinigt):
    """A form that stands for one step: it takes the step, or shows what hinders it and keeps the inputs.

    A ModelForm changes its `instance`; any other form is given the row it is about as `row`. A hidden key makes that
    the step is taken once, however often the form is sent: `ablauf.middleware` gives every further click the first
    answer.
    """

    button = "Speichern"
    zeile: tuple[str, ...] = ()
    needs_key = False
    """Whether a form without its key is refused, since what it does must never happen twice."""
    of_visitors = False
    """Whether the key counts for somebody who is not signed in, too."""

    def __init__(self, *args, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row if row is not None else getattr(self, "instance", None)
        self.fields["schluessel"] = forms.UUIDField(
            widget=forms.HiddenInput,
            initial=uuid4,
            required=self.needs_key,
            error_messages={"required": ERNEUT, "invalid": ERNEUT},
        )

    def carries(self, version: str, **field) -> None:
        """This form changes a row that several people may have open: it brings back what its page showed of it."""
        self.fields["version"] = forms.CharField(
            **{"required": False, "max_length": 80, "widget": forms.HiddenInput, "initial": version} | field
        )
        self.fields[FELD] = gesehen(self)

    def clean(self):
        """A key that came broken is replaced: sent once more, the form is answered."""
        super().clean()
        if "schluessel" in self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("schluessel")] = str(uuid4())
        return self.cleaned_data

    @cached_property
    def helper(self) -> FormHelper:
        """All fields in their order, those of `zeile` beside each other, then the button; what is hidden comes last."""
        sichtbar = [field.name for field in self.visible_fields()]
        felder = [name for name in sichtbar if name not in self.zeile[1:]]
        helper = FormHelper()
        helper.render_hidden_fields = True
        helper.layout = Layout(*(Row(*self.zeile) if name in self.zeile else name for name in felder))
        helper.add_input(Submit("senden", self.button))
        return helper

    def offers_rows_of(self, model: type[models.Model]) -> bool:
        """Whether one of the choices offers rows of this model, so somebody may miss one there."""
        auswahlen = (feld for feld in self.fields.values() if isinstance(feld, forms.ModelChoiceField))
        return any(feld.queryset.model is model for feld in auswahlen)

    def arguments(self) -> dict:
        """What the step is told beside the row itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("schluessel", FELD)}

    def carry_out(self, schritt: Callable, *, then: Callable[[Any], str] = _its_page, **wer) -> bool:
        """Take the step (`by=`: who takes it); a refusal becomes an error of this form.

        `result` is what the step returned, `address` what `then` makes of it: where it goes on, also for every further
        click (raises Answered).
        """

        def take() -> str:
            self.result = schritt(self.row, **self.arguments(), **wer)
            return then(self.result)

        key, by = self.cleaned_data.get("schluessel"), wer.get("by")
        person_id = by.pk if by else VISITOR
        try:
            counts = key and (by or self.of_visitors)
            self.address = once(take, person_id=person_id, schluessel=key) if counts else take()
        except ValidationError as error:
            self._zeigen(error)
            return False
        if not hasattr(self, "result"):
            raise Answered(self.address)
        return not self.errors

    def _zeigen(self, error):
        if isinstance(error, Konflikt) and FELD in self.fields and error.stored is not None:
            take_over(self, error.stored)
        for name, fehler in error.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, fehler)
        if isinstance(error, Konflikt):
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = error.version
        if isinstance(error, Veraltet):
            self._confirm_anew()

    def _confirm_anew(self):
        """Whoever ticked „gelesen“ ticked what was shown before."""
        for name, field in self.fields.items():
            if isinstance(field, forms.BooleanField) and field.required:
                self.data.pop(self.add_prefix(name), None)


class ModellFormular(Formular, forms.ModelForm):
    """A form that fills a row. What the address decides, such as the office, is set on `instance` before."""

    def arguments(self):
        return {}


class StammdatenFormular(ModellFormular):
    """Edits a row that several people may have open: it carries the version they saw."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "telefon" in self.fields:
            self.fields["telefon"].validators.append(ist_nummer)
        if self.instance.pk:
            self.carries(version_of(self.instance))

    def arguments(self):
        return {"version": self.cleaned_data["version"]} if "version" in self.fields else {}


def sofort_ab(row) -> str:
    """How to end at once what holds until the end of its last day; what began today lasts today."""
    heute = timezone.localdate()
    if row.von and row.von >= heute:
        return " Was heute beginnt, gilt mindestens bis heute Abend."
    return f" Soll es sofort enden, wählen Sie den {datum(heute - timedelta(days=1))}."


class BeendenForm(Formular, forms.Form):
    """Ends anything that holds from one day to another."""

    button = "Zum gewählten Tag beenden"
    letzter_tag = Datum(label="Letzter Tag")

    def __init__(self, *args, row, eigene=False, **kwargs):
        heute = timezone.localdate()
        super().__init__(*args, row=row, initial={"letzter_tag": heute}, **kwargs)
        self.fields["letzter_tag"].help_text = "Bis zum Ende dieses Tages gilt alles wie bisher."
        if not eigene:
            self.fields["letzter_tag"].help_text += sofort_ab(row)
