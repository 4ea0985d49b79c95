"""What was decided on an Antrag, read from where it was written down."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q, Sum

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis
from angebote.antrag.workflow import ABLAUF
from angebote.pruefung.models import Stellungnahme
from netzwerkstellen.models import Organisation, Traegerschaft

UNTERSCHREIBEN = [ABLAUF.transitions[name] for name in ("bewilligen", "ablehnen")]
ENTSCHEIDENDE = ("beschliessen", "ablehnung_beschliessen", "selbst_entscheiden", "formal_ablehnen")
"""The steps that decide; the latest one counts."""


class BriefvorschauQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Nobody but the person who had it made, while they see the case."""
        return self.filter(fuer=person, antrag__in=Antrag.objects.visible_to(person))

    def fertig(self):
        """Those there is something to look at of."""
        return self.exclude(dokument=None).select_related("dokument")


@dataclass(frozen=True, slots=True)
class Anschrift:
    """An address for a letter, with what is missing in it: „Straße“, „Postleitzahl“, „Ort“."""

    zeilen: list[str]
    fehlt: list[str]


@dataclass(frozen=True, slots=True)
class Kontakt:
    """Whom the letter names for questions, and under which number; the number is empty where none is known."""

    name: str
    telefon: str


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


def entscheidung_gezeigt(antrag) -> list:
    """What the page of a second signature shows: this decision, and none that followed it."""
    ereignis = entscheidung_von(antrag)
    return [ereignis and ereignis.pk, asdict(was_entschieden_ist(antrag))]


def empfehlung_von(antrag) -> Stellungnahme | None:
    """The confirmed opinion: what the office decides by itself is what it recommends."""
    return antrag.stellungnahmen.exclude(bestaetigt_am=None).first()


def empfehlung_gezeigt(antrag) -> list:
    """What the page of the office's own decision shows."""
    empfehlung = empfehlung_von(antrag)
    return [empfehlung.pk, empfehlung.betrag, empfehlung.auflagen] if empfehlung else []


def zu_unterschreiben(person):
    """The cases whose decision this person may sign: `wer_kann_zeichnen`, asked from the other side, as one query."""
    eigene = Stellungnahme.objects.neueste().mit_beteiligung(person)
    befugt = person.mitarbeiten.to_notify().filter(zeichnungsbefugt=True)
    entschied = Antragsereignis.objects.filter(durch=person, schritt="selbst_entscheiden")
    antraege = Antrag.objects.offered_to(person, *UNTERSCHREIBEN)
    return antraege.filter(netzwerkstelle__in=befugt.values("netzwerkstelle")).exclude(
        Q(pk__in=eigene.values("antrag"))
        | Q(pk__in=entschied.values("antrag"))
        | Q(schule__in=person.schulzugehoerigkeiten.gueltig().values("schule"))
    )


def traeger_von(antrag) -> Organisation | None:
    """The federführende Träger of the office today."""
    zeilen = antrag.netzwerkstelle.traegerschaften.gueltig().filter(rolle=Traegerschaft.Rolle.FEDERFUEHREND)
    traegerschaft = zeilen.select_related("organisation").first()
    return traegerschaft.organisation if traegerschaft else None


def hauptsitz_von(antrag):
    return antrag.netzwerkstelle.standorte.filter(hauptsitz=True).first()


def anschrift_des_absenders(antrag) -> Anschrift:
    """Street and place of the Träger, or of the office's Hauptsitz where the Träger's is not known in full."""
    traeger = anschrift(traeger_von(antrag))
    return traeger if not traeger.fehlt else anschrift(hauptsitz_von(antrag))


def anschrift(ort) -> Anschrift:
    """Of anything with `strasse`, `plz` and `ort`; of nothing everything is missing."""
    werte = {"Straße": "strasse", "Postleitzahl": "plz", "Ort": "ort"}
    da = {was: getattr(ort, feld, "").strip() for was, feld in werte.items()}
    zeilen = [da["Straße"], f"{da['Postleitzahl']} {da['Ort']}".strip()]
    return Anschrift([zeile for zeile in zeilen if zeile], [was for was, wert in da.items() if not wert])


def kontakt_von(antrag) -> Kontakt:
    """Whoever has the case, under their own number or that of the office; else the office."""
    stelle, hauptsitz = antrag.netzwerkstelle, hauptsitz_von(antrag)
    hier = stelle.mitarbeiten.to_notify().filter(person=antrag.zustaendig_id)
    wer = antrag.zustaendig if hier.exists() else None
    nummern = (getattr(wer, "telefon", ""), stelle.telefon, getattr(hauptsitz, "telefon", ""))
    return Kontakt(str(wer or stelle), next(filter(None, nummern), ""))
