"""Applications for tests: a complete draft, and one driven to any status by the real services."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from angebote.antrag import services
from angebote.antrag.abschnitte import ERKLAERUNGEN
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import Antragspartner, Kostenposten, Projektziel, Zielgruppenzahl
from angebote.antrag.workflow import Status
from angebote.beratung.models import Beratung
from angebote.entscheidung import services as entscheidung
from angebote.entscheidung.pdf import brief_als_dokument
from angebote.foerderung.models import Betragsband, Foerderregel, Kostenart, Thema, Zielgruppe
from angebote.pruefung import services as pruefung
from angebote.pruefung.pruefliste import PRUEFLISTE
from schulerfolg.kalender import ferien, naechster_werktag, warum_frei
from tests.factories import make_hauptsitz, make_organisation

number = count(1)


def make_regel(netzwerkstelle, **fields):
    """2.000 € je Schule und Kalenderjahr, 28 days ahead, the head signs."""
    return Foerderregel.objects.create(netzwerkstelle=netzwerkstelle, **{"hoechstbetrag": Decimal(2000)} | fields)


def make_band(regel, bis=300, **fields):
    """One page up to 300 €, decided by the office, without documents."""
    defaults = {"umfang": "kurz", "entscheidung": "stelle", "mit_anlagen": False, "nachweis": "kurzer Bericht"}
    return Betragsband.objects.create(regel=regel, bis=Decimal(bis), **defaults | fields)


def make_beratung(schule, by, status="beraten", **fields):
    """A Beratung; `by` asked for it, and where it has taken place also gave it."""
    defaults = {
        "netzwerkstelle": schule.netzwerkstelle,
        "angefragt_durch": by,
        "status": status,
        "titel": "Gemeinsam statt einsam",
        "was": "Drei Projekttage mit Theaterpädagogik.",
        "fuer_wen": "Die beiden siebten Klassen.",
        "warum": "Die Klassen sollen zusammenwachsen.",
    }
    if status == "beraten":
        defaults |= {
            "tag": timezone.localdate() - timedelta(days=7),
            "weg": "telefon",
            "ergebnis": "Passt zum Programm; Antrag empfohlen.",
            "beraten_durch": by,
        }
    return Beratung.objects.create(schule=schule, **defaults | fields)


def make_vokabel(model, name, **fields):
    return model.objects.get_or_create(schluessel=name.lower().replace(" ", "-"), defaults={"name": name, **fields})[0]


def make_antrag(schule, by, **fields):
    """A complete draft over 1.200,00 €: nothing speaks against submitting it today.

    Pass `beratung=None` or `regel=None` to leave these out (a rule in force is used as it is), `kosten=[]` or
    `partner=[]` for no rows, `themen=[]`, `zielgruppen=[]` or `ziele=[]` for none; every other argument is a column.
    """
    beratung = fields.pop("beratung") if "beratung" in fields else make_beratung(schule, by)
    if fields.pop("regel", ...) is ... and not _regeln(schule).exists():
        make_regel(schule.netzwerkstelle)
    make_hauptsitz(schule.netzwerkstelle)
    kosten = fields.pop("kosten", [("Honorare", "Theaterpädagogik", 24, "Stunden", "50.00")])
    partner = fields.pop("partner", ["führt die Projekttage durch"])
    themen, zielgruppen = fields.pop("themen", ["Soziales Lernen"]), fields.pop("zielgruppen", ["Lernende"])
    ziele = fields.pop("ziele", [("Die Klasse arbeitet als Team.", "Es gibt weniger Streit.", "Befragung")])
    beginn = fields.pop("beginn") if "beginn" in fields else _schultag()
    defaults = {
        "netzwerkstelle": schule.netzwerkstelle,
        "verfasst_durch": by,
        "projektleitung": "Jana Petersen",
        "projektleitung_email": "jana.petersen@schule.example",
        "titel": "Gemeinsam statt einsam",
        "kurzbeschreibung": "Drei Projekttage, nach denen die Klassen sich kennen.",
        "ausgangslage": "Zwei Klassen wurden zusammengelegt.",
        "ablauf": "Tag 1 Kennenlernen, Tag 2 Probe, Tag 3 Aufführung.",
        "nachhaltigkeit": "Der Klassenrat führt die Übungen weiter.",
        "oeffentlichkeit": "Aushang in der Schule mit dem Emblem der Europäischen Union.",
        "format": "projekttag",
        "ende": beginn and beginn + timedelta(days=2),
        "ort": "Turnhalle der Schule",
        "klassenstufen": "7",
        "externe": "ja",
        "begonnen": "nein",
        "erklaert_fuehrungszeugnis": True,
        "zahlweg": "schultraeger",
        "erklaert_beginn": True,
        "erklaert_doppelt": True,
        "erklaert_eu": True,
        "erklaert_daten": True,
        "erklaert_richtig": True,
        "erklaerungen_fassung": {name: erklaerung.fassung for name, erklaerung in ERKLAERUNGEN.items()},
    }
    antrag = Antrag.objects.create(schule=schule, beratung=beratung, beginn=beginn, **defaults | fields)
    antrag.themen.set(make_vokabel(Thema, name) for name in themen)
    for name in zielgruppen:
        Zielgruppenzahl.objects.create(antrag=antrag, zielgruppe=make_vokabel(Zielgruppe, name), anzahl=48)
    antrag.teilnehmende = 48 * len(zielgruppen) or None
    for nummer, (ziel, indikator, nachweis) in enumerate(ziele, 1):
        Projektziel.objects.create(antrag=antrag, nummer=nummer, ziel=ziel, indikator=indikator, nachweis=nachweis)
    for aufgabe in partner:
        Antragspartner.objects.create(antrag=antrag, organisation=make_organisation(), aufgabe=aufgabe)
    for zeile in kosten:
        make_kostenposten(antrag, *zeile)
    if "beantragt" not in fields:
        antrag.beantragt = max(sum(p.betrag for p in antrag.kostenposten.all()) - antrag.andere_mittel, 0)
    antrag.save(update_fields=["beantragt", "teilnehmende"])
    return antrag


def _schultag():
    """In two months, three days in a row that surprise nobody."""
    tag = timezone.localdate() + timedelta(days=60)
    while ferien(tag, tag + timedelta(days=2)) or any(warum_frei(tag + timedelta(days=n)) for n in range(3)):
        tag += timedelta(days=1)
    return tag


def _regeln(schule):
    return Foerderregel.objects.filter(netzwerkstelle=schule.netzwerkstelle).gueltig()


def make_kostenposten(
    antrag, art="Honorare", beschreibung="Theaterpädagogik", menge=1, einheit="", einzelpreis="50.00"
):
    return Kostenposten.objects.create(
        antrag=antrag,
        kostenart=make_vokabel(Kostenart, art),
        beschreibung=beschreibung,
        menge=menge,
        einheit=einheit,
        einzelpreis=Decimal(einzelpreis),
    )


def _freigabe_sl(antrag, cast):
    return services.weitergeben(antrag, by=cast.lehrkraft)


def _eingereicht(antrag, cast):
    return services.einreichen(antrag, by=cast.schulleitung)


def _formalpruefung(antrag, cast):
    return pruefung.uebernehmen(_eingereicht(antrag, cast), by=cast.sachbearbeitung)


def _nachforderung(antrag, cast, frist=None):
    frist = frist or naechster_werktag(timezone.localdate() + timedelta(days=14))
    return pruefung.nachfordern(
        _formalpruefung(antrag, cast),
        by=cast.sachbearbeitung,
        fragen=["Wie viele Stunden arbeitet die Theaterpädagogik?", "Wer betreut die Kinder in den Pausen?"],
        frist=frist,
        warum="Damit wir die Kosten prüfen können.",
    )


def _fachpruefung(antrag, cast):
    antrag = _formalpruefung(antrag, cast)
    pruefung.pruefpunkte_speichern(
        antrag, by=cast.sachbearbeitung, urteile={schluessel: ("ja", "") for schluessel in PRUEFLISTE}
    )
    return pruefung.weiter_zur_fachpruefung(antrag, by=cast.sachbearbeitung)


def _gremienreif(antrag, cast):
    antrag = _fachpruefung(antrag, cast)
    pruefung.stellung_nehmen(
        antrag,
        by=cast.sachbearbeitung,
        text="Das Vorhaben stärkt die Klassen und ist angemessen geplant.",
        empfehlung="zustimmen",
        betrag=antrag.beantragt,
    )
    return pruefung.bestaetigen(antrag, by=cast.leitung)


def _abgelehnt(antrag, cast):
    begruendung = "Das Projekt hat schon begonnen."
    return unterschreiben(_formalpruefung(antrag, cast), "formal_ablehnen", by=cast.leitung, begruendung=begruendung)


def vor_augen(antrag, schritt, by, **felder) -> str:
    """The letter of this step lies before this person, as if the worker had made it just now; its SHA-256."""
    vorschau = entscheidung.vorschau_bestellen(antrag, schritt, by=by, **felder)
    if vorschau.dokument is None:
        pdf = f"%PDF-1.7 {vorschau.pk}".encode()
        vorschau.dokument = brief_als_dokument(vorschau.art, vorschau.titel, antrag, pdf)
        vorschau.save(update_fields=["dokument"])
    return vorschau.dokument.sha256


def unterschreiben(antrag, schritt, by, **felder):
    """Look at the letter, then sign it."""
    schreiben = vor_augen(antrag, schritt, by, **felder)
    return getattr(entscheidung, schritt)(antrag, by=by, schreiben=schreiben, **felder)


def _zurueckgezogen(antrag, cast):
    return entscheidung.zurueckziehen(_eingereicht(antrag, cast), by=cast.schulleitung)


def _verworfen(antrag, cast):
    return services.verwerfen(antrag, by=antrag.verfasst_durch)


WEGE = {
    Status.ENTWURF: lambda antrag, cast: antrag,
    Status.FREIGABE_SL: _freigabe_sl,
    Status.EINGEREICHT: _eingereicht,
    Status.FORMALPRUEFUNG: _formalpruefung,
    Status.NACHFORDERUNG: _nachforderung,
    Status.FACHPRUEFUNG: _fachpruefung,
    Status.GREMIENREIF: _gremienreif,
    Status.ZURUECKGEZOGEN: _zurueckgezogen,
    Status.VERWORFEN: _verworfen,
    Status.ABGELEHNT: _abgelehnt,
}


def make_antrag_in(status, cast, **fields):
    """An Antrag of `cast.schule`, written by the teacher, in one of the statuses up to GREMIENREIF.

    `schule` and `by` may be given; every other argument is one of `make_antrag`.
    """
    antrag = make_antrag(fields.pop("schule", cast.schule), fields.pop("by", cast.lehrkraft), **fields)
    return WEGE[Status(status)](antrag, cast)
