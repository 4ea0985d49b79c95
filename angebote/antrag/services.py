"""Everything that changes an Antrag after it was first saved. One function, one step.

Steps that belong to the office's checks stand in pruefung.services, those of the Gremium in gremien; all of them go
through `take_step`.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from angebote.antrag.abbild import abbild, regel_abbild
from angebote.antrag.abschnitte import ERKLAERUNGEN, ERKLAERUNGEN_FASSUNG, einwaende
from angebote.antrag.models import Antrag, Antragsereignis, Antragsfassung
from angebote.antrag.permissions import SCHULE, rollen
from angebote.antrag.workflow import ABLAUF, KOPF, Status
from angebote.foerderung.models import Foerderregel
from netzwerkstellen.models import Organisation, Schule
from schulerfolg.akte.services import auftrag_anlegen, naechste_nummer
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle
from schulerfolg.konten.services import benachrichtigen
from schulerfolg.workflow import Transition, TransitionNotAllowed


class VersionKonflikt(Exception):
    """Somebody else saved this draft meanwhile; `antrag` is the row as it is now."""

    def __init__(self, antrag):
        super().__init__("Jemand anderes hat diesen Entwurf inzwischen geändert.")
        self.antrag = antrag


@transaction.atomic
def anlegen(schule, *, by, beratung=None, im_auftrag=False, **felder) -> Antrag:
    """Open a draft for this school; the office is the one of the school's district (T1)."""
    antrag = Antrag.objects.create(
        schule=schule,
        netzwerkstelle=schule.netzwerkstelle,
        beratung=beratung,
        verfasst_durch=by,
        im_auftrag=im_auftrag,
        **felder,
    )
    ereignis_schreiben(antrag, "anlegen", "hat den Entwurf angelegt", by=by, von="", rolle=hut_am_ort(by, antrag))
    return antrag


@transaction.atomic
def abschnitt_speichern(antrag, *, by, version, felder=None, viele=None, partner=None, kosten=None) -> Antrag:
    """Save one section of a draft, if nobody else saved since `version`.

    `felder`: columns and their values. `viele`: names of many-to-many fields and their objects. `partner` and
    `kosten`: unsaved rows that replace the present ones; an unsaved Organisation in them is new to the portal. The
    requested sum follows from the rows.
    """
    antrag = sperren(antrag)
    if antrag.status != Status.ENTWURF:
        raise TransitionNotAllowed(was_geschah(antrag, rollen(by, antrag)))
    if antrag.version != version:
        raise VersionKonflikt(antrag)
    for name, wert in (felder or {}).items():
        setattr(antrag, name, wert)
    for name, objekte in (viele or {}).items():
        getattr(antrag, name).set(objekte)
    antrag.zahlung_an = antrag.zahlung_an and _bekannt(antrag.zahlung_an)
    for zeile in partner or ():
        zeile.organisation = _bekannt(zeile.organisation)
    _ersetzen(antrag.partner, antrag, partner)
    _ersetzen(antrag.kostenposten, antrag, kosten)
    antrag.beantragt = max(sum(p.betrag for p in antrag.kostenposten.all()) - antrag.andere_mittel, 0)
    if not ERKLAERUNGEN.keys().isdisjoint(felder or {}):
        antrag.erklaerungen_fassung = ERKLAERUNGEN_FASSUNG
    antrag.version += 1
    antrag.save()
    _bearbeitung_festhalten(antrag, by)
    return antrag


def _ersetzen(manager, antrag, zeilen):
    if zeilen is not None:
        manager.all().delete()
        for zeile in zeilen:
            zeile.pk, zeile.antrag = None, antrag
        manager.bulk_create(zeilen)


def _bekannt(organisation) -> Organisation:
    """A name that was typed becomes an Organisation of its own; the same name is the same Organisation."""
    if organisation.pk:
        return organisation
    bekannt = Organisation.objects.filter(name__iexact=organisation.name, einheit="").first()
    neu = {"name": organisation.name, "einheit": "", "defaults": {"art": organisation.art}}
    return bekannt or Organisation.objects.get_or_create(**neu)[0]


def _bearbeitung_festhalten(antrag, by):
    """Tell once who worked on the draft, not at every save of the same person."""
    letztes = antrag.ereignisse.first()
    if letztes is None or (letztes.schritt, letztes.durch_id) != ("bearbeiten", by.pk):
        hut = hut_am_ort(by, antrag)
        ereignis_schreiben(antrag, "bearbeiten", "hat am Entwurf gearbeitet", by=by, von=antrag.status, rolle=hut)


@transaction.atomic
def teilen(antrag, *, by, geteilt: bool) -> Antrag:
    """Let the office read along in the draft, or not any more."""
    antrag = sperren(antrag)
    antrag.geteilt = geteilt
    antrag.save(update_fields=["geteilt"])
    text = "hat den Entwurf mit der Netzwerkstelle geteilt" if geteilt else "teilt den Entwurf nicht mehr"
    ereignis_schreiben(antrag, "teilen", text, by=by, von=antrag.status, rolle=hut_am_ort(by, antrag))
    return antrag


def weitergeben(antrag, *, by, begruendung="") -> Antrag:
    return take_step(antrag, "weitergeben", by=by, pruefen=_vollstaendig)


def zurueckgeben(antrag, *, by, begruendung) -> Antrag:
    return take_step(antrag, "zurueckgeben", by=by, begruendung=begruendung)


def einreichen(antrag, *, by, begruendung="") -> Antrag:
    return _einreichen(antrag, "einreichen", by=by)


def selbst_einreichen(antrag, *, by, begruendung="") -> Antrag:
    return _einreichen(antrag, "selbst_einreichen", by=by)


@transaction.atomic
def _einreichen(antrag, schritt, *, by) -> Antrag:
    """Submit for good (T4): freeze the rule of the day, give the number, keep a snapshot, order the PDF."""
    heute = timezone.localdate()
    antrag = sperren(antrag)
    # Two applications of one school at the same moment: the second counts the first in its Höchstbetrag.
    Schule.objects.select_for_update(no_key=True).get(pk=antrag.schule_id)
    regel = Foerderregel.objects.filter(netzwerkstelle=antrag.netzwerkstelle).gueltig(heute).first()
    antrag = take_step(
        antrag,
        schritt,
        by=by,
        pruefen=lambda a: _darf_eingereicht_werden(a, regel, schritt, by, heute),
        nummer=lambda a: _nummer(a, heute),
        regel=regel,
        eingereicht_am=timezone.now(),
    )
    fassung_festhalten(antrag, by=by)
    return antrag


def zurueckziehen(antrag, *, by, begruendung="") -> Antrag:
    return take_step(antrag, "zurueckziehen", by=by, begruendung=begruendung)


def fassung_festhalten(antrag, *, by, vorab: Iterable[dict] = ()) -> Antragsfassung:
    """Keep what the school says now, word for word, and have the worker make its PDF.

    `vorab`: sections in the shape of `abbild` that come first, such as the answers to Rückfragen.
    """
    fassung = Antragsfassung.objects.create(
        antrag=antrag,
        nummer=antrag.fassungen.count() + 1,
        inhalt=[*vorab, *abbild(antrag), regel_abbild(antrag.regel)],
        durch=by,
        zeichnung=zeichnung(antrag, by),
    )
    auftrag_anlegen("antrag_pdf", f"antrag_pdf:{fassung.pk}", fassung=fassung.pk)
    return fassung


@transaction.atomic
def take_step(antrag, name, *, by, begruendung="", pruefen=None, dabei=None, text="", als=None, **changes) -> Antrag:
    """Check the table, write the new status, the Ereignis and the mails: all or nothing.

    The row is locked and read again first, so a double click or two colleagues at once cannot take the same step
    twice; the loser reads what happened. `pruefen(antrag)` raises ValidationError when a condition is not met; a
    change may be a function of the locked Antrag. `dabei(antrag)` writes what belongs to the step and what its mails
    tell of. `als` is a hat no page can grant (the Gremium's, the portal's). Returns the fresh Antrag.
    """
    antrag = sperren(antrag)
    hats = {als} if als else rollen(by, antrag)
    try:
        step = ABLAUF.require(name, antrag.status, hats)
    except TransitionNotAllowed as error:
        raise TransitionNotAllowed(was_geschah(antrag, hats)) from error
    if step.needs_reason and not begruendung.strip():
        raise ValidationError("Bitte begründen Sie diesen Schritt.")
    if pruefen:
        pruefen(antrag)
    von, antrag.status = antrag.status, step.target
    for field, value in changes.items():
        setattr(antrag, field, value(antrag) if callable(value) else value)
    antrag.save(update_fields=["status", "geaendert_am", *changes])
    if dabei:
        dabei(antrag)
    hut, text = hut_am_ort(by, antrag, step, hats), text or step.past
    ereignis = ereignis_schreiben(antrag, name, text, by=by, von=von, rolle=hut, begruendung=begruendung)
    _melden(antrag, step, ereignis, by)
    return antrag


def sperren(antrag) -> Antrag:
    """The row as it is now, locked until the end of the transaction (lock order: Budget → Antrag → counter)."""
    return Antrag.objects.select_for_update(of=("self",)).for_page().get(pk=antrag.pk)


def empfaenger(antrag, roles: Iterable[Rolle]) -> list[Person]:
    """Who hears of it: the author for the teachers' hats, every head, and at the office whoever has the case.

    An author who has left hears nothing more; an office hears nothing of a draft that nobody showed it.
    """
    roles = set(roles)
    if antrag.nummer is None and not antrag.stelle_sieht_entwurf:
        roles -= set(STELLENROLLEN)
    schule = antrag.schule.zugehoerigkeiten.am_platz().filter(rolle__in=roles & set(KOPF))
    personen = {z.person for z in schule.select_related("person")}
    verfasst = antrag.verfasst_durch
    if not roles.isdisjoint(set(SCHULROLLEN) - set(KOPF)) and verfasst.is_active and rollen(verfasst, antrag):
        personen.add(verfasst)
    mitarbeit = antrag.netzwerkstelle.mitarbeiten.zu_benachrichtigen().filter(rolle__in=roles).select_related("person")
    stelle = {m.person for m in mitarbeit}
    personen |= {antrag.zustaendig} if antrag.zustaendig in stelle else stelle
    return sorted(personen, key=lambda person: person.pk)


def _melden(antrag, step: Transition, ereignis, by):
    if step.notifies:
        personen = [person for person in empfaenger(antrag, step.notifies) if person != by]
        kontext = {"antrag": antrag, "ereignis": ereignis, "schritt": step}
        benachrichtigen(
            personen,
            f"angebote/mail/{step.name}.txt",
            kontext,
            ereignis=f"antrag:{ereignis.pk}",
            vertretbar=lambda person: person != by and not rollen(person, antrag).isdisjoint(step.notifies),
        )


def _vollstaendig(antrag):
    regel = Foerderregel.objects.filter(netzwerkstelle=antrag.netzwerkstelle).gueltig().first()
    _ohne_einwand(einwaende(antrag, regel, am=timezone.localdate()))


def _darf_eingereicht_werden(antrag, regel, schritt, by, heute):
    _ohne_einwand(einwaende(antrag, regel, am=heute))
    if schritt == "selbst_einreichen" and regel.mitzeichnung:
        raise ValidationError("In Ihrer Region zeichnet die Schulleitung mit. Bitte geben Sie ihr den Antrag weiter.")
    if regel.vertretung_bei_eigenem and by == antrag.verfasst_durch and schritt == "einreichen":
        raise ValidationError(
            "Sie haben den Antrag selbst geschrieben. In Ihrer Region unterschreibt dann Ihre Stellvertretung."
        )


def _ohne_einwand(liste):
    harte = [einwand.satz for einwand in liste if einwand.hart]
    if harte:
        raise ValidationError(harte)


def _nummer(antrag, heute) -> str:
    """HZ-2027-0012: without gaps per office and year."""
    kuerzel = antrag.netzwerkstelle.kuerzel
    return f"{kuerzel}-{heute.year}-{naechste_nummer(f'antrag:{kuerzel}:{heute.year}'):04}"


def zeichnung(antrag, by) -> str:
    """In which hat somebody signs for the school, in words."""
    hut = next((r for r in (*KOPF, *SCHULROLLEN) if r in rollen(by, antrag)), None)
    eigen = ", zugleich Verfasserin oder Verfasser" if by == antrag.verfasst_durch else ""
    return f"{hut.label if hut else 'Netzwerkstelle'}{eigen}"


def hut_am_ort(by, antrag, step: Transition | None = None, hats: set[Rolle] | None = None) -> str:
    """The hat used, with its place: „Sachbearbeitung, Netzwerkstelle Harz“; one of `hats` where these are known."""
    hats = hats if hats is not None else rollen(by, antrag)
    hut = next((r for r in (step.roles if step else list(Rolle)) if r in hats), Rolle.SYSTEM)
    ort = antrag.schule.name if hut in SCHULROLLEN else antrag.netzwerkstelle.name if hut in STELLENROLLEN else ""
    return f"{hut.label}, {ort}"[:120] if ort else str(hut.label)


def ereignis_schreiben(antrag, schritt, text, *, by, von, rolle, begruendung="", **nennt) -> Antragsereignis:
    wie = {"von": von, "nach": antrag.status, "begruendung": begruendung, **nennt}
    return Antragsereignis.objects.create(antrag=antrag, schritt=schritt, text=text, durch=by, rolle=rolle, **wie)


def was_geschah(antrag, hats: set[Rolle]) -> str:
    """For the loser of a race: who did what, and where the Antrag stands. To a school only its own steps are named."""
    letztes = antrag.ereignisse.for_list().first()
    step = ABLAUF.transitions.get(letztes.schritt) if letztes else None
    if letztes is None or (hats <= SCHULE and step and SCHULE.isdisjoint(step.roles)):
        return "Dieser Schritt ist nicht mehr möglich. Wo der Antrag jetzt steht, lesen Sie auf seiner Seite."
    wann = date_format(timezone.localtime(letztes.am), "d.m. \\u\\m H:i")
    stand = f"Der Antrag steht jetzt auf „{antrag.get_status_display()}“."
    return f"{letztes.durch or 'Das Portal'} {letztes.in_worten} ({wann}). {stand}"
