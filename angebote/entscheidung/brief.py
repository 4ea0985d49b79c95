"""What a letter of decision says. Its kind follows from the Träger and from who receives the money (dossier 3.6).

A public Träger can issue a Bescheid, a free or church one can only make a contract. Nobody issues a Bescheid to
itself, and where the office pays the bills, no money is awarded to anybody.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import timezone

from angebote.antrag.bedingungen import fruehester_beginn
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import ABLAUF
from angebote.entscheidung.queries import (
    Kontakt,
    anschrift,
    anschrift_des_absenders,
    entscheidung_von,
    kontakt_von,
    traeger_von,
)
from angebote.entscheidung.texte import (
    AUFLAGEN_IMMER,
    NACHWEIS_DES_BANDES,
    PUBLIZITAET,
    RECHTSBEHELF,
    RECHTSBEHELF_DER_STELLE,
    WEG_WEITER,
)
from angebote.foerderung.models import Zahlweg
from netzwerkstellen.models import Organisation
from schulerfolg.geld import euro
from schulerfolg.zeit import datum, in_worten, zeitraum_in_worten


class Briefart(TextChoices):
    BESCHEID = "bescheid", "Zuwendungsbescheid"
    VERTRAG = "vertrag", "Fördervertrag"
    KOSTENUEBERNAHME = "kostenuebernahme", "Zusage der Kostenübernahme"


ABLEHNUNG = "ablehnung"
TITEL_ABLEHNUNG = {
    Briefart.BESCHEID: "Ablehnungsbescheid",
    Briefart.VERTRAG: "Ablehnung",
    Briefart.KOSTENUEBERNAHME: "Ablehnung",
}
VORLAGEN = {
    Briefart.BESCHEID.value: "pdf/bescheid.html",
    Briefart.VERTRAG.value: "pdf/vertrag.html",
    Briefart.KOSTENUEBERNAHME.value: "pdf/kostenuebernahme.html",
    ABLEHNUNG: "pdf/ablehnung.html",
}
ENTSCHEIDEND = {
    # step that decided → how the letter tells of it
    "beschliessen": "Das Gremium der {stelle} hat am {tag} darüber beraten und beschlossen{nummer}.",
    "ablehnung_beschliessen": "Das Gremium der {stelle} hat am {tag} darüber beraten und beschlossen.",
    "selbst_entscheiden": "Die {stelle} hat am {tag} darüber entschieden{nummer}.",
    "formal_ablehnen": "Die {stelle} hat Ihren Antrag am {tag} geprüft.",
}


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a template of templates/pdf/ needs; texts are final, amounts written out."""

    art: str
    titel: str
    briefart: Briefart
    antrag: Antrag
    traeger: Organisation | None
    kontakt: Kontakt
    absender: list[str]
    anschrift: list[str]
    datum: date
    zeitraum: str
    betrag: str
    grundlage: str
    gruende: str
    auflagen: list[str]
    nebenbestimmungen: list[str]
    publizitaet: list[str]
    empfaenger: str
    rechtsbehelf: str
    unterschriften: list[str]
    weiter: list[str]


def briefart(antrag) -> Briefart:
    """Which form the decision on this Antrag takes, from the Träger of today and the recipient of the money."""
    traeger = traeger_von(antrag)
    if antrag.zahlweg == Zahlweg.STELLE:
        return Briefart.KOSTENUEBERNAHME
    if traeger is None or traeger.art != "oeffentlich":
        return Briefart.VERTRAG
    empfaenger = empfaenger_von(antrag)
    if empfaenger is not None and empfaenger.name == traeger.name:
        return Briefart.KOSTENUEBERNAHME
    return Briefart.BESCHEID


def empfaenger_von(antrag) -> Organisation | None:
    """Who receives the money: for a public school, which is no legal person, its Schulträger.

    One Körperschaft may have several rows, one for each of its offices; they share the name.
    """
    return antrag.schule.schultraeger if antrag.zahlweg == Zahlweg.SCHULTRAEGER else antrag.geld_an


def brief(antrag, schritt: str, *, by, am: date, begruendung="") -> Brief:
    """The letter that this person signs with this step on this day; names, Träger and hat are those of the day.

    `begruendung` are the reasons of a formal refusal; those of the Gremium stand in its decision.
    """
    form = briefart(antrag)
    bewilligt = schritt == "bewilligen"
    gruende, grundlage = _entscheidung(antrag, schritt, am, begruendung)
    return Brief(
        art=form.value if bewilligt else ABLEHNUNG,
        titel=form.label if bewilligt else TITEL_ABLEHNUNG[form],
        antrag=antrag,
        **briefkopf(antrag, am),
        zeitraum=zeitraum_in_worten(antrag.beginn, antrag.ende) if bewilligt else "",
        betrag=euro(antrag.bewilligt) if bewilligt else "",
        grundlage=grundlage,
        gruende="" if bewilligt and antrag.bewilligt == antrag.beantragt else gruende,
        auflagen=[zeile.strip() for zeile in antrag.auflagen.splitlines() if zeile.strip()],
        nebenbestimmungen=_nebenbestimmungen(antrag, form) if bewilligt else [],
        publizitaet=PUBLIZITAET if bewilligt else [],
        empfaenger=_empfaenger_in_worten(antrag),
        rechtsbehelf=rechtsbehelf(antrag),
        unterschriften=_unterschriften(antrag, schritt, by, am),
        weiter=[] if bewilligt else [*WEG_WEITER, wann_wieder(antrag, am)],
    )


def wann_wieder(antrag, am: date) -> str:
    """Until when a new application is possible, by the calls and the rule of this day."""
    offene = [runde for runde in antrag.schule.netzwerkstelle.foerderrunden.offene() if runde.frist]
    if offene:
        return f"Die Förderrunde „{offene[0]}“ nimmt noch {offene[0].bis_in_worten} Anträge an."
    regel = antrag.regel_heute or antrag.regel
    return (
        f"Zwischen Antrag und erstem Projekttag liegen mindestens {regel.vorlauf_tage} Tage: Am {datum(am)} "
        f"eingereicht, könnte das Projekt ab dem {datum(fruehester_beginn(regel, am))} beginnen."
    )


def briefkopf(antrag, am: date) -> dict:
    """Who writes to whom on this day: what every letter of a case begins with."""
    form, traeger = briefart(antrag), traeger_von(antrag)
    return {
        "briefart": form,
        "traeger": traeger,
        "kontakt": kontakt_von(antrag),
        "absender": _absender(antrag, traeger),
        "anschrift": _anschrift(antrag, form),
        "datum": am,
    }


def rechtsbehelf(antrag) -> str:
    """How to object; empty where the letter is no Bescheid."""
    return _rechtsbehelf(antrag, traeger_von(antrag)) if briefart(antrag) == Briefart.BESCHEID else ""


def als_html(inhalt: Brief) -> str:
    """The letter, word for word, as it is made into a PDF."""
    antrag = inhalt.antrag
    fusszeile = f"{inhalt.titel} {antrag.nummer}, {antrag.netzwerkstelle.kurzname}"
    return render_to_string(VORLAGEN[inhalt.art], {"brief": inhalt, "antrag": antrag, "fusszeile": fusszeile})


def _entscheidung(antrag, schritt, am, begruendung) -> tuple[str, str]:
    """The reasons, and a sentence on who decided, on which day and under which number."""
    ereignis = None if schritt == "formal_ablehnen" else entscheidung_von(antrag)
    tag = timezone.localtime(ereignis.am).date() if ereignis else am
    buchung = antrag.buchungen.exclude(beschluss_nummer="").first()
    nummer = f" (Nummer {buchung.beschluss_nummer})" if buchung else ""
    satz = ENTSCHEIDEND[ereignis.schritt if ereignis else schritt]
    satz = satz.format(stelle=antrag.netzwerkstelle.name, tag=in_worten(tag), nummer=nummer)
    return ereignis.begruendung if ereignis else begruendung, satz


def _nebenbestimmungen(antrag, form) -> list[str]:
    nachweis = in_worten(antrag.nachweis_bis) if antrag.nachweis_bis else ""
    return [*(satz.format(nachweis=nachweis) for satz in AUFLAGEN_IMMER[form.value]), *_nachweis(antrag)]


def _absender(antrag, traeger) -> list[str]:
    """The authority or Träger that speaks, then the office and where it is."""
    zeilen = [traeger.name, traeger.einheit] if traeger else []
    return [zeile for zeile in (*zeilen, antrag.netzwerkstelle.name, *anschrift_des_absenders(antrag).zeilen) if zeile]


def _anschrift(antrag, form) -> list[str]:
    """A public school is no legal person: a Bescheid or contract names its Schulträger, to be read by the school."""
    schule, rechtlich = antrag.schule, empfaenger_von(antrag)
    an = [str(rechtlich), "über"] if rechtlich and form != Briefart.KOSTENUEBERNAHME else []
    return [*an, schule.name, "Schulleitung", *anschrift(schule).zeilen]


def _nachweis(antrag) -> list[str]:
    """What the band of this sum says of the proof."""
    return [NACHWEIS_DES_BANDES.format(antrag.band.nachweis)] if antrag.band and antrag.band.nachweis else []


def _empfaenger_in_worten(antrag) -> str:
    rechtlich = empfaenger_von(antrag)
    weg = antrag.get_zahlweg_display()
    return f"{weg} ({rechtlich})" if rechtlich else weg


def _unterschriften(antrag, schritt, by, am) -> list[str]:
    """Named, in the hat they wear: a letter made by a machine is valid without ink, not without a person."""
    hut = ANTRAG.hat_in_words(antrag, rollen(by, antrag), ABLAUF.transitions[schritt].roles)
    return [f"{by}, {hut}", f"freigegeben im Portal am {in_worten(am)}"]


def _rechtsbehelf(antrag, traeger) -> str:
    text = RECHTSBEHELF_DER_STELLE.get(antrag.netzwerkstelle.kuerzel, RECHTSBEHELF)
    return text.format(stelle=", ".join([str(traeger), *anschrift_des_absenders(antrag).zeilen]))
