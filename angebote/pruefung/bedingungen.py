"""What must be true before the office takes a step, beyond status and hat.

Each one stands in the table of steps: the machine asks it on the locked Antrag, the page beforehand, so that it offers
nothing that would be refused.
"""

from django.core.exceptions import ValidationError

from angebote.antrag.machine import zustaendige
from angebote.antrag.permissions import KOPF, RECHTE, rollen
from angebote.antrag.workflow import ABLAUF
from angebote.korrektur.einarbeiten import Vorschau, vorschau
from angebote.pruefung.models import Pruefpunkt
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.queries import offene_stellungnahme
from schulerfolg.geld import euro
from schulerfolg.konten.models import Person


def formal_gefragt(antrag, by):
    """What the office asked, if it asked anything, it asked in the formal check."""
    if antrag.nachforderungen.filter(beantwortet_am=None, fachlich=True).exists():
        raise ValidationError("Die Rückfragen kommen aus der fachlichen Prüfung; die formale ist abgeschlossen.")


def fachlich_gefragt(antrag, by):
    if not antrag.nachforderungen.filter(beantwortet_am=None, fachlich=True).exists():
        raise ValidationError("Die Rückfragen kommen aus der formalen Prüfung.")


def korrekturen_vollstaendig(antrag, by):
    """Every marked place is corrected, or a sentence says why it stays; and nothing new speaks against the Antrag."""
    was = korrekturvorschau(antrag)
    if was and was.hindernisse:
        raise ValidationError(was.hindernisse)


def korrekturen_unterschreibt_die_richtige(antrag, by):
    was = korrekturvorschau(antrag)
    if was and was.unterschrieben and not unterschreibt(antrag, by):
        eigene = by.pk == antrag.verfasst_durch_id and not KOPF.isdisjoint(rollen(by, antrag))
        wer = "Ihre Stellvertretung" if eigene else "Ihre Schulleitung"
        weiter = f"Das unterschreibt {wer}. Bitte geben Sie die Korrekturen weiter."
        raise ValidationError(" ".join([*was.unterschrieben, weiter]))


def ohne_unterschrift_absenden(antrag, by):
    """Excludes: who may send everything alone has no need to hand it on."""
    was = korrekturvorschau(antrag)
    if was is None or unterschreibt(antrag, by) or not (was.unterschrieben or was.hindernisse):
        raise ValidationError("Diese Korrekturen können Sie selbst absenden.")


def nicht_vorgelegt(antrag, by):
    """Excludes: only what was put before the head goes back from her."""
    if not antrag.nachforderungen.filter(beantwortet_am=None, vorgelegt_am__isnull=False).exists():
        raise ValidationError("Zur Unterschrift liegt Ihnen nichts vor.")


def korrekturvorschau(antrag) -> Vorschau | None:
    """What sending the corrections would do, asked once of this object; None where nothing is marked."""
    if "_korrekturvorschau" not in vars(antrag):
        offen = antrag.nachforderungen.filter(beantwortet_am=None).first()
        antrag._korrekturvorschau = vorschau(antrag, offen) if offen and offen.markierungen.exists() else None
    return antrag._korrekturvorschau


def unterschreibt(antrag, person) -> bool:
    """Whether this person signs what changes of the sum, the partners or the receiver, as at the submission."""
    regel = antrag.regel
    if not regel.mitzeichnung:
        return True
    eigenes = regel.vertretung_bei_eigenem and person.pk == antrag.verfasst_durch_id
    return not eigenes and not KOPF.isdisjoint(rollen(person, antrag))


def empfehlung_passt_zum_antrag(antrag, by):
    offen = offene_stellungnahme(antrag)
    if offen and offen.betrag > antrag.beantragt:
        raise ValidationError(
            f"Die Stellungnahme empfiehlt {euro(offen.betrag)}; beantragt sind nach der Korrektur nur noch "
            f"{euro(antrag.beantragt)}. Bitte ändern Sie zuerst die Stellungnahme."
        )


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
