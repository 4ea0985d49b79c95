"""A Gremium with members, a budget, and a meeting driven to any status by the real services."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from angebote.antrag.workflow import Status as Antragsstand
from angebote.budget.models import Budget
from angebote.budget.services import budget_anlegen
from gremien.abstimmung import services as abstimmung
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.sitzung import services
from gremien.sitzung.models import Sitzung
from gremien.sitzung.workflow import Status
from tests.factories import make_organisation, make_person
from tests.factories_antrag import make_antrag_in


def make_gremium(netzwerkstelle, **fields):
    """Rules of the law: 14 days, at least three, the chair's vote at a tie."""
    defaults = {"name": f"Vergabegremium {netzwerkstelle.kurzname}"}
    return Gremium.objects.create(netzwerkstelle=netzwerkstelle, **defaults | fields)


def make_mitglied(gremium, person=None, **fields):
    """A member with a vote, sent by an Organisation of its own, obliged to secrecy."""
    defaults = {
        "person": person or make_person(),
        "organisation": make_organisation(),
        "von": timezone.localdate() - timedelta(days=100),
        "verschwiegen_am": timezone.localdate() - timedelta(days=90),
    }
    return Mitgliedschaft.objects.create(gremium=gremium, **defaults | fields)


def make_budgets(netzwerkstelle, by, ansatz="50000.00"):
    """A budget for this year and the two after it."""
    jahr = timezone.localdate().year
    for eines in (jahr - 1, jahr, jahr + 1, jahr + 2):
        if not Budget.objects.filter(netzwerkstelle=netzwerkstelle, jahr=eines).exists():
            budget_anlegen(netzwerkstelle, by=by, jahr=eines, ansatz=Decimal(ansatz))


def make_saal(cast, mitglieder=3, **regeln):
    """The Gremium of cast.harz with budgets: `vorsitz`, this many `mitglieder`, and both together as `alle`."""
    gremium = make_gremium(cast.harz, **regeln)
    vorsitz = make_mitglied(gremium, make_person("Vera", "Vorsitz"), rolle="vorsitz")
    andere = [make_mitglied(gremium, make_person("Mia", f"Mitglied {n}")) for n in range(1, mitglieder + 1)]
    make_budgets(cast.harz, cast.leitung)
    return SimpleNamespace(gremium=gremium, vorsitz=vorsitz, mitglieder=andere, alle=[vorsitz, *andere])


def make_sitzung(gremium, by, **fields):
    """Planned for the day after tomorrow three weeks ahead."""
    beginn = timezone.now() + timedelta(days=23)
    return services.sitzung_anlegen(gremium, by=by, **{"beginn": beginn, "ort": "Kreishaus, Raum 2"} | fields)


def make_sitzung_in(status, cast, saal, antraege=1, **fields) -> Sitzung:
    """A meeting with this many cases of cast.schule on its agenda. Everybody is there while it runs."""
    for _ in range(antraege):
        make_antrag_in(Antragsstand.GREMIENREIF, cast, **fields)
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    services.bereite_aufnehmen(sitzung, by=cast.leitung)
    status = Status(status)
    if status == Status.GEPLANT:
        return Sitzung.objects.get(pk=sitzung.pk)
    sitzung = befangenheit.einladen(sitzung, by=cast.leitung)
    if status == Status.EINGELADEN:
        return sitzung
    sitzung = befangenheit.eroeffnen(heute(sitzung), by=saal.vorsitz.person)
    for mitglied in saal.alle:
        services.anwesend(sitzung, mitglied, by=saal.vorsitz.person, da=True)
    return sitzung if status == Status.LAUFEND else _beendet(sitzung, saal)


def heute(sitzung) -> Sitzung:
    """The same meeting, today: it was planned ahead so that everybody is invited in time."""
    Sitzung.objects.filter(pk=sitzung.pk).update(beginn=timezone.now())
    sitzung.refresh_from_db()
    return sitzung


def _beendet(sitzung, saal):
    for punkt in sitzung.punkte.all():
        bewilligen(punkt, saal)
    return abstimmung.schliessen(sitzung, by=saal.vorsitz.person)


def bewilligen(punkt, saal, betrag="1000.00", wert="ja"):
    """Everybody who may vote votes alike; the resolution."""
    lage = read_lage(punkt)
    stimmen = {m.pk: wert for m in lage.stimmberechtigt}
    return abstimmung.feststellen(
        punkt,
        by=saal.vorsitz.person,
        stimmen=stimmen,
        verloren=True,
        antrag_auf="bewilligen",
        betrag=Decimal(betrag),
        auflagen="",
        gruende="Weil das Budget nicht weiter reicht.",
    )
