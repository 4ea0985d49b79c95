"""What was decided on an Antrag, read from where it was written down."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Sum

from angebote.antrag.models import Antrag, Antragsereignis
from angebote.antrag.workflow import ABLAUF
from angebote.pruefung.models import Stellungnahme

UNTERSCHREIBEN = [ABLAUF.transitions[name] for name in ("bewilligen", "ablehnen")]
ENTSCHEIDENDE = ("beschliessen", "ablehnung_beschliessen", "selbst_entscheiden", "formal_ablehnen")
"""The steps that decide; the latest one counts."""


@dataclass(frozen=True, slots=True)
class Entschieden:
    """What lies under the second signature. `teile`: year of the budget and what is set aside in it."""

    text: str
    betrag: Decimal | None
    auflagen: str
    gruende: str
    nummer: str
    am: date | None
    teile: list[tuple[int, int, Decimal]]
    """Key and year of each budget that is drawn on, and its part of the amount."""


def entscheidung_von(antrag):
    """The Ereignis by which this Antrag was decided; None before."""
    return antrag.ereignisse.filter(schritt__in=ENTSCHEIDENDE).for_list().first()


def was_entschieden_ist(antrag) -> Entschieden:
    ereignis = entscheidung_von(antrag)
    buchung = antrag.buchungen.exclude(beschluss_nummer="").first() if antrag.bewilligt else None
    summen = antrag.buchungen.filter(art="reservierung").order_by("budget__jahr").values_list("budget", "budget__jahr")
    return Entschieden(
        text=f"{ereignis.durch} {ereignis.in_worten}" if ereignis else "",
        betrag=antrag.bewilligt,
        auflagen=antrag.auflagen,
        gruende=ereignis.begruendung if ereignis else "",
        nummer=buchung.beschluss_nummer if buchung else "",
        am=buchung.beschluss_am if buchung else None,
        teile=[zeile for zeile in summen.annotate(summe=Sum("betrag")) if zeile[2]],
    )


def zu_unterschreiben(person):
    """The cases whose decision this person may sign: `wer_kann_zeichnen`, asked from the other side, as one query."""
    stellungnahme = Stellungnahme.objects.filter(antrag=OuterRef("pk"))
    befugt = person.mitarbeiten.to_notify().filter(zeichnungsbefugt=True)
    entschied = Antragsereignis.objects.filter(durch=person, schritt="selbst_entscheiden")
    antraege = Antrag.objects.offered_to(person, *UNTERSCHREIBEN).annotate(
        verfasst=Subquery(stellungnahme.values("verfasst_durch")[:1]),
        bestaetigt=Subquery(stellungnahme.values("bestaetigt_durch")[:1]),
    )
    return antraege.filter(netzwerkstelle__in=befugt.values("netzwerkstelle")).exclude(
        Q(verfasst=person.pk)
        | Q(bestaetigt=person.pk)
        | Q(pk__in=entschied.values("antrag"))
        | Q(schule__in=person.schulzugehoerigkeiten.gueltig().values("schule"))
    )
