"""What becomes of an Antrag: what is done, where it is now and until when, and what comes then. In plain words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from angebote.anlage.queries import schriftstuecke_von
from angebote.antrag.dauer import uebliche_dauer
from angebote.antrag.inhalt import ereignisse, fassungen
from angebote.antrag.permissions import RECHTE, SCHULE
from angebote.antrag.stand import NOCH_NICHT_BEKANNT, stand_fuer
from angebote.antrag.workflow import ENTSCHIEDEN, Status
from angebote.entscheidung.inhalt import schreiben_von
from angebote.entscheidung.queries import ENTSCHEIDENDE
from angebote.pruefung.queries import offene_nachforderung
from gremien.abstimmung.models import Beschluss
from gremien.sitzung.models import Sitzung
from schulerfolg.geld import euro
from schulerfolg.zeit import datum

S = Status
TITEL = ("Eingang", "Prüfung", "Tagesordnung", "Entscheidung", "Schreiben", "Auszahlung", "Verwendungsnachweis")
EINGANG, PRUEFUNG, TAGESORDNUNG, ENTSCHEIDUNG, SCHREIBEN, AUSZAHLUNG, NACHWEIS = TITEL
BEENDET = "Beendet"
HIER = {
    S.EINGEREICHT: PRUEFUNG,
    S.FORMALPRUEFUNG: PRUEFUNG,
    S.NACHFORDERUNG: PRUEFUNG,
    S.FACHPRUEFUNG: PRUEFUNG,
    S.ZURUECKGESTELLT: PRUEFUNG,
    S.GREMIENREIF: TAGESORDNUNG,
    S.IM_GREMIUM: ENTSCHEIDUNG,
    S.BESCHLOSSEN: SCHREIBEN,
    S.ABLEHNUNG_BESCHLOSSEN: SCHREIBEN,
    S.BEWILLIGT: SCHREIBEN,
    S.ABGELEHNT: SCHREIBEN,
}
"""At which station a case is in which status."""
SPAETER = {
    PRUEFUNG: "Die Netzwerkstelle prüft den Antrag und fragt nach, wenn etwas fehlt.",
    SCHREIBEN: "Das Schreiben kommt per Mail und liegt dann auch hier.",
    AUSZAHLUNG: "Folgt: Diesen Schritt gibt es im Portal noch nicht. Wie das Geld kommt, steht im Schreiben.",
    NACHWEIS: "Folgt: Auch diesen Schritt gibt es im Portal noch nicht.",
}
NOCH_KEINE_DAUER = (
    "Wie lange es meist dauert, lässt sich noch nicht sagen: Bei dieser Netzwerkstelle sind noch zu wenige Anträge "
    "entschieden."
)


@dataclass(slots=True)
class Station:
    titel: str
    lage: str
    """fertig, jetzt or spaeter."""
    wann: date | datetime | None = None
    wer: str = ""
    satz: str = ""
    bis: str = ""
    """Until when, for the station where the case is now."""
    adresse: str = ""
    link: str = ""


class Weg:
    """The stations of one case for one reader."""

    def __init__(self, antrag, dran, hats):
        self.antrag, self.dran = antrag, dran
        self.intern = RECHTE.may(hats, "internes_lesen", antrag)
        self.ist_schule = not hats.isdisjoint(SCHULE)
        self.geschehen = {}
        for ereignis in ereignisse(antrag):
            if ereignis.von != ereignis.nach:
                self.geschehen.setdefault(ereignis.schritt, ereignis)
        self.zuletzt = next((e for e in ereignisse(antrag) if e.von != e.nach), None)
        self.schreiben = schreiben_von(antrag)

    @property
    def stationen(self) -> list[Station]:
        """All that belong to this case, in order."""
        hier, titel = self._hier(), self._titel()
        if hier == TAGESORDNUNG not in titel:
            hier = ENTSCHEIDUNG
        stelle = titel.index(hier) if hier in titel else len(titel)
        zeilen = [self._fertig(name) for name in titel[:stelle]]
        if self.antrag.status == S.ZURUECKGEZOGEN:
            return [*zeilen, Station(BEENDET, "fertig", self.zuletzt.am, self.zuletzt.wer, self.zuletzt.in_worten)]
        if stelle < len(titel) and titel[stelle] not in (AUSZAHLUNG, NACHWEIS):
            zeilen.append(self._jetzt(titel[stelle]))
            stelle += 1
        return zeilen + [self._spaeter(name) for name in titel[stelle:]]

    def _hier(self) -> str:
        """Where it is; the school learns of a decision with its letter."""
        status = self.antrag.status
        if status == S.ZURUECKGEZOGEN:
            return HIER.get(self.zuletzt.von, PRUEFUNG) if self.zuletzt else PRUEFUNG
        if status in NOCH_NICHT_BEKANNT and not self.intern:
            return ENTSCHEIDUNG
        if status in ENTSCHIEDEN and self.schreiben:
            return AUSZAHLUNG if status == S.BEWILLIGT else ""
        return HIER[status]

    def _titel(self) -> list[str]:
        """The stations of this case: no agenda where the office decides, no money after a refusal."""
        antrag, ohne = self.antrag, set()
        if "auf_tagesordnung" not in self.geschehen and (antrag.status in ENTSCHIEDEN or self._stelle_entscheidet()):
            ohne.add(TAGESORDNUNG)
        if antrag.status == S.ABGELEHNT or (self.intern and antrag.status == S.ABLEHNUNG_BESCHLOSSEN):
            ohne |= {AUSZAHLUNG, NACHWEIS}
        return [titel for titel in TITEL if titel not in ohne]

    def _stelle_entscheidet(self) -> bool:
        if "selbst_entscheiden" in self.geschehen:
            return True
        return self.antrag.beantragt <= (self.antrag.stelle_entscheidet_bis or 0)

    def _fertig(self, titel) -> Station:
        return {
            EINGANG: self._eingang,
            PRUEFUNG: lambda: self._aus(PRUEFUNG, "bestaetigen", "formal_ablehnen"),
            TAGESORDNUNG: self._tagesordnung,
            ENTSCHEIDUNG: self._entscheidung,
            SCHREIBEN: self._schreiben,
        }[titel]()

    def _eingang(self) -> Station:
        erste = fassungen(self.antrag)[-1:]
        wer = erste[0].unterschrift if erste else ""
        station = Station(EINGANG, "fertig", self.antrag.eingereicht_am, wer, f"Antragsnummer {self.antrag.nummer}")
        if pdf := next((stueck for stueck in schriftstuecke_von(self.antrag) if stueck.art == "antrag"), None):
            station.adresse, station.link = (
                reverse("antraege:schriftstueck", args=[self.antrag.pk, pdf.pk]),
                "Ihr Antrag als PDF" if self.ist_schule else "Der Antrag als PDF",
            )
        return station

    def _aus(self, titel, *schritte) -> Station:
        ereignis = next((self.geschehen[s] for s in schritte if s in self.geschehen), None)
        return Station(titel, "fertig", ereignis and ereignis.am, ereignis.wer if ereignis else "")

    def _tagesordnung(self) -> Station:
        station = self._aus(TAGESORDNUNG, "auf_tagesordnung")
        if sitzung := self._sitzung():
            station.satz = f"Sitzung am {datum(sitzung.gehalten_am)}"
        return station

    def _entscheidung(self) -> Station:
        antrag, schritt = self.antrag, next(s for s in self.geschehen if s in ENTSCHEIDENDE)
        station = self._aus(ENTSCHEIDUNG, schritt)
        if antrag.bewilligt is not None:
            station.satz = f"Bewilligt: {euro(antrag.bewilligt)} (beantragt {euro(antrag.beantragt)})"
        else:
            station.satz = "Abgelehnt"
        im_gremium = schritt in ("beschliessen", "ablehnung_beschliessen")
        station.wer = "das Gremium" if im_gremium else station.wer
        beschluss = Beschluss.objects.filter(antrag=antrag).first() if im_gremium and self.intern else None
        if beschluss:
            station.satz += f"; {beschluss.stimmenzahl}"
            station.adresse, station.link = beschluss.get_absolute_url(), str(beschluss)
        return station

    def _schreiben(self) -> Station:
        return Station(
            SCHREIBEN, "fertig", self.schreiben.erstellt_am, adresse=self.schreiben.adresse, link=self.schreiben.titel
        )

    def _jetzt(self, titel) -> Station:
        seit = self.zuletzt and self.zuletzt.am
        return Station(titel, "jetzt", seit, satz=self._wer_tut_was(), bis=self._bis_wann())

    def _wer_tut_was(self) -> str:
        status, dran = self.antrag.status, self.dran
        if status in ENTSCHIEDEN:
            return "Das Schreiben wird gerade erstellt."
        if status in NOCH_NICHT_BEKANNT or dran is None:
            return stand_fuer(status, self.intern).satz
        if self.dran.ich:
            return f"Sie sind gefragt: {stand_fuer(status, self.intern).satz}"
        wer = dran.namen[0] if len(dran.namen) == 1 else dran.wer
        return f"{wer[0].upper()}{wer[1:]} {dran.tun}."

    def _bis_wann(self) -> str:
        antrag, heute = self.antrag, timezone.localdate()
        if antrag.status == S.NACHFORDERUNG:
            frist = offene_nachforderung(antrag).frist
            return f"Antwort bis {datum(frist)}" if frist >= heute else f"Die Frist war am {datum(frist)}"
        if antrag.status == S.IM_GREMIUM and (sitzung := self._sitzung()):
            return f"Das Gremium tagt am {datum(sitzung.beginn)}."
        if antrag.status == S.GREMIENREIF:
            return self._naechste_sitzung() or "Der Tag der nächsten Sitzung steht noch nicht fest."
        return "" if antrag.status in ENTSCHIEDEN else self._dauer()

    def _dauer(self) -> str:
        dauer = uebliche_dauer(self.antrag.netzwerkstelle_id)
        if dauer is None:
            return NOCH_KEINE_DAUER
        satz = (
            f"Vom Eingang bis zum Schreiben dauert es bei dieser Netzwerkstelle meist rund {dauer.tage} Tage, ohne die "
            f"Zeit, in der die Schule antwortet ({dauer.faelle} entschiedene Anträge)."
        )
        bis = dauer.bis(self.antrag)
        if bis >= timezone.localdate():
            return f"{satz} Das wäre etwa bis zum {datum(bis)}."
        return f"{satz} Das wäre bis zum {datum(bis)} gewesen; fragen Sie gern unten bei den Nachrichten nach."

    def _spaeter(self, titel) -> Station:
        satz = SPAETER.get(titel, "")
        if titel == TAGESORDNUNG:
            satz = self._naechste_sitzung()
        elif titel == ENTSCHEIDUNG:
            satz = f"Es entscheidet {self.antrag.wer_entscheidet}."
        elif titel == NACHWEIS and self.antrag.status == S.BEWILLIGT and self._weist_nach():
            satz = f"Bis zum {datum(self.antrag.nachweis_bis)}. {satz}"
        return Station(titel, "spaeter", satz=satz)

    def _weist_nach(self) -> bool:
        return self.schreiben is None or self.schreiben.nachweis_bis is not None

    def _naechste_sitzung(self) -> str:
        sitzung = Sitzung.objects.naechste(self.antrag.netzwerkstelle_id).first()
        return f"Die nächste Sitzung ist am {datum(sitzung.beginn)}." if sitzung else ""

    def _sitzung(self) -> Sitzung | None:
        """The meeting on whose agenda it stands or stood last."""
        return Sitzung.objects.filter(punkte__antrag=self.antrag).order_by("-beginn", "-pk").first()
