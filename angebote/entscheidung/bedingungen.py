"""What must be true before an award or a refusal is signed, and who may sign it.

The conditions stand in the table of steps: the machine asks them on the locked Antrag, the page beforehand, so that it
offers nothing that would be refused.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from angebote.entscheidung.queries import (
    anschrift,
    anschrift_des_absenders,
    empfehlung_von,
    hauptsitz_von,
    kontakt_von,
)
from angebote.pruefung.models import Stellungnahme
from angebote.pruefung.services import wer_kann_zeichnen
from netzwerkstellen.stelle.permissions import RECHTE, rollen, zustaendig
from schulerfolg.geld import euro
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle


@dataclass(frozen=True, slots=True)
class Unterschrift:
    """Who may take the second signature under a decision: colleagues of the office first, then the Träger."""

    stelle: list[Person]
    traeger: list[Person]

    @property
    def wer(self) -> str:
        return "eine zweite Person der Netzwerkstelle" if self.stelle else "die Freigabe beim Träger"

    @property
    def satz(self) -> str:
        """For the page of the case and for whoever is refused, with names."""
        if self.stelle:
            return f"Unterschreiben {_kann(self.alle)}."
        if self.traeger:
            return f"In der Netzwerkstelle ist niemand mehr frei. Beim Träger {_kann(self.traeger)} unterschreiben."
        return (
            "Zurzeit kann niemand unterschreiben: Es fehlt eine zeichnungsbefugte Person, die an der Stellungnahme "
            "nicht beteiligt war. Die Leitung trägt sie im Team ein, zum Beispiel die Freigabe beim Träger."
        )

    @property
    def alle(self) -> list[Person]:
        return [*self.stelle, *self.traeger]


def unterschrift(antrag) -> Unterschrift:
    """Who may sign this Antrag today; `wer_kann_zeichnen` decides, this only says where they belong."""
    personen = wer_kann_zeichnen(antrag)
    rollen = antrag.netzwerkstelle.mitarbeiten.gueltig().filter(person__in=personen, zeichnungsbefugt=True)
    in_der_stelle = set(rollen.exclude(rolle=Rolle.TRAEGER_FREIGABE).values_list("person", flat=True))
    return Unterschrift(
        [person for person in personen if person.pk in in_der_stelle],
        [person for person in personen if person.pk not in in_der_stelle],
    )


def regel_laesst_stelle_entscheiden(antrag, by):
    if antrag.stelle_entscheidet_bis is None:
        raise ValidationError("Diesen Antrag entscheidet das Gremium.")


def darf_zeichnen(antrag, by):
    if by not in wer_kann_zeichnen(antrag):
        raise ValidationError(f"Diese Unterschrift können Sie nicht leisten. {unterschrift(antrag).satz}")


def stelle_darf_entscheiden(antrag, by):
    """The office may award by itself: its rule says so, up to an amount, on a confirmed and favourable opinion."""
    stellungnahme = empfehlung_von(antrag)
    regel_laesst_stelle_entscheiden(antrag, by)
    if stellungnahme is None or stellungnahme.empfehlung == Stellungnahme.Empfehlung.ABLEHNEN:
        raise ValidationError("Ohne bestätigte, zustimmende Stellungnahme entscheidet das Gremium.")
    if stellungnahme.betrag > (grenze := antrag.stelle_entscheidet_bis):
        raise ValidationError(
            f"Diesen Antrag entscheidet das Gremium: Die Netzwerkstelle entscheidet nur bis {euro(grenze)}."
        )
    if antrag.schule.zugehoerigkeiten.gueltig().filter(person=by).exists():
        raise ValidationError("Sie gehören zu dieser Schule. Über den Antrag entscheidet das Gremium.")


@dataclass(frozen=True, slots=True)
class Luecke:
    """What a letter about this Antrag lacks, where it is put right, and by whom (an action of the office's rights)."""

    satz: str
    link: str
    adresse: str
    action: str

    def fuer(self, person, stelle) -> dict:
        """For the page: the link for whoever may use it, for everybody else who that is."""
        darf = RECHTE.may(rollen(person, stelle), self.action)
        return {"luecke": self, "wer": "" if darf else zustaendig(self.action, stelle)}


def luecken(antrag) -> list[Luecke]:
    """What holds the letter: an address that is not complete, on either side, and a number to call."""
    stelle, schule, hauptsitz = antrag.netzwerkstelle, antrag.schule, hauptsitz_von(antrag)
    ort = ["netzwerkstellen:standort_bearbeiten", stelle.slug, hauptsitz.pk] if hauptsitz else None
    sitz = reverse(ort[0], args=ort[1:]) if ort else reverse("netzwerkstellen:standort_neu", args=[stelle.slug])
    gefunden = []
    if fehlt := anschrift(schule).fehlt:
        satz = f"In der Anschrift der Schule „{schule.name}“ fehlt: {', '.join(fehlt)}."
        adresse = reverse("schulwechsel:bearbeiten", args=[schule.netzwerkstelle.slug, schule.pk])
        gefunden.append(Luecke(satz, "Angaben der Schule ergänzen", adresse, "schulen_pflegen"))
    if fehlt := anschrift_des_absenders(antrag).fehlt:
        satz = f"In der Anschrift des Absenders fehlt: {', '.join(fehlt)}. Es genügt die des Hauptsitzes."
        gefunden.append(Luecke(satz, "Hauptsitz ergänzen", sitz, "kontakte_pflegen"))
    if not kontakt_von(antrag).telefon:
        satz = "Für Fragen der Schule nennt das Schreiben ein Telefon; beim Hauptsitz ist keines eingetragen."
        gefunden.append(Luecke(satz, "Telefon beim Hauptsitz eintragen", sitz, "kontakte_pflegen"))
    return gefunden


def brief_ist_vollstaendig(antrag):
    """A letter that could not be delivered, or leaves the school nobody to call, is not made, and so not signed."""
    if gefunden := luecken(antrag):
        raise ValidationError(["Das Schreiben kann noch nicht hinaus.", *(luecke.satz for luecke in gefunden)])


def wer_noch(antrag, person) -> str:
    """For whoever may sign: who else may."""
    andere = [zeichnend for zeichnend in unterschrift(antrag).alle if zeichnend != person]
    if andere:
        return f"Außer Ihnen {_kann(andere)} unterschreiben."
    return "Außer Ihnen kann zurzeit niemand unterschreiben."


def _kann(personen) -> str:
    return f"{'kann' if len(personen) == 1 else 'können'} {_und([str(person) for person in personen])}"


def _und(namen: list[str]) -> str:
    *andere, letzter = namen
    return f"{', '.join(andere)} oder {letzter}" if andere else letzter
