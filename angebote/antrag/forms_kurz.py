"""A small application on one page: what its band asks for, out of the forms of the sections."""

from angebote.antrag.abschnitte import ERKLAERUNGEN, KURZ, erklaert
from angebote.antrag.forms import KEINE_SPALTEN, Frage, fragen_stellen
from angebote.antrag.forms_kosten import KostenForm
from angebote.antrag.forms_projekt import ProjektForm, ZeitraumForm
from angebote.antrag.forms_schule import SchuleForm
from angebote.antrag.models import Antrag


class KurzForm(KostenForm, SchuleForm, ZeitraumForm):
    """Title, period, costs, who receives the money and the declarations; what else the draft holds stays as it is."""

    name = KURZ.name
    vorlage = "angebote/antrag/kurz.html"
    zusammen = (*SchuleForm.zusammen, *ZeitraumForm.zusammen)
    kurzbeschreibung = ProjektForm.base_fields["kurzbeschreibung"]

    class Meta:
        model = Antrag
        # Each section's own, in the order of the sections.
        fields = (
            "titel", "kurzbeschreibung", *ZeitraumForm.Meta.fields, *KostenForm.Meta.fields, *SchuleForm.Meta.fields,
            "externe", "begonnen", "begonnen_was", *ERKLAERUNGEN,
        )  # fmt: skip
        field_classes = ZeitraumForm.Meta.field_classes
        labels = SchuleForm.Meta.labels | {name: erklaerung.satz for name, erklaerung in ERKLAERUNGEN.items()}
        widgets = {
            **ZeitraumForm.Meta.widgets,
            **SchuleForm.Meta.widgets,
            **dict.fromkeys(("externe", "begonnen"), SchuleForm.Meta.widgets["zahlweg"]),
        }
        help_texts = {
            **ZeitraumForm.Meta.help_texts,
            **SchuleForm.Meta.help_texts,
            **{name: erklaerung.hilfe for name, erklaerung in ERKLAERUNGEN.items()},
            "titel": ProjektForm.Meta.help_texts["titel"],
            "beginn": "Bis dahin müssen Sie nichts bezahlt oder bestellt haben.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fragen_stellen(self)
        self.initial |= {name: erklaert(self.antrag, name) for name in ERKLAERUNGEN}
        for name in self.fields.keys() - {*KURZ.felder, *KEINE_SPALTEN, *self.gruppen}:
            del self.fields[name]

    @property
    def auszahlung(self) -> list[Frage]:
        return [self.fragen["zahlweg"]]

    @property
    def erklaerungen(self) -> list[Frage]:
        return [frage for name, frage in self.fragen.items() if name in ("externe", "begonnen", *ERKLAERUNGEN)]

    @property
    def andere_mittel(self):
        """What the section of the costs says; the page does not ask for it."""
        return self.antrag.andere_mittel
