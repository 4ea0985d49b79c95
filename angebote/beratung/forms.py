"""What the school tells of its idea, and what the office notes of the conversation."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.beratung.models import Weg
from angebote.beratung.permissions import BERATENDE
from angebote.beratung.queries import anfrage_gezeigt
from angebote.foerderung.filters import NOCH_OFFEN
from netzwerkstellen.models import Schule
from schulerfolg.ablauf.forms import OnceForm, StepForm
from schulerfolg.formular.felder import Datum, Langtext, Zeitpunkt, noetig
from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.telefon import ist_nummer
from schulerfolg.zeit import termin


class Schulwahl(forms.ModelChoiceField):
    """The school it is about; with a single one there is nothing to choose."""

    def __init__(self, **kwargs):
        super().__init__(
            Schule.objects.none(),
            label="Schule",
            empty_label="Bitte wählen",
            error_messages={"invalid_choice": "Bitte wählen Sie eine Schule aus der Liste."},
            **kwargs,
        )

    def anbieten(self, schulen):
        self.queryset = schulen
        einzige = list(schulen[:2])
        if len(einzige) == 1:
            self.initial, self.disabled, self.widget = einzige[0], True, forms.HiddenInput()


def eigene_schulen(person):
    """The schools somebody may ask for advice or apply for today."""
    zugehoerig = person.schulzugehoerigkeiten.gueltig().filter(rolle__in=SCHULROLLEN)
    return Schule.objects.filter(pk__in=zugehoerig.values("schule")).in_betrieb().sorted_german()


def beratene_schulen(person):
    """The schools of the offices for which somebody advises."""
    stellen = person.mitarbeiten.gueltig().filter(rolle__in=BERATENDE).values("netzwerkstelle")
    return Schule.objects.filter(netzwerkstelle__in=stellen).in_betrieb().sorted_german()


class _FuerEineSchule(OnceForm):
    """What it is about is chosen in the form itself."""

    def arguments(self):
        return {name: wert for name, wert in super().arguments().items() if name != "schule"}

    def carry_out(self, schritt, **wer):
        self.row = self.cleaned_data["schule"]
        return super().carry_out(schritt, **wer)


class _Anfrage(OnceForm):
    """What a school tells of its idea: three sentences, and how and when to talk about it."""

    titel = forms.CharField(
        label="Worum geht es?", max_length=150, help_text="Ein paar Worte, zum Beispiel „Streit schlichten lernen“."
    )
    was = Langtext(label="Was haben Sie vor?", max_length=1000, rows=3, help_text="Ein Satz genügt.")
    fuer_wen = Langtext(
        label="Für wen ist es?",
        max_length=1000,
        rows=3,
        help_text="Zum Beispiel „für die beiden siebten Klassen“. Bitte ohne Namen von Kindern.",
    )
    warum = Langtext(
        label="Was soll sich verändern?", max_length=1000, rows=3, help_text="Woran merken Sie, dass es geholfen hat?"
    )
    wie = forms.ChoiceField(
        label="Wie möchten Sie sprechen?", choices=Weg.choices, widget=forms.RadioSelect, initial=Weg.TELEFON
    )
    telefon = forms.CharField(
        label="Unter welcher Nummer?",
        max_length=40,
        required=False,
        validators=[ist_nummer],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="Mit Vorwahl, zum Beispiel 03941 5970-22. Nötig, wenn Sie am Telefon sprechen möchten.",
    )
    wunsch = forms.CharField(
        label="Wann erreichen wir Sie am besten?",
        max_length=200,
        required=False,
        help_text="Zum Beispiel „dienstags ab 13 Uhr im Sekretariat“.",
    )
    zeit_1 = Zeitpunkt(
        label="Erster Terminvorschlag", required=False, help_text="Wenn Sie schon wissen, wann es Ihnen passt."
    )
    zeit_2 = Zeitpunkt(label="Zweiter Terminvorschlag", required=False)
    zeit_3 = Zeitpunkt(label="Dritter Terminvorschlag", required=False)
    vorschlaege = ("zeit_1", "zeit_2", "zeit_3")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        noetig(self, "telefon")

    def clean(self):
        angaben = super().clean()
        if angaben.get("wie") == Weg.TELEFON and not angaben.get("telefon") and "telefon" not in self.errors:
            self.add_error("telefon", "Bitte nennen Sie die Nummer, unter der die Netzwerkstelle anruft.")
        return angaben

    def arguments(self):
        angaben = {name: wert for name, wert in super().arguments().items() if name not in self.vorschlaege}
        zeiten = sorted({self.cleaned_data[name] for name in self.vorschlaege if self.cleaned_data.get(name)})
        return angaben | {"zeiten": zeiten}


class AnfrageForm(_FuerEineSchule, _Anfrage):
    """„Ich habe eine Idee“."""

    button = "An die Netzwerkstelle senden"
    schule = Schulwahl()
    field_order = ["schule"]

    def __init__(self, data=None, *, person, vorhaben=NOCH_OFFEN):
        """`vorhaben`: what somebody had in mind who comes from „Darf ich, wie viel, bis wann?“."""
        super().__init__(data)
        schulen = eigene_schulen(person)
        self.fields["schule"].initial = vorhaben.schule if vorhaben.schule in schulen else None
        self.fields["schule"].anbieten(schulen)
        self.fields["telefon"].initial = person.telefon
        self.fields["titel"].initial = vorhaben.thema and str(vorhaben.thema)
        self.fields["was"].initial = vorhaben.in_worten


class AenderungForm(_Anfrage):
    """What was asked, changed or completed before a date is agreed."""

    button = "Änderung speichern"

    def __init__(self, data=None, *, row):
        zeiten = dict(zip(self.vorschlaege, row.zeiten, strict=False))
        namen = ("titel", "was", "fuer_wen", "warum", "wie", "telefon", "wunsch")
        super().__init__(data, row=row, initial=zeiten | {name: getattr(row, name) for name in namen})
        self.carries(anfrage_gezeigt(row))


class NotizForm(_FuerEineSchule):
    """The office notes a conversation nobody had asked for in the portal."""

    button = "Beratung festhalten"
    schule = Schulwahl()
    titel = forms.CharField(label="Worum ging es?", max_length=150)
    tag = Datum(label="Tag der Beratung")
    weg = forms.ChoiceField(label="Weg", choices=Weg.choices, widget=forms.RadioSelect, initial=Weg.TELEFON)
    ergebnis = Langtext(
        label="Ergebnis und Empfehlung",
        max_length=4000,
        rows=6,
        help_text="Die Schule liest mit. Sie kann danach ihren Antrag beginnen.",
    )

    def __init__(self, data=None, *, person):
        super().__init__(data)
        self.fields["schule"].anbieten(beratene_schulen(person))
        self.fields["tag"].initial = timezone.localdate()

    def clean_tag(self):
        return _nicht_in_der_zukunft(self.cleaned_data["tag"])


class VerabredenForm(StepForm):
    """One of the times that were offered, or another one."""

    vorschlag = forms.ChoiceField(label="Termin", widget=forms.RadioSelect, required=False)
    anderer = Zeitpunkt(label="Ein anderer Termin", required=False)
    weg = forms.ChoiceField(label="Weg", choices=Weg.choices, widget=forms.RadioSelect)
    treffpunkt = forms.CharField(
        label="Ort, Nummer oder Link",
        max_length=200,
        required=False,
        help_text="Zum Beispiel „Sekretariat“ oder „Wir rufen Sie an“.",
    )
    nachricht = Langtext(
        label="Nachricht", max_length=1000, rows=3, required=False, help_text="Steht in der Mail an die Schule."
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, initial={"weg": row.weg or row.wie, "treffpunkt": row.treffpunkt}, **kwargs)
        kommende = [zeit for zeit in row.zeiten if zeit > timezone.now()]
        self.fields["vorschlag"].choices = [(zeit.isoformat(), termin(zeit)) for zeit in kommende]
        noetig(self, "anderer")
        if not kommende:
            del self.fields["vorschlag"]
            self.fields["anderer"].label = "Termin"

    def clean(self):
        angaben = super().clean()
        gewaehlt, anderer = angaben.get("vorschlag"), angaben.get("anderer")
        if not self.errors and not gewaehlt and not anderer:
            self.add_error("anderer", "Bitte wählen Sie einen Termin, oder nennen Sie einen anderen.")
        if gewaehlt and anderer:
            self.add_error("anderer", "Bitte entweder einen der Vorschläge wählen oder einen anderen Termin nennen.")
        return angaben

    def arguments(self):
        angaben = {name: self.cleaned_data[name] for name in ("weg", "treffpunkt", "nachricht")}
        gewaehlt = self.cleaned_data.get("vorschlag")
        return angaben | {"termin": datetime.fromisoformat(gewaehlt) if gewaehlt else self.cleaned_data["anderer"]}


class BeratenForm(StepForm):
    """What came of a conversation the school had asked for."""

    tag = Datum(label="Tag der Beratung")
    weg = forms.ChoiceField(label="Weg", choices=Weg.choices, widget=forms.RadioSelect)
    ergebnis = Langtext(
        label="Ergebnis und Empfehlung",
        max_length=4000,
        rows=6,
        help_text="Die Schule liest mit. Sie kann danach ihren Antrag beginnen.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tag"].initial = timezone.localdate()
        self.fields["weg"].initial = self.row.weg or self.row.wie

    def clean_tag(self):
        return _nicht_in_der_zukunft(self.cleaned_data["tag"])

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("tag", "weg", "ergebnis")}


class AbsagenForm(StepForm):
    grund = "Warum beenden Sie die Anfrage?"


def _nicht_in_der_zukunft(tag):
    heute = timezone.localdate()
    if tag > heute:
        raise ValidationError(f"Der Tag liegt in der Zukunft. Bitte wählen Sie einen Tag bis zum {heute:%d.%m.%Y}.")
    return tag
