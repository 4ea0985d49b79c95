"""Whom to choose, and why. Each form of the page is told by its button, `was`."""

from django import forms

from angebote.zusammenarbeit import services
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.felder import Langtext
from schulerfolg.konten.models import Person


class ZusammenarbeitForm(OnceForm):
    """One of the forms on the page about who writes here; `service` is what it does."""

    service = done = ""
    was = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, row, person):
        data = data if data and data.get("was") == self.service else None
        super().__init__(data, row=row, auto_id=f"id_{self.service}_%s")
        self.fields["was"].initial = self.service
        self.angeboten(row, person)

    def angeboten(self, antrag, person):
        """What this form offers on this draft to this person."""

    def arguments(self):
        return {name: wert for name, wert in self.cleaned_data.items() if name not in ("schluessel", "was")}

    def anwenden(self, by) -> bool:
        return self.carry_out(getattr(services, self.service), by=by)


class KollegiumForm(ZusammenarbeitForm):
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Wer",
        empty_label="Bitte wählen",
        error_messages={
            "required": "Bitte wählen Sie jemanden aus Ihrer Schule.",
            "invalid_choice": "Diese Person gehört zurzeit nicht zu Ihrer Schule. Bitte wählen Sie jemand anderen.",
        },
    )

    def _zur_wahl(self, personen):
        wahl = Person.objects.filter(pk__in=[person.pk for person in personen])
        self.fields["person"].queryset = wahl.order_by("nachname", "vorname", "pk")


class MitschreibenForm(KollegiumForm):
    service, button = "mitschreiben_lassen", "Mitschreiben lassen"
    done = "Gespeichert. Die Person bekommt eine Mail mit dem Weg zum Entwurf."

    def angeboten(self, antrag, person):
        schon = [antrag.verfasst_durch_id, *antrag.mitschreibende.values_list("person", flat=True)]
        self._zur_wahl(services.kollegium(antrag, ausser=schon))


class EntfernenForm(KollegiumForm):
    service, button = "nicht_mehr_mitschreiben", "Nicht mehr mitschreiben lassen"
    done = "Gespeichert. Was die Person geschrieben hat, bleibt im Entwurf; lesen kann sie ihn weiter."

    def angeboten(self, antrag, person):
        self._zur_wahl(zeile.person for zeile in antrag.mitschreibende.all())


class AnbietenForm(KollegiumForm):
    service, button = "anbieten", "Übergabe anbieten"
    done = "Angeboten. Bis zur Antwort bleibt der Entwurf bei Ihnen; Sie bekommen eine Mail."

    def angeboten(self, antrag, person):
        self.fields["person"].label = "An wen"
        self._zur_wahl(services.kollegium(antrag, ausser=[person]))


class AnnehmenForm(ZusammenarbeitForm):
    service, done = "annehmen", "Der Entwurf gehört jetzt Ihnen. Sie können gleich weiterschreiben."


class AblehnenForm(ZusammenarbeitForm):
    service, done = "ablehnen", "Der Entwurf bleibt, wo er ist. Wer ihn übergeben wollte, bekommt eine Mail."


class ZuruecknehmenForm(ZusammenarbeitForm):
    service, done = "zuruecknehmen", "Der Entwurf bleibt bei Ihnen."


class AnSichNehmenForm(ZusammenarbeitForm):
    service, button = "an_sich_nehmen", "Entwurf übernehmen"
    done = "Der Entwurf gehört jetzt Ihnen. Wer ihn geschrieben hat, bekommt eine Mail mit Ihrer Begründung."
    begruendung = Langtext(
        label="Warum Sie den Entwurf übernehmen",
        max_length=1000,
        rows=3,
        help_text="Wer ihn geschrieben hat, liest diesen Text in einer Mail. Er bleibt in Ihrer Schule.",
        error_messages={"required": "Bitte schreiben Sie, warum Sie den Entwurf übernehmen."},
    )


# In the order of the page.
ALLE = (
    MitschreibenForm, EntfernenForm, AnbietenForm, AnnehmenForm, AblehnenForm, ZuruecknehmenForm, AnSichNehmenForm,
)  # fmt: skip
