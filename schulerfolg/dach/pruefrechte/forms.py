from datetime import date, timedelta

from django import forms
from django.utils import timezone

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.formular.basis import Formular, sofort_ab
from schulerfolg.formular.felder import Datum
from schulerfolg.zeit import datum

LAND = "im-ganzen-land"  # among the short names of the offices


def zu_lange(von: date, bis: date) -> str:
    """What the field says where an audit would last longer than the database lets it; else empty."""
    try:
        ein_jahr_danach = von.replace(year=von.year + 1)
    except ValueError:  # 29 February
        ein_jahr_danach = date(von.year + 1, 2, 28)
    if bis < ein_jahr_danach:
        return ""
    letzter = datum(ein_jahr_danach - timedelta(days=1))
    return f"Das sind mehr als zwölf Monate. Bitte wählen Sie einen Tag bis zum {letzter}."


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

    def clean(self):
        angaben = super().clean()
        von, bis = angaben.get("von"), angaben.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", f"Das Ende liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem {datum(von)}.")
        elif von and bis and (satz := zu_lange(von, bis)):
            self.add_error("bis", satz)
        return angaben

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

    def clean(self):
        angaben = super().clean()
        if angaben.get("bis") and (satz := zu_lange(self.row.von, angaben["bis"])):
            self.add_error("bis", satz)
        return angaben
