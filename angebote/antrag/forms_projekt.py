"""The sections of the draft that tell what the project is, when and for whom."""

from datetime import timedelta

from django import forms
from django.db.models import Q

from angebote.antrag.forms import Abschnittsform, Frage, ohne_namen
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import HOECHSTENS_ZIELE, MEISTE_TEILNEHMENDE, Projektziel, Zielgruppenzahl
from angebote.foerderung.models import Thema, Zielgruppe
from schulerfolg.formular.felder import Datum, Langtext, noetig
from schulerfolg.formular.zahlen import Anzahl

LAENGSTENS = timedelta(days=731)
VOR_DEN_ZIELEN = ("titel", "kurzbeschreibung", "ausgangslage")
# One goal: its columns, and how each is asked.
ZIEL_FELDER = {
    "ziel": lambda: Langtext(
        label="Ziel",
        required=False,
        max_length=1000,
        rows=2,
        help_text="Was soll nachher anders sein? Ein Satz genügt.",
    ),
    "indikator": lambda: Langtext(
        label="Woran Sie es merken",
        required=False,
        max_length=500,
        rows=2,
        help_text="Zum Beispiel „Nach drei Monaten gibt es halb so viele Streitgespräche“.",
    ),
    "nachweis": lambda: Langtext(
        label="Womit Sie es zeigen",
        required=False,
        max_length=500,
        rows=2,
        help_text="Zum Beispiel eine kurze Befragung, eine Strichliste oder ein Plakat.",
    ),
}


class ProjektForm(Abschnittsform):
    """The story of the project, and its goals: up to three, each with what shows it."""

    name = "projekt"
    vorlage = "angebote/antrag/projekt.html"
    kurzbeschreibung = Langtext(
        label="Kurzbeschreibung",
        max_length=600,
        help_text="Zwei, drei Sätze, die auch Eltern verstehen. Sie werden veröffentlicht, wenn Ihr Projekt gefördert "
        "wird.",
    )
    ausgangslage = Langtext(
        label="Ausgangslage und Bedarf",
        max_length=4000,
        rows=6,
        help_text="Wie ist es heute, und warum braucht Ihre Schule dieses Projekt?",
    )
    ablauf = Langtext(
        label="Inhalte und Ablauf", max_length=6000, rows=8, help_text="Was passiert wann, und wer macht es?"
    )
    nachhaltigkeit = Langtext(
        label="Was bleibt", max_length=3000, help_text="Was führen Sie weiter, wenn das Geld ausgegeben ist?"
    )

    oeffentlichkeit = Langtext(
        label="Wie andere davon erfahren",
        max_length=600,
        rows=3,
        help_text="Zum Beispiel durch die Internetseite der Schule, einen Aushang oder die Zeitung.",
    )
    grundsaetze = Langtext(
        label="Wie alle mitmachen können",
        max_length=1000,
        rows=3,
        help_text="Woran haben Sie gedacht, damit alle gleich gut dabei sein können, auch mit einer Behinderung oder "
        "mit wenig Deutsch, und damit das Projekt die Umwelt schont?",
    )

    class Meta:
        model = Antrag
        # In the order of the story; the two short ones last.
        fields = (
            "titel", "kurzbeschreibung", "ausgangslage", "ablauf", "themen", "format", "nachhaltigkeit",
            "oeffentlichkeit", "grundsaetze",
        )  # fmt: skip
        help_texts = {
            "titel": "So heißt das Projekt auch in der Einladung an die Eltern. Höchstens 150 Zeichen.",
            "themen": "Wählen Sie alles, was zutrifft.",
            "format": "Wenn nichts genau passt, lassen Sie es offen.",
        }
        widgets = {"themen": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themen"].queryset = Thema.objects.filter(aktiv=True)
        self.fields["format"].choices = [("", "Bitte wählen"), *list(self.fields["format"].choices)[1:]]
        da = {ziel.nummer: ziel for ziel in self.antrag.ziele.all()}
        for nummer, teil in self._stellen():
            feld = ZIEL_FELDER[teil]()
            feld.initial = getattr(da.get(nummer), teil, "")
            ohne_namen(feld)
            self.fields[f"{teil}_{nummer}"] = feld
            noetig(self, f"{teil}_{nummer}")

    @staticmethod
    def _stellen():
        return [(nummer, teil) for nummer in range(1, HOECHSTENS_ZIELE + 1) for teil in ZIEL_FELDER]

    @property
    def ziele(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """Each goal: its number, its fields, and whether something stands in them."""
        zeilen = [(n, [self[f"{teil}_{n}"] for teil in ZIEL_FELDER]) for n in range(1, HOECHSTENS_ZIELE + 1)]
        return [(nummer, felder, any(feld.value() or feld.errors for feld in felder)) for nummer, felder in zeilen]

    @property
    def vor_den_zielen(self) -> list[Frage]:
        return [frage for name, frage in self.fragen.items() if name in VOR_DEN_ZIELEN]

    @property
    def nach_den_zielen(self) -> list[Frage]:
        return [self.fragen[name] for name in self.Meta.fields if name not in VOR_DEN_ZIELEN]

    def stand(self, antrag):
        da = {ziel.nummer: ziel for ziel in antrag.ziele.all()}
        ziele = {f"{teil}_{nummer}": getattr(da.get(nummer), teil, "") for nummer, teil in self._stellen()}
        return super().stand(antrag) | ziele

    def arguments(self):
        angaben = super().arguments()
        stellen = {(nummer, teil): f"{teil}_{nummer}" for nummer, teil in self._stellen()}
        texte = {stelle: angaben["felder"].pop(name, "") for stelle, name in stellen.items()}
        if self.errors.keys().isdisjoint(stellen.values()):
            nummern = sorted({nummer for (nummer, _teil), text in texte.items() if text})
            angaben["ziele"] = [
                Projektziel(nummer=n, **{teil: texte[n, teil] for teil in ZIEL_FELDER}) for n in nummern
            ]
        return angaben


class ZeitraumForm(Abschnittsform):
    """When and where, and how many of which Zielgruppe: a number field for each, no row to add."""

    name = "zeitraum"
    vorlage = "angebote/antrag/zeitraum.html"
    zusammen: tuple[str, ...] = ("beginn", "ende")

    class Meta:
        model = Antrag
        fields = ("beginn", "ende", "ort", "klassenstufen")
        field_classes = {"beginn": Datum, "ende": Datum}
        widgets = {"beginn": Datum.widget, "ende": Datum.widget}
        help_texts = {
            "beginn": "Der erste Tag des Projekts. Bis dahin müssen Sie nichts bezahlt oder bestellt haben.",
            "ende": "Der letzte Tag; bei einem einzelnen Projekttag derselbe.",
            "ort": "Zum Beispiel „Turnhalle der Schule“ oder „Jugendzentrum Wernigerode“.",
            "klassenstufen": "Zum Beispiel „5 bis 7“.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        da = _anzahlen(self.antrag)
        self.gruppen = {f"gruppe_{g.pk}": g for g in Zielgruppe.objects.filter(Q(aktiv=True) | Q(pk__in=da))}
        for name, gruppe in self.gruppen.items():
            self.fields[name] = _Zahl(label=str(gruppe), required=False, initial=da.get(gruppe.pk))
            noetig(self, name)

    @property
    def anzahlen(self) -> list[forms.BoundField]:
        return [self[name] for name in self.gruppen]

    def clean(self):
        angaben = super().clean()
        beginn, ende = angaben.get("beginn"), angaben.get("ende")
        if beginn and ende and ende < beginn:
            self.add_error(
                "ende", f"Das Ende liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem {beginn:%d.%m.%Y}."
            )
        elif beginn and ende and ende - beginn > LAENGSTENS:
            satz = "Das wären mehr als zwei Jahre. Ein Projekt ist zeitlich begrenzt; bitte prüfen Sie das Jahr."
            self.add_error("ende", satz)
        return angaben

    def stand(self, antrag):
        da = _anzahlen(antrag)
        return super().stand(antrag) | {name: da.get(gruppe.pk) for name, gruppe in self.gruppen.items()}

    def arguments(self):
        angaben = super().arguments()
        zahlen = {gruppe: angaben["felder"].pop(name, None) for name, gruppe in self.gruppen.items()}
        if self.errors.keys().isdisjoint(self.gruppen):
            angaben["gruppen"] = [Zielgruppenzahl(zielgruppe=g, anzahl=zahl) for g, zahl in zahlen.items() if zahl]
        return angaben


class _Zahl(Anzahl):
    """How many take part; nobody is no group."""

    def validate(self, value):
        super().validate(value)
        if value is not None and not 0 <= value <= MEISTE_TEILNEHMENDE:
            raise forms.ValidationError("Bitte schätzen Sie eine Zahl von 1 bis 100.000.")


def _anzahlen(antrag) -> dict[int, int]:
    return dict(antrag.gruppen.values_list("zielgruppe", "anzahl"))
