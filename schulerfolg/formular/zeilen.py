"""Rows that people add and remove without a script."""

from django import forms
from django.core.exceptions import ValidationError

from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import nie_abschneiden


class Auswahl(dict):
    """What a row may choose, by id. An id that is not offered is a wrong value, no mishap."""

    def __missing__(self, key):
        raise ValueError(key)


class Zeile(Gereinigt, forms.Form):
    """One row. Rows nobody wrote into are passed over."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        nie_abschneiden(self)

    def wert(self, name: str):
        """What stands in this field, as a value: typed just now or stored; None where it can't be read."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None


class Zeilen(forms.BaseFormSet):
    """Rows that can be added and removed without a script."""

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Diese Zeile entfernen"

    def ausgefuellt(self):
        return [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]

    def getippt(self):
        """What was typed, row by row, as it was typed; rows to be removed are gone."""
        rows = [{name: form[name].data for name in form.fields} for form in self.forms]
        return [row for row in rows if not row.pop("DELETE")]
