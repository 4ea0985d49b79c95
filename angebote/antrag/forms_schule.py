"""The first section of the draft: who receives the money, who leads the project, who takes part."""

from django import forms

from angebote.antrag.forms import Abschnittsform
from angebote.antrag.models import Antrag
from angebote.antrag.queries import organisationen_der_region
from angebote.foerderung.models import Zahlweg
from angebote.runde.models import Foerderrunde
from netzwerkstellen.models import Organisation, Schule
from netzwerkstellen.organisation.models import Organisationsart
from schulerfolg.formular.felder import noetig
from schulerfolg.telefon import ist_nummer

AUTOCOMPLETE = {"projektleitung": "name", "projektleitung_email": "email", "projektleitung_telefon": "tel"}


class SchuleForm(Abschnittsform):
    """The school itself is fixed with the draft; others may take part."""

    name = "schule"
    zusammen = ("zahlweg", "foerderverein", "zahlung_an")
    foerderverein_neu = forms.CharField(
        label="Oder: sein Name",
        required=False,
        max_length=200,
        help_text="Wenn er nicht in der Liste steht.",
    )

    class Meta:
        model = Antrag
        # The money first, then the people, then the call: side by side.
        fields = (
            "zahlweg", "foerderverein", "foerderverein_neu", "zahlung_an",
            "projektleitung", "projektleitung_email", "projektleitung_telefon",
            "mit_anderen_schulen", "weitere_schulen", "runde",
        )  # fmt: skip
        labels = {"zahlweg": "Wer soll das Geld erhalten?", "weitere_schulen": "Welche Schulen?"}
        help_texts = {
            "zahlweg": "Die Schule selbst hat meist kein eigenes Konto. Die Bankverbindung fragen wir erst später ab.",
            "foerderverein": "Fördervereine, die in Ihrer Region bekannt sind.",
            "zahlung_an": "Gibt es nur einen Partner, können Sie das offen lassen. Steht er noch nicht in der Liste, "
            "nennen Sie ihn zuerst im Abschnitt „Kooperation“.",
            "weitere_schulen": "Den Antrag stellt Ihre Schule.",
            "projektleitung": "Wer das Projekt an Ihrer Schule leitet und Rückfragen beantwortet.",
            "projektleitung_email": "Am besten die dienstliche Adresse.",
            "projektleitung_telefon": "Zum Beispiel 03941 123456.",
            "runde": "Zu welcher Förderrunde Ihrer Netzwerkstelle der Antrag gehört. Ihre Frist gilt.",
        }
        widgets = {"zahlweg": forms.RadioSelect, "weitere_schulen": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, wert in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = wert
        self.fields["projektleitung_telefon"].validators.append(ist_nummer)
        noetig(self, "foerderverein_neu", "mit_anderen_schulen")
        self._empfaenger_anbieten()
        nachbarn = Schule.objects.in_betrieb().filter(netzwerkstelle=self.antrag.netzwerkstelle).sorted_german()
        self.fields["weitere_schulen"].queryset = nachbarn.exclude(pk=self.antrag.schule_id)
        self._runden_anbieten()

    def _empfaenger_anbieten(self):
        region, felder = organisationen_der_region(self.antrag), self.fields
        felder["zahlweg"].choices = Zahlweg.choices
        felder["foerderverein"].queryset = region.filter(art=Organisationsart.FOERDERVEREIN)
        felder["zahlung_an"].queryset = region
        for name in ("foerderverein", "zahlung_an"):
            felder[name].empty_label = "Bitte wählen"

    def _runden_anbieten(self):
        """The open calls of the office, and the one of this draft, each with its deadline."""
        stelle, feld = self.antrag.netzwerkstelle, self.fields["runde"]
        nummern = {runde.pk for runde in stelle.foerderrunden.offene()} | {self.antrag.runde_id}
        feld.queryset = runden = Foerderrunde.objects.filter(netzwerkstelle=stelle, pk__in=nummern - {None})
        feld.label_from_instance = lambda runde: f"{runde}, {runde.bis_in_worten}"
        feld.empty_label = "keine Förderrunde"
        if not runden.exists():
            del self.fields["runde"]

    @property
    def spaeter(self):
        """An organisation is new once its name is complete: the button says when."""
        if self.cleaned_data.get("zahlweg") == Zahlweg.FOERDERVEREIN and self._neuer_name():
            return "Den Namen des Fördervereins speichert erst die Schaltfläche."
        return ""

    def stand(self, antrag):
        return super().stand(antrag) | {"foerderverein_neu": ""}

    def arguments(self):
        angaben = super().arguments()
        felder, name = angaben["felder"], self._neuer_name()
        felder.pop("foerderverein_neu", None)
        if self.spaeter and not self.sichernd:
            felder["foerderverein"] = Organisation(name=name, art=Organisationsart.FOERDERVEREIN)
        return angaben

    def _neuer_name(self):
        return " ".join(self.cleaned_data.get("foerderverein_neu", "").split())
