"""What a letter of decision says. Its kind follows from the Träger and from who receives the money (dossier 3.6).

A public Träger can issue a Bescheid, a free or church one can only make a contract. Nobody issues a Bescheid to
itself, and where the office pays the bills, no money is awarded to anybody.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.entscheidung.queries import entscheidung_von
from angebote.entscheidung.texte import AUFLAGEN_IMMER, PUBLIZITAET, RECHTSBEHELF, RECHTSBEHELF_DER_STELLE, WEG_WEITER
from angebote.foerderung.models import Zahlweg
from netzwerkstellen.models import Organisation, Traegerschaft
from schulerfolg.geld import euro


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
    absender: list[str]
    anschrift: list[str]
    datum: date
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


def traeger_von(antrag) -> Organisation | None:
    """The federführende Träger of the office today."""
    zeilen = antrag.netzwerkstelle.traegerschaften.gueltig().filter(rolle=Traegerschaft.Rolle.FEDERFUEHREND)
    traegerschaft = zeilen.select_related("organisation").first()
    return traegerschaft.organisation if traegerschaft else None


def empfaenger_von(antrag) -> Organisation | None:
    """Who receives the money: for a public school, which is no legal person, its Schulträger.

    One Körperschaft may have several rows, one for each of its offices; they share the name.
    """
    return antrag.schule.schultraeger if antrag.zahlweg == Zahlweg.SCHULTRAEGER else antrag.zahlung_an


def brief(antrag) -> Brief:
    """The letter about this decided Antrag."""
    form, traeger = briefart(antrag), traeger_von(antrag)
    bewilligt = antrag.status == Status.BEWILLIGT
    freigabe = antrag.ereignisse.filter(nach=antrag.status).select_related("durch").first()
    entscheidung = entscheidung_von(antrag)
    return Brief(
        art=form.value if bewilligt else ABLEHNUNG,
        titel=form.label if bewilligt else TITEL_ABLEHNUNG[form],
        briefart=form,
        antrag=antrag,
        traeger=traeger,
        absender=_absender(antrag, traeger),
        anschrift=_anschrift(antrag, form),
        datum=timezone.localdate(freigabe.am),
        betrag=euro(antrag.bewilligt) if bewilligt else "",
        grundlage=_grundlage(antrag, entscheidung),
        gruende="" if bewilligt else entscheidung.begruendung,
        auflagen=[zeile.strip() for zeile in antrag.auflagen.splitlines() if zeile.strip()],
        nebenbestimmungen=AUFLAGEN_IMMER[form.value] if bewilligt else [],
        publizitaet=PUBLIZITAET if bewilligt else [],
        empfaenger=_empfaenger_in_worten(antrag),
        rechtsbehelf=_rechtsbehelf(antrag, traeger) if form == Briefart.BESCHEID else "",
        unterschriften=_unterschriften(freigabe),
        weiter=[] if bewilligt else WEG_WEITER,
    )


def _absender(antrag, traeger) -> list[str]:
    """The authority or Träger that speaks, then the office and where it is."""
    zeilen = [traeger.name, traeger.einheit] if traeger else []
    return [zeile for zeile in (*zeilen, antrag.netzwerkstelle.name, *_ort(traeger, antrag)) if zeile]


def _ort(traeger, antrag) -> list[str]:
    """Street and place of the Träger, or of the office's Hauptsitz where the Träger's is not known."""
    sitz = traeger if traeger and traeger.ort else antrag.netzwerkstelle.standorte.filter(hauptsitz=True).first()
    return [sitz.strasse, f"{sitz.plz} {sitz.ort}".strip()] if sitz else []


def _anschrift(antrag, form) -> list[str]:
    """A public school is no legal person: a Bescheid or contract names its Schulträger, to be read by the school."""
    schule, rechtlich = antrag.schule, empfaenger_von(antrag)
    an = [str(rechtlich), "über"] if rechtlich and form != Briefart.KOSTENUEBERNAHME else []
    ort = f"{schule.plz} {schule.ort}".strip()
    return [zeile for zeile in (*an, schule.name, "Schulleitung", schule.strasse, ort) if zeile]


def _empfaenger_in_worten(antrag) -> str:
    rechtlich = empfaenger_von(antrag)
    weg = antrag.get_zahlweg_display()
    return f"{weg} ({rechtlich})" if rechtlich else weg


def _grundlage(antrag, entscheidung) -> str:
    """Who decided, on which day and under which number."""
    buchung = antrag.buchungen.exclude(beschluss_nummer="").first()
    nummer = f" (Nummer {buchung.beschluss_nummer})" if buchung else ""
    tag = f"{timezone.localdate(entscheidung.am):%d.%m.%Y}"
    satz = ENTSCHEIDEND[entscheidung.schritt]
    return satz.format(stelle=antrag.netzwerkstelle.name, tag=tag, nummer=nummer)


def _unterschriften(freigabe) -> list[str]:
    """Named, in the hat they wore: a letter made by a machine is valid without ink, not without a person."""
    wann = timezone.localtime(freigabe.am)
    return [f"{freigabe.durch}, {freigabe.rolle}", f"freigegeben im Portal am {wann:%d.%m.%Y} um {wann:%H:%M} Uhr"]


def _rechtsbehelf(antrag, traeger) -> str:
    text = RECHTSBEHELF_DER_STELLE.get(antrag.netzwerkstelle.kuerzel, RECHTSBEHELF)
    stelle = ", ".join([str(traeger), *(zeile for zeile in _ort(traeger, antrag) if zeile)])
    return text.format(stelle=stelle)
