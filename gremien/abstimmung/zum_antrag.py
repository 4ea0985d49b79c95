"""The kind of item of most meetings: an Antrag is awarded, refused or put off. Lock order: Budget → Antrag."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.entscheidung import services as entscheidung
from angebote.entscheidung.texte import ist_begruendet
from gremien.abstimmung.gegenstand import Gegenstand
from gremien.abstimmung.models import Ausgang
from schulerfolg.geld import euro

GRUENDE = "Bitte nennen Sie die Gründe in einem ganzen Satz; sie stehen so im Brief an die Schule."
WENIGER = "Das ist weniger als beantragt. Bitte nennen Sie die Gründe in einem ganzen Satz; sie stehen so im Brief."
BEWILLIGEN, ABLEHNEN, ZURUECKSTELLEN = Ausgang.BEWILLIGEN, Ausgang.ABLEHNEN, Ausgang.ZURUECKSTELLEN


class ZumAntrag(Gegenstand):
    """A lost motion to award is a refusal and needs its reasons; another lost motion resolves nothing."""

    antraege = {BEWILLIGEN: "bewilligen", ABLEHNEN: "ablehnen", ZURUECKSTELLEN: "zurückstellen"}
    felder = ("betrag", "auflagen", "gruende")
    verloren = {BEWILLIGEN: ABLEHNEN}
    heisst_verloren = {BEWILLIGEN: "Der Antrag ist damit im Ganzen abgelehnt, nicht nur dieser Betrag"}

    def erster_vorschlag(self, punkt):
        return vorschlag_fuer(punkt.antrag)

    def vorlegen(self, punkt, angaben):
        """What can't be resolved is not voted on; the reasons of a refusal belong to what is voted on."""
        if angaben["antrag_auf"] != BEWILLIGEN:
            if not ist_begruendet(angaben.get("gruende", "")):
                raise ValidationError({"gruende": GRUENDE})
        elif not angaben.get("betrag"):
            raise ValidationError({"betrag": "Bitte nennen Sie den Betrag, über den abgestimmt wird."})
        else:
            entscheidung.bewilligung_moeglich(punkt.antrag, angaben["betrag"])
            if angaben["betrag"] < punkt.antrag.beantragt and not ist_begruendet(angaben.get("gruende", "")):
                raise ValidationError({"gruende": WENIGER})

    def sperren(self, punkt, ausgang, vorschlag):
        bewilligt = vorschlag.betrag if vorschlag.antrag_auf == BEWILLIGEN else None
        entscheidung.sperren_fuer(punkt.antrag, bewilligt)
        if ausgang != BEWILLIGEN and not ist_begruendet(vorschlag.gruende):
            raise ValidationError({"gruende": GRUENDE})

    def umsetzen(self, beschluss, *, by):
        entscheidung.beschluss_umsetzen(
            beschluss.antrag,
            by=by,
            ergebnis=beschluss.ausgang,
            nummer=beschluss.nummer,
            am=timezone.localdate(beschluss.am),
            betrag=beschluss.betrag,
            auflagen=beschluss.auflagen,
            gruende=beschluss.gruende,
        )

    def wortlaut(self, punkt, ausgang, vorschlag):
        if ausgang == BEWILLIGEN:
            return f"Das Gremium bewilligt für den Antrag {punkt.antrag} eine Förderung von {euro(vorschlag.betrag)}."
        if ausgang == ABLEHNEN:
            return f"Das Gremium lehnt den Antrag {punkt.antrag} ab."
        return f"Das Gremium stellt den Antrag {punkt.antrag} zurück."

    def in_worten(self, vorschlag):
        worte = {BEWILLIGEN: "Bewilligung", ABLEHNEN: "Ablehnung", ZURUECKSTELLEN: "Zurückstellung"}
        wort = worte[Ausgang(vorschlag.antrag_auf)]
        return f"{wort} von {euro(vorschlag.betrag)}" if vorschlag.antrag_auf == BEWILLIGEN else wort


def vorschlag_fuer(antrag) -> dict:
    """What the confirmed Stellungnahme recommends, as first values of the motion."""
    letzte = antrag.stellungnahmen.exclude(bestaetigt_am=None).first()
    if letzte is None:
        return {"antrag_auf": BEWILLIGEN, "betrag": antrag.beantragt}
    ablehnen = letzte.empfehlung == letzte.Empfehlung.ABLEHNEN
    return {
        "antrag_auf": ABLEHNEN if ablehnen else BEWILLIGEN,
        "betrag": None if ablehnen else letzte.betrag,
        "auflagen": letzte.auflagen,
        "gruende": letzte.text if ablehnen else "",
    }
