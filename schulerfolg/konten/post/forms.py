from django import forms

from schulerfolg.formular.basis import Formular
from schulerfolg.konten.models_post import Postart, Postweg
from schulerfolg.konten.post.services import wuensche

HILFE = {
    Postart.EINGANG: "Ein Antrag oder Antworten sind da, jemand bittet um Beratung oder wartet auf einen Zugang.",
    Postart.FORTGANG: "Jemand hat etwas übernommen, geändert, zurückgezogen oder wieder aufgenommen.",
    Postart.NACHRICHT: "Jemand hat Ihnen zu einem Antrag geschrieben. Wird um Antwort bis zu einem Tag gebeten, "
    "kommt die Mail immer sofort.",
    Postart.ERINNERUNG: "Ein angefangener Antrag liegt seit einer Weile, oder seine Förderrunde endet bald.",
}


class PostForm(Formular, forms.Form):
    """One choice for each kind of mail."""

    button = "Einstellungen speichern"

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, initial=wuensche(row), **kwargs)
        for art, hilfe in HILFE.items():
            self.fields[art.value] = forms.ChoiceField(
                label=art.label, choices=Postweg.choices, widget=forms.RadioSelect, help_text=hilfe
            )

    def arguments(self):
        return {art.value: self.cleaned_data[art.value] for art in HILFE}
