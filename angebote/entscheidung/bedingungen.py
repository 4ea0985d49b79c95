"""What must be true before an award or a refusal is signed, and who may sign it.

The conditions stand in the table of steps: the machine asks them on the locked Antrag, the page beforehand, so that it
offers nothing that would be refused.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from angebote.foerderung.models import Entscheidungsweg
from angebote.pruefung.models import Stellungnahme
from angebote.pruefung.services import wer_kann_zeichnen
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
            return f"Unterschreiben {_kann(self.stelle + self.traeger)}."
        if self.traeger:
            return f"In der Netzwerkstelle ist niemand mehr frei. Beim Träger {_kann(self.traeger)} unterschreiben."
        return (
            "Zurzeit kann niemand unterschreiben: Es fehlt eine zeichnungsbefugte Person, die an der Stellungnahme "
            "nicht beteiligt war. Die Leitung trägt sie im Team ein, zum Beispiel die Freigabe beim Träger."
        )


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
    if antrag.regel is None or antrag.regel.entscheidungsweg != Entscheidungsweg.STELLE:
        raise ValidationError("Diesen Antrag entscheidet das Gremium.")


def darf_zeichnen(antrag, by):
    if by not in wer_kann_zeichnen(antrag):
        raise ValidationError(f"Diese Unterschrift können Sie nicht leisten. {unterschrift(antrag).satz}")


def stelle_darf_entscheiden(antrag, by):
    """The office may award by itself: its rule says so, up to an amount, on a confirmed and favourable opinion."""
    stellungnahme = antrag.stellungnahmen.exclude(bestaetigt_am=None).first()
    regel_laesst_stelle_entscheiden(antrag, by)
    if stellungnahme is None or stellungnahme.empfehlung == Stellungnahme.Empfehlung.ABLEHNEN:
        raise ValidationError("Ohne bestätigte, zustimmende Stellungnahme entscheidet das Gremium.")
    if not antrag.regel.stelle_bis or stellungnahme.betrag > antrag.regel.stelle_bis:
        grenze = euro(antrag.regel.stelle_bis or 0)
        raise ValidationError(
            f"Diesen Antrag entscheidet das Gremium: Die Netzwerkstelle entscheidet nur bis {grenze}."
        )
    if antrag.schule.zugehoerigkeiten.gueltig().filter(person=by).exists():
        raise ValidationError("Sie gehören zu dieser Schule. Über den Antrag entscheidet das Gremium.")


def _kann(personen) -> str:
    return f"{'kann' if len(personen) == 1 else 'können'} {_und([str(person) for person in personen])}"


def _und(namen: list[str]) -> str:
    *andere, letzter = namen
    return f"{', '.join(andere)} oder {letzter}" if andere else letzter
