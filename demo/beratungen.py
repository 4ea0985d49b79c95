"""Advice in the demo world: the talk before every application, and some that still wait."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from angebote.beratung.models import Beratung, Beratungsereignis
from demo.antragsweg import hut
from demo.vorhaben import VORHABEN
from netzwerkstellen.models import Mitarbeit
from schulerfolg.kalender import naechster_werktag
from schulerfolg.konten.permissions import Rolle

ERGEBNISSE = (
    "Das Vorhaben passt zum Programm. Wir empfehlen, den Ablauf noch genauer zu beschreiben.",
    "Gute Idee mit klarem Bedarf. Besprochen: Kostenplan, Partner und Fristen.",
    "Antrag empfohlen. Die Schule klärt noch, wer das Geld erhält.",
    "Wir haben zwei mögliche Partner genannt und auf die Vorlaufzeit hingewiesen.",
)
WEGE = ("telefon", "vor_ort", "video", "mail")
WUNSCH = ("dienstags nach 14 Uhr", "am besten per E-Mail", "in der ersten großen Pause", "")


def beratung_zu(welt, antrag, beteiligte, zeilen) -> Beratung:
    """The talk from which this application came."""
    verfasst, beraten = beteiligte["verfasst"], beteiligte["sachbearbeitung"]
    wann = antrag._am["erstellt_am"] - timedelta(days=welt.zufall.randint(2, 12))
    marke = lambda text: f"{text}{welt.marken.fuer(antrag.netzwerkstelle)}" if text else ""  # noqa: E731 -- local shorthand
    beratung = Beratung(
        schule=antrag.schule,
        netzwerkstelle=antrag.netzwerkstelle,
        status="beraten",
        titel=antrag.titel,
        was=antrag.kurzbeschreibung,
        fuer_wen=marke("Für die im Antrag genannten Klassen."),
        warum=vars(antrag)["_ziel"],
        angefragt_durch=verfasst.person,
        tag=wann.date(),
        weg=welt.zufall.choice(WEGE),
        ergebnis=marke(welt.zufall.choice(ERGEBNISSE)),
        beraten_durch=beraten.person,
    )
    vars(beratung)["_am"] = {"angefragt_am": wann - timedelta(days=welt.zufall.randint(1, 6))}
    zeilen[Beratung].append(beratung)
    _ereignis(zeilen, beratung, "anfragen", "hat um Beratung gebeten", verfasst, vars(beratung)["_am"]["angefragt_am"])
    _ereignis(zeilen, beratung, "beraten", "hat die Beratung festgehalten", beraten, wann)
    return beratung


def wartende(welt, antraege) -> None:
    """Ideas that nobody has answered yet: three at the offices of the demo identities, one elsewhere."""
    for schule in antraege.schulen.schulen:
        stelle = schule.netzwerkstelle
        schon = sum(
            b.status in ("angefragt", "verabredet") and b.netzwerkstelle == stelle for b in antraege.zeilen[Beratung]
        )
        if schon >= (3 if stelle.kuerzel in ("HZ", "BK") else 1):
            continue
        fragt = welt.zufall.choice(antraege.schulleute[schule])
        vorhaben = welt.zufall.choice(VORHABEN)
        texte = [
            f"{satz.format(klassen='unsere Klassen', ort=schule.ort)}{welt.marken.fuer(stelle)}"
            for satz in (vorhaben.titel[0], vorhaben.kurz[0], "Für zwei Klassen und ihre Familien.", vorhaben.ziele[0])
        ]
        wunsch = welt.zufall.choice(WUNSCH)
        beratung = Beratung(
            schule=schule,
            netzwerkstelle=stelle,
            angefragt_durch=fragt.person,
            telefon=fragt.person.telefon,
            zeiten=_zeiten(welt) if schon == 0 else [],
            wunsch=f"{wunsch}{welt.marken.fuer(stelle)}" if wunsch else "",
            **dict(zip(("titel", "was", "fuer_wen", "warum"), texte, strict=True)),
        )
        am = welt.jetzt - timedelta(days=welt.zufall.randint(0, 9), hours=welt.zufall.randint(1, 20))
        vars(beratung)["_am"] = {"angefragt_am": am}
        antraege.zeilen[Beratung].append(beratung)
        _ereignis(antraege.zeilen, beratung, "anfragen", "hat um Beratung gebeten", fragt, am)
        if schon == 1:
            _verabreden(welt, antraege, beratung, am + timedelta(hours=5))


def _zeiten(welt) -> list:
    """Two afternoons next week."""
    tage = [naechster_werktag(welt.heute + timedelta(days=tage)) for tage in (6, 8)]
    return [timezone.make_aware(datetime.combine(tag, time(13, 30))) for tag in tage]


def _verabreden(welt, antraege, beratung, am) -> None:
    """The office has taken one of the times that were offered."""
    beratung.status, beratung.weg, beratung.treffpunkt = "verabredet", "vor_ort", "Lehrerzimmer"
    beratung.zeiten = _zeiten(welt)
    beratung.termin = beratung.zeiten[0]
    zeile = Mitarbeit.objects.gueltig().filter(netzwerkstelle=beratung.netzwerkstelle).order_by("pk").first()
    _ereignis(antraege.zeilen, beratung, "verabreden", "hat einen Termin vereinbart", zeile, am)


def _ereignis(zeilen, beratung, schritt, text, zeile, am) -> None:
    rolle = hut(Rolle(zeile.rolle), beratung.schule, beratung.netzwerkstelle)
    von, nach = {
        "anfragen": ("", "angefragt"),
        "verabreden": ("angefragt", "verabredet"),
        "beraten": ("angefragt", "beraten"),
    }[schritt]
    ereignis = {"schritt": schritt, "text": text, "durch": zeile.person, "rolle": rolle, "am": am}
    ereignis |= {"von": von, "nach": nach}
    zeilen[Beratungsereignis].append(Beratungsereignis(beratung=beratung, **ereignis))
