"""What must be true before the office takes a step, beyond status and hat.

Each one stands in the table of steps: the machine asks it on the locked Antrag, the page beforehand, so that it offers
nothing that would be refused.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.pruefung.models import Pruefpunkt
from angebote.pruefung.pruefliste import PRUEFLISTE


def frist_ist_vorbei(antrag, by):
    frist = antrag.nachforderungen.get(beantwortet_am=None).frist
    if frist >= timezone.localdate():
        raise ValidationError(f"Die Frist der Rückfragen läuft noch bis zum {frist:%d.%m.%Y}.")


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
    offen = antrag.stellungnahmen.filter(bestaetigt_am=None).first()
    if offen is None:
        raise ValidationError("Es fehlt noch die fachliche Stellungnahme.")
    if offen.verfasst_durch_id == by.pk:
        raise ValidationError("Sie haben die Stellungnahme geschrieben. Bestätigen muss sie eine zweite Person.")
