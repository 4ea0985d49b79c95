import django_filters
from django import forms

from angebote.antrag.stand import gleich_lautende, staende_zur_wahl
from angebote.antrag.workflow import Status
from schulerfolg.dach.vorgang.queries import SORTIERUNGEN, schulen_fuer, stellen_fuer, suchen
from schulerfolg.formular.felder import Datum
from schulerfolg.liste.filters import Suchfilter


class Tag(django_filters.DateFilter):
    field_class = Datum


class AntragFilter(Suchfilter):
    """The list of cases, as the address asks for it. `ohne_stand` are the same rows before the choice of status."""

    q = django_filters.CharFilter(label="Titel, Nummer oder Schule", method="nach_worten", max_length=100)
    status = django_filters.MultipleChoiceFilter(
        label="Stand", choices=Status, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    schule = django_filters.ModelChoiceFilter(label="Schule", queryset=None, empty_label="alle Schulen")
    stelle = django_filters.ModelChoiceFilter(
        label="Netzwerkstelle", field_name="netzwerkstelle", queryset=None, empty_label="alle Netzwerkstellen"
    )
    zustaendig = django_filters.ChoiceFilter(
        label="zuständig",
        choices=[("ich", "ich"), ("niemand", "noch niemand")],
        empty_label="alle",
        method="nach_person",
    )
    von = Tag(label="eingereicht ab", field_name="eingereicht_am", lookup_expr="date__gte")
    bis = Tag(label="eingereicht bis", field_name="eingereicht_am", lookup_expr="date__lte")
    sortierung = django_filters.ChoiceFilter(
        label="Reihenfolge",
        choices=[(name, label) for name, (label, _) in SORTIERUNGEN.items() if name != "geaendert"],
        empty_label=SORTIERUNGEN["geaendert"][0],
        method="in_reihenfolge",
    )

    def __init__(self, data, *, person, intern, queryset, request):
        super().__init__(data, request=request, queryset=queryset.order_by(*SORTIERUNGEN["geaendert"][1]))
        self.person, self.intern = person, intern
        self.filters["schule"].queryset = schulen_fuer(person)
        self.filters["stelle"].queryset = stellen_fuer(person)
        self.filters["status"].extra["choices"] = staende_zur_wahl(intern)

    def filter_queryset(self, queryset):
        werte = dict(self.form.cleaned_data)
        status = werte.pop("status", None) or []
        self.ohne_stand = queryset
        for name, wert in werte.items():
            self.ohne_stand = self.filters[name].filter(self.ohne_stand, wert)
        return self.ohne_stand.filter(status__in=gleich_lautende(status, self.intern)) if status else self.ohne_stand

    @property
    def weitere_gewaehlt(self) -> bool:
        """Whether something below „Weitere Filter“ is set or wrong."""
        return any(self.form[name].errors or self.form[name].data for name in ("schule", "stelle", "von", "bis"))

    def nach_worten(self, antraege, name, value):
        return suchen(antraege, value)

    def nach_person(self, antraege, name, value):
        return antraege.filter(zustaendig=self.person if value == "ich" else None)

    def in_reihenfolge(self, antraege, name, value):
        return antraege.order_by(*SORTIERUNGEN[value][1])
