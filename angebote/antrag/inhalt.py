"""What was written in a case and what happened to it, in the words one person may read."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from angebote.antrag.abbild import abbild, regel_abbild
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung
from angebote.antrag.permissions import RECHTE
from angebote.antrag.stand import NOCH_NICHT_BEKANNT, NUR_IN_DER_SCHULE, NUR_INTERN
from angebote.antrag.workflow import ABLAUF, Status
from schulerfolg.geld import euro
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle
from schulerfolg.zeit import datum, zeitraum


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One line of the history, in the words this person may read."""

    wer: str
    rolle: str
    am: datetime
    in_worten: str
    begruendung: str


@dataclass(slots=True)
class Zeile:
    """A question of the form and its answer; `vorher` is what stood there in the Fassung before, if it changed."""

    label: str
    text: str
    geaendert: bool = False
    vorher: str = ""


@dataclass(slots=True)
class Antworten:
    """The answers of one section. The costs are a table of their own (`posten`), unless changes in them are marked."""

    name: str
    titel: str
    zeilen: list[Zeile] = field(default_factory=list)
    posten: list[list[str]] = field(default_factory=list)


def fassungen(antrag) -> list[Antragsfassung]:
    """What was submitted, the latest first; read once for all parts of a page."""
    mit_namen = Antragsfassung.objects.select_related("durch__zusammengefuehrt_mit")
    prefetch_related_objects([antrag], Prefetch("fassungen", mit_namen))
    return list(antrag.fassungen.all())


def ereignisse(antrag) -> list[Antragsereignis]:
    """What happened, the newest first; read once for all parts of a page."""
    prefetch_related_objects([antrag], Prefetch("ereignisse", Antragsereignis.objects.for_list()))
    return list(antrag.ereignisse.all())


def antworten(antrag, fassungen, intern) -> list[Antworten]:
    """The answers: of the latest Fassung word for word, before the submission as they stand in the draft.

    The office sees what is new or different since the Fassung before.
    """
    inhalt = fassungen[0].inhalt if fassungen else abbild(antrag)
    vorher = _als_tabelle(fassungen[1].inhalt) if intern and len(fassungen) > 1 else None
    return [_antworten(a, vorher) for a in inhalt if a["name"] != "regel"]


def _antworten(teil, vorher) -> Antworten:
    posten = teil.get("posten", []) if vorher is None else []
    zeilen = [_zeile(teil["name"], label, text, vorher) for label, text in teil["zeilen"][len(posten) :]]
    return Antworten(teil["name"], teil["titel"], zeilen, posten)


def _zeile(name, label, text, vorher) -> Zeile:
    if vorher is None or vorher.get((name, label)) == text:
        return Zeile(label, text)
    return Zeile(label, text, geaendert=True, vorher=vorher.get((name, label), ""))


def _als_tabelle(inhalt):
    return {(teil["name"], label): text for teil in inhalt for label, text in teil["zeilen"]}


def zur_unterschrift(antrag) -> dict:
    """What somebody who signs reads first: who asks, for how much and when, and what it means for the school."""
    weiter = antrag.ereignisse.for_list().filter(schritt="weitergeben").first()
    wer, von = antrag.verfasst_durch, weiter.durch if weiter else None
    personen = [person for person in dict.fromkeys((von, wer)) if person and person.is_active]
    return {
        "weitergegeben": weiter if antrag.status == Status.FREIGABE_SL else None,
        "eckdaten": [
            ("Beantragt", f"{euro(antrag.beantragt)}; Eigenmittel: {euro(antrag.eigenmittel)}"),
            ("Zeitraum", zeitraum(antrag.beginn, antrag.ende)),
            ("Worum es geht", antrag.kurzbeschreibung),
            ("Was das für die Schule heißt", _fuer_die_schule(antrag)),
        ],
        "fragen_an": personen,
        "betreff": f"Frage zum Antrag „{antrag.anzeigetitel}“",
    }


def _fuer_die_schule(antrag) -> str:
    dabei = f"{antrag.teilnehmende} Teilnehmende" if antrag.teilnehmende is not None else ""
    stufen = f"Klassenstufen {antrag.klassenstufen}" if antrag.klassenstufen else ""
    leitung = f"es leitet {antrag.projektleitung}" if antrag.projektleitung else ""
    partner = ", ".join(str(zeile.organisation) for zeile in antrag.partner.select_related("organisation"))
    return "; ".join(filter(None, [dabei, stufen, antrag.ort, leitung, partner and f"mit {partner}"]))


def was_verloren_geht(antrag) -> list[str]:
    """What somebody gives up who withdraws it, in sentences that tell of no decision that is not signed."""
    saetze = [
        f"Eingang und Nummer ({antrag.nummer} vom {datum(antrag.eingereicht_am)}) gelten nicht weiter: Ein neuer "
        "Antrag bekommt eine neue Nummer, und die Netzwerkstelle prüft ihn von vorn."
    ]
    if antrag.status == Status.IM_GREMIUM:
        saetze.append("Der Platz auf der Tagesordnung der Sitzung fällt weg.")
    elif antrag.status in NOCH_NICHT_BEKANNT:
        saetze.append("Über den Antrag ist schon beraten. Die Entscheidung gilt dann nicht, und es kommt kein Geld.")
    if antrag.runde and not antrag.runde.ist_offen:
        saetze.append(f"Die Förderrunde „{antrag.runde}“ nimmt keine neuen Anträge mehr an.")
    elif antrag.runde:
        saetze.append(
            f"Für einen neuen Antrag ist die Förderrunde „{antrag.runde}“ {antrag.runde.bis_in_worten} offen."
        )
    return saetze


def regel_von(antrag) -> dict | None:
    """The rule as pairs: the frozen one, before the submission the one of today; `gefroren` says which."""
    regel = antrag.regel or antrag.regel_heute
    if regel is None:
        return None
    zeilen = regel_abbild(regel, antrag.beantragt)["zeilen"]
    return {"zeilen": zeilen, "gefroren": regel == antrag.regel, "beispiel": regel.beispiel}


def verlauf(antrag, hats) -> list[Eintrag]:
    """The history in words, the newest first. A reason is told to the school where the step is told to it.

    What a head wrote to her school is read by her school alone, for ever.
    """
    intern = RECHTE.may(hats, "internes_lesen", antrag)
    in_der_schule = RECHTE.may(hats, "schulinternes_lesen", antrag)
    eintraege = []
    for ereignis in ereignisse(antrag):
        text, begruendung = ereignis.in_worten, ereignis.begruendung
        if not intern:
            text = NUR_INTERN.get(ereignis.schritt, text)
            begruendung = begruendung if _sagt_es_der_schule(ereignis.schritt) else ""
        if ereignis.schritt in NUR_IN_DER_SCHULE and not in_der_schule:
            begruendung = ""
        if text:
            wer = "Das Gremium" if not intern and ereignis.rolle == Rolle.GREMIUM.label else ereignis.wer
            eintraege.append(Eintrag(wer, ereignis.rolle, timezone.localtime(ereignis.am), text, begruendung))
    return eintraege


def _sagt_es_der_schule(schritt) -> bool:
    step = ABLAUF.transitions.get(schritt)
    if schritt in NUR_IN_DER_SCHULE:
        return True
    return step is not None and not set(SCHULROLLEN).isdisjoint({*step.notifies, *step.roles})
