"""What somebody has in mind, as an address carries it: from „Darf ich, wie viel, bis wann?“ to where it begins."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django import forms

from angebote.foerderung.models import Thema
from netzwerkstellen.models import Schule
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum
from schulerfolg.formular.zahlen import Betrag
from schulerfolg.geld import euro
from schulerfolg.zeit import datum


@dataclass(frozen=True, slots=True)
class Vorhaben:
    """What is known of a project before anything is written; `betrag` is the money wanted, in euros."""

    schule: Schule | None = None
    thema: Thema | None = None
    betrag: Decimal | None = None
    beginn: date | None = None

    def __bool__(self):
        return any((self.schule, self.thema, self.betrag, self.beginn))

    @property
    def frage(self) -> str:
        """The same as a query string."""
        werte = {"schule": self.schule, "thema": self.thema, "betrag": self.betrag, "beginn": self.beginn}
        return urlencode({name: getattr(wert, "pk", wert) for name, wert in werte.items() if wert})

    @property
    def in_worten(self) -> str:
        """Amount and day, as a school would write them."""
        beginn = self.beginn and f"Beginnen möchten wir am {datum(self.beginn)}."
        return " ".join(filter(None, [beginn, self.betrag and f"Wir denken an etwa {euro(self.betrag)} Förderung."]))


NOCH_OFFEN = Vorhaben()


class VorhabenForm(Gereinigt, forms.Form):
    """The four answers in a query string, each by itself."""

    schule = forms.ModelChoiceField(Schule.objects.in_betrieb(), required=False)
    thema = forms.ModelChoiceField(Thema.objects.filter(aktiv=True), required=False)
    betrag = Betrag(required=False, max_digits=9)
    beginn = Datum(required=False)


def vorhaben_aus(daten) -> Vorhaben:
    """What this query string tells; nothing of it is needed, and what can't be read is left out."""
    form = VorhabenForm(daten)
    form.is_valid()
    return Vorhaben(**{name: wert or None for name, wert in form.cleaned_data.items()})
