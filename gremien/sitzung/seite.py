"""What the page of a meeting shows to one person: agenda, attendance, dispatch and history."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from angebote.models import Antrag
from gremien.sitzung.forms import PunktForm
from gremien.sitzung.ladung import ladungsschluss
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import Zugang
from gremien.sitzung.workflow import ABLAUF, Status
from schulerfolg.kalender import warum_frei

Art, Ausgang = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang
BEHANDELT = (Ausgang.BESCHLOSSEN, Ausgang.ZUR_KENNTNIS)
NEBENBEI = ("verlegen", "absagen")
VOR_DEM_TAG = (Status.GEPLANT, Status.EINGELADEN)


def sitzung_seite(saal, wer) -> dict:
    """In a constant number of queries. `saal`: who is there and who is biased on what (gremien.abstimmung.lage), which
    this file only reads; `wer`: what this person may do.
    """
    sitzung, rechte = saal.sitzung, wer.rechte
    punkte = list(sitzung.punkte.tagesordnung())
    naechster = saal.naechster(punkte, wer.hats, wer.sitz)
    offen = [punkt for punkt in punkte if punkt.offen and not punkt.zurueckgezogen]
    geschlossen = [p.top for p in offen if p.antrag_id and saal.zugang(p, wer.hats, wer.sitz) != Zugang.OFFEN]
    return {
        "sitzung": sitzung,
        "knoepfe": list(_knoepfe(sitzung, wer, punkte, naechster, offen)),
        "rechte": rechte,
        "eigener_sitz": wer.sitz,
        "punkte": [_zeile(punkt, saal, wer) for punkt in punkte],
        "naechster": naechster,
        "noch_offen": [punkt.top for punkt in offen],
        "geschlossen": geschlossen,
        "behandelt": all(punkt.ausgang in BEHANDELT for punkt in punkte),
        "frei": warum_frei(timezone.localdate(sitzung.beginn)) if sitzung.status in VOR_DEM_TAG else "",
        "kurzfristig": sitzung.status == Status.GEPLANT and timezone.now() > ladungsschluss(sitzung),
        "bereit": Antrag.objects.bereit_fuer(sitzung.gremium.netzwerkstelle).count()
        if "tagesordnung" in rechte and sitzung.gremium.beschliesst
        else 0,
        "punkt_form": PunktForm(),
        "mitglieder": [{"mitglied": m, "da": m.pk in saal.da} for m in saal.mitglieder],
        "ladungen": sitzung.geltende_ladungen.select_related("mitgliedschaft__person", "mail"),
        "fruehere_ladungen": _fruehere_ladungen(sitzung),
        "ungeladen": [m for m in saal.mitglieder if m.pk not in saal.geladen],
        "anwesenheiten": sitzung.anwesenheiten.select_related("mitgliedschaft__person"),
        "ereignisse": _ereignisse(sitzung, wer),
    }


def _zeile(punkt, saal, wer) -> dict:
    """One row of the agenda: item, access, quorum, and whether the case is gone."""
    zugang = saal.zugang(punkt, wer.hats, wer.sitz)
    return {
        "punkt": punkt,
        "offen": punkt.offen,
        "lesbar": zugang == Zugang.OFFEN,
        "befangen": zugang == Zugang.BEFANGEN,
        "zurueckgezogen": punkt.zurueckgezogen,
        "beginnt_vorher": punkt.offen and punkt.art == Art.ANTRAG and not wer.nur_ueberblick and punkt.beginnt_vorher,
        "faehig": saal.lage(punkt).faehig if punkt.art == Art.ANTRAG else None,
        "titel": punkt.ohne_inhalt if wer.nur_ueberblick else punkt.titel,
    }


def _knoepfe(sitzung, wer, punkte, naechster, offen) -> Iterator[tuple[str, str, str]]:
    """What this person does next, in the order of the page: words, address, look of the button."""
    schritte = ABLAUF.offered(sitzung, wer.person, wer.hats)
    if schritte and sitzung.laeuft and naechster:
        yield (
            f"TOP {naechster.position} aufrufen",
            reverse("sitzungen:punkt", args=[sitzung.pk, naechster.pk]),
            "primary",
        )
    for schritt in schritte:
        if schritt.name not in NEBENBEI and (punkte or schritt.name != "einladen"):
            yield schritt.label, _schritt_adresse(sitzung, schritt), _art(schritt, sitzung, offen)
    if "tagesordnung" in wer.rechte:
        yield "Termin ändern", reverse("sitzungen:termin", args=[sitzung.pk]), "tertiary"
    for schritt in schritte:
        if schritt.name in NEBENBEI:
            yield schritt.label, _schritt_adresse(sitzung, schritt), "tertiary"


def _art(schritt, sitzung, offen) -> str:
    """The look of the button: what is due now stands out."""
    if schritt.name == "schliessen" and offen:
        return "tertiary"
    if schritt.name == "eroeffnen" and not sitzung.ist_am_tag_von(timezone.now()):
        return "tertiary"
    return "primary"


def _schritt_adresse(sitzung, schritt) -> str:
    return reverse("sitzungen:schritt", args=[sitzung.pk, schritt.name])


def _ereignisse(sitzung, wer):
    """The history; who is biased on what is told to those who read the papers, not to the coordination office."""
    alle = sitzung.ereignisse.for_list()
    return alle.exclude(schritt__startswith="befangenheit_") if wer.nur_ueberblick else alle


def _fruehere_ladungen(sitzung):
    """To which day how many were invited before the meeting was moved: `beginn`, `zahl`."""
    frueher = sitzung.ladungen.filter(nummer__lt=sitzung.ladung)
    return frueher.values("nummer", "beginn").annotate(zahl=Count("pk")).order_by("nummer")
