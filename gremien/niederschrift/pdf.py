"""The minutes: assembled once from what was recorded in the meeting, kept as bytes (VwVfG § 93)."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from gremien.befangenheit.models import Befangenheit
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Sitzung
from schulerfolg.akte.models import Dokument
from schulerfolg.pdf import render_pdf

R = Mitgliedschaft.Rolle


def niederschrift_pdf(sitzung: int) -> None:
    """Job: render the minutes once. Done twice, it makes nothing a second time."""
    zeile = Sitzung.objects.for_page().get(pk=sitzung)
    if zeile.niederschrift_id is None:
        _ablegen(sitzung, rendern(zeile))


def rendern(sitzung: Sitzung) -> bytes:
    return render_pdf("pdf/niederschrift.html", inhalt(sitzung))


def inhalt(sitzung: Sitzung) -> dict:
    """Place and day, who was there when, who chaired, subjects, motions and resolutions with their counts."""
    zeiten, mitglieder = _zeiten(sitzung), {m.pk: m for m in sitzung.mitglieder()}
    for zeile in sitzung.anwesenheiten.select_related("mitgliedschaft__person", "mitgliedschaft__organisation"):
        mitglieder.setdefault(zeile.mitgliedschaft_id, zeile.mitgliedschaft)
    da = [m for m in mitglieder.values() if m.pk in zeiten]
    return {
        "sitzung": sitzung,
        "gremium": sitzung.gremium,
        "anwesende": [{"mitglied": m, "zeiten": "; ".join(zeiten[m.pk]), "amt": _amt(m)} for m in da],
        "abwesend": [m for m in mitglieder.values() if m.pk not in zeiten],
        "geladen": sitzung.ladungen.count(),
        "punkte": _punkte(sitzung),
        "vorsitz": _erste(da, R.VORSITZ, R.STELLV_VORSITZ),
        "schriftfuehrung": _erste(da, R.SCHRIFTFUEHRUNG),
        "fusszeile": f"Niederschrift der Sitzung {sitzung.nummer}, {sitzung.gremium.name}",
    }


def _zeiten(sitzung) -> dict[int, list[str]]:
    """From when to when each member was there, in words."""
    zeiten = defaultdict(list)
    for zeile in sitzung.anwesenheiten.all():
        von = f"{timezone.localtime(zeile.von):%H:%M}"
        bis = f" bis {timezone.localtime(zeile.bis):%H:%M}" if zeile.bis else ""
        zeiten[zeile.mitgliedschaft_id].append(f"{von}{bis} Uhr")
    return zeiten


def _punkte(sitzung) -> list[dict]:
    befangenheiten = Befangenheit.objects.je_punkt(sitzung)
    return [
        _punkt(p, befangenheiten[p.pk]) for p in sitzung.punkte.tagesordnung().prefetch_related("vorschlaege__stimmen")
    ]


def _punkt(punkt, befangenheiten) -> dict:
    befangen = {zeile.mitgliedschaft_id for zeile in befangenheiten if zeile.schliesst_aus}
    return {
        "punkt": punkt,
        "befangen": befangenheiten,
        "ungueltig": befangen
        & {stimme.mitgliedschaft_id for vorschlag in punkt.vorschlaege.all() for stimme in vorschlag.stimmen.all()},
        "beschluss": getattr(punkt, "beschluss", None),
    }


def _amt(mitglied) -> str:
    if mitglied.rolle != R.MITGLIED:
        return mitglied.get_rolle_display()
    return "" if mitglied.stimmrecht else "beratend"


def _erste(mitglieder, *rollen):
    """The first of these members in the first of these roles that somebody has."""
    return next((m.person for rolle in rollen for m in mitglieder if m.rolle == rolle), None)


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
