"""How an Antrag reads: its sections as pairs of label and text, for the page, the snapshot and the PDF."""

from decimal import Decimal

from django.utils.formats import number_format

from angebote.antrag.abschnitte import ABSCHNITTE, ERKLAERUNGEN, erklaert
from angebote.antrag.folgefragen import betrag, gefragt
from angebote.antrag.jahre import jahr_in_worten, jahresteile, projekttage
from angebote.antrag.models import Antrag
from angebote.foerderung.models import Bezug, Foerderregel
from schulerfolg.geld import euro
from schulerfolg.zeit import datum


def abbild(antrag: Antrag) -> list[dict]:
    """Sections in order: `{"name", "titel", "zeilen": [[label, text], …]}`. Plain data, fit for JSON.

    The costs come as `posten` as well, five columns a row: the first pairs once more, for whoever prints a table.
    """
    posten = list(antrag.kostenposten.select_related("kostenart"))
    zeilen = {
        "schule": _schule(antrag),
        "kooperation": [[str(p.organisation), p.aufgabe] for p in antrag.partner.select_related("organisation")],
        "projekt": [
            *_texte(antrag, "titel", "kurzbeschreibung", "ausgangslage"),
            *_ziele(antrag),
            *_texte(antrag, "ablauf"),
            ["Themen", ", ".join(str(thema) for thema in antrag.themen.all())],
            ["Format", antrag.get_format_display()],
            *_texte(antrag, "nachhaltigkeit", "oeffentlichkeit", "grundsaetze"),
        ],
        "zeitraum": [
            ["Beginn", datum(antrag.beginn)],
            ["Ende", datum(antrag.ende)],
            *_texte(antrag, "ort"),
            ["Zielgruppen", ", ".join(str(zeile) for zeile in antrag.gruppen.select_related("zielgruppe"))],
            ["Teilnehmende (geplant)", "" if antrag.teilnehmende is None else str(antrag.teilnehmende)],
            *_texte(antrag, "klassenstufen"),
        ],
        "kosten": _kosten(antrag, posten),
        "erklaerungen": [
            _wert(antrag, "externe"),
            _wert(antrag, "begonnen"),
            *(_texte(antrag, "begonnen_was") if gefragt(antrag, "begonnen_was") else []),
            *([e.satz, _erklaert(antrag, feld)] for feld, e in ERKLAERUNGEN.items() if gefragt(antrag, feld)),
            *([a.get_art_display(), a.dokument.name] for a in antrag.anlagen.geltend()),
        ],
    }
    if antrag.kurz:  # most of it is not asked: only what is there
        zeilen = {name: [[label, text] for label, text in paare if text] for name, paare in zeilen.items()}
    return [
        {"name": name, "titel": ABSCHNITTE[name].titel, "zeilen": [[label, text or "–"] for label, text in paare]}
        | ({"posten": [_spalten(p) for p in posten]} if name == "kosten" else {})
        for name, paare in zeilen.items()
        if paare or not antrag.kurz
    ]


def vorgelegt(antrag: Antrag) -> list:
    """What somebody signs: the text in this version, with these files, for this school, at this office, and that it is
    still with whoever signs, not taken back meanwhile.
    """
    anlagen = sorted(antrag.anlagen.geltend().values_list("pk", flat=True))
    return [antrag.version, anlagen, antrag.schule_id, antrag.netzwerkstelle_id, antrag.status]


def stand_gezeigt(antrag: Antrag) -> str:
    """Where the case stands, for whoever ends it: a decision may have fallen since the page was opened."""
    return antrag.status


def regel_abbild(regel: Foerderregel, beantragt: Decimal) -> dict:
    """The rule in force for this sum, as a section of its own: frozen with the submission, not part of what the school
    wrote.
    """
    bezug = f"je {regel.get_hoechstbetrag_je_display()}"
    if regel.hoechstbetrag_je == Bezug.SCHULE:
        bezug += f" und {regel.get_hoechstbetrag_im_display()}"
    band, grenze = regel.band(beantragt), regel.stelle_entscheidet_bis(beantragt)
    zeilen = [
        ["Höchstbetrag", f"{euro(regel.hoechstbetrag)} {bezug}"],
        ["Art der Grenze", "verbindlich" if regel.hoechstbetrag_hart else "empfohlen"],
        ["Vorlauf", f"{regel.vorlauf_tage} Tage"],
        ["Verwendungsnachweis", f"bis {regel.nachweis_tage} Tage nach dem Ende des Projekts"],
        ["Eigenanteil", f"{number_format(regel.eigenanteil_prozent.normalize(), use_l10n=True)} Prozent"],
        ["Vergleichsangebote", _angebote(regel)],
        *([["Betragsband", str(band)]] if band else []),
        ["Entscheidung", regel.wer_entscheidet(beantragt) + (f" ({euro(grenze)})" if grenze and not band else "")],
        ["Vorzeitiger Beginn", "auf Antrag möglich" if regel.vorzeitig else "nicht vorgesehen"],
        ["Gültig seit", datum(regel.von)],
        ["Grundlage", regel.grundlage],
    ]
    return {
        "name": "regel",
        "titel": "Förderregel am Tag der Einreichung",
        "zeilen": [[label, text or "–"] for label, text in zeilen],
    }


def _angebote(regel) -> str:
    if regel.angebote_ab is None:
        return "keine verlangt"
    wie = "verbindlich" if regel.angebote_hart else "empfohlen"
    return f"{regel.angebote_in_worten} für einzelne Ausgaben über {euro(regel.angebote_ab)} ({wie})"


def _schule(antrag):
    weitere = ", ".join(str(schule) for schule in antrag.schulen_dabei)
    return [
        ["Schule", str(antrag.schule)],
        ["Wer das Geld erhält", " – ".join(filter(None, [antrag.get_zahlweg_display(), _name(antrag.geld_an)]))],
        *([["Weitere Schulen", weitere]] if weitere else []),
        *([["Förderrunde", f"{antrag.runde}, {antrag.runde.bis_in_worten}"]] if antrag.runde else []),
        *_texte(antrag, "projektleitung", "projektleitung_email", "projektleitung_telefon"),
    ]


def _ziele(antrag):
    ziele = list(antrag.ziele.all())
    mehrere = len(ziele) > 1
    return [[f"Ziel {z.nummer}" if mehrere else "Ziel", z.in_worten] for z in ziele] or [["Ziel", ""]]


def _kosten(antrag, posten):
    regel = antrag.regel or antrag.regel_heute
    teile = jahresteile(antrag, antrag.beantragt, regel) if projekttage(antrag, regel) and antrag.beantragt else {}
    return [
        *([f"{p.kostenart}: {p.beschreibung}", _rechnung(p)] for p in posten),
        ["Ausgaben zusammen", euro(sum(p.betrag for p in posten))],
        ["Eigenmittel", euro(antrag.eigenmittel)],
        ["Teilnahmebeiträge", euro(betrag(antrag, "teilnahmebeitraege"))],
        [
            "Geld von anderen",
            f"{euro(antrag.drittmittel)} {antrag.drittmittel_von}" if gefragt(antrag, "drittmittel") else "keines",
        ],
        ["Beantragte Förderung", euro(antrag.beantragt)],
        *([f"Davon aus {jahr_in_worten(j, regel)}", euro(teil)] for j, teil in teile.items() if len(teile) > 1),
    ]


def _wert(antrag, feld):
    return [antrag._meta.get_field(feld).verbose_name, getattr(antrag, f"get_{feld}_display")()]


def _erklaert(antrag, feld) -> str:
    return "ja" if erklaert(antrag, feld) else "noch nicht"


def _rechnung(posten):
    zeilen = [f"{posten.menge_in_worten} × {euro(posten.einzelpreis)} = {euro(posten.betrag)}", *_dazu(posten)]
    return "\n".join(zeilen)


def _spalten(posten) -> list[str]:
    """Kostenart, what for, quantity, price and amount of one row."""
    wofuer = "\n".join([posten.beschreibung, *_dazu(posten)])
    return [str(posten.kostenart), wofuer, posten.menge_in_worten, euro(posten.einzelpreis), euro(posten.betrag)]


def _dazu(posten) -> list[str]:
    nicht = [] if posten.kostenart.foerderfaehig else ["Nicht förderfähig; bezahlen andere."]
    return [*nicht, *([f"Begründung: {posten.begruendung}"] if posten.begruendung else [])]


def _texte(antrag, *felder):
    return [[antrag._meta.get_field(feld).verbose_name, getattr(antrag, feld)] for feld in felder]


def _name(objekt):
    return str(objekt) if objekt else ""
