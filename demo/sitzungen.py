"""Committees and their meetings: over, running, invited and planned, all through the real services.

What happened before today is done now and then put back to its day, so that nothing of it looks younger than it is.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F, Max
from django.utils import timezone

from angebote.antrag.jahre import jahresteile
from angebote.antrag.workflow import Status as Antragsstand
from angebote.budget.models import Buchung, Budget
from angebote.budget.services import budget_anlegen
from angebote.models import Antrag, Antragsereignis, Antragspartner
from angebote.pruefung.services import wer_kann_zeichnen
from demo.briefe import freigeben
from gremien.abstimmung import services as abstimmung
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as bias
from gremien.models import (
    Anwesenheit,
    Befangenheit,
    Beschluss,
    Beschlussvorlage,
    Beschlussvorschlag,
    Gremium,
    Ladung,
    Mitgliedschaft,
    Punktleitung,
    Sitzung,
    Sitzungsereignis,
    Stimme,
)
from gremien.sitzung import services as sitzungen
from netzwerkstellen.models import Organisation
from schulerfolg.kalender import naechster_werktag
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle

R = Mitgliedschaft.Rolle
DAUER = timedelta(minutes=95)
BEFANGEN = Befangenheit.Entscheidung.BEFANGEN
# Rows that tell when something happened, and in which columns
ZEITEN = (
    (Sitzungsereignis, "am"),
    (Antragsereignis, "am"),
    (Buchung, "am"),
    (Beschlussvorlage, "erstellt_am"),
    (Ladung, "geladen_am"),
    (Befangenheit, "erklaert_am", "entschieden_am"),
    (Anwesenheit, "von", "bis"),
    (Punktleitung, "am"),
    (Beschlussvorschlag, "am"),
    (Stimme, "am"),
    (Beschluss, "am"),
    (Mail, "erstellt_am", "versandt_am"),
)
# The fixed accounts that sit in a Gremium; everywhere else people are invented.
FESTE = {
    "HZ": (
        ("vorsitz.harz", R.VORSITZ, "behoerde", "Landkreis Harz", "Dezernat Bildung"),
        ("stellvorsitz.harz", R.STELLV_VORSITZ, "oeffentlich", "Landkreis Harz", "Jugendamt"),
        ("gremium.harz", R.SCHRIFTFUEHRUNG, "behoerde", "Landesschulamt Sachsen-Anhalt", "Schulaufsicht"),
        ("gremium2.harz", R.MITGLIED, "oeffentlich", "Landkreis Harz", "Jugendhilfeausschuss"),
        ("gremium3.harz", R.MITGLIED, "partner", "", ""),
    ),
    "BK": (("doppelrolle", R.MITGLIED, "verein", "Kreiselternrat Börde", ""),),
}
NAMEN = {"HZ": "Vergabegremium Harz", "BK": "Beirat „Schulerfolg“ Börde"}


class Gremien:
    """First the people, while the world is thought out (`erfinden`); once they and the cases are saved, the rest."""

    def __init__(self, welt):
        self.welt = welt
        self.sitze: dict[str, list] = {}
        self.frueher: list[tuple[dict, dict, timedelta]] = []

    def erfinden(self) -> None:
        """Who sits where: the fixed accounts, and at every other seat somebody new."""
        for kuerzel, stelle in self.welt.stellen.items():
            feste = FESTE.get(kuerzel, ())
            sitze = [(self.welt.menschen.personen[f"{name}@demo.example"], *rest) for name, *rest in feste]
            rollen = [] if kuerzel == "HZ" else [R.VORSITZ, R.STELLV_VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED]
            for rolle in rollen:
                person = self.welt.menschen.irgendwer("Mitglied des Gremiums", kuerzel)
                if rolle in Mitgliedschaft.LEITEN:
                    self.welt.menschen.mit_faktor.add(person.email)
                sitze.append((person, rolle, "oeffentlich", stelle.region, "Jugendamt"))
            self.sitze[kuerzel] = sitze

    def speichern(self) -> None:
        """Committees, budgets where there are none yet, and meetings of every kind."""
        for kuerzel, stelle in self.welt.stellen.items():
            leitung = stelle.mitarbeiten.gueltig().filter(rolle=Rolle.LEITUNG).select_related("person").first().person
            reif = Antrag.objects.bereit_fuer(stelle).annotate(zuletzt=Max("ereignisse__am")).order_by("zuletzt")
            # What begins before the next meeting waits for it, with its warning.
            bereit = sorted(reif, key=lambda antrag: antrag.beginn <= self.welt.heute + timedelta(days=32))
            gremium = self._gremium(kuerzel, stelle, bereit)
            _budgets(self.welt, stelle, bereit, leitung)
            _Kalender(self.welt, gremium, leitung, self.frueher).fuellen(bereit)

    def zuruecklegen(self) -> None:
        """Put everything back to its day; append-only rows too, so only the world itself can let it."""
        for vorher, nachher, um in self.frueher:
            for modell, *felder in ZEITEN:
                neue = modell._default_manager.filter(pk__gt=vorher[modell], pk__lte=nachher[modell])
                neue.update(**{feld: F(feld) - um for feld in felder})
        for sitzung in Sitzung.objects.all():
            sitzung.ladungen.update(beginn=sitzung.beginn)
        for beschluss in Beschluss.objects.all():
            gebucht = Buchung.objects.filter(beschluss_nummer=beschluss.nummer)
            gebucht.update(beschluss_am=timezone.localdate(beschluss.am))
        for sitzung in Sitzung.objects.exclude(geschlossen_am=None):
            sitzung.anwesenheiten.update(bis=sitzung.geschlossen_am)
            sitzung.ereignisse.filter(schritt="schliessen").update(am=sitzung.geschlossen_am)

    def _gremium(self, kuerzel, stelle, bereit) -> Gremium:
        marke = self.welt.marken.fuer(stelle)
        gremium = Gremium.objects.create(
            netzwerkstelle=stelle,
            name=f"{NAMEN.get(kuerzel, f'Vergabegremium {stelle.kurzname}')}{marke}",
            art="beirat" if kuerzel == "BK" else "vergabe",
        )
        seit = self.welt.schuljahr(-1)
        for person, rolle, art, name, einheit in self.sitze[kuerzel]:
            Mitgliedschaft.objects.create(
                gremium=gremium,
                person=person,
                rolle=rolle,
                organisation=_organisation(art, name, einheit, bereit),
                von=seit,
                verschwiegen_am=seit + timedelta(days=14),
            )
        return gremium


def _organisation(art, name, einheit, bereit) -> Organisation:
    """Who sends the member. A „partner“ takes part in a case that comes next: there the portal sees a Befangenheit."""
    if art == "partner":
        naechster = bereit[len(bereit) // 3 : len(bereit) // 3 + 1]
        zeile = Antragspartner.objects.filter(antrag__in=naechster).select_related("organisation").first()
        if zeile:
            return zeile.organisation
        art, name = "frei", "Jugendhilfeverbund Windrose e.V."
    return Organisation.objects.get_or_create(name=name, einheit=einheit, defaults={"art": art})[0]


def _budgets(welt, stelle, bereit, leitung) -> None:
    """The years the ready cases draw on, this one and the next: 40.000 € each where nobody set another."""
    jahre = {welt.heute.year, welt.heute.year + 1}
    for antrag in bereit:
        jahre |= set(jahresteile(antrag, antrag.beantragt, antrag.regel))
    da = set(Budget.objects.filter(netzwerkstelle=stelle, jahr__in=jahre).values_list("jahr", flat=True))
    for jahr in sorted(jahre - da):
        text = f"Ansatz {jahr}{welt.marken.fuer(stelle)}"
        budget_anlegen(stelle, by=leitung, jahr=jahr, ansatz=Decimal(40000), text=text)


class _Kalender:
    """The meetings of one Gremium, from the oldest to the next one."""

    def __init__(self, welt, gremium, leitung, frueher):
        self.welt, self.gremium, self.leitung, self.frueher = welt, gremium, leitung, frueher
        self.marke = welt.marken.fuer(gremium.netzwerkstelle)
        self.vorsitz, self.stellvertretung = (m.person for m in gremium.mitgliedschaften.leitend().for_list())

    def fuellen(self, bereit) -> None:
        """A third is resolved already; then a running or an invited meeting; the rest waits for the planned one."""
        drittel = max(len(bereit) // 3, 1)
        alt, jetzt = bereit[:drittel], bereit[drittel : 2 * drittel]
        if alt:
            self._vergangen(alt)
        if jetzt:
            if self.gremium.netzwerkstelle.kuerzel == "HZ":
                self._laufend(jetzt)
            else:
                self._eingeladen(jetzt, self.welt.jetzt + timedelta(days=18))
        self._anlegen(self.welt.jetzt + timedelta(days=32))

    def _anlegen(self, beginn) -> Sitzung:
        beginn = _werktag(beginn.replace(hour=13, minute=0, second=0, microsecond=0))
        ort = f"Kreishaus, Sitzungsraum 2{self.marke}"
        return sitzungen.sitzung_anlegen(self.gremium, by=self.leitung, beginn=beginn, ort=ort)

    def _eingeladen(self, antraege, beginn) -> Sitzung:
        sitzung = self._anlegen(beginn)
        sitzungen.bereite_aufnehmen(sitzung, by=self.leitung, nur=antraege)
        sitzungen.punkt_hinzufuegen(sitzung, by=self.leitung, titel=f"Termine und Verschiedenes{self.marke}")
        return bias.einladen(sitzung, by=self.leitung)

    def _laufend(self, antraege) -> None:
        """Opened this hour; nothing is resolved yet."""
        vorher = _staende()
        sitzung = self._eingeladen(antraege, self.welt.jetzt + timedelta(days=20))
        seitdem = self.welt.jetzt - _zuletzt(antraege)
        self._zuruecklegen(sitzung, vorher, max(min(timedelta(days=16), seitdem), timedelta(0)))
        sitzung = self._eroeffnen(sitzung)
        for mitglied in sitzung.mitglieder()[:4]:
            sitzungen.anwesend(sitzung, mitglied, by=self.vorsitz, da=True)

    def _eroeffnen(self, sitzung) -> Sitzung:
        """Now, on the day it is held: it was planned ahead so that everybody was invited in time."""
        Sitzung.objects.filter(pk=sitzung.pk).update(beginn=timezone.now())
        return bias.eroeffnen(sitzung, by=self.vorsitz)

    def _vergangen(self, antraege) -> None:
        """Three weeks after the last thing that happened to its cases, at the latest this morning."""
        zuletzt = _zuletzt(antraege)
        tag = min(_werktag(zuletzt + timedelta(days=21)), self.welt.jetzt - timedelta(hours=3))
        zurueck = self.welt.jetzt - tag
        vorher = _staende()
        sitzung = self._eingeladen(antraege, self.welt.jetzt + timedelta(days=20))
        self._zuruecklegen(sitzung, vorher, min(zurueck + timedelta(days=16), self.welt.jetzt - zuletzt))
        vorher = _staende()
        sitzung = self._eroeffnen(sitzung)
        for mitglied in sitzung.mitglieder():
            sitzungen.anwesend(sitzung, mitglied, by=self.vorsitz, da=True)
        for nummer, punkt in enumerate(sitzung.punkte.filter(art="antrag").order_by("position")):
            self._beschliessen(punkt, nummer)
        sonstiges = sitzung.punkte.offen().values_list("pk", flat=True)
        abstimmung.schliessen(sitzung, by=self.vorsitz, antworten=dict.fromkeys(sonstiges, "behandelt"))
        self._freigeben(antraege)
        self._zuruecklegen(sitzung, vorher, zurueck)
        Sitzung.objects.filter(pk=sitzung.pk).update(beginn=tag, eroeffnet_am=tag, geschlossen_am=tag + DAUER)

    def _beschliessen(self, punkt, nummer) -> None:
        """Mostly an award; every fifth case is refused, every seventh put off."""
        befangene = list(punkt.befangenheiten.select_related("punkt__sitzung", "mitgliedschaft__person"))
        personen = {befangenheit.mitgliedschaft.person for befangenheit in befangene}
        wer = next(
            (leitend for leitend in (self.vorsitz, self.stellvertretung) if leitend not in personen), self.leitung
        )
        for befangenheit in befangene:
            bias.entscheiden(befangenheit, by=wer, entscheidung=BEFANGEN, hat_verlassen=True)
        stand = read_lage(punkt)
        if nummer % 7 == 6 or not stand.faehig.gegeben or stand.vorsitz is None:
            abstimmung.vertagen(punkt, by=wer)
            return
        werte = ["nein"] * len(stand.stimmberechtigt) if nummer % 5 == 4 else ["ja", "ja", "ja", "enthaltung", "ja"]
        stellungnahme = punkt.antrag.stellungnahmen.exclude(bestaetigt_am=None).first()
        betrag = (stellungnahme and stellungnahme.betrag) or punkt.antrag.beantragt
        weniger = (
            f"Die Honorare sind auf den üblichen Satz gekürzt.{self.marke}" if betrag < punkt.antrag.beantragt else ""
        )
        abstimmung.feststellen(
            punkt,
            by=wer,
            verloren=True,
            stimmen={m.pk: wert for m, wert in zip(stand.stimmberechtigt, werte, strict=False)},
            antrag_auf="bewilligen",
            betrag=betrag,
            auflagen=stellungnahme.auflagen if stellungnahme else "",
            gruende=f"Das Vorhaben gehört zum Unterricht und ist deshalb nicht förderfähig.{self.marke}"
            if nummer % 5 == 4
            else weniger,
        )

    def _freigeben(self, antraege) -> None:
        """All awards but the last are signed: one waits in every office."""
        beschlossen = Antrag.objects.filter(pk__in=[a.pk for a in antraege], status=Antragsstand.BESCHLOSSEN)
        for antrag in list(beschlossen.order_by("pk"))[:-1]:
            if zeichnende := wer_kann_zeichnen(antrag):
                freigeben(antrag, by=zeichnende[0])

    def _zuruecklegen(self, sitzung, vorher, um: timedelta) -> None:
        """Put back to its day what was written since `vorher`; its mails have long been sent."""
        for ladung in sitzung.ladungen.filter(mail=None).select_related("mitgliedschaft__person"):
            person = ladung.mitgliedschaft.person
            ladung.mail = Mail.objects.create(
                an=person.email,
                empfaenger=person,
                betreff=f"Einladung: {self.gremium}",
                text=f"Einladung zur Sitzung {sitzung.nummer}; die Tagesordnung hing an der Mail.",
                schluessel=f"ladung:{ladung.pk}",
                versandt_am=self.welt.jetzt,
            )
            ladung.save(update_fields=["mail"])
        self.frueher.append((vorher, _staende(), um))


def _zuletzt(antraege) -> datetime:
    """The last thing that happened to one of these."""
    return Antragsereignis.objects.filter(antrag__in=antraege).aggregate(am=Max("am"))["am"]


def _werktag(moment: datetime) -> datetime:
    """The same hour on a working day: nobody meets on a Saturday or at Christmas."""
    return moment + (naechster_werktag(moment.date()) - moment.date())


def _staende() -> dict:
    """The last row of every table that tells of moments."""
    return {modell: modell._default_manager.aggregate(pk=Max("pk"))["pk"] or 0 for modell, *_ in ZEITEN}
