"""What the page of a meeting shows to one person: agenda, attendance, dispatch and history."""

from collections.abc import Iterator

from django.urls import reverse

from angebote.models import Antrag
from gremien.sitzung.forms import PunktForm
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import Zugang
from gremien.sitzung.workflow import ABLAUF

Art = Tagesordnungspunkt.Art


def sitzung_seite(saal, wer) -> dict:
    """In a constant number of queries. `saal`: who is there and who is biased on what (gremien.abstimmung.lage), which
    this file only reads; `wer`: what this person may do.
    """
    sitzung, rechte = saal.sitzung, wer.rechte
    punkte = list(sitzung.punkte.tagesordnung())
    naechster = saal.naechster(punkte, wer.hats, wer.sitz)
    noch_offen = [punkt.top for punkt in punkte if punkt.zu_behandeln]
    return {
        "sitzung": sitzung,
        "knoepfe": list(_knoepfe(sitzung, wer, punkte, naechster, noch_offen)),
        "rechte": rechte,
        "eigener_sitz": wer.sitz,
        "punkte": [_zeile(punkt, saal, wer) for punkt in punkte],
        "naechster": naechster,
        "noch_offen": noch_offen,
        "bereit": Antrag.objects.bereit_fuer(sitzung.gremium.netzwerkstelle).count() if "tagesordnung" in rechte else 0,
        "punkt_form": PunktForm(),
        "mitglieder": [{"mitglied": m, "da": m.pk in saal.da} for m in saal.mitglieder],
        "ladungen": sitzung.ladungen.select_related("mitgliedschaft__person", "mail"),
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
        "lesbar": punkt.art != Art.SONSTIGES and zugang == Zugang.OFFEN,
        "befangen": zugang == Zugang.BEFANGEN,
        "zurueckgezogen": punkt.zurueckgezogen,
        "faehig": saal.lage(punkt).faehig if punkt.art == Art.ANTRAG else None,
        "titel": punkt.ohne_inhalt if wer.nur_ueberblick else punkt.titel,
    }


def _knoepfe(sitzung, wer, punkte, naechster, noch_offen) -> Iterator[tuple[str, str, str]]:
    """What this person does next, in the order of the page: words, address, look of the button."""
    schritte = ABLAUF.offered(sitzung, wer.person, wer.hats)
    if schritte and sitzung.laeuft and naechster:
        yield (
            f"TOP {naechster.position} aufrufen",
            reverse("sitzungen:punkt", args=[sitzung.pk, naechster.pk]),
            "primary",
        )
    for schritt in schritte:
        if schritt.name != "absagen" and (punkte or schritt.name != "einladen"):
            art = "tertiary" if schritt.name == "schliessen" and noch_offen else "primary"
            yield schritt.label, _schritt_adresse(sitzung, schritt), art
    if "tagesordnung" in wer.rechte:
        yield "Termin ändern", reverse("sitzungen:termin", args=[sitzung.pk]), "tertiary"
    for schritt in schritte:
        if schritt.name == "absagen":
            yield schritt.label, _schritt_adresse(sitzung, schritt), "tertiary"


def _schritt_adresse(sitzung, schritt) -> str:
    return reverse("sitzungen:schritt", args=[sitzung.pk, schritt.name])


def _ereignisse(sitzung, wer):
    """The history; who is biased on what is told to those who read the papers, not to the coordination office."""
    alle = sitzung.ereignisse.for_list()
    return alle.exclude(schritt__startswith="befangenheit_") if wer.nur_ueberblick else alle
