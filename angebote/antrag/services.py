"""Everything that changes an Antrag after it was first saved. One function, one step.

Steps that belong to the office's checks stand in pruefung.services, those of the Gremium in gremien; all of them are
taken by the machine (`machine.take_step`), with the conditions of bedingungen.py.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from angebote.antrag.abbild import abbild, regel_abbild
from angebote.antrag.abschnitte import ERKLAERUNGEN
from angebote.antrag.bilanz import bilanz_aus
from angebote.antrag.machine import ANTRAG, nur_lesen, take_step
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsfassung
from angebote.antrag.permissions import SCHULE, rollen, schreibt
from angebote.antrag.workflow import KOPF, Status
from angebote.runde.models import Foerderrunde
from netzwerkstellen.models import Netzwerkstelle, Organisation, Schule
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import next_number, order_job
from schulerfolg.konten.permissions import SCHULROLLEN

ZEILEN = {
    "partner": "partner",
    "kosten": "kostenposten",
    "jahre": "jahresanteile",
    "ziele": "ziele",
    "gruppen": "gruppen",
}
"""Rows that are saved with a section → where they hang."""


class VersionKonflikt(Exception):
    """Somebody else saved this draft meanwhile; `antrag` is the row as it is now."""

    def __init__(self, antrag):
        super().__init__("Jemand anderes hat diesen Entwurf inzwischen geändert.")
        self.antrag = antrag


@transaction.atomic
def anlegen(schule, *, by, beratung=None, im_auftrag=False, text="hat den Entwurf angelegt", **felder) -> Antrag:
    """Open a draft for this school; the office is the one of the school's district, also while it moves (T1)."""
    schulen = Schule.objects.select_related("netzwerkstelle")
    schule = schulen.select_for_update(of=("self",), no_key=True).get(pk=schule.pk)
    antrag = Antrag.objects.create(
        schule=schule,
        netzwerkstelle=schule.netzwerkstelle,
        beratung=beratung,
        verfasst_durch=by,
        im_auftrag=im_auftrag,
        **felder,
    )
    ANTRAG.note(antrag, "anlegen", text, by=by, before="")
    return antrag


@transaction.atomic
def abschnitt_speichern(antrag, *, by, version, felder=None, viele=None, sicherung=None, davor=(), **zeilen) -> Antrag:
    """Save one section of a draft, if nobody else saved since `version`.

    `felder`: columns and their values. `viele`: names of many-to-many fields and their objects. `zeilen`: unsaved
    rows of `partner`, `kosten`, `jahre`, `ziele` or `gruppen` that replace the present ones; an unsaved Organisation
    in them is new to the portal. The requested sum follows from the rows. `sicherung` is the key of this attempt,
    `davor` are those of attempts whose answers the page never got: where one of them was the last save, nobody else
    has been here since.
    """
    antrag = ANTRAG.lock(antrag)
    if antrag.status != Status.ENTWURF:
        raise TransitionNotAllowed(ANTRAG.too_late(antrag, rollen(by, antrag)))
    if not schreibt(by, antrag):
        raise TransitionNotAllowed(nur_lesen(antrag))
    if antrag.version != version and (antrag.sicherung is None or antrag.sicherung not in {sicherung, *davor}):
        raise VersionKonflikt(antrag)
    for name, wert in (felder or {}).items():
        setattr(antrag, name, wert)
    for name, objekte in (viele or {}).items():
        getattr(antrag, name).set(objekte)
    antrag.foerderverein = antrag.foerderverein and bekannt(antrag.foerderverein)
    zeilen_ersetzen(antrag, {name: neue for name, neue in zeilen.items() if neue is not None})
    antrag.beantragt = beantragte_summe(antrag)
    fassungen_merken(antrag, felder or {})
    antrag.version, antrag.sicherung = antrag.version + 1, sicherung
    antrag.save()
    bearbeitung_festhalten(antrag, by)
    return antrag


def beantragte_summe(antrag):
    """What follows from the rows and from what others pay, in euros."""
    posten = [(p.kostenart, p.betrag) for p in antrag.kostenposten.select_related("kostenart")]
    return bilanz_aus(posten, antrag.andere_mittel).beantragt


def fassungen_merken(antrag, felder):
    """Each declaration keeps the words in which it was accepted."""
    fassungen = antrag.erklaerungen_fassung
    for name in ERKLAERUNGEN.keys() & felder.keys():
        fassungen = {feld: fassung for feld, fassung in fassungen.items() if feld != name}
        if felder[name]:
            fassungen[name] = ERKLAERUNGEN[name].fassung
    antrag.erklaerungen_fassung = fassungen


def zeilen_ersetzen(antrag, zeilen):
    for zeile in zeilen.get("partner", ()):
        zeile.organisation = bekannt(zeile.organisation)
    for name, neue in zeilen.items():
        manager = getattr(antrag, ZEILEN[name])
        manager.all().delete()
        for zeile in neue:
            zeile.pk, zeile.antrag = None, antrag
        manager.bulk_create(neue)
    if "gruppen" in zeilen:
        antrag.teilnehmende = sum(zeile.anzahl for zeile in zeilen["gruppen"]) or None


def bekannt(organisation) -> Organisation:
    """A name that was typed becomes an Organisation of its own; the same name is the same Organisation."""
    if organisation.pk:
        return organisation
    bekannt = Organisation.objects.filter(name__iexact=organisation.name, einheit="").first()
    neu = {"name": organisation.name, "einheit": "", "defaults": {"art": organisation.art}}
    return bekannt or Organisation.objects.get_or_create(**neu)[0]


def bearbeitung_festhalten(antrag, by):
    """Tell once who worked on the draft, not at every save of the same person."""
    letztes = antrag.ereignisse.first()
    if letztes is None or (letztes.schritt, letztes.durch_id) != ("bearbeiten", by.pk):
        ANTRAG.note(antrag, "bearbeiten", "hat am Entwurf gearbeitet", by=by)


@transaction.atomic
def teilen(antrag, *, by, geteilt: bool) -> Antrag:
    """Let the office read along in the draft, or not any more."""
    antrag = ANTRAG.lock(antrag)
    antrag.geteilt = geteilt
    antrag.save(update_fields=["geteilt"])
    text = "hat den Entwurf mit der Netzwerkstelle geteilt" if geteilt else "teilt den Entwurf nicht mehr"
    ANTRAG.note(antrag, "teilen", text, by=by)
    return antrag


def weitergeben(antrag, *, by, begruendung="", version=None) -> Antrag:
    return take_step(antrag, "weitergeben", by=by, version=version)


def zurueckholen(antrag, *, by, begruendung="") -> Antrag:
    """Take it back from the head, to go on writing."""
    return take_step(antrag, "zurueckholen", by=by)


def zurueckgeben(antrag, *, by, begruendung) -> Antrag:
    return _in_der_schule(antrag, "zurueckgeben", "zurueckgegeben", by=by, begruendung=begruendung)


def verwerfen(antrag, *, by, begruendung="") -> Antrag:
    """Drop one's own, never submitted. It stays readable, and so does its history."""
    return take_step(antrag, "verwerfen", by=by)


def fremden_verwerfen(antrag, *, by, begruendung, version=None) -> Antrag:
    return _in_der_schule(antrag, "fremden_verwerfen", "verwerfen", by=by, begruendung=begruendung, version=version)


@transaction.atomic
def _in_der_schule(antrag, schritt, mail, *, by, begruendung, version=None) -> Antrag:
    """Why stays inside the school: who wrote for the office hears what happened, not the head's words."""
    antrag = take_step(antrag, schritt, by=by, begruendung=begruendung, version=version)
    hats = rollen(antrag.verfasst_durch, antrag)
    if antrag.verfasst_durch.is_active and hats and SCHULE.isdisjoint(hats):
        ANTRAG.write([antrag.verfasst_durch], mail, antrag, antrag.ereignisse.first())
    return antrag


@transaction.atomic
def entwurf_wiederaufnehmen(antrag, *, by, begruendung="") -> Antrag:
    """Go on with a dropped draft; if its school has moved meanwhile, at the office that is hers now."""
    antrag = ANTRAG.lock(antrag)
    stelle = antrag.schule.netzwerkstelle
    umgezogen = {"netzwerkstelle": stelle, "runde": None, "geteilt": False} if stelle != antrag.netzwerkstelle else {}
    return take_step(antrag, "entwurf_wiederaufnehmen", by=by, **umgezogen)


def einreichen(antrag, *, by, begruendung="", version=None) -> Antrag:
    return _einreichen(antrag, "einreichen", by=by, version=version)


def selbst_einreichen(antrag, *, by, begruendung="", version=None) -> Antrag:
    return _einreichen(antrag, "selbst_einreichen", by=by, version=version)


@transaction.atomic
def _einreichen(antrag, schritt, *, by, version) -> Antrag:
    """Submit for good (T4): freeze the rule of the day, give the number, keep a snapshot, order the PDF."""
    antrag = ANTRAG.lock(antrag)
    # Two applications of one school at the same moment: the second counts the first in its Höchstbetrag.
    Schule.objects.select_for_update(no_key=True).get(pk=antrag.schule_id)
    # One after the other at each office: behind this lock one moment holds for number, receipt and history.
    Netzwerkstelle.objects.select_for_update(no_key=True).get(pk=antrag.netzwerkstelle_id)
    if antrag.runde_id:
        Foerderrunde.objects.select_for_update(no_key=True).get(pk=antrag.runde_id)
    jetzt = timezone.now()
    antrag = take_step(
        antrag,
        schritt,
        by=by,
        version=version,
        am=jetzt,
        nummer=lambda a: _nummer(a, jetzt),
        regel=lambda a: a.regel_heute,
        eingereicht_am=jetzt,
    )
    fassung_festhalten(antrag, by=by, am=jetzt)
    return antrag


def fassung_festhalten(
    antrag, *, by, vorab: Iterable[dict] = (), am: datetime | None = None, unterschrieben: bool = False
) -> Antragsfassung:
    """Keep what the school says now, word for word, and have the worker make its PDF.

    `vorab`: sections in the shape of `abbild` that come first, such as the answers to Rückfragen. `am`: the moment of
    the step it belongs to. `unterschrieben`: whether this one is signed as the first one was.
    """
    nummer = antrag.fassungen.count() + 1
    fassung = Antragsfassung.objects.create(
        antrag=antrag,
        nummer=nummer,
        inhalt=[*vorab, *abbild(antrag), regel_abbild(antrag.regel, antrag.beantragt)],
        durch=by,
        zeichnung=zeichnung(antrag, by) if nummer == 1 or unterschrieben else hut_der_schule(antrag, by),
        erstellt_am=am or timezone.now(),
    )
    order_job("antrag_pdf", f"antrag_pdf:{fassung.pk}", fassung=fassung.pk)
    return fassung


def _nummer(antrag, jetzt) -> str:
    """HZ-2027-0012: without gaps per office and year."""
    kuerzel, jahr = antrag.netzwerkstelle.kuerzel, timezone.localtime(jetzt).year
    return f"{kuerzel}-{jahr}-{next_number(f'antrag:{kuerzel}:{jahr}'):04}"


def zeichnung(antrag, by) -> str:
    """In which hat somebody signs for the school, in words; where no head has to sign, that as well."""
    eigen = "; hat ihn auch geschrieben" if by == antrag.verfasst_durch else ""
    ohne = "; ohne Mitzeichnung der Schulleitung" if set(KOPF).isdisjoint(rollen(by, antrag)) else ""
    return f"{hut_der_schule(antrag, by)}{eigen}{ohne}"


def hut_der_schule(antrag, by) -> str:
    hut = next((r for r in (*KOPF, *SCHULROLLEN) if r in rollen(by, antrag)), None)
    return str(hut.label if hut else "Netzwerkstelle")
