"""What the office has done with a demo application: check list, questions, opinion; and the files that came along."""

import hashlib
from datetime import timedelta
from decimal import Decimal

from angebote.anlage.models import Anlage
from angebote.antrag.workflow import Status
from angebote.korrektur.models import Markierung
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme
from angebote.pruefung.pruefliste import PRUEFLISTE
from demo.vorhaben import RUECKFRAGEN, STELLUNGNAHME, STELLUNGNAHMEN
from schulerfolg.akte.models import Dokument
from schulerfolg.kalender import naechster_werktag

S = Status
DATEIEN = {"kooperation": "Kooperationsvereinbarung", "konzept": "Konzept", "angebot": "Angebot"}


def pruefung(welt, fall, zeilen) -> None:
    antrag, am = fall["antrag"], fall["am"]
    if "uebernehmen" in am:
        _liste(welt, fall, zeilen)
    if "nachfordern" in am:
        _rueckfragen(welt, fall, zeilen)
    if antrag.status in (S.FACHPRUEFUNG, S.GREMIENREIF):
        _stellungnahme(welt, fall, zeilen)
    _anlagen(welt, fall, zeilen)


def _liste(welt, fall, zeilen) -> None:
    """Complete where the application went on, begun where it is just being checked."""
    antrag, am = fall["antrag"], fall["am"]
    fertig = "weiter_zur_fachpruefung" in am
    anzahl = len(PRUEFLISTE) if fertig else welt.zufall.randint(0, len(PRUEFLISTE) - 2)
    for schluessel in list(PRUEFLISTE)[:anzahl]:
        entfaellt = schluessel == "anlagen" and antrag.netzwerkstelle.kuerzel not in ("HZ", "MD")
        notiz = "In der Beratung besprochen." if schluessel == "kosten" and welt.zufall.random() < 0.4 else ""
        zeilen[Pruefpunkt].append(
            Pruefpunkt(
                antrag=antrag,
                schluessel=schluessel,
                urteil="entfaellt" if entfaellt else "ja",
                notiz=f"{notiz}{welt.marken.fuer(antrag.netzwerkstelle)}" if notiz else "",
                durch=fall["beteiligte"]["sachbearbeitung"].person,
                am=am.get("weiter_zur_fachpruefung", am["uebernehmen"]),
            )
        )


def _rueckfragen(welt, fall, zeilen) -> None:
    antrag, am = fall["antrag"], fall["am"]
    marke = lambda: welt.marken.fuer(antrag.netzwerkstelle)  # noqa: E731 -- local shorthand
    beantwortet = am.get("nachreichen")
    nachforderung = Nachforderung(
        antrag=antrag,
        warum=f"Damit wir die Kosten und den Ablauf prüfen können.{marke()}",
        frist=naechster_werktag(am["nachfordern"].date() + timedelta(days=14)),
        gestellt_durch=fall["beteiligte"]["sachbearbeitung"].person,
        beantwortet_am=beantwortet,
    )
    vars(nachforderung)["_am"] = {"gestellt_am": am["nachfordern"]}
    zeilen[Nachforderung].append(nachforderung)
    paare = []
    for frage, antwort in welt.zufall.sample(RUECKFRAGEN, welt.zufall.randint(1, 3)):
        paare.append([f"{frage}{marke()}", f"{antwort}{marke()}" if beantwortet else ""])
        zeilen[Rueckfrage].append(Rueckfrage(nachforderung=nachforderung, frage=paare[-1][0], antwort=paare[-1][1]))
    if not beantwortet:
        zeilen[Markierung] += _markierungen(nachforderung, marke())
    if beantwortet:
        fall["nachgereicht"] = _nachgereicht(welt, fall, nachforderung, zeilen)
        paare.append(["Nachgereichte Dateien", fall["nachgereicht"]])
        fall["antworten"] = {"name": "rueckfragen", "titel": "Antworten auf die Rückfragen", "zeilen": paare}


def _markierungen(nachforderung, marke) -> list[Markierung]:
    """Two answers that the school corrects: one has a gap, one is out of date."""
    antrag = nachforderung.antrag
    ziele = {"stelle": "ziele", "abschnitt": "projekt", "titel": "Ziele", "vorher": vars(antrag)["_ziel"]}
    zahl = {"stelle": "zielgruppen", "abschnitt": "zeitraum", "titel": "Zielgruppen"}
    return [
        Markierung(
            nachforderung=nachforderung, grund="unvollstaendig", bemerkung=f"Woran merken Sie es?{marke}", **ziele
        ),
        Markierung(
            nachforderung=nachforderung,
            grund="veraltet",
            bemerkung="Bitte nennen Sie die Zahl des neuen Schuljahrs.",
            vorher=f"zusammen {antrag.teilnehmende}",
            **zahl,
        ),
    ]


def _stellungnahme(welt, fall, zeilen) -> None:
    antrag, am, zufall = fall["antrag"], fall["am"], welt.zufall
    fest = antrag.schule.schulnummer in ("DEMO-0001", "DEMO-0002")
    if antrag.status == S.FACHPRUEFUNG and not fest and zufall.random() < 0.4:
        return
    marke = lambda: welt.marken.fuer(antrag.netzwerkstelle)  # noqa: E731 -- local shorthand
    [empfehlung] = zufall.choices(["zustimmen", "auflagen", "ablehnen"], [7, 2, 0 if fest else 1])
    betrag = {"zustimmen": antrag.beantragt, "auflagen": max(antrag.beantragt - 100, Decimal(50)), "ablehnen": 0}
    bestaetigt = am.get("bestaetigen")
    stellungnahme = Stellungnahme(
        antrag=antrag,
        text=f"{STELLUNGNAHME.get(empfehlung) or zufall.choice(STELLUNGNAHMEN)}{marke()}",
        empfehlung=empfehlung,
        betrag=betrag[empfehlung],
        auflagen=f"Den Materialanteil bitte auf das Nötige begrenzen.{marke()}" if empfehlung == "auflagen" else "",
        verfasst_durch=fall["beteiligte"]["sachbearbeitung"].person,
        bestaetigt_am=bestaetigt,
        bestaetigt_durch=fall["beteiligte"]["leitung"].person if bestaetigt else None,
    )
    vars(stellungnahme)["_am"] = {"verfasst_am": am["weiter_zur_fachpruefung"] + timedelta(hours=2)}
    zeilen[Stellungnahme].append(stellungnahme)


def _anlagen(welt, fall, zeilen) -> None:
    """What the rule asks for, and here and there something more."""
    antrag, am = fall["antrag"], fall["am"]
    arten = ["kooperation"] if antrag.netzwerkstelle.kuerzel in ("HZ", "MD") and antrag.status != S.ENTWURF else []
    if welt.zufall.random() < 0.12:
        arten.append(welt.zufall.choice(["konzept", "angebot"]))
    for art in arten:
        _anlage(welt, antrag, art, DATEIEN[art], am["anlegen"] + timedelta(hours=1), zeilen)


def _nachgereicht(welt, fall, nachforderung, zeilen) -> str:
    """A file that came with the answers; its name."""
    antrag, am = fall["antrag"], fall["am"]["nachreichen"]
    anlage = _anlage(welt, antrag, "sonstiges", "Stundenplan der Projekttage", am, zeilen, nachforderung=nachforderung)
    return anlage.dokument.name


def _anlage(welt, antrag, art, name, wann, zeilen, **wozu) -> Anlage:
    marke = welt.marken.fuer(antrag.netzwerkstelle)
    inhalt = kleines_pdf(f"{name} zum Projekt{marke}")
    dokument = Dokument(
        art="anlage",
        name=f"{name}{marke.replace(' ', '-')}.pdf",
        medientyp="application/pdf",
        inhalt=inhalt,
        groesse=len(inhalt),
        sha256=hashlib.sha256(inhalt).hexdigest(),
    )
    anlage = Anlage(antrag=antrag, art=art, dokument=dokument, hochgeladen_durch=antrag.verfasst_durch, **wozu)
    vars(anlage)["_am"] = {"hochgeladen_am": wann}
    zeilen[Dokument].append(dokument)
    zeilen[Anlage].append(anlage)
    return anlage


def kleines_pdf(satz: str) -> bytes:
    """A page with one sentence (Latin-1) and nothing else, as small as a PDF can be."""
    strom = b"BT /F1 14 Tf 72 770 Td (%s) Tj ET" % satz.encode("latin-1", "replace")
    teile = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(strom), strom),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    datei, orte = b"%PDF-1.4\n", []
    for nummer, teil in enumerate(teile, 1):
        orte.append(len(datei))
        datei += b"%d 0 obj\n%s\nendobj\n" % (nummer, teil)
    tafel = b"".join(b"%010d 00000 n \n" % ort for ort in orte)
    ende = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(datei)
    return datei + b"xref\n0 6\n0000000000 65535 f \n" + tafel + ende
