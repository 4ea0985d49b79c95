from typing import Any

from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower

from angebote.budget.permissions import RECHTE
from schulerfolg.konten.permissions import landesrollen
from schulerfolg.liste import suche

SPALTEN = {
    # column of Budget → kind of Buchung that moves it
    "ansatz": "ansatz",
    "sperre": "sperre",
    "reserviert": "reservierung",
    "gebunden": "bindung",
    "ausgezahlt": "auszahlung",
}
EURO = DecimalField(max_digits=12, decimal_places=2)


class BudgetQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The budgets of one's own office; all of them for the coordination office and auditors of the Land."""
        if not landesrollen(person).isdisjoint(RECHTE["ansehen"].roles):
            return self
        hier = person.mitarbeiten.gueltig().filter(rolle__in=RECHTE["ansehen"].roles)
        return self.filter(netzwerkstelle__in=hier.values("netzwerkstelle"))

    def for_list(self):
        return self.select_related("netzwerkstelle").order_by("-jahr", Lower(Unaccent("netzwerkstelle__kurzname")))

    def jahre(self) -> list[int]:
        """The years there are budgets for, the latest first."""
        return list(self.order_by("-jahr").values_list("jahr", flat=True).distinct())

    def summen(self) -> dict:
        """The columns of these budgets added up, and what is free of them."""
        summen = self.order_by().aggregate(
            **{name: Coalesce(Sum(name), Value(0), output_field=EURO) for name in SPALTEN},
        )
        vergeben = summen["reserviert"] + summen["gebunden"]
        return summen | {"verfuegbar": summen["ansatz"] - summen["sperre"] - vergeben}

    def abweichungen(self):
        """Budgets whose columns are not the sum of their Buchungen. There should never be one."""
        soll = {f"soll_{name}": _summe(self.model, art) for name, art in SPALTEN.items()}
        falsch = Q()
        for name in SPALTEN:
            falsch |= ~Q(**{name: F(f"soll_{name}")})
        return self.annotate(**soll).filter(falsch)


class BuchungQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("antrag", "durch")

    def search(self, words: str, *, mit_text: bool = True):
        """Every word is in the text (for those who read it), or begins or ends the number of Antrag or Beschluss."""
        found = self
        for word in suche.worte(words):
            nummer = suche.nummer(word, "antrag__nummer", "beschluss_nummer")
            found = found.filter(nummer | suche.enthaelt(word, "text") if mit_text else nummer)
        return found

    def lesbare_antraege(self, buchungen, person) -> set[int]:
        """Of the Anträge of these Buchungen, those whose page this person may open."""
        antraege: Any = self.model._meta.get_field("antrag").related_model
        ids = [buchung.antrag_id for buchung in buchungen if buchung.antrag_id]
        return set(antraege.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True))


def _summe(model, art):
    """Sum of the Buchungen of this kind for the budget of the outer query."""
    buchungen = model._meta.get_field("buchungen").related_model.objects
    zeilen = buchungen.filter(budget=OuterRef("pk"), art=art).order_by().values("budget")
    return Coalesce(Subquery(zeilen.annotate(summe=Sum("betrag")).values("summe")), Value(0), output_field=EURO)
