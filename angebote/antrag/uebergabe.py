"""Open work of somebody who leaves: the cases they look after and the drafts they wrote on behalf of a school."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import ABGESCHLOSSEN, SCHULINTERN
from netzwerkstellen.models import Mitarbeit, Netzwerkstelle
from netzwerkstellen.stelle.permissions import require
from schulerfolg.konten.models import Person
from schulerfolg.konten.services import notify

# In which column somebody holds a case, and while what is true of it; finished ones ask for nobody.
OFFEN = {
    "zustaendig": ~Q(status__in=ABGESCHLOSSEN),
    "verfasst_durch": Q(im_auftrag=True, status__in=SCHULINTERN),
}

JE_PERSON = ("netzwerkstelle__kurzname", "person__nachname", "person__vorname", "person_id")


@dataclass(frozen=True, slots=True)
class OffeneArbeit:
    """What one person still holds at one office: how much, what of it somebody may read, and who could take it."""

    stelle: Netzwerkstelle
    zahl: int
    lesbar: list[Antrag]
    kollegen: list[Person]

    @property
    def weitere(self) -> int:
        """Cases whose contents the office does not share with whoever looks."""
        return self.zahl - len(self.lesbar)


def in_arbeit(person):
    """Every case that would be without an owner if this person left."""
    return Antrag.objects.filter(reduce(or_, (Q(**{spalte: person}) & offen for spalte, offen in OFFEN.items())))


def offene_arbeit(person, *, fuer) -> list[OffeneArbeit]:
    """One entry per office at which this person holds something; `fuer` is whoever reads it."""
    zahlen = dict(in_arbeit(person).order_by().values_list("netzwerkstelle").annotate(zahl=Count("pk")))
    lesbar = list(in_arbeit(person).filter(pk__in=Antrag.objects.visible_to(fuer).values("pk")).for_list())
    return [
        OffeneArbeit(
            stelle,
            zahlen[stelle.pk],
            [antrag for antrag in lesbar if antrag.netzwerkstelle_id == stelle.pk],
            kollegen(stelle, ausser=person),
        )
        for stelle in Netzwerkstelle.objects.filter(pk__in=zahlen)
    ]


def kollegen(stelle, *, ausser) -> list[Person]:
    """Who works on cases of this office today and could take them over."""
    zeilen = stelle.mitarbeiten.gueltig().arbeitend().filter(person__is_active=True).exclude(person=ausser)
    return list(dict.fromkeys(zeile.person for zeile in zeilen.for_list()))


@transaction.atomic
def uebergeben(person: Person, stelle: Netzwerkstelle, *, an: Person, by) -> int:
    """Everything this person holds at this office goes to a colleague, each case with its own Ereignis."""
    rolle = require(by, "team_pflegen", stelle)
    if an not in kollegen(stelle, ausser=person):
        raise ValidationError(
            f"{an} arbeitet zurzeit nicht an Anträgen dieser Stelle. Bitte wählen Sie jemand anderen."
        )
    hier = in_arbeit(person).filter(netzwerkstelle=stelle).select_related("netzwerkstelle").order_by("pk")
    antraege = list(hier.select_for_update(of=("self",)))
    gesperrt = Antrag.objects.filter(pk__in=[antrag.pk for antrag in antraege])
    for spalte, offen in OFFEN.items():
        gesperrt.filter(offen, **{spalte: person}).update(**{spalte: an})
    text = "hat den Vorgang von {betrifft} an {betrifft_auch} übergeben"
    for antrag in antraege:
        ereignis = ANTRAG.note(antrag, "uebergeben", text, by=by, hats={rolle}, betrifft=person, betrifft_auch=an)
    if antraege and an != by:
        context = {"von": person, "stelle": stelle, "antraege": antraege, "durch": by}
        notify([an], "angebote/mail/uebergeben.txt", context, ereignis=f"uebergabe:{ereignis.pk}")
    return len(antraege)


def verwaist(stellen):
    """What lies at these offices with people who no longer work on cases there: one dict per person, in one query.

    `mitarbeit` is the last row of their team, from which it can be handed over.
    """
    hier = {"person": OuterRef("person"), "netzwerkstelle": OuterRef("netzwerkstelle")}
    da = Mitarbeit.objects.gueltig().arbeitend().filter(person__is_active=True, **hier)
    offen = in_arbeit(OuterRef("person")).filter(netzwerkstelle=OuterRef("netzwerkstelle"))
    counted = offen.order_by().values("netzwerkstelle").annotate(zahl=Count("pk")).values("zahl")
    return (
        Mitarbeit.objects.filter(~Exists(da), netzwerkstelle__in=stellen)
        .annotate(zahl=Subquery(counted))
        .filter(zahl__gt=0)
        .order_by(*JE_PERSON, "-pk")
        .distinct(*JE_PERSON)
        .values(
            "zahl",
            stelle=F("netzwerkstelle__name"),
            slug=F("netzwerkstelle__slug"),
            wer=Concat("person__vorname", Value(" "), "person__nachname"),
            mitarbeit=F("pk"),
        )
    )
