"""Any number of files in one field of a form."""

from django import forms
from django.core.exceptions import ValidationError

from schulerfolg.datei.annahme import EINE_ZU_GROSS, Datei, pruefen
from schulerfolg.datei.arten import ENDUNGEN

ZUR_WAHL = ",".join(["image/*", *(f".{endung}" for endung in ENDUNGEN)])
"""With `image/*` a telephone offers its camera beside its pictures and files."""
WAS_GEHT = "PDF oder Bild (JPEG, PNG, HEIC, WebP), höchstens 10 MB."
MOST_AT_ONCE = 10


def geprueft(datei) -> Datei:
    """An uploaded file as it will be stored; what is wrong with it is said with its name."""
    try:
        return pruefen(datei.name, datei.read())
    except ValidationError as error:
        raise ValidationError([f"„{datei.name}“: {satz}" for satz in error.messages]) from error


class MehrereDateien(forms.FileInput):
    allow_multiple_selected = True


class Dateien(forms.FileField):
    """Any number of files in one field, each checked and as it will be stored: a list of `Datei`.

    `zu_gross` is set by the form: whether the guard dropped one of them on its way in. `gute` are those that passed,
    also where another one did not.
    """

    zu_gross = False
    gute: tuple[Datei, ...] = ()

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=MehrereDateien(attrs={"accept": ZUR_WAHL}), **kwargs)

    def clean(self, data, initial=None):
        if len(data or []) > MOST_AT_ONCE:
            raise ValidationError(f"Bitte wählen Sie höchstens {MOST_AT_ONCE} Dateien auf einmal.")
        fehler = [EINE_ZU_GROSS] if self.zu_gross else []
        for datei in data or []:
            try:
                self.gute = (*self.gute, geprueft(datei))
            except ValidationError as error:
                fehler += error.messages
        if fehler:
            raise ValidationError(fehler)
        return list(self.gute)
