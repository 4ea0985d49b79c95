"""The form of a step, and of what must never happen twice."""

from django import forms

from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.formular.basis import ERNEUT, Formular
from schulerfolg.formular.felder import Langtext


class OnceForm(Formular, forms.Form):
    """A form whose step must never be taken twice: without its key it is not carried out."""

    needs_key = True


class StepForm(OnceForm):
    """One step of an object, with a reason where the table asks for one. A form that tells its step more says so.

    Where the table names what the page shows, the form carries its `version`, and the step is told.
    """

    grund = "Begründung"

    def __init__(self, *args, step: Transition, version="", help_text="", zu_gross=frozenset(), person=None, **kwargs):
        """`zu_gross`: fields whose file was too large and dropped on its way in. `person`: who takes the step."""
        self.button, self.zu_gross = step.label, zu_gross
        super().__init__(*args, **kwargs)
        if step.needs_reason:
            self.ask_for_reason(self.grund, help_text)
        if version:
            self.fields["version"] = forms.CharField(
                widget=forms.HiddenInput, initial=version, error_messages={"required": ERNEUT}
            )

    def carry_out(self, schritt, **wer) -> bool:
        seen = {"version": self.cleaned_data["version"]} if "version" in self.fields else {}
        return super().carry_out(schritt, **seen, **wer)

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
