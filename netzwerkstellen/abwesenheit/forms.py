from django.utils import timezone

from netzwerkstellen.abwesenheit.queries import moegliche_vertretungen
from schulerfolg.formular.basis import ModellFormular
from schulerfolg.formular.felder import Datum
from schulerfolg.konten.models import Abwesenheit


class AbwesenheitForm(ModellFormular):
    button = "Abwesenheit eintragen"
    zeile = ("von", "bis")

    class Meta:
        model = Abwesenheit
        fields = ["von", "bis", "vertretung", "notiz"]
        field_classes = {"von": Datum, "bis": Datum}
        labels = {"von": "Erster Tag", "bis": "Letzter Tag"}
        help_texts = {
            "bis": "Noch offen? Dann schätzen Sie: Früher zurück sein können Sie jederzeit, eine weitere Abwesenheit "
            "schließt sich an.",
            "vertretung": "Jemand, der an derselben Stelle oder Schule arbeitet.",
            "notiz": "Zum Beispiel, was in dieser Zeit ansteht. Die Vertretung bekommt ihn per Mail.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["von"] = timezone.localdate()
        self.fields["vertretung"].queryset = moegliche_vertretungen(self.instance.person)
        self.fields["vertretung"].empty_label = "Bitte wählen"
