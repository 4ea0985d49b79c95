"""The minutes: assembled once from what was recorded in the meeting, kept as bytes (VwVfG § 93)."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from gremien.abstimmung.gegenstand import gegenstand
from gremien.befangenheit.models import Befangenheit
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Punktleitung, Sitzung
from schulerfolg.akte.models import Dokument
from schulerfolg.pdf import render_pdf
from schulerfolg.zeit import termin

R = Mitgliedschaft.Rolle


def niederschrift_pdf(sitzung: int) -> None:
    """Job: render the minutes once. Done twice, it makes nothing a second time."""
    zeile = Sitzung.objects.for_page().get(pk=sitzung)
    if zeile.niederschrift_id is None:
        _ablegen(sitzung, rendern(zeile))


def rendern(sitzung: Sitzung) -> bytes:
    return render_pdf("pdf/niederschrift.html", inhalt(sitzung))


def inhalt(sitzung: Sitzung) -> dict:
    """Place and day, who was there when, who presided, subjects, motions and resolutions with their counts.

    Only what was recorded: what nobody entered is not in it.
    """
    anwesenheiten = list(sitzung.anwesenheiten.select_related("mitgliedschaft__person", "mitgliedschaft__organisation"))
    punkte = _punkte(sitzung, anwesenheiten)
    zeiten, draussen = _zeiten(anwesenheiten), _draussen(punkte)
    mitglieder = {m.pk: m for m in sitzung.mitglieder()}
    for zeile in anwesenheiten:
        mitglieder.setdefault(zeile.mitgliedschaft_id, zeile.mitgliedschaft)
    da = [m for m in mitglieder.values() if m.pk in zeiten]
    leitende = [punkt["leitung"].mitgliedschaft for punkt in punkte if punkt["leitung"]]
    return {
        "sitzung": sitzung,
        "gremium": sitzung.gremium,
        "anwesende": [
            {"mitglied": m, "zeiten": "; ".join([*zeiten[m.pk], *draussen[m.pk]]), "amt": _amt(m)} for m in da
        ],
        "abwesend": [m for m in mitglieder.values() if m.pk not in zeiten],
        "geladen": sitzung.geltende_ladungen.count(),
        "besonderes": list(_besonderes(sitzung)),
        "punkte": punkte,
        "vorsitz": max(leitende, key=leitende.count, default=None),
        "wechselnd": len(set(leitende)) > 1,
        "schriftfuehrung": next((m.person for m in da if m.rolle == R.SCHRIFTFUEHRUNG), None),
        "fusszeile": f"Niederschrift der Sitzung {sitzung.nummer}, {sitzung.gremium.name}",
    }


def _zeiten(anwesenheiten) -> dict[int, list[str]]:
    """From when to when each member was there, in words."""
    zeiten = defaultdict(list)
    for zeile in anwesenheiten:
        bis = f" bis {_uhr(zeile.bis)}" if zeile.bis else ""
        zeiten[zeile.mitgliedschaft_id].append(f"{_uhr(zeile.von)}{bis} Uhr")
    return zeiten


def _draussen(punkte) -> dict[int, list[str]]:
    """On which items a member took no part although it was there."""
    draussen = defaultdict(list)
    for punkt in punkte:
        for zeile in punkt["befangen"]:
            if zeile.schliesst_aus:
                wo = "nicht im Raum" if zeile.hat_verlassen else "ohne Mitwirkung"
                draussen[zeile.mitgliedschaft_id].append(f"bei {punkt['punkt'].top} {wo} (Befangenheit)")
    return draussen


def _besonderes(sitzung):
    """What went another way than planned, with the reason that was entered."""
    for ereignis in sitzung.ereignisse.filter(schritt__in=["einladen", "verlegen"]).order_by("am", "pk"):
        if ereignis.schritt == "verlegen":
            yield f"{ereignis.wer} {ereignis.in_worten} ({termin(ereignis.am)}). Grund: {ereignis.begruendung}"
        elif ereignis.begruendung:
            yield f"Geladen wurde kürzer als {_tage(sitzung.gremium.ladungsfrist_tage)} vorher. {ereignis.begruendung}"
    if not sitzung.ist_am_tag_von(sitzung.eroeffnet_am):
        grund = sitzung.ereignisse.filter(schritt="eroeffnen").values_list("begruendung", flat=True)[0]
        yield f"Angesetzt war sie für {termin(sitzung.beginn)}; eröffnet wurde sie an einem anderen Tag. Grund: {grund}"


def _punkte(sitzung, anwesenheiten) -> list[dict]:
    befangenheiten = Befangenheit.objects.je_punkt(sitzung)
    punkte = sitzung.punkte.tagesordnung().prefetch_related(
        "vorschlaege__stimmen__mitgliedschaft__person",
        "vorschlaege__stimmen__mitgliedschaft__vertritt__person",
        Prefetch("leitungen", Punktleitung.objects.select_related("mitgliedschaft__person", "festgehalten_durch")),
    )
    return [_punkt(punkt, befangenheiten[punkt.pk], anwesenheiten) for punkt in punkte]


def _punkt(punkt, befangenheiten, anwesenheiten) -> dict:
    befangen = {zeile.mitgliedschaft_id for zeile in befangenheiten if zeile.schliesst_aus}
    beschluss = getattr(punkt, "beschluss", None)
    stimmen = [stimme for vorschlag in punkt.vorschlaege.all() for stimme in vorschlag.stimmen.all()]
    dazu = [stimme for stimme in stimmen if beschluss and stimme.vorschlag_id == beschluss.vorschlag_id]
    am = beschluss.am if beschluss else None
    gegangen = [s.mitgliedschaft for s in dazu if not _war_da(s.mitgliedschaft_id, am, anwesenheiten)]
    vorschlag = next((v for v in punkt.vorschlaege.all() if beschluss and v.pk == beschluss.vorschlag_id), None)
    leitungen = list(punkt.leitungen.all())
    return {
        "punkt": punkt,
        "leitung": leitungen[-1] if leitungen else None,
        "bestimmt": [leitung for leitung in leitungen if leitung.bestimmt],
        "befangen": befangenheiten,
        "ausgeschlossen": [zeile.mitgliedschaft.person for zeile in befangenheiten if zeile.schliesst_aus],
        "in_vertretung": [stimme for stimme in dazu if stimme.mitgliedschaft.vertritt],
        "ungueltig": befangen & {stimme.mitgliedschaft_id for stimme in stimmen},
        "gegangen": [mitglied for mitglied in gegangen if mitglied.pk not in befangen],
        "ohne_wirkung": len(stimmen) > len(dazu),
        "beschluss": beschluss,
        "vorschlag": gegenstand(punkt).in_worten(vorschlag) if vorschlag and punkt.antrag else "",
    }


def _war_da(mitglied: int, moment, anwesenheiten) -> bool:
    zeilen = [zeile for zeile in anwesenheiten if zeile.mitgliedschaft_id == mitglied]
    return any(zeile.von <= moment and (zeile.bis is None or moment <= zeile.bis) for zeile in zeilen)


def _amt(mitglied) -> str:
    if mitglied.rolle != R.MITGLIED:
        return mitglied.get_rolle_display()
    return "" if mitglied.stimmrecht else "beratend"


def _tage(zahl: int) -> str:
    return "einen Tag" if zahl == 1 else f"{zahl} Tage"


def _uhr(moment) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


@transaction.atomic
def _ablegen(pk, bytes_):
    """Keep the bytes, unless somebody was quicker."""
    sitzung = Sitzung.objects.select_for_update(of=("self",)).get(pk=pk)
    if sitzung.niederschrift_id is None:
        name = f"Niederschrift-{sitzung.nummer.replace('/', '-')}.pdf"
        sitzung.niederschrift = Dokument.objects.create(
            art="niederschrift", name=name, medientyp="application/pdf", inhalt=bytes_
        )
        sitzung.save(update_fields=["niederschrift"])
