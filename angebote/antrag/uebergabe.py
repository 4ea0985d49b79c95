"""Open work of somebody who leaves: the cases they look after and the drafts they wrote on behalf of a school."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Max, Q, Value
from django.db.models.functions import Concat

from angebote.antrag.models import Antrag, Antragsereignis
from angebote.antrag.workflow import ABGESCHLOSSEN, SCHULINTERN
from netzwerkstellen.models import Mitarbeit, Netzwerkstelle
from netzwerkstellen.stelle.permissions import require
from schulerfolg.konten.models import Person
from schulerfolg.konten.services import benachrichtigen


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
    """Every case that would be without an owner if this person left; finished ones ask for nobody."""
    betreut = Q(zustaendig=person) & ~Q(status__in=ABGESCHLOSSEN)
    begonnen = Q(verfasst_durch=person, im_auftrag=True, status__in=SCHULINTERN)
    return Antrag.objects.filter(betreut | begonnen)


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
    antraege = list(in_arbeit(person).filter(netzwerkstelle=stelle).order_by("pk").select_for_update(of=("self",)))
    for antrag in antraege:
        if antrag.zustaendig_id == person.pk:
            antrag.zustaendig = an
        if antrag.verfasst_durch_id == person.pk and antrag.im_auftrag and antrag.status in SCHULINTERN:
            antrag.verfasst_durch = an
        antrag.save(update_fields=["zustaendig", "verfasst_durch"])
    Antragsereignis.objects.bulk_create(
        Antragsereignis(
            antrag=antrag,
            schritt="uebergeben",
            text=f"hat den Vorgang von {person} an {an} übergeben",
            von=antrag.status,
            nach=antrag.status,
            durch=by,
            rolle=f"{rolle.label}, {stelle.name}"[:120],
        )
        for antrag in antraege
    )
    if antraege and an != by:
        context = {"von": person, "stelle": stelle, "antraege": antraege, "durch": by}
        schluessel = f"uebergabe:{antraege[0].pk}:{antraege[0].ereignisse.order_by('-pk').first().pk}"
        benachrichtigen([an], "angebote/mail/uebergeben.txt", context, ereignis=schluessel)
    return len(antraege)


def verwaist(stellen):
    """What lies at these offices with people who no longer work on cases there: one dict per person, in one query.

    `mitarbeit` is the last row of their team, from which it can be handed over.
    """
    damals = Q(zustaendig__mitarbeiten__netzwerkstelle=F("netzwerkstelle"))
    da = Antrag.objects.filter(
        damals, zustaendig__is_active=True, zustaendig__mitarbeiten__in=Mitarbeit.objects.gueltig().arbeitend()
    )
    offen = Antrag.objects.filter(damals, netzwerkstelle__in=stellen).exclude(status__in=ABGESCHLOSSEN)
    return (
        offen.exclude(pk__in=da.values("pk"))
        .order_by("netzwerkstelle__kurzname", "zustaendig")
        .values(
            stelle=F("netzwerkstelle__name"),
            slug=F("netzwerkstelle__slug"),
            wer=Concat("zustaendig__vorname", Value(" "), "zustaendig__nachname"),
        )
        .annotate(zahl=Count("pk", distinct=True), mitarbeit=Max("zustaendig__mitarbeiten"))
    )
