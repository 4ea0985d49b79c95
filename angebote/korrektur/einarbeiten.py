"""Corrections become part of the Antrag, all at once; before that a preview shows exactly what would happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.anlage.services import hinzufuegen
from angebote.antrag.bedingungen import einwaende
from angebote.antrag.forms_kosten import HOECHSTE_SUMME
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.services import beantragte_summe, bekannt, fassungen_merken, zeilen_ersetzen
from angebote.korrektur.models import LAENGSTE_ANTWORT, Markierung
from angebote.korrektur.offen import Offen, oeffnen, uebrige_fehler
from angebote.korrektur.services import gezeigt
from angebote.korrektur.stellen import FORMEN, MIT_ZEILEN, lesen
from angebote.korrektur.worte import verglichen
from netzwerkstellen.models import Organisation, Schule
from schulerfolg.datei.annahme import Datei
from schulerfolg.formular.konflikt import Veraltet
from schulerfolg.geld import euro

OFFEN = "Zu „{}“ fehlt noch eine Korrektur oder ein Satz, warum die Angabe so bleibt."
ZU_LANG = f"Die Bemerkung zu „{{}}“ ist zu lang. Bitte kürzen Sie sie auf {LAENGSTE_ANTWORT} Zeichen."
UNLESBAR = "„{}“ lässt sich so nicht lesen: {}"


@dataclass(slots=True)
class Vorschau:
    """What sending would do: the places as they would read, and what stands in its way."""

    zeilen: list[tuple[Markierung, list[tuple[str, str]]]] = field(default_factory=list)
    hindernisse: list[str] = field(default_factory=list)
    unterschrieben: list[str] = field(default_factory=list)
    """What changes of that which the head signed, as sentences."""


def vorschau(antrag, nachforderung) -> Vorschau:
    """Work everything in, look at it, and take it back: what is shown is what sending does."""
    with transaction.atomic():
        was = _einarbeiten(ANTRAG.lock(antrag), nachforderung)
        transaction.set_rollback(True)
    return was


@transaction.atomic
def einarbeiten(antrag, nachforderung, *, by, version: str | None = None) -> Vorschau:
    """Write the corrections into the locked Antrag; files become Anlagen. Nothing but the marked places changes.

    `version` is what whoever sends has read (`gezeigt`).
    """
    if version not in (None, jetzt := gezeigt(nachforderung.markierungen.all())):
        raise Veraltet(jetzt)
    # Two cases of one school at the same moment: the second counts the first in its Höchstbetrag.
    Schule.objects.select_for_update(no_key=True).get(pk=antrag.schule_id)
    was = _einarbeiten(antrag, nachforderung)
    if was.hindernisse:
        raise ValidationError(was.hindernisse)
    for markierung, _ in was.zeilen:
        if markierung.dokument_id:
            _ablegen(antrag, nachforderung, markierung, by)
        markierung.eingabe = markierung.dokument = None
        markierung.save()
    return was


def _ablegen(antrag, nachforderung, markierung, by) -> None:
    """The waiting file becomes an Anlage; the one it replaces stays readable and names it."""
    wartend, (art, schluessel) = markierung.dokument, markierung.stelle.split("-", 1)
    alte = antrag.anlagen.get(pk=schluessel) if art == "anlage" else None
    datei = Datei(wartend.name, wartend.medientyp, bytes(wartend.inhalt))
    neue = hinzufuegen(antrag, alte.art if alte else schluessel, datei, by=by, nachforderung=nachforderung)
    if alte:
        alte.ersetzt_durch = neue
        alte.save(update_fields=["ersetzt_durch"])
    Markierung.objects.filter(pk=markierung.pk).update(dokument=None)
    wartend.delete()


def _einarbeiten(antrag, nachforderung) -> Vorschau:
    markierungen = list(nachforderung.markierungen.select_related("dokument").defer("dokument__inhalt"))
    offene = oeffnen(antrag, markierungen)
    was = Vorschau(hindernisse=_unfertiges(offene))
    vorher, dagegen = _gezeichnetes(antrag), _harte(antrag)
    if not was.hindernisse:
        try:
            neue = _anwenden(antrag, [m for m in markierungen if m.eingabe is not None])
        except ValidationError as error:
            was.hindernisse = error.messages
        else:
            was.hindernisse = [satz for satz in _harte(antrag) if satz not in dagegen]
            was.unterschrieben = _was_sich_aendert(vorher, _gezeichnetes(antrag))
            for m in markierungen:
                m.nachher = _nachher(antrag, m, neue)
    was.zeilen = verglichen(markierungen)
    return was


def _unfertiges(offene: Sequence[Offen]) -> list[str]:
    saetze = [UNLESBAR.format(o.markierung.titel, " ".join(o.fehler)) for o in offene if o.fehler]
    unfertig = [OFFEN.format(o.markierung.titel) for o in offene if not o.markierung.ist_fertig]
    lang = [ZU_LANG.format(o.markierung.titel) for o in offene if len(o.markierung.antwort) > LAENGSTE_ANTWORT]
    return [*saetze, *uebrige_fehler(offene), *lang, *unfertig]


def _harte(antrag) -> list[str]:
    """What speaks against this Antrag by the rule and the day of its submission."""
    tag = timezone.localdate(antrag.eingereicht_am)
    return [einwand.satz for einwand in einwaende(antrag, antrag.regel, am=tag) if einwand.hart]


def _anwenden(antrag, markierungen: Sequence[Markierung]) -> dict[int, list]:
    """Section by section, for a later one may rest on an earlier; returns the new rows of each place."""
    spalten, neue = {"beantragt", "version"}, {}
    for name in FORMEN:
        for offen in oeffnen(antrag, [m for m in markierungen if m.abschnitt == name]):
            if offen.fehler:
                raise ValidationError(UNLESBAR.format(offen.markierung.titel, " ".join(offen.fehler)))
            if offen.abschnitt:
                spalten |= _felder(antrag, offen.werte())
            else:
                neue[offen.markierung.pk] = _zeilen(antrag, offen)
    ausgaben = sum((posten.betrag for posten in antrag.kostenposten.all()), Decimal(0))
    if ausgaben > HOECHSTE_SUMME:
        raise ValidationError("Die Ausgaben zusammen sind zu hoch. Bitte prüfen Sie die Zahlen.")
    antrag.beantragt = beantragte_summe(antrag)
    antrag.version += 1
    antrag.save(update_fields=spalten)
    return neue


def _felder(antrag, werte: dict) -> set[str]:
    listen = {feld.name for feld in Antrag._meta.many_to_many}
    spalten = {feld.name for feld in Antrag._meta.concrete_fields}
    for name, wert in werte.items():
        if name in MIT_ZEILEN:
            zeilen_ersetzen(antrag, {MIT_ZEILEN[name]: wert})
        elif name in listen:
            getattr(antrag, name).set(wert)
        elif name in spalten:
            setattr(antrag, name, bekannt(wert) if isinstance(wert, Organisation) else wert)
    fassungen_merken(antrag, werte)
    return {*(werte.keys() & spalten), "erklaerungen_fassung", "teilnehmende"}


def _zeilen(antrag, offen: Offen) -> list:
    """A marked row changes in its place or goes, new ones are added; no other row is touched. The rows as they are."""
    klasse, da = FORMEN[offen.markierung.abschnitt], []
    verwalter = getattr(antrag, klasse.verwalter)
    nummer = offen.markierung.stelle.removeprefix(f"{klasse.verwalter}-")
    alt = None if nummer == "neu" else verwalter.get(pk=nummer)
    for form in offen.zeilen:
        if form.cleaned_data.get("DELETE"):
            if alt:
                alt.delete()
        elif alt or form.has_changed():
            neu = getattr(form, klasse.baut)()
            if hasattr(neu, "organisation"):
                neu.organisation = bekannt(neu.organisation)
                if verwalter.filter(organisation=neu.organisation).exclude(pk=alt and alt.pk).exists():
                    raise ValidationError(f"{neu.organisation}: Diese Organisation ist schon eingetragen.")
            neu.pk, neu.antrag = alt and alt.pk, antrag
            neu.save(force_insert=alt is None, force_update=alt is not None)
            da.append(neu)
    return da


def _nachher(antrag, markierung, neue: Mapping[int, list]) -> str:
    """How this place reads now."""
    if markierung.dokument_id:
        return markierung.dokument.name
    if markierung.eingabe is None:
        return markierung.vorher
    if markierung.pk in neue:
        return "\n".join(zeile.in_worten for zeile in neue[markierung.pk])
    return lesen(antrag, markierung.stelle)


def als_abschnitt(stellen: Sequence[tuple[Markierung, list]]) -> list[dict]:
    """For the Fassung: every place that was asked about, as it is now, and what the school says to it."""
    zeilen = [[m.titel, "\n".join(filter(None, [m.nachher or "–", m.antwort]))] for m, _ in stellen]
    return [{"name": "korrekturen", "titel": "Korrigierte Angaben", "zeilen": zeilen}] if zeilen else []


def _gezeichnetes(antrag) -> dict:
    """What stands above the signature: the sum, who takes part, who receives the money."""
    return {
        "beantragt": antrag.beantragt,
        "partner": sorted(str(p.organisation) for p in antrag.partner.select_related("organisation")),
        "empfaenger": lesen(antrag, "zahlweg"),
    }


def _was_sich_aendert(vorher: dict, nachher: dict) -> list[str]:
    saetze = []
    if vorher["beantragt"] != nachher["beantragt"]:
        alt, neu = euro(vorher["beantragt"]), euro(nachher["beantragt"])
        saetze.append(f"Die beantragte Förderung ändert sich von {alt} auf {neu}.")
    if vorher["partner"] != nachher["partner"]:
        saetze.append("Die Kooperationspartner ändern sich.")
    if vorher["empfaenger"] != nachher["empfaenger"]:
        saetze.append("Wer das Geld erhält, ändert sich.")
    return saetze
