from netzwerkstellen.organisation.models import Organisation
from netzwerkstellen.schule.models import Schule, Schulform, Schulsozialarbeit
from netzwerkstellen.stelle.models import Netzwerkstelle
from schulerfolg.formular.basis import ModellFormular, StammdatenFormular
from schulerfolg.formular.felder import Datum


class SchuleForm(StammdatenFormular):
    """`darf_umziehen`: only the coordination office gives a school to another office."""

    button = "Schule speichern"
    zeile = ("plz", "ort")

    class Meta:
        model = Schule
        fields = [
            "name",
            "schulnummer",
            "schulform",
            "schultraeger",
            "strasse",
            "plz",
            "ort",
            "email",
            "telefon",
            "aktiv",
            "netzwerkstelle",
        ]
        help_texts = {
            "schulnummer": "Die amtliche Nummer der Schule.",
            "email": "Das Postfach des Sekretariats.",
            "aktiv": "Ohne Haken kann die Schule keine neuen Anträge stellen; alles Bisherige bleibt.",
            "netzwerkstelle": "Nur die Koordinierungsstelle kann eine Schule einer anderen Stelle zuordnen.",
        }

    def __init__(self, *args, darf_umziehen: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schulform"].queryset = Schulform.objects.all()
        self.fields["schulform"].empty_label = "Bitte wählen"
        self.fields["schultraeger"].queryset = Organisation.objects.all()
        self.fields["schultraeger"].empty_label = "noch nicht bekannt"
        self.fields["plz"].widget.attrs["inputmode"] = "numeric"
        if darf_umziehen and self.instance.pk:
            self.fields["netzwerkstelle"].queryset = Netzwerkstelle.objects.all()
        else:
            del self.fields["netzwerkstelle"]


class SchulsozialarbeitForm(ModellFormular):
    button = "Schulsozialarbeit eintragen"
    zeile = ("von", "bis")

    class Meta:
        model = Schulsozialarbeit
        fields = ["traeger", "von", "bis"]
        field_classes = {"von": Datum, "bis": Datum}
        labels = {"traeger": "Träger", "von": "Seit", "bis": "Bis"}
        help_texts = {"von": "Leer lassen, wenn der Tag nicht bekannt ist.", "bis": "Leer, solange sie läuft."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["traeger"].queryset = Organisation.objects.all()
        self.fields["traeger"].empty_label = "Bitte wählen"
