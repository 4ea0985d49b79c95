from datetime import timedelta

from django import forms
from django.utils import timezone

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.formular.basis import Formular, sofort_ab
from schulerfolg.formular.felder import Datum

LAND = "im-ganzen-land"  # among the short names of the offices


class PruefrechtForm(Formular, forms.Form):
    """Who, where, and from when to when."""

    button = "Prüfrecht geben"
    zeile = ("von", "bis")
    email = forms.EmailField(
        label="E-Mail-Adresse", help_text="Die Adresse, mit der sich die Person im Portal anmeldet.", max_length=254
    )
    wo = forms.ChoiceField(label="Wo")
    von = Datum(label="Erster Tag")
    bis = Datum(label="Letzter Tag", help_text="Höchstens zwölf Monate.")

    def __init__(self, *args, **kwargs):
        heute = timezone.localdate()
        super().__init__(*args, initial={"von": heute, "bis": heute + timedelta(days=90)}, **kwargs)
        stellen = Netzwerkstelle.objects.values_list("slug", "name")
        self.fields["wo"].choices = [("", "Bitte wählen"), (LAND, "im ganzen Land"), *stellen]
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def carry_out(self, schritt, **wer):
        self.row = Netzwerkstelle.objects.filter(slug=self.cleaned_data["wo"]).first()
        return super().carry_out(schritt, **wer)

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("email", "von", "bis")}


class EndeForm(Formular, forms.Form):
    """Another last day."""

    button = "Letzten Tag ändern"
    bis = Datum(label="Letzter Tag")

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, initial={"bis": row.bis}, **kwargs)
        self.fields["bis"].help_text = (
            "Ein späterer Tag verlängert, höchstens auf zwölf Monate im Ganzen; ein früherer beendet." + sofort_ab(row)
        )
