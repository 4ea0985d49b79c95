"""The page of a case for one person: whose turn it is, the buttons, and the parts that each subject offers."""

from dataclasses import dataclass, replace

from django.urls import reverse

from angebote.antrag.machine import MOST_NAMES, zustaendige
from angebote.antrag.permissions import RECHTE
from angebote.antrag.stand import IN_AUSFERTIGUNG, NOCH_NICHT_BEKANNT, ZULETZT, Stand, stand_fuer
from angebote.antrag.workflow import ABLAUF, KOPF, STELLE
from angebote.entscheidung.bedingungen import unterschrift
from angebote.pruefung.bedingungen import wer_bestaetigt, wer_geschrieben_hat
from angebote.pruefung.queries import offene_stellungnahme
from angebote.pruefung.services import wer_kann_zeichnen
from schulerfolg.dach.gegenstaende import modules_named
from schulerfolg.dach.vorgang.schritte import SCHRITTE
from schulerfolg.dach.vorgang.weg import Weg
from schulerfolg.konten.models import Abwesenheit, Person
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle
from schulerfolg.teile import Aktion, Platz, Teil

BESTAETIGEN = "eine zweite Person der Netzwerkstelle"


@dataclass(frozen=True, slots=True)
class Dran:
    """Whose turn it is: in words, by name, what they do, and whether that is the person who looks."""

    wer: str
    namen: list[str]
    tun: str
    ich: bool


def vorgangsseite(antrag, person, hats) -> dict:
    """The frame of the page, and in it what each subject offers to this person."""
    stand = stand_fuer(antrag.status, RECHTE.may(hats, "internes_lesen", antrag))
    teile, dran = angeboten(antrag, person, hats), jetzt_dran(antrag, stand, person, hats)
    return {
        "antrag": antrag,
        "stand": stand,
        "dran": dran,
        "weg": Weg(antrag, dran, hats) if antrag.nummer else None,
        "aktionen": aktionen(antrag, person, hats, [aktion for teil in teile for aktion in teil.aktionen]),
        "teile": {platz.name.lower(): [teil for teil in teile if teil.platz == platz] for platz in Platz},
    }


def angeboten(antrag, person, hats) -> list[Teil]:
    """The parts of all subjects: what comes later on the way of a case stands further up on its page."""
    return [teil for module in reversed(modules_named("teile")) for teil in module.teile(antrag, person, hats)]


def jetzt_dran(antrag, stand: Stand, person, hats) -> Dran | None:
    if not stand.wer:
        return None
    dran = _stellungnahme_dran(antrag)
    wer, personen, tun = dran or (stand.wer, _personen(antrag, stand.rollen), stand.tun)
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


def aktionen(antrag, person, hats, eigene: list[Aktion]) -> list[Aktion]:
    """The buttons: pages of the subjects, steps forward, steps that end a case. The first one is the main one."""
    liste = [*eigene]
    for step in sorted(ABLAUF.offered(antrag, person, hats), key=_rang):
        adresse = reverse("antraege:schritt", args=[antrag.pk, step.name])
        art = "tertiary" if step.name in ZULETZT else "secondary"
        hindernis = ABLAUF.hindrance(step.name, antrag, person)
        liste.append(Aktion(SCHRITTE[step.name].link or step.label, adresse, art, hindernis))
    frei = sorted((a for a in liste if not a.hindernis), key=lambda aktion: aktion.art == "tertiary")
    if frei and frei[0].art == "secondary":
        frei[0] = replace(frei[0], art="primary")
    return frei + [aktion for aktion in liste if aktion.hindernis]


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


def _stellungnahme_dran(antrag) -> tuple[str, list[Person], str] | None:
    """Who confirms the opinion that waits for it, or writes on where it was sent back; None where none is open."""
    step = ABLAUF.transitions["bestaetigen"]
    offen = offene_stellungnahme(antrag) if antrag.status in step.sources else None
    if offen is None:
        return None
    if offen.zurueckgabe:
        schreibende = wer_geschrieben_hat(antrag) or zustaendige(antrag, STELLE)
        return "die Netzwerkstelle", schreibende, "schreibt die fachliche Stellungnahme"
    return BESTAETIGEN, wer_bestaetigt(antrag), "liest die fachliche Stellungnahme und bestätigt sie"
