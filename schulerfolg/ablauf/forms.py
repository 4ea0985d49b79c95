"""Forms that are answered once, however often they are sent, and the form of a step."""

from collections.abc import Callable
from uuid import uuid4

from django import forms

from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.akte.services import once
from schulerfolg.formular.basis import Formular
from schulerfolg.formular.felder import Langtext

ERNEUT = "Bitte schicken Sie das Formular noch einmal ab."


class OnceForm(Formular, forms.Form):
    """A form with a hidden key: its step is taken once, and each further click gets the first answer."""

    schluessel = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": ERNEUT, "invalid": ERNEUT})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schluessel"].initial = uuid4

    def clean(self):
        """A key that came broken is replaced: sent once more, the form is answered."""
        super().clean()
        if "schluessel" in self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("schluessel")] = str(uuid4())
        return self.cleaned_data

    def arguments(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "schluessel"}

    def carry_out(self, schritt, *, then: Callable[..., str] = lambda done: done.get_absolute_url(), **wer):
        """Take the step once; `result` is the address to go on to, the first time and every time after.

        `then` makes it of what the step returned: the page of the object, where nothing else is said.
        """

        def only_once(row, *, by, **arguments):
            def take():
                return then(schritt(row, by=by, **arguments))

            return once(take, person_id=by.pk, schluessel=self.cleaned_data["schluessel"])

        return super().carry_out(only_once, **wer)


class StepForm(OnceForm):
    """One step of an object, with a reason where the table asks for one. A form that tells its step more says so."""

    grund = "Begründung"

    def __init__(self, *args, step: Transition, help_text="", zu_gross=frozenset(), **kwargs):
        """`zu_gross`: fields whose file was too large and dropped on its way in."""
        self.button, self.zu_gross = step.label, zu_gross
        super().__init__(*args, **kwargs)
        if step.needs_reason:
            self.ask_for_reason(self.grund, help_text)

    def arguments(self):
        return {"begruendung": self.cleaned_data["begruendung"]} if "begruendung" in self.fields else {}

    def ask_for_reason(self, label: str, help_text: str):
        self.fields["begruendung"] = Langtext(
            label=label,
            max_length=4000,
            rows=6,
            help_text=help_text,
            error_messages={"required": "Bitte begründen Sie diesen Schritt."},
        )
