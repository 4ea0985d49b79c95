from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from schulerfolg.eingabe import Gereinigt
from schulerfolg.konten.models_post import Postart, Postweg
from schulerfolg.konten.post.services import wuensche

HILFE = {
    Postart.EINGANG: "Ein Antrag oder Antworten sind da, jemand bittet um Beratung oder wartet auf einen Zugang.",
    Postart.FORTGANG: "Jemand hat etwas übernommen, geändert, zurückgezogen oder wieder aufgenommen.",
    Postart.NACHRICHT: "Jemand hat Ihnen zu einem Antrag geschrieben. Wird um Antwort bis zu einem Tag gebeten, "
    "kommt die Mail immer sofort.",
    Postart.ERINNERUNG: "Ein angefangener Antrag liegt seit einer Weile, oder seine Förderrunde endet bald.",
}


class PostForm(Gereinigt, forms.Form):
    """One choice for each kind of mail."""

    def __init__(self, data=None, *, person):
        super().__init__(data, initial=wuensche(person))
        for art, hilfe in HILFE.items():
            self.fields[art.value] = forms.ChoiceField(
                label=art.label, choices=Postweg.choices, widget=forms.RadioSelect, help_text=hilfe
            )
        self.helper = FormHelper()
        self.helper.add_input(Submit("speichern", "Einstellungen speichern"))
