"""What the pages of the opinion say beside it: what it rests on, who wrote it, and whether people are left to sign."""

from collections import Counter

from angebote.anlage.queries import dateien_von
from angebote.antrag.inhalt import antworten, fassungen
from angebote.antrag.machine import zustaendige
from angebote.antrag.permissions import SCHULE
from angebote.antrag.workflow import ABLAUF, ZEICHNENDE
from angebote.pruefung.bedingungen import wer_bestaetigt
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.queries import offene_stellungnahme
from angebote.pruefung.services import wer_kann_zeichnen, wer_koennte_befugt_werden
from schulerfolg.konten.models import Person

NIEMAND_UNTERSCHREIBT = "Dann kann niemand mehr die Entscheidung unterschreiben."
FUER_BEIDES = "Dann bleibt nur {} übrig; bestätigen und unterschreiben müssen aber zwei verschiedene Personen."


def frist(nachforderung, hats) -> dict:
    """What the sentence about the deadline needs, for whoever wears these hats."""
    beenden = ABLAUF.transitions["ohne_antwort_beenden"].roles
    return {
        "nachforderung": nachforderung,
        "ist_schule": not hats.isdisjoint(SCHULE),
        "beendet": not hats.isdisjoint(beenden),
    }


def pruefstand(antrag) -> dict:
    """The check list as it is answered, and the sentence that says who answered it."""
    punkte = {punkt.schluessel: punkt for punkt in antrag.pruefpunkte.select_related("durch")}
    beantwortet = [punkte[schluessel] for schluessel in PRUEFLISTE if schluessel in punkte]
    return {
        "pruefliste": [(frage, punkte.get(schluessel)) for schluessel, frage in PRUEFLISTE.items()],
        "beantwortet": len(beantwortet),
        "wer_pruefte": wer_pruefte([punkt.durch for punkt in beantwortet]),
    }


def wer_pruefte(personen: list[Person]) -> str:
    """„Beantwortet von Anja König (8 Punkte) und Bernd Lau (1 Punkt).“; empty where nothing is answered."""
    wer = [f"{person} ({zahl} {'Punkt' if zahl == 1 else 'Punkte'})" for person, zahl in Counter(personen).items()]
    return f"Beantwortet von {_und(wer, 'und')}." if wer else ""


def was_noch_offen_ist(antrag) -> str:
    offen = len(PRUEFLISTE) - antrag.pruefpunkte.filter(schluessel__in=PRUEFLISTE).count()
    if not offen:
        return f"Alle {len(PRUEFLISTE)} Punkte sind beantwortet."
    return f"Noch {offen} von {len(PRUEFLISTE)} Punkten {'ist' if offen == 1 else 'sind'} offen."


def wer_jetzt_bestaetigt(antrag) -> str:
    personen = wer_bestaetigt(antrag)
    if not personen:
        return "Zurzeit kann sie niemand anderes bestätigen. Bitte sprechen Sie die Leitung Ihrer Netzwerkstelle an."
    if len(personen) == 1:
        return f"Jetzt liest und bestätigt sie {personen[0]}."
    return f"Jetzt liest und bestätigt sie eine dieser Personen: {_und([str(person) for person in personen], 'oder')}."


def was_zu_lesen_ist(antrag) -> dict:
    """For whoever confirms: the opinion, what it rests on, and what came after it was written."""
    offen, geschrieben = offene_stellungnahme(antrag), fassungen(antrag)
    spaeter = offen and geschrieben and geschrieben[0].erstellt_am > offen.verfasst_am
    return {
        "stellungnahme": offen,
        "verfassende": _namen(offen) if offen and len(offen.verfassende) > 1 else "",
        "seitdem_geantwortet": geschrieben[0].erstellt_am if spaeter else None,
        "eingereicht": antworten(antrag, geschrieben, intern=True),
        "anlagen": dateien_von(antrag),
        **pruefstand(antrag),
    }


def wer_bleibt(antrag, person) -> dict:
    """For the page of confirming: who may sign afterwards; nobody is a warning that says what to do."""
    frei = [p for p in wer_kann_zeichnen(antrag) if p != person]
    if frei:
        return {"danach": _kann(frei), "warnung": ""}
    andere = [p for p in wer_bestaetigt(antrag) if p != person and any(z != p for z in wer_kann_zeichnen(antrag))]
    satz = f"Bestätigen {_kann(andere)} stattdessen auch; dann bleiben Sie für die Unterschrift. " if andere else ""
    return {"danach": "", "warnung": f"{NIEMAND_UNTERSCHREIBT} {satz}{_abhilfe(antrag, person)}"}


def wer_schreibt(antrag, person) -> dict:
    """For the page of writing: whether this person would be a second author, and whether enough people are left."""
    offen = offene_stellungnahme(antrag)
    verfassende = offen.verfassende if offen else set()
    return {
        "stellungnahme": offen,
        "verfassende": _namen(offen),
        "zweite_feder": bool(offen) and person.pk not in verfassende,
        "darf_zurueckgeben": bool(offen) and not ABLAUF.hindrance("stellungnahme_zurueckgeben", antrag, person),
        "warnung": _wer_fehlt(antrag, person, verfassende | {person.pk}),
    }


def _wer_fehlt(antrag, person, schreibende: set[int]) -> str:
    zeichnen = wer_kann_zeichnen(antrag, schreibende)
    bestaetigen = [p for p in zustaendige(antrag, ZEICHNENDE) if p.pk not in schreibende]
    if any(wer != zeichnet for wer in bestaetigen for zeichnet in zeichnen):
        return ""
    satz = FUER_BEIDES.format(zeichnen[0]) if zeichnen else NIEMAND_UNTERSCHREIBT
    return f"{satz} {_abhilfe(antrag, person, schreibende)}"


def _abhilfe(antrag, person, beteiligt: set[int] | None = None) -> str:
    """Who could be named; in words for whoever is not the Leitung too."""
    koennten = [p for p in wer_koennte_befugt_werden(antrag, beteiligt) if p != person]
    if koennten:
        namen = _und([str(p) for p in koennten], "oder")
        return f"Die Leitung kann im Team noch jemanden zeichnungsbefugt machen: {namen}."
    return "Die Leitung kann im Team eine weitere Person zeichnungsbefugt eintragen, zum Beispiel beim Träger."


def _namen(stellungnahme) -> str:
    if stellungnahme is None:
        return ""
    personen = Person.objects.filter(pk__in=stellungnahme.verfassende).order_by("nachname", "vorname")
    return _und([str(person) for person in personen], "und")


def _kann(personen) -> str:
    return f"{'kann' if len(personen) == 1 else 'können'} {_und([str(person) for person in personen], 'oder')}"


def _und(worte: list[str], wort: str) -> str:
    *andere, letztes = worte
    return f"{', '.join(andere)} {wort} {letztes}" if andere else letztes
