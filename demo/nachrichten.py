"""What schools and offices of Harz and Börde write to each other: a question that waits, answers, a note."""

import hashlib
from datetime import timedelta

from angebote.antrag.machine import ANTRAG
from angebote.antrag.workflow import Status
from angebote.nachricht.models import Lesevermerk, Nachricht
from demo.antragspruefung import kleines_pdf
from schulerfolg.akte.models import Dokument
from schulerfolg.kalender import naechster_werktag, werktage_spaeter
from schulerfolg.konten.permissions import Rolle

ORTE, SCHULE, STELLE, NOTIZ = ("HZ", "BK"), "an_stelle", "an_schule", "intern"
# Status → who writes what, how many days ago, and (office) in how many days an answer is asked for.
FAEDEN = {
    Status.EINGEREICHT: [
        (SCHULE, "Unsere Theaterpädagogin kann nun doch schon eine Woche früher. Dürfen wir den Zeitraum noch "
                 "verschieben, oder brauchen Sie dafür einen neuen Antrag?", 2, 0),
    ],
    Status.FORMALPRUEFUNG: [
        (SCHULE, "Reicht Ihnen die Kooperationsvereinbarung ohne Stempel? Die Unterschriften sind alle da.", 6, 0),
        (STELLE, "Ja, die Unterschriften genügen. Ein Stempel ist nicht nötig.", 5, 0),
        (NOTIZ, "Telefonat mit dem Sekretariat: Die Schulleitung ist bis Freitag auf Klassenfahrt.", 4, 0),
    ],
    Status.FACHPRUEFUNG: [
        (STELLE, "Können Sie uns kurz schreiben, wie viele Schülerinnen und Schüler aus der siebten Klasse "
                 "teilnehmen?", 3, 4),
        (NOTIZ, "Ähnliches Projekt im letzten Jahr, lief gut. In der Stellungnahme erwähnen.", 3, 0),
    ],
}  # fmt: skip


def nachrichten(welt, faelle) -> None:
    """Threads for all cases of the two offices in these states; one of the questions comes with a file."""
    for fall in faelle:
        antrag = fall["antrag"]
        if antrag.netzwerkstelle.kuerzel in ORTE and antrag.status in FAEDEN:
            _faden(welt, fall, FAEDEN[antrag.status])


def _faden(welt, fall, zeilen) -> None:
    antrag, beteiligte = fall["antrag"], fall["beteiligte"]
    marke = lambda: welt.marken.fuer(antrag.netzwerkstelle)  # noqa: E731 -- local shorthand
    vorige = None
    for art, text, tage, bis in zeilen:
        zeile = beteiligte["verfasst" if art == SCHULE else "sachbearbeitung"]
        am = max(welt.jetzt - timedelta(days=tage), fall["momente"][-1])
        frist = naechster_werktag(welt.heute + timedelta(days=bis)) if bis else None
        nachricht = Nachricht.objects.create(
            antrag=antrag,
            art=art,
            text=f"{text}{marke()}",
            am=am,
            durch=zeile.person,
            rolle=ANTRAG.hat_in_words(antrag, {Rolle(zeile.rolle)}),
            dokument=_datei(marke()) if antrag.status == Status.EINGEREICHT else None,
            erbeten=bool(frist),
            frist=frist or (werktage_spaeter(am.date(), 5) if art == SCHULE else None),
        )
        if vorige is not None and {vorige.art, art} == {SCHULE, STELLE}:
            Lesevermerk.objects.create(nachricht=vorige, person=zeile.person, am=am - timedelta(minutes=20))
        vorige = nachricht


def _datei(marke) -> Dokument:
    inhalt, name = kleines_pdf(f"Neuer Ablaufplan{marke}"), f"Neuer Ablaufplan{marke.replace(' ', '-')}.pdf"
    summe = hashlib.sha256(inhalt).hexdigest()
    return Dokument.objects.create(
        art="nachricht", name=name, medientyp="application/pdf", inhalt=inhalt, groesse=len(inhalt), sha256=summe
    )
