"""What the pages of a draft show: how far each section is, who signs, what comes next. Stands beside services.py."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from angebote.antrag.abbild import abbild
from angebote.antrag.abschnitte import ABSCHNITTE, ALLE, KURZ, Abschnitt, abschnitte_fuer
from angebote.antrag.bedingungen import (
    VERWERFEN,
    andere_in_worten,
    einwaende,
    ist_leer,
    noch_frei,
    zum_hoechstbetrag,
)
from angebote.antrag.einwand import Einwand
from angebote.antrag.entwurf import beratungen_zur_wahl
from angebote.antrag.folgefragen import FOLGEN, gefragt
from angebote.antrag.inhalt import antworten
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen, schreibt
from angebote.antrag.workflow import ABLAUF, KOPF, Status
from schulerfolg.konten.models import Person

VORAB = ("schule", "projektleitung", "projektleitung_email", "projektleitung_telefon")
"""Filled in when a draft begins."""
MIT_SUMME = ("kosten", KURZ.name)
"""The pages on which the sum is typed."""


@dataclass(frozen=True, slots=True)
class Aufgabe:
    """A section in the task list: `art` is the colour of its badge, `stand` the words on it."""

    nummer: int
    abschnitt: Abschnitt
    stand: str
    art: str


def entwurfsseite(antrag: Antrag, person: Person, hats: set) -> dict:
    """Everything the page of a draft says to this person."""
    regel = antrag.regel_heute
    liste = einwaende(antrag, regel, am=timezone.localdate())
    darf_schreiben = RECHTE.may(hats, "bearbeiten", antrag) and schreibt(person, antrag)
    aufgaben = aufgabenliste(liste, abschnitte_fuer(antrag.kurz))
    beim_kopf = antrag.status == Status.FREIGABE_SL
    return {
        "antrag": antrag,
        "regel": regel,
        "kurzes_band": None if antrag.kurz else _kurzes_band(antrag),
        "aufgaben": aufgaben,
        "fertig": sum(aufgabe.art == "success" for aufgabe in aufgaben),
        "darf_schreiben": darf_schreiben,
        "eigener": person == antrag.verfasst_durch,
        "darf_teilen": RECHTE.may(hats, "teilen", antrag),
        "schritte": (knoepfe := schritte(antrag, person, hats)),
        "unterschreibt": any(step.name == "einreichen" for step in knoepfe),
        "hart": [einwand for einwand in liste if einwand.hart],
        **wer_unterschreibt(antrag, regel, person, hats),
        "mitarbeitende": mitarbeitende(antrag),
        "beratungen": beratungen_zur_wahl(antrag) if darf_schreiben and antrag.beratung is None else [],
        "zurueck": antrag.ereignisse.filter(schritt="weitergeben").first() if beim_kopf else None,
        "hinweis": None if beim_kopf else zurueckgegeben(antrag),
        "liest_hinweis": RECHTE.may(hats, "schulinternes_lesen", antrag),
        "antworten": [] if darf_schreiben else antworten(antrag, [], intern=False),
        "anlagen": [] if darf_schreiben else antrag.anlagen.geltend(),
    }


def pruefseite(antrag: Antrag, person: Person, hats: set) -> dict:
    """Everything as it will be read, and what speaks against sending it today."""
    regel = antrag.regel_heute
    liste = einwaende(antrag, regel, am=timezone.localdate())
    return {
        "antrag": antrag,
        "regel": regel,
        "antworten": antworten(antrag, [], intern=False),
        "anlagen": antrag.anlagen.geltend(),
        "hart": [einwand for einwand in liste if einwand.hart],
        "weich": [einwand for einwand in liste if not einwand.hart],
        "schritte": [s for s in schritte(antrag, person, hats) if _geht_vor(s)],
        **wer_unterschreibt(antrag, regel, person, hats),
    }


def kann_kurz(antrag: Antrag) -> bool:
    """Whether the one page is open: it is enough for this sum, or no sum is known and a small one would do."""
    return antrag.kurz or _kurzes_band(antrag) is not None


def _kurzes_band(antrag):
    """The highest band that asks one page, offered while no sum is known."""
    kurze = [band for band in antrag.regel_heute.stufen if band.kurz] if antrag.regel_heute else []
    return kurze[-1] if kurze and antrag.beantragt <= 0 else None


def naechster_schritt(antrag: Antrag, person: Person) -> str:
    """Where the one page goes on: to the step that hands it on; back to it while something is missing."""
    hart = [einwand for einwand in einwaende(antrag, antrag.regel_heute, am=timezone.localdate()) if einwand.hart]
    weiter = [step for step in schritte(antrag, person, rollen(person, antrag)) if _geht_vor(step)]
    if hart or not weiter:
        return reverse("antraege:abschnitt", args=[antrag.pk, KURZ.name])
    return reverse("antraege:schritt", args=[antrag.pk, weiter[0].name])


def _geht_vor(step) -> bool:
    return not step.needs_reason and step.name not in VERWERFEN


def aufgabenliste(liste: list[Einwand], abschnitte: dict[str, Abschnitt]) -> list[Aufgabe]:
    return [
        Aufgabe(nummer, abschnitt, *_stand(abschnitt, [einwand for einwand in liste if einwand.abschnitt == name]))
        for nummer, (name, abschnitt) in enumerate(abschnitte.items(), 1)
    ]


def _stand(abschnitt, liste):
    fehlt = [einwand.feld for einwand in liste if abschnitt.pflicht.get(einwand.feld) == einwand.satz]
    offen = len(fehlt)
    if (abschnitt.pflicht.keys() - FOLGEN.keys()).issubset(fehlt):
        return "noch nicht begonnen", ""
    if offen:
        return ("noch 1 Angabe" if offen == 1 else f"noch {offen} Angaben"), "info"
    if any(einwand.hart for einwand in liste):
        return "bitte prüfen", "warning"
    return "vollständig", "success"


def schritte(antrag, person, hats):
    """The steps forward and back this person may take; one that the rule in force excludes is not offered."""
    return sorted(ABLAUF.offered(antrag, person, hats), key=lambda step: (step.name in VERWERFEN, step.needs_reason))


def wer_unterschreibt(antrag, regel, person, hats) -> dict:
    """Who signs; a head who wrote it herself is told whether that is she, somebody else, or nobody yet."""
    personen = unterschreibende(antrag, regel)
    eigene = ""
    if person == antrag.verfasst_durch and not hats.isdisjoint(KOPF):
        eigene = "selbst" if person in personen else "andere" if personen else "niemand"
    return {"unterschrift": personen, "eigene_unterschrift": eigene}


def unterschreibende(antrag, regel) -> list[Person]:
    """The heads who may sign this draft today; where the rule asks for it, not whoever wrote it."""
    koepfe = antrag.schule.zugehoerigkeiten.am_platz().filter(rolle__in=KOPF).select_related("person")
    personen = list(dict.fromkeys(zeile.person for zeile in koepfe))
    if regel and regel.vertretung_bei_eigenem:
        return [person for person in personen if person != antrag.verfasst_durch]
    return personen


def mitarbeitende(antrag) -> list[Person]:
    """Who began the draft and who worked on it since; two accounts that became one are one person."""
    ereignisse = antrag.ereignisse.filter(schritt__in=["anlegen", "bearbeiten"]).order_by("am").for_list()
    personen = [antrag.verfasst_durch, *(ereignis.durch for ereignis in ereignisse if ereignis.durch)]
    return list(dict.fromkeys(person.zusammengefuehrt_mit or person for person in personen))


def zurueckgegeben(antrag):
    """The event by which the head sent this draft back, until it is handed over again."""
    letztes = antrag.ereignisse.filter(schritt__in=["weitergeben", "zurueckgeben"]).for_list().first()
    return letztes if letztes and letztes.schritt == "zurueckgeben" else None


def letzte_bearbeitung(antrag) -> Person | None:
    ereignis = antrag.ereignisse.filter(schritt="bearbeiten").select_related("durch").first()
    return ereignis and ereignis.durch


def abschnitt_kontext(antrag: Antrag, name: str, form, person: Person) -> dict:
    """The page of one section. `regel` and what follows it are there for the sections that speak of them."""
    regel = antrag.regel_heute
    summe, reihenfolge = name in MIT_SUMME, list(abschnitte_fuer(antrag.kurz))
    andere = zum_hoechstbetrag(antrag, regel) if regel and summe else []
    if regel and summe:
        form.frei = noch_frei(regel, andere)
    da = list(antrag.anlagen.geltend()) if name == "erklaerungen" else []
    verlangt = regel.verlangt(antrag.beantragt) if regel and name == "erklaerungen" else []
    arten = {anlage.art for anlage in da}
    return {
        "antrag": antrag,
        "form": form,
        "formset": form.zeilen,
        "abschnitt": ALLE[name],
        "nummer": reihenfolge.index(name) + 1 if name in reihenfolge else 0,
        "anzahl": len(reihenfolge),
        "regel": regel,
        **(_band(regel, form) if summe else {}),
        **(_kurze_seite(antrag, person) if name == KURZ.name else {}),
        "belegt": andere_in_worten(andere),
        "anlagen": da,
        "entfernt": list(antrag.anlagen.entfernt()) if name == "erklaerungen" else [],
        "verlangt": [(anforderung, anforderung.art in arten) for anforderung in verlangt],
        "bearbeitet_durch": letzte_bearbeitung(antrag) if form.konflikt else None,
        "gespeichert": _abbild_von(form.konflikt, name) if form.konflikt else [],
    }


def gesichert_kontext(antrag: Antrag, form, frisch) -> dict:
    """What the answer to a save by itself says. `frisch`: the form as the page would show it now."""
    for feld in frisch.hidden_fields():
        feld.field.widget.attrs["hx-swap-oob"] = "true"
    zeilen = [(f"Zeile {nummer}, ", zeile) for nummer, zeile in enumerate(form.zeilen or (), 1)]
    felder = [(vor, feld) for vor, teil in [("", form), *zeilen] for feld in teil.visible_fields() if feld.errors]
    return {
        "antrag": antrag,
        "form": form,
        "frisch": frisch,
        **(_band(antrag.regel_heute, form) if form.name in MIT_SUMME else {}),
        "fehler": felder,
        "spaeter": form.spaeter,
        "bearbeitet_durch": letzte_bearbeitung(antrag) if form.konflikt else None,
    }


def _band(regel, form) -> dict:
    """What holds for the sum as it stands on the page."""
    band = regel.band(form.beantragt) if regel else None
    return {
        "stufen": regel.stufen if regel else [],
        "band": band,
        "kurz_genuegt": bool(band and band.kurz),
        "darueber": regel.get_entscheidungsweg_display() if regel else "",
    }


def _kurze_seite(antrag, person) -> dict:
    """What the one page says beside its questions: what is missing, what else the draft holds, which files it needs."""
    liste = einwaende(antrag, antrag.regel_heute, am=timezone.localdate())
    return {
        "hart": [einwand for einwand in liste if einwand.hart] if antrag.beantragt > 0 else [],
        "ausserdem": _nicht_gefragt(antrag),
        **wer_unterschreibt(antrag, antrag.regel_heute, person, rollen(person, antrag)),
        "mit_anlagen": any(einwand.feld == "anlage" for einwand in liste) or antrag.anlagen.geltend().exists(),
    }


def _abbild_von(antrag, name):
    return [zeile for teil in abbild(antrag) if name in (KURZ.name, teil["name"]) for zeile in teil["zeilen"]]


def _nicht_gefragt(antrag: Antrag) -> list[Abschnitt]:
    """Sections that hold something the one page does not ask for; it stays and goes with the application."""
    gefragte = {*KURZ.felder, *VORAB}
    return [
        abschnitt
        for abschnitt in ABSCHNITTE.values()
        if any(gefragt(antrag, f) and not ist_leer(antrag, f) for f in abschnitt.felder if f not in gefragte)
    ]
