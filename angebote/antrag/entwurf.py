"""How a draft begins: out of a Beratung, or with an empty form. Stands beside services.py."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, SCHULE, rollen, schreibt
from angebote.antrag.queries import ohne_antrag
from angebote.antrag.services import anlegen
from angebote.beratung import permissions as beratungsrechte
from angebote.beratung.models import Beratung
from angebote.foerderung.filters import NOCH_OFFEN, Vorhaben
from angebote.runde.models import Foerderrunde
from netzwerkstellen.models import Netzwerkstelle, Schule
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.geld import euro

KURZ = 600
"""So long a description may be to be the one that is published."""


def anfangen(grundlage: Beratung | Schule, *, by, wunsch: str = "", vorhaben: Vorhaben = NOCH_OFFEN) -> Antrag:
    """The draft of this Beratung, or an empty one of this school.

    `wunsch`: the number of a call, as text. `vorhaben`: what is known already from „Darf ich, wie viel, bis wann?“.
    """
    weg = aus_beratung if isinstance(grundlage, Beratung) else beginnen
    return weg(grundlage, by=by, wunsch=wunsch, vorhaben=vorhaben)


@transaction.atomic
def beginnen(schule, *, by, wunsch: str = "", vorhaben: Vorhaben = NOCH_OFFEN) -> Antrag:
    """An empty draft of this school. The Beratung may follow; it is needed before the submission."""
    runde = offene_runde(schule.netzwerkstelle, wunsch)
    return _mit(vorhaben, anlegen(schule, by=by, runde=runde, **_bekannt(vorhaben), **projektleitung(by)))


@transaction.atomic
def aus_beratung(beratung, *, by, wunsch: str = "", vorhaben: Vorhaben = NOCH_OFFEN) -> Antrag:
    """The draft of what was talked about, prefilled: nothing is typed twice. If there is one, that one.

    The office begins it on behalf of the school.
    """
    beratung = Beratung.objects.select_for_update(of=("self",)).for_page().get(pk=beratung.pk)
    hats = beratungsrechte.rollen(by, beratung)
    if not beratungsrechte.RECHTE.may(hats, "antrag_beginnen", beratung):
        raise ValidationError("Ein Antrag beginnt, wenn die Beratung festgehalten ist.")
    vorhanden = beratung.antraege.laufend().first()
    if vorhanden and not RECHTE.may(rollen(by, vorhanden), "ansehen"):
        raise ValidationError("Aus dieser Beratung hat die Schule schon selbst einen Antrag begonnen.")
    von_der_schule = beratung.schule.zugehoerigkeiten.gueltig().filter(person=beratung.angefragt_durch).exists()
    if vorhanden:
        return vorhanden
    neu = anlegen(
        beratung.schule,
        by=by,
        beratung=beratung,
        im_auftrag=hats.isdisjoint(SCHULE),
        runde=offene_runde(beratung.netzwerkstelle, wunsch),
        titel=beratung.titel,
        kurzbeschreibung=beratung.was if len(beratung.was) <= KURZ else "",
        ablauf="\n\n".join(filter(None, [beratung.was, beratung.fuer_wen and f"Für wen: {beratung.fuer_wen}"])),
        **_bekannt(vorhaben),
        **(projektleitung(beratung.angefragt_durch) if von_der_schule else {}),
    )
    if beratung.warum:
        neu.ziele.create(nummer=1, ziel=beratung.warum)
    return _mit(vorhaben, neu)


def _bekannt(vorhaben) -> dict:
    """What a new draft knows already. The sum follows from the cost plan: the history keeps what was thought of."""
    note = f"hat den Entwurf angelegt; gedacht war an etwa {euro(vorhaben.betrag)}" if vorhaben.betrag else ""
    return {"beginn": vorhaben.beginn} | ({"text": note} if note else {})


def _mit(vorhaben, antrag) -> Antrag:
    if vorhaben.thema:
        antrag.themen.add(vorhaben.thema)
    return antrag


@transaction.atomic
def zuordnen(antrag, beratung, *, by) -> Antrag:
    """The conversation came after the draft: it belongs to it from now on."""
    beratung = Beratung.objects.select_for_update(of=("self",)).get(pk=beratung.pk)
    antrag = ANTRAG.lock(antrag)
    darf = RECHTE.may(rollen(by, antrag), "bearbeiten", antrag) and schreibt(by, antrag)
    if not darf or antrag.beratung is not None:
        raise TransitionNotAllowed(ANTRAG.too_late(antrag, rollen(by, antrag)))
    if not beratungen_zur_wahl(antrag).filter(pk=beratung.pk).exists():
        raise ValidationError("Diese Beratung gehört schon zu einem anderen Antrag.")
    antrag.beratung = beratung
    antrag.save(update_fields=["beratung"])
    return antrag


def beratungen_zur_wahl(antrag):
    """The conversations with this school that became no Antrag yet."""
    return ohne_antrag(Beratung.objects.filter(schule=antrag.schule_id))


def offene_runde(netzwerkstelle, wunsch: str = "") -> Foerderrunde | None:
    """The call of this office that takes applications now: the one with this number, else the one that ends first."""
    offene = netzwerkstelle.foerderrunden.offene()
    return next((runde for runde in offene if str(runde.pk) == wunsch), offene[0] if offene else None)


def offene_runden(person) -> list[Foerderrunde]:
    """The open calls of the offices that the schools of this person belong to."""
    schulen = person.schulzugehoerigkeiten.gueltig()
    runden = Foerderrunde.objects.filter(netzwerkstelle__in=schulen.values("schule__netzwerkstelle"))
    return runden.select_related("netzwerkstelle").offene()


def zustaendige_stellen(person):
    """The offices that this person's schools belong to, and those where they work."""
    schulen, stellen = person.schulzugehoerigkeiten.gueltig(), person.mitarbeiten.gueltig()
    hier = Q(pk__in=schulen.values("schule__netzwerkstelle")) | Q(pk__in=stellen.values("netzwerkstelle"))
    return Netzwerkstelle.objects.filter(hier)


def projektleitung(person) -> dict:
    """Who begins a draft leads the project, until somebody writes another name."""
    return {
        "projektleitung": str(person)[:120],
        "projektleitung_email": person.email,
        "projektleitung_telefon": person.telefon,
    }
