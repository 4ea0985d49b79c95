"""What must be true before the office takes a step, beyond status and hat.

Each one stands in the table of steps: the machine asks it on the locked Antrag, the page beforehand, so that it offers
nothing that would be refused.
"""

from django.core.exceptions import ValidationError

from angebote.antrag.machine import zustaendige
from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF
from angebote.pruefung.models import Pruefpunkt
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.queries import offene_stellungnahme
from schulerfolg.konten.models import Person


def formal_gefragt(antrag, by):
    """What the office asked, if it asked anything, it asked in the formal check."""
    if antrag.nachforderungen.filter(beantwortet_am=None, fachlich=True).exists():
        raise ValidationError("Die Rückfragen kommen aus der fachlichen Prüfung; die formale ist abgeschlossen.")


def fachlich_gefragt(antrag, by):
    if not antrag.nachforderungen.filter(beantwortet_am=None, fachlich=True).exists():
        raise ValidationError("Die Rückfragen kommen aus der formalen Prüfung.")


def frist_ist_vorbei(antrag, by):
    offen = antrag.nachforderungen.get(beantwortet_am=None)
    if not offen.ist_ueberfaellig:
        raise ValidationError(f"Die Frist der Rückfragen läuft noch bis zum {offen.frist:%d.%m.%Y}.")


def wer_uebernahm_lehnt_nicht_ab(antrag, by):
    if by.pk == antrag.zustaendig_id:
        raise ValidationError("Sie haben diesen Antrag übernommen. Die Ablehnung braucht eine zweite Person.")


def liste_ist_vollstaendig(antrag, by):
    urteile = dict(antrag.pruefpunkte.values_list("schluessel", "urteil"))
    offen = len(PRUEFLISTE.keys() - urteile.keys())
    if offen:
        punkte = "ein Punkt" if offen == 1 else f"{offen} Punkte"
        raise ValidationError(f"In der Prüfliste {'ist' if offen == 1 else 'sind'} noch {punkte} offen.")
    if Pruefpunkt.Urteil.NEIN in urteile.values():
        raise ValidationError(
            "Ein Punkt der Prüfliste ist nicht in Ordnung. Stellen Sie Rückfragen, oder lehnen Sie ab."
        )


def wer_schrieb_bestaetigt_nicht(antrag, by):
    offen = offene_stellungnahme(antrag)
    if offen is None:
        raise ValidationError("Es fehlt noch die fachliche Stellungnahme.")
    if by.pk in offen.verfassende:
        raise ValidationError("Sie haben die Stellungnahme geschrieben. Bestätigen muss sie eine zweite Person.")
    if offen.zurueckgabe:
        raise ValidationError(
            f"{offen.zurueckgabe.wer} hat die Stellungnahme zurückgegeben. Jetzt ist {offen.verfasst_durch} dran."
        )


def wer_bestaetigt(antrag) -> list[Person]:
    """Who may confirm what is written now, by the rule of the button."""
    step = ABLAUF.transitions["bestaetigen"]
    return [p for p in zustaendige(antrag, step.roles) if not ABLAUF.hindrance(step.name, antrag, p)]


def wer_geschrieben_hat(antrag) -> list[Person]:
    """Whose words stand in the opinion that was written last, as far as they may write on."""
    neueste = antrag.stellungnahmen.first()
    verfassende = neueste.verfassende if neueste else set()
    return [p for p in zustaendige(antrag, RECHTE["stellung_nehmen"].roles) if p.pk in verfassende]
