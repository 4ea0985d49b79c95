import django_filters

from angebote.budget.models import Buchung, Budget
from schulerfolg.liste.filters import Suche


class BudgetFilter(Suche):
    """The list of budgets, as the address asks for it."""

    button = "Budgets zeigen"
    jahr = django_filters.ChoiceFilter(label="Jahr", empty_label="alle Jahre")

    class Meta:
        model = Budget
        fields = ["jahr"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["jahr"].choices = [(jahr, str(jahr)) for jahr in self.queryset.jahre()]


class BuchungFilter(Suche):
    """The ledger of one budget, as the address asks for it."""

    button = "Buchungen suchen"
    q = django_filters.CharFilter(label="Antrag, Beschluss oder Text", method="suchen", max_length=100)
    art = django_filters.ChoiceFilter(label="Art", choices=Buchung.Art.choices, empty_label="alle")

    class Meta:
        model = Buchung
        fields = ["q", "art"]

    def __init__(self, *args, mit_text, **kwargs):
        super().__init__(*args, **kwargs)
        self.mit_text = mit_text
        if not mit_text:
            self.form.fields["q"].label = "Antrag oder Beschluss"

    def suchen(self, buchungen, name, value):
        return buchungen.search(value, mit_text=self.mit_text)
