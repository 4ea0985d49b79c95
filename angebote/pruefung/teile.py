"""The questions of the office with their answers; for the office alone the check list and its opinions."""

from collections.abc import Iterator

from django.urls import reverse

from angebote.anlage.queries import dateien_von
from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF
from angebote.pruefung.pruefliste import PRUEFLISTE
from schulerfolg.teile import Aktion, Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    yield from _rueckfragen(antrag)
    if RECHTE.may(hats, "internes_lesen", antrag):
        yield _pruefung(antrag, person, hats)


def _rueckfragen(antrag) -> Iterator[Teil]:
    nachforderungen = list(antrag.nachforderungen.select_related("gestellt_durch").prefetch_related("rueckfragen"))
    for nachforderung in nachforderungen:
        nachforderung.dateien = [a for a in dateien_von(antrag) if a.nachforderung_id == nachforderung.pk]
        if nachforderung.beantwortet_am is None:
            yield Teil(Platz.DRAN, "angebote/pruefung/frist.html", {"frist": nachforderung.frist})
    if nachforderungen:
        inhalt = {"antrag": antrag, "nachforderungen": nachforderungen}
        yield Teil(Platz.HAUPT, "angebote/pruefung/rueckfragen.html", inhalt)


def _pruefung(antrag, person, hats) -> Teil:
    urteile = {punkt.schluessel: punkt for punkt in antrag.pruefpunkte.select_related("durch")}
    stellungnahmen = list(antrag.stellungnahmen.select_related("verfasst_durch", "bestaetigt_durch"))
    inhalt = {
        "antrag": antrag,
        "stellungnahmen": stellungnahmen,
        "pruefliste": [(frage, urteile.get(schluessel)) for schluessel, frage in PRUEFLISTE.items()],
        "beantwortet": len(urteile.keys() & PRUEFLISTE.keys()),
        "darf_pruefen": RECHTE.may(hats, "pruefliste", antrag),
    }
    aktionen = tuple(_aktionen(antrag, person, hats, stellungnahmen))
    return Teil(Platz.HAUPT, "angebote/pruefung/pruefung.html", inhalt, aktionen)


def _aktionen(antrag, person, hats, stellungnahmen) -> Iterator[Aktion]:
    if RECHTE.may(hats, "pruefliste", antrag) and ABLAUF.hindrance("weiter_zur_fachpruefung", antrag, person):
        yield Aktion("Prüfliste ausfüllen", reverse("antraege:pruefliste", args=[antrag.pk]))
    if RECHTE.may(hats, "stellung_nehmen", antrag):
        offen = next((s for s in stellungnahmen if s.bestaetigt_am is None), None)
        label = "Stellungnahme bearbeiten" if offen else "Stellungnahme schreiben"
        art = "tertiary" if offen and offen.verfasst_durch_id != person.pk else "secondary"
        yield Aktion(label, reverse("antraege:stellungnahme", args=[antrag.pk]), art)
