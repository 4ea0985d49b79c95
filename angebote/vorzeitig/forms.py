from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.felder import Datum, Langtext, noetig

JA_NEIN = [("ja", "Ja, ab einem Tag"), ("nein", "Nein")]
AB_HEUTE = "Bitte wählen Sie einen Tag ab heute."


class BeantragenForm(OnceForm):
    """The day and the reason."""

    button = "Vorzeitigen Beginn beantragen"
    ab = Datum(label="Ab wann möchten Sie bestellen oder buchen?")
    grund = Langtext(
        label="Warum können Sie die Entscheidung nicht abwarten?",
        max_length=2000,
        help_text="Was Sie bestellen oder buchen müssen, und was sonst geschieht. Bitte ohne Namen von Schülerinnen "
        "und Schülern.",
        error_messages={"required": "Bitte schreiben Sie, warum es nicht warten kann."},
    )

    def clean_ab(self):
        return _ab_heute(self.cleaned_data["ab"])


class AntwortForm(OnceForm):
    """Whether, from which day, and why; of the request as the page showed it."""

    button = "Antwort zur Unterschrift geben"
    zugelassen = forms.ChoiceField(label="Darf die Schule vorher beginnen?", choices=JA_NEIN, widget=forms.RadioSelect)
    zugelassen_ab = Datum(label="Ab welchem Tag", required=False, help_text="Nur bei Ja; frühestens heute.")
    antwort = Langtext(
        label="Gründe",
        max_length=2000,
        required=False,
        help_text="Stehen im Schreiben an die Schule. Bei Nein sind sie nötig.",
    )

    def __init__(self, *args, row, **kwargs):
        initial = {"zugelassen_ab": row.zugelassen_ab or row.ab, "antwort": row.antwort}
        if row.zugelassen is not None:
            initial["zugelassen"] = "ja" if row.zugelassen else "nein"
        super().__init__(*args, row=row, initial=initial, **kwargs)
        noetig(self, "zugelassen_ab", "antwort")
        self.helper.form_action = reverse("antraege:vorzeitig_antwort", args=[row.antrag_id])
        self.carries(str(row.fassung))

    def clean(self):
        angaben = super().clean()
        zugelassen, ab = angaben.get("zugelassen"), angaben.get("zugelassen_ab")
        if zugelassen == "ja" and "zugelassen_ab" not in self.errors:
            if ab is None:
                self.add_error("zugelassen_ab", "Bitte wählen Sie den Tag, ab dem die Schule beginnen darf.")
            elif ab < timezone.localdate():
                self.add_error("zugelassen_ab", AB_HEUTE)
        if zugelassen == "nein" and not angaben.get("antwort") and "antwort" not in self.errors:
            self.add_error("antwort", "Bitte schreiben Sie, warum die Schule die Entscheidung abwarten soll.")
        return angaben

    def arguments(self):
        return super().arguments() | {"zugelassen": self.cleaned_data["zugelassen"] == "ja"}


class BestaetigenForm(OnceForm):
    """The signature under the answer that the page showed."""

    button = "Unterschreiben und verschicken"

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.helper.form_action = reverse("antraege:vorzeitig_unterschrift", args=[row.antrag_id])
        self.carries(str(row.fassung))


def _ab_heute(tag):
    if tag < timezone.localdate():
        raise ValidationError(AB_HEUTE)
    return tag
