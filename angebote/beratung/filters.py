import django_filters

from angebote.beratung.models import Beratung
from angebote.beratung.workflow import Status
from schulerfolg.liste.filters import Suchfilter


class BeratungFilter(Suchfilter):
    """The list of Beratungen, as the address asks for it."""

    button = "Beratungen suchen"

    q = django_filters.CharFilter(label="Thema oder Schule", method="suchen", max_length=100)
    status = django_filters.ChoiceFilter(label="Stand", choices=Status.choices, empty_label="alle")

    class Meta:
        model = Beratung
        fields = ["q", "status"]

    def suchen(self, beratungen, name, value):
        return beratungen.search(value)
