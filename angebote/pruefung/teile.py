"""The questions of the office with their answers; for the office alone the check list and its opinions."""

from collections.abc import Iterator

from django.urls import reverse

from angebote.anlage.queries import dateien_von
from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF
from angebote.korrektur.worte import verglichen
from angebote.pruefung.inhalt import frist, pruefstand
from schulerfolg.teile import Aktion, Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    yield from _rueckfragen(antrag, hats)
    if RECHTE.may(hats, "internes_lesen", antrag):
        yield _pruefung(antrag, person, hats)


def _rueckfragen(antrag, hats) -> Iterator[Teil]:
    nachforderungen = list(
        antrag.nachforderungen.select_related("gestellt_durch").prefetch_related("rueckfragen", "markierungen")
    )
    for nachforderung in nachforderungen:
        nachforderung.korrekturen = verglichen(nachforderung.markierungen.all())
        nachforderung.dateien = [a for a in dateien_von(antrag) if a.nachforderung_id == nachforderung.pk]
        if nachforderung.beantwortet_am is None:
            yield Teil(Platz.DRAN, "angebote/pruefung/frist.html", frist(nachforderung, hats))
    if nachforderungen:
        inhalt = {"antrag": antrag, "nachforderungen": nachforderungen}
        yield Teil(Platz.HAUPT, "angebote/pruefung/rueckfragen.html", inhalt)


def _pruefung(antrag, person, hats) -> Teil:
    stellungnahmen = list(antrag.stellungnahmen.mit_personen())
    gelten = [s for s in stellungnahmen if s.bestaetigt_am or s == stellungnahmen[0]]
    inhalt = {
        "antrag": antrag,
        "stellungnahmen": gelten,
        "fruehere": [s for s in stellungnahmen if s not in gelten],
        "darf_pruefen": RECHTE.may(hats, "pruefliste", antrag),
        **pruefstand(antrag),
    }
    aktionen = tuple(_aktionen(antrag, person, hats, stellungnahmen))
    return Teil(Platz.HAUPT, "angebote/pruefung/pruefung.html", inhalt, aktionen)


def _aktionen(antrag, person, hats, stellungnahmen) -> Iterator[Aktion]:
    if RECHTE.may(hats, "pruefliste", antrag) and ABLAUF.hindrance("weiter_zur_fachpruefung", antrag, person):
        yield Aktion("Prüfliste ausfüllen", reverse("antraege:pruefliste", args=[antrag.pk]))
    if RECHTE.may(hats, "stellung_nehmen", antrag):
        offen = next((s for s in stellungnahmen[:1] if s.bestaetigt_am is None), None)
        label = "Stellungnahme bearbeiten" if offen else "Stellungnahme schreiben"
        art = "tertiary" if offen and person.pk not in offen.verfassende else "secondary"
        yield Aktion(label, reverse("antraege:stellungnahme", args=[antrag.pk]), art)
