"""The applications of the demo world: rows written directly, as the services would have left them."""

import math
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from angebote.antrag.abbild import abbild, regel_abbild
from angebote.antrag.abschnitte import ERKLAERUNGEN
from angebote.antrag.bedingungen import bezugszeitraum
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung
from angebote.antrag.models_zeilen import Antragspartner, Kostenposten
from angebote.antrag.workflow import SCHULINTERN, Status
from angebote.beratung.models import Beratung
from angebote.foerderung.models import Kostenart, Thema, Zielgruppe
from angebote.pruefung.models import Nachforderung
from demo.antragsinhalt import ziel_und_gruppen
from demo.antragspruefung import pruefung
from demo.antragsweg import OFT, begruendung, hut, schritte, uebergaenge, wer, zeiten
from demo.beratungen import beratung_zu
from demo.konten import SCHULE_A, SCHULE_B
from demo.vorhaben import GROSS, KLEIN, OEFFENTLICH, PARTNER, VORHABEN
from netzwerkstellen.models import Organisation
from schulerfolg.akte.models import Auftrag, Dokument, Zaehler
from schulerfolg.konten.permissions import Rolle

S = Status
# So many wait at the Harz office for its Gremium, whose meetings everybody can play through
FUERS_GREMIUM = 6
RUHT = (S.ENTWURF, S.ABGELEHNT, S.ZURUECKGEZOGEN)
# What everybody finds at the two schools of the demo identities: status, author, shared with the office
FESTE = {
    SCHULE_A: [
        (S.ENTWURF, "lehrkraft.a", False), (S.FREIGABE_SL, "lehrkraft.a", False), (S.EINGEREICHT, "lehrkraft.a", False),
        (S.NACHFORDERUNG, "lehrkraft.a", False), (S.FORMALPRUEFUNG, "sozialarbeit.a", False),
        (S.FACHPRUEFUNG, "lehrkraft.a", False), (S.GREMIENREIF, "doppelrolle", False),
        (S.ENTWURF, "sozialarbeit.a", True), (S.ABGELEHNT, "lehrkraft.a", False),
        (S.ZURUECKGEZOGEN, "leitung.a", False), (S.FREIGABE_SL, "lehrkraft.a", False),
        (S.ENTWURF, "lehrkraft.a", False), (S.ENTWURF, "sozialarbeit.a", False),
    ],
    SCHULE_B: [
        (S.ENTWURF, "lehrkraft.b", False), (S.FREIGABE_SL, "lehrkraft.b", False), (S.EINGEREICHT, "lehrkraft.b", False),
        (S.NACHFORDERUNG, "lehrkraft.b", False), (S.FACHPRUEFUNG, "lehrkraft.b", False),
        (S.GREMIENREIF, "lehrkraft.b", False),
    ],
}  # fmt: skip


SAGT = {"nachreichen": "hat die Rückfragen beantwortet und eine Datei nachgereicht"}


class Antraege:
    """Thinks the applications out, then writes them all at once. People, schools and rules come before."""

    def __init__(self, welt, schulen, mitarbeiten, regeln, runde):
        self.welt, self.schulen, self.regeln, self.runde = welt, schulen, regeln, runde
        self.zeilen: dict[type, list] = defaultdict(list, {Nachforderung: [], Dokument: []})  # Anlage points to both
        self.viele: list[tuple] = []
        self.faelle: list[dict] = []
        self.vergeben: dict[tuple, Decimal] = defaultdict(Decimal)
        self.themen, self.gruppen, self.kosten = (
            {wort.schluessel: wort for wort in model.objects.all()} for model in (Thema, Zielgruppe, Kostenart)
        )
        self.partner = [Organisation(name=name, art=art) for name, art in PARTNER]
        self.schulleute, self.stellenleute = defaultdict(list), defaultdict(dict)
        for zeile in schulen.zugehoerigkeiten:
            self.schulleute[zeile.schule].append(zeile)
        for zeile in mitarbeiten:
            if zeile.bis is None:
                self.stellenleute[zeile.netzwerkstelle].setdefault(zeile.rolle, zeile)

    def erfinden(self, anzahl: int) -> None:
        """The fixed ones first, then others all over the Land."""
        nummern = {schule.schulnummer: schule for schule in self.schulen.schulen}
        feste = [(nummern[nummer], *fall) for nummer, faelle in FESTE.items() for fall in faelle]
        for schule, status, konto, geteilt in feste[:anzahl]:
            person = self.welt.menschen.personen[f"{konto}@demo.example"]
            verfasst = next(zeile for zeile in self.schulleute[schule] if zeile.person is person)
            self._fall(schule, status, verfasst, ziel=390, geteilt=geteilt)
        harz = [schule for schule in self.schulen.schulen if schule.netzwerkstelle.kuerzel == "HZ"][1:]
        saalekreis = next(schule for schule in self.schulen.schulen if schule.netzwerkstelle.kuerzel == "SK")
        for nummer in range(anzahl - len(feste)):
            schule = self.welt.zufall.choice(self.schulen.schulen)
            [status] = self.welt.zufall.choices(list(OFT), OFT.values())
            ziel, geteilt = self.welt.zufall.randint(3, 18) * 100, self.welt.zufall.random() < 0.2
            if nummer < FUERS_GREMIUM:
                schule, status = harz[nummer % len(harz)], S.GREMIENREIF
            elif nummer < FUERS_GREMIUM + 4:  # small enough for the office that decides by itself
                schule, status, ziel = saalekreis, S.GREMIENREIF, 300
            self._fall(schule, status, self._verfasst(schule), ziel, geteilt)

    def _verfasst(self, schule):
        """Mostly somebody who teaches there, now and then the head."""
        leute = self.schulleute[schule]
        andere = [zeile for zeile in leute if zeile.rolle != Rolle.SCHULE_LEITUNG]
        return self.welt.zufall.choice(andere if andere and self.welt.zufall.random() < 0.9 else leute)

    def _fall(self, schule, status, verfasst, ziel, geteilt) -> None:
        zufall, stelle = self.welt.zufall, schule.netzwerkstelle
        beteiligte = {
            "verfasst": verfasst,
            "kopf": next(z for z in self.schulleute[schule] if z.rolle == Rolle.SCHULE_LEITUNG),
            "sachbearbeitung": self.stellenleute[stelle][Rolle.SACHBEARBEITUNG],
            "leitung": self.stellenleute[stelle][Rolle.LEITUNG],
        }
        selbst = verfasst.rolle == Rolle.SCHULE_LEITUNG
        status = S.ENTWURF if selbst and status == S.FREIGABE_SL else status
        regel = self._regel(stelle, self.welt.heute)
        namen = schritte(self.welt, status, mitzeichnung=regel.mitzeichnung, selbst=selbst)
        momente = zeiten(self.welt, status, namen)
        am = dict(zip(["anlegen", *namen], momente, strict=True))
        eingereicht = am.get("einreichen") or am.get("selbst_einreichen")
        regel = self._regel(stelle, eingereicht.date()) if eingereicht else regel
        frueh = (eingereicht.date() if eingereicht else self.welt.heute) + timedelta(days=regel.vorlauf_tage)
        # One project begins before the next meeting, and shows the warning.
        frist, spielraum = (4, 7) if schule.schulnummer == SCHULE_A and status == S.GREMIENREIF else (40, 120)
        beginn = max(frueh, self.welt.heute + timedelta(days=frist)) + timedelta(days=zufall.randint(3, spielraum))
        grundschule = schule.schulform.schluessel == "grundschule"
        vorhaben = zufall.choice([v for v in VORHABEN if v.alter != (GROSS if grundschule else KLEIN)])
        antrag, erreichen = self._antrag(schule, status, verfasst.person, vorhaben, beginn, grundschule)
        if not self._kosten(antrag, vorhaben, regel, ziel, status):
            return self._fall(schule, S.ENTWURF, verfasst, ziel, geteilt)
        ziel_und_gruppen(self.welt, antrag, vorhaben, erreichen, self.gruppen, self.zeilen)
        antrag.geteilt = geteilt and status in SCHULINTERN
        antrag.eingereicht_am, antrag.regel = eingereicht, regel if eingereicht else None
        antrag.zustaendig = beteiligte["sachbearbeitung"].person if "uebernehmen" in am else None
        antrag.runde = self.runde if stelle.kuerzel == "MD" and eingereicht else None
        vars(antrag)["_am"] = {"erstellt_am": momente[0], "geaendert_am": momente[-1]}
        antrag.beratung = beratung_zu(self.welt, antrag, beteiligte, self.zeilen)
        fall = {"antrag": antrag, "am": am, "beteiligte": beteiligte, "vorhaben": vorhaben, "momente": momente}
        self._geschichte(fall, namen)
        pruefung(self.welt, fall, self.zeilen)
        self.faelle.append(fall)

    def _regel(self, stelle, tag):
        return next(
            regel
            for regel in self.regeln
            if regel.netzwerkstelle == stelle and regel.von <= tag and (regel.bis is None or regel.bis >= tag)
        )

    def _antrag(self, schule, status, verfasst, vorhaben, beginn, grundschule) -> tuple[Antrag, str]:
        """The case, and what it wants to reach in words."""
        zufall, marke = self.welt.zufall, lambda: self.welt.marken.fuer(schule.netzwerkstelle)
        stufe = zufall.randint(1, 4) if grundschule else zufall.randint(5, 10)
        klassen = zufall.choice(
            [f"die Klasse {stufe}{zufall.choice('abc')}", f"die beiden Klassen {stufe}a und {stufe}b"]
        )
        angaben = {"klassen": klassen, "ort": schule.ort}

        def text(auswahl, leer=False):
            if leer and status == S.ENTWURF and zufall.random() < 0.4:
                return ""
            satz = zufall.choice(auswahl).format(**angaben)
            return f"{satz[0].upper()}{satz[1:]}{marke()}"

        fertig, ziel = status != S.ENTWURF, text(vorhaben.ziele, leer=True)
        antrag = Antrag(
            schule=schule,
            netzwerkstelle=schule.netzwerkstelle,
            status=status,
            version=zufall.randint(4, 30),
            verfasst_durch=verfasst,
            projektleitung=f"{verfasst.vorname} {verfasst.nachname}"[:120],
            projektleitung_email=verfasst.email,
            projektleitung_telefon=verfasst.telefon,
            titel=text(vorhaben.titel)[:150],
            kurzbeschreibung=text(vorhaben.kurz),
            ausgangslage=text(vorhaben.anlass, leer=True),
            ablauf=text(vorhaben.ablauf, leer=True),
            nachhaltigkeit=text(vorhaben.bleibt, leer=True),
            oeffentlichkeit=text(OEFFENTLICH, leer=True),
            format=vorhaben.format,
            beginn=beginn,
            ende=beginn + timedelta(days=vorhaben.tage - 1),
            ort=f"{zufall.choice(['In der Schule', 'Turnhalle und Schulhof', schule.ort])}{marke()}",
            klassenstufen=f"{stufe}{marke()}",
            **({"externe": "ja", "begonnen": "nein"} if fertig else {}),
            **dict.fromkeys(ERKLAERUNGEN, fertig),
            erklaerungen_fassung={name: e.fassung for name, e in ERKLAERUNGEN.items()} if fertig else {},
        )
        return antrag, ziel

    def _kosten(self, antrag, vorhaben, regel, ziel, status) -> bool:
        """Rows that add up, within what the school may still ask for; False if nothing is left."""
        zufall, marke = self.welt.zufall, lambda: self.welt.marken.fuer(antrag.netzwerkstelle)
        raum = antrag.schule, *bezugszeitraum(regel, antrag.beginn)
        frei = regel.hoechstbetrag - (self.vergeben[raum] if regel.hoechstbetrag_je == "schule" else 0)
        wofuer, satz = vorhaben.honorar
        art, sache, menge, einheit, preis = vorhaben.sache
        stunden = max(3, (min(ziel, frei) - menge * preis) // satz)
        summe = Decimal(stunden * satz + menge * preis)
        eigen = Decimal(math.ceil(summe * regel.eigenanteil_prozent / 100)) + zufall.choice([0, 0, 0, 50])
        if status not in RUHT and summe - eigen > frei:
            return False
        antrag.eigenmittel, antrag.beantragt = eigen, summe - eigen
        if status not in RUHT:
            self.vergeben[raum] += antrag.beantragt
        for kostenart, was, zahl, je, einzelpreis in (
            ("honorare", wofuer, stunden, "Stunden", satz),
            (art, sache, menge, einheit, preis),
        ):
            posten = {"kostenart": self.kosten[kostenart], "beschreibung": f"{was}{marke()}", "einheit": je}
            if self.kosten[kostenart].begruendung_pflicht:
                posten["begruendung"] = "Beim gemeinsamen Essen kommen alle ins Gespräch."
            self.zeilen[Kostenposten].append(Kostenposten(antrag=antrag, menge=zahl, einzelpreis=einzelpreis, **posten))
        partner = zufall.choice(self.partner)
        aufgabe = f"{vorhaben.aufgabe}{marke()}"
        self.zeilen[Antragspartner].append(Antragspartner(antrag=antrag, organisation=partner, aufgabe=aufgabe))
        antrag.zahlweg = zufall.choice(["schultraeger", "partner", "stelle"])
        antrag.zahlung_an = partner if antrag.zahlweg == "partner" else None
        return True

    def _geschichte(self, fall, namen) -> None:
        antrag = fall["antrag"]
        for (name, text, von, nach), am in zip(uebergaenge(namen), fall["momente"], strict=True):
            zeile = wer(name, fall["beteiligte"])
            grund = begruendung(self.welt, name)
            # One row of the history, as it will read.
            self.zeilen[Antragsereignis].append(
                Antragsereignis(
                    antrag=antrag, schritt=name, von=von, nach=nach, durch=zeile.person, am=am,
                    text=SAGT.get(name, text),
                    rolle=hut(zeile.rolle, antrag.schule, antrag.netzwerkstelle),
                    begruendung=f"{grund}{self.welt.marken.fuer(antrag.netzwerkstelle)}" if grund else "",
                )
            )  # fmt: skip

    def speichern(self) -> None:
        """Needs append-only set aside: snapshots get the moment at which they were taken."""
        Organisation.objects.bulk_create(self.partner)
        self._anlegen(Beratung, self.zeilen.pop(Beratung))
        self._nummern()
        antraege = [fall["antrag"] for fall in self.faelle]
        self._anlegen(Antrag, antraege)
        durch = Antrag.themen.through
        durch.objects.bulk_create(
            durch(antrag_id=fall["antrag"].pk, thema_id=self.themen[schluessel].pk)
            for fall in self.faelle
            for schluessel in fall["vorhaben"].themen
        )
        for model, zeilen in self.zeilen.items():
            self._anlegen(model, zeilen)
        self._fassungen()

    @staticmethod
    def _anlegen(model, zeilen) -> None:
        """Write the rows; moments that Django sets by itself (`_am`) are put back to when it happened."""
        model._default_manager.bulk_create(zeilen)
        datiert = [zeile for zeile in zeilen if hasattr(zeile, "_am")]
        for zeile in datiert:
            for feld, wann in zeile._am.items():
                setattr(zeile, feld, wann)
        if datiert:
            model._default_manager.bulk_update(datiert, list(datiert[0]._am))

    def _nummern(self) -> None:
        """HZ-2027-0001 and so on, in the order of submission; the counters go on from there."""
        stand: dict[str, int] = defaultdict(int)
        eingereicht = [fall["antrag"] for fall in self.faelle if fall["antrag"].eingereicht_am]
        for antrag in sorted(eingereicht, key=lambda antrag: antrag.eingereicht_am):
            reihe = f"{antrag.netzwerkstelle.kuerzel}:{antrag.eingereicht_am.year}"
            stand[reihe] += 1
            antrag.nummer = f"{reihe.replace(':', '-')}-{stand[reihe]:04}"
        Zaehler.objects.bulk_create(
            Zaehler(schluessel=f"antrag:{reihe}", letzte=zahl) for reihe, zahl in sorted(stand.items())
        )

    def _fassungen(self) -> None:
        """The snapshots; the worker makes the PDFs of the two schools that everybody looks at."""
        neu = []
        for fall in self.faelle:
            antrag, beteiligte, am = fall["antrag"], fall["beteiligte"], fall["am"]
            if antrag.eingereicht_am is None:
                continue
            inhalt = [*abbild(antrag), regel_abbild(antrag.regel, antrag.beantragt)]
            schritt = "einreichen" if "einreichen" in am else "selbst_einreichen"
            ohne = [
                teil | {"zeilen": [z for z in teil["zeilen"] if z[1] != fall.get("nachgereicht")]} for teil in inhalt
            ]
            neu.append(self._fassung(antrag, 1, ohne, wer(schritt, beteiligte), antrag.eingereicht_am))
            if "antworten" in fall:
                neu.append(
                    self._fassung(antrag, 2, [fall["antworten"], *inhalt], beteiligte["verfasst"], am["nachreichen"])
                )
        self._anlegen(Antragsfassung, neu)
        Auftrag.objects.bulk_create(
            Auftrag(art="antrag_pdf", schluessel=f"antrag_pdf:{fassung.pk}", nutzlast={"fassung": fassung.pk})
            for fassung in neu
            if fassung.antrag.schule.schulnummer in FESTE
        )

    def _fassung(self, antrag, nummer, inhalt, zeile, am) -> Antragsfassung:
        eigen = "; hat ihn auch geschrieben" if zeile.person == antrag.verfasst_durch else ""
        zeichnung = f"{Rolle(zeile.rolle).label}{eigen}"
        fassung = Antragsfassung(antrag=antrag, nummer=nummer, inhalt=inhalt, durch=zeile.person, zeichnung=zeichnung)
        vars(fassung)["_am"] = {"erstellt_am": am}
        return fassung
