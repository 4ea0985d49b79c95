"""What the page of one case shows, for one person: read here, once, and nothing the person may not see."""

from dataclasses import dataclass, replace

from django.urls import reverse

from angebote.antrag.abbild import anlagen
from angebote.antrag.machine import MOST_NAMES, zustaendige
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF, ENTSCHIEDEN, KOPF
from angebote.entscheidung.bedingungen import unterschrift
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.services import wer_kann_zeichnen
from schulerfolg.dach.vorgang.inhalt import regel_von, teile, verlauf
from schulerfolg.dach.vorgang.queries import ausstehend, mit_stand
from schulerfolg.dach.vorgang.schritte import SCHRITTE
from schulerfolg.dach.vorgang.stand import IN_AUSFERTIGUNG, NOCH_NICHT_BEKANNT, ZULETZT, Stand, stand_fuer
from schulerfolg.konten.models import Abwesenheit, Person
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle


@dataclass(frozen=True, slots=True)
class Dran:
    """Whose turn it is: in words, by name, what they do, and whether that is the person who looks."""

    wer: str
    namen: list[str]
    tun: str
    ich: bool


@dataclass(frozen=True, slots=True)
class Aktion:
    """A button of the page; with `hindernis` it is only named, with the reason why it has to wait."""

    label: str
    adresse: str
    art: str = "secondary"
    hindernis: str = ""


def vorgangsseite(antrag, person, hats) -> dict:
    """Everything on the page. `intern`: this person reads what is not for the school."""
    intern = RECHTE.may(hats, "internes_lesen", antrag)
    stand = stand_fuer(antrag.status, intern)
    fassungen = list(antrag.fassungen.select_related("durch__zusammengefuehrt_mit"))
    dateien = list(anlagen(antrag))
    nachforderungen = list(antrag.nachforderungen.select_related("gestellt_durch").prefetch_related("rueckfragen"))
    for nachforderung in nachforderungen:
        nachforderung.dateien = [anlage for anlage in dateien if anlage.nachforderung_id == nachforderung.pk]
    return {
        "antrag": antrag,
        "intern": intern,
        "stand": stand,
        "dran": jetzt_dran(antrag, stand, person, hats),
        "aktionen": aktionen(antrag, person, hats),
        "fassungen": fassungen,
        "teile": teile(antrag, fassungen, intern),
        "regel": regel_von(antrag),
        "nachforderungen": nachforderungen,
        "offen_bis": next((n.frist for n in nachforderungen if n.beantwortet_am is None), None),
        "bewilligt": antrag.bewilligt if intern or antrag.status in ENTSCHIEDEN else None,
        "anlagen": dateien,
        "schriftstuecke": antrag.schriftstuecke.select_related("dokument").defer("dokument__inhalt"),
        "ausstehend": ausstehend(antrag, fassungen),
        "fruehere": fruehere(antrag, person, intern),
        "verlauf": verlauf(antrag, intern),
        **(internes(antrag, hats) if intern else {}),
    }


def internes(antrag, hats) -> dict:
    """What only the office and its auditors read: opinion and check list."""
    urteile = {punkt.schluessel: punkt for punkt in antrag.pruefpunkte.select_related("durch")}
    return {
        "stellungnahmen": antrag.stellungnahmen.select_related("verfasst_durch", "bestaetigt_durch"),
        "pruefliste": [(frage, urteile.get(schluessel)) for schluessel, frage in PRUEFLISTE.items()],
        "beantwortet": len(urteile.keys() & PRUEFLISTE.keys()),
        "darf_pruefen": RECHTE.may(hats, "pruefliste", antrag),
    }


def jetzt_dran(antrag, stand: Stand, person, hats) -> Dran | None:
    if not stand.wer:
        return None
    zweite = _zweite_personen(antrag)
    personen = _personen(antrag, stand.rollen) if zweite is None else zweite
    tun = stand.tun if zweite is None else "liest die fachliche Stellungnahme und bestätigt sie"
    wer = stand.wer if zweite is None else "eine zweite Person der Netzwerkstelle"
    if antrag.status in NOCH_NICHT_BEKANNT and stand is not IN_AUSFERTIGUNG:
        zeichnende = unterschrift(antrag)
        wer, tun = zeichnende.wer, stand.tun if personen else zeichnende.satz
    ich = person in personen or not hats.isdisjoint(set(stand.rollen) & set(SCHULROLLEN))
    namen = _mit_abwesenheit(personen[:MOST_NAMES])
    if len(personen) > MOST_NAMES:
        namen[-1] = f"{len(personen) - MOST_NAMES + 1} weitere"
    return Dran(wer, namen, tun, ich)


def _mit_abwesenheit(personen) -> list[str]:
    """Names, and beside whoever is away today until when and who stands in."""
    weg = {zeile.person_id: zeile.in_worten for zeile in Abwesenheit.objects.heute().filter(person__in=personen)}
    return [f"{person} ({weg[person.pk]})" if person.pk in weg else str(person) for person in personen]


def aktionen(antrag, person, hats) -> list[Aktion]:
    """The buttons: pages of the check, steps forward, steps that end a case. The first one is the main one."""
    liste = [*_seiten(antrag, person, hats)]
    for step in sorted(ABLAUF.offered(antrag, person, hats), key=_rang):
        adresse = reverse("antraege:schritt", args=[antrag.pk, step.name])
        art = "tertiary" if step.name in ZULETZT else "secondary"
        hindernis = ABLAUF.hindrance(step.name, antrag, person)
        liste.append(Aktion(SCHRITTE[step.name].link or step.label, adresse, art, hindernis))
    frei = sorted((a for a in liste if not a.hindernis), key=lambda aktion: aktion.art == "tertiary")
    if frei and frei[0].art == "secondary":
        frei[0] = replace(frei[0], art="primary")
    return frei + [aktion for aktion in liste if aktion.hindernis]


def _seiten(antrag, person, hats):
    if RECHTE.may(hats, "pruefliste", antrag) and ABLAUF.hindrance("weiter_zur_fachpruefung", antrag, person):
        yield Aktion("Prüfliste ausfüllen", reverse("antraege:pruefliste", args=[antrag.pk]))
    if RECHTE.may(hats, "stellung_nehmen", antrag):
        offen = antrag.stellungnahmen.filter(bestaetigt_am=None).first()
        label = "Stellungnahme bearbeiten" if offen else "Stellungnahme schreiben"
        fremd = offen is not None and offen.verfasst_durch_id != person.pk
        yield Aktion(label, reverse("antraege:stellungnahme", args=[antrag.pk]), "tertiary" if fremd else "secondary")


def _rang(step) -> int:
    """Steps that end a case last; asking back after going on."""
    return ZULETZT.index(step.name) + 2 if step.name in ZULETZT else int(step.name == "nachfordern")


def _personen(antrag, rollen) -> list[Person]:
    if Rolle.TRAEGER_FREIGABE in rollen:
        return wer_kann_zeichnen(antrag)
    if set(rollen) & set(STELLENROLLEN):
        return [antrag.zustaendig] if antrag.zustaendig else zustaendige(antrag, rollen)
    if set(rollen) <= set(KOPF):
        return zustaendige(antrag, rollen)
    return [antrag.verfasst_durch] if antrag.verfasst_durch.is_active else []


def _zweite_personen(antrag) -> list[Person] | None:
    """Who may confirm the opinion that waits for it; None where none waits."""
    step = ABLAUF.transitions["bestaetigen"]
    offen = antrag.stellungnahmen.filter(bestaetigt_am=None).first() if antrag.status in step.sources else None
    if offen is None:
        return None
    return [person for person in zustaendige(antrag, step.roles) if person.pk != offen.verfasst_durch_id]


def fruehere(antrag, person, intern) -> list:
    """Submitted applications of the same school that this person may see, the newest first."""
    andere = Antrag.objects.visible_to(person).filter(schule=antrag.schule, nummer__isnull=False).exclude(pk=antrag.pk)
    return mit_stand(andere.order_by("-eingereicht_am", "-pk")[:8], {antrag.netzwerkstelle_id} if intern else set())
