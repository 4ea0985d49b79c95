"""The whole chain, from an idea to the letter, with everybody who takes part. Told once, walked in two ways.

With the keyboard alone, and without JavaScript on the narrow screen of a phone: whoever has a mouse and scripts can
do all that these two can (`test_neue_kollegin.py` walks all three).
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from angebote.budget.services import budget_anlegen
from angebote.models import Antrag, Beratung, Budget, Kostenart, Thema, Zielgruppe
from gremien.models import Gremium, Mitgliedschaft, Sitzung
from schulerfolg.konten.models import Nachricht
from tests.browser.haende import Haende
from tests.factories import make_person
from tests.factories_antrag import make_regel, make_vokabel

HEUTE = timezone.localdate()


@pytest.fixture
def region(transactional_db, cast):
    """An office with a rule, money for two years and a Gremium of three."""
    make_vokabel(Kostenart, "Honorare")
    make_vokabel(Thema, "Streitschlichtung")
    make_vokabel(Zielgruppe, "Schülerinnen und Schüler")
    make_regel(cast.harz)
    for jahr in (HEUTE.year, HEUTE.year + 1):
        budget_anlegen(cast.harz, by=cast.leitung, jahr=jahr, ansatz=20000)
    cast.gremium = Gremium.objects.create(netzwerkstelle=cast.harz, name="Beirat Schulerfolg")
    # Short values, side by side.
    cast.mitglieder = [
        Mitgliedschaft.objects.create(
            gremium=cast.gremium, person=make_person(vorname, nachname), rolle=rolle, verschwiegen_am=HEUTE
        )
        for vorname, nachname, rolle in (
            ("Vera", "Vorsitz", "vorsitz"), ("Mia", "Mitglied", "mitglied"), ("Max", "Muster", "mitglied"),
        )
    ]  # fmt: skip
    return cast


@pytest.mark.parametrize("way", ["tastatur", pytest.param("ohne_js", marks=pytest.mark.gruendlich)])
def test_from_an_idea_to_the_letter(region, besuch, way):
    def als(person):
        telefon = way == "ohne_js"  # without JavaScript, and on the narrow screen of a phone
        return Haende(besuch(person, js=not telefon, breite=375 if telefon else 1280), way)

    lehrkraft, buero, leitung = als(region.lehrkraft), als(region.sachbearbeitung), als(region.leitung)
    antrag = schreiben(lehrkraft, buero)
    einreichen(als(region.schulleitung), antrag)
    call_command("arbeiten", verbosity=0)
    pruefen(buero, leitung, antrag)
    sitzung = einladen(buero, region.gremium)
    call_command("arbeiten", verbosity=0)
    tagen(als(region.mitglieder[0].person), als(region.mitglieder[1].person), sitzung)
    entscheiden(als(region.freigabe), antrag)
    call_command("arbeiten", verbosity=0)

    lehrkraft.geh(f"/antraege/{antrag.pk}/")
    lehrkraft.lies("Bewilligt")
    lehrkraft.lies("600,00")
    brief = Nachricht.objects.get(an=region.lehrkraft.email, betreff__contains="zu Ihrem Antrag")
    assert bytes(brief.anlagen.first().inhalt).startswith(b"%PDF-")
    leitung.geh(f"/budget/{Budget.objects.get(gebunden__gt=0).pk}/")
    leitung.drueck(antrag_nummer(antrag))
    leitung.lies("Streit schlichten lernen")


def schreiben(lehrkraft, buero) -> Antrag:
    """The school has an idea, the office advises, the draft is filled in."""
    lehrkraft.geh("/beratungen/neu/")
    lehrkraft.schreib("Worum geht es?", "Streit schlichten lernen")
    lehrkraft.schreib("Was haben Sie vor?", "Wir bilden Streitschlichter aus.")
    lehrkraft.schreib("Für wen ist es?", "Für die siebten Klassen.")
    lehrkraft.schreib("Was soll sich verändern?", "Es gibt weniger Streit in den Pausen.")
    lehrkraft.drueck("An die Netzwerkstelle senden")
    beratung = Beratung.objects.get()
    buero.geh(f"/beratungen/{beratung.pk}/beraten/")
    buero.schreib("Tag der Beratung", HEUTE.isoformat())
    buero.kreuz("am Telefon")
    buero.schreib("Ergebnis und Empfehlung", "Gute Idee, bitte beantragen.")
    buero.drueck("Beratung festhalten")
    lehrkraft.geh(f"/beratungen/{beratung.pk}/")
    lehrkraft.drueck("Antrag daraus beginnen")
    antrag = Antrag.objects.get()
    for abschnitt in (schule, kooperation, projekt, zeitraum, kosten, erklaerungen):
        lehrkraft.geh(f"/antraege/{antrag.pk}/abschnitt/{abschnitt.__name__}/")
        abschnitt(lehrkraft)
        lehrkraft.drueck("Speichern und weiter")
    lehrkraft.geh(f"/antraege/{antrag.pk}/")
    lehrkraft.drueck("Prüfen und absenden")
    lehrkraft.drueck("An die Schulleitung weitergeben")
    lehrkraft.drueck("An die Schulleitung weitergeben")
    lehrkraft.lies("Schulleitung")
    return antrag


def schule(hand):
    hand.schreib("Projektleitung", "Kim Beispiel")
    hand.schreib("E-Mail-Adresse der Projektleitung", "kim@schule.example")


def kooperation(hand):
    hand.schreib("Oder: eine neue Organisation", "Verein Fair streiten")
    hand.waehl("Was für eine?", "Verein oder Verband")
    hand.schreib("Aufgabe im Projekt", "Bildet die Kinder aus.")


def projekt(hand):
    hand.schreib("Kurzbeschreibung", "Zwölf Kinder lernen, Streit zu schlichten.")
    hand.schreib("Ausgangslage und Bedarf", "In den Pausen gibt es viel Streit.")
    hand.schreib("Ziele", "Kinder lösen Streit selbst.")
    hand.schreib("Inhalte und Ablauf", "Vier Nachmittage mit Übungen.")
    hand.kreuz("Streitschlichtung")
    hand.schreib("Was bleibt", "Die Streitschlichter arbeiten weiter.")


def zeitraum(hand):
    beginn = HEUTE + timedelta(days=60)
    hand.schreib("Beginn", beginn.isoformat())
    hand.schreib("Ende", (beginn + timedelta(days=3)).isoformat())
    hand.schreib("Ort", "In der Schule")
    hand.kreuz("Schülerinnen und Schüler")
    hand.schreib("Teilnehmende", "12")


def kosten(hand):
    hand.waehl("Kostenart", "Honorare")
    hand.schreib("Wofür", "Trainerin, vier Nachmittage")
    hand.schreib("Menge", "4")
    hand.schreib("Einzelpreis", "150,00")
    hand.kreuz("die Netzwerkstelle bezahlt die Rechnungen selbst")


def erklaerungen(hand):
    for anfang in ("Das Projekt hat noch nicht begonnen", "Alle Angaben sind richtig", "Für Externe, die mit Kindern"):
        hand.kreuz(anfang)


def einreichen(kopf, antrag):
    kopf.geh(f"/antraege/{antrag.pk}/")
    kopf.drueck("Verbindlich einreichen")
    kopf.kreuz("Ich habe den Antrag gelesen")
    kopf.drueck("Verbindlich einreichen")
    kopf.lies("Eingereicht")


def pruefen(buero, leitung, antrag):
    """The office takes the case over, checks it, and gives an opinion that a second person confirms."""
    buero.geh(f"/antraege/{antrag.pk}/")
    buero.drueck("Antrag übernehmen")
    buero.drueck("Antrag übernehmen")
    buero.geh(f"/antraege/{antrag.pk}/pruefliste/")
    for gruppe in buero.page.get_by_role("main").get_by_label("in Ordnung", exact=True).all():
        buero.kreuz_element(gruppe)
    buero.drueck("Prüfliste speichern")
    buero.geh(f"/antraege/{antrag.pk}/weiter_zur_fachpruefung/")
    buero.drueck("Formal in Ordnung: fachlich prüfen")
    buero.geh(f"/antraege/{antrag.pk}/stellungnahme/")
    buero.kreuz_element(buero.page.get_by_role("main").get_by_label("zustimmen", exact=True))
    buero.schreib("empfohlener Betrag", "600,00")
    buero.schreib("Stellungnahme", "Das Vorhaben ist gut begründet.")
    buero.drueck("Stellungnahme speichern")
    leitung.geh(f"/antraege/{antrag.pk}/bestaetigen/")
    leitung.drueck("Stellungnahme bestätigen")
    leitung.lies("Bereit für das Gremium")


def einladen(buero, gremium) -> Sitzung:
    buero.geh(f"/gremien/{gremium.pk}/sitzungen/neu/")
    buero.schreib("Tag", (HEUTE + timedelta(days=21)).isoformat())
    buero.schreib("Beginn", "14:00")
    buero.schreib("Ort", "Kreishaus, Raum 12")
    buero.drueck("Sitzung planen")
    sitzung = Sitzung.objects.get()
    buero.geh(f"/sitzungen/{sitzung.pk}/")
    buero.drueck("Alle bereiten Anträge aufnehmen")
    buero.lies("Streit schlichten lernen")
    buero.geh(f"/sitzungen/{sitzung.pk}/einladen/")
    buero.drueck("Einladung versenden")
    buero.lies("Eingeladen")
    return sitzung


def tagen(vorsitz, mitglied, sitzung):
    """A member reads the paper; the chair opens, takes attendance, counts the votes and closes."""
    punkt = sitzung.punkte.get()
    mitglied.geh(f"/sitzungen/{sitzung.pk}/punkte/{punkt.pk}/")
    mitglied.lies("In den Pausen gibt es viel Streit.")
    vorsitz.geh(f"/sitzungen/{sitzung.pk}/eroeffnen/")
    vorsitz.drueck("Sitzung eröffnen")
    for _ in range(3):
        vorsitz.geh(f"/sitzungen/{sitzung.pk}/")
        vorsitz.drueck("ist da")
    vorsitz.geh(f"/sitzungen/{sitzung.pk}/punkte/{punkt.pk}/")
    for stimme in vorsitz.page.get_by_role("main").get_by_label("Ja", exact=True).all():
        vorsitz.kreuz_element(stimme)
    vorsitz.drueck("Beschluss feststellen")
    vorsitz.lies("Beschluss HZ-B-")
    vorsitz.geh(f"/sitzungen/{sitzung.pk}/schliessen/")
    vorsitz.drueck("Sitzung schließen")
    vorsitz.lies("Die Sitzung ist beendet")


def entscheiden(freigabe, antrag):
    freigabe.geh(f"/antraege/{antrag.pk}/bewilligen/")
    freigabe.drueck("Bewilligung freigeben")
    freigabe.lies("Bewilligt")


def antrag_nummer(antrag):
    antrag.refresh_from_db()
    return antrag.nummer
