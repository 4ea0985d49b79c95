"""The whole chain, from an idea to the letter, with everybody who takes part. Told once, walked in two ways.

With the keyboard alone, and without JavaScript on the narrow screen of a phone: whoever has a mouse and scripts can
do all that these two can (`test_neue_kollegin.py` walks all three).
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from angebote.budget.services import budget_anlegen
from angebote.models import Kostenart, Thema, Zielgruppe
from gremien.models import Gremium, Mitgliedschaft
from schulerfolg.konten.models import Mail
from tests.browser.haende import Haende
from tests.factories import make_hauptsitz, make_person
from tests.factories_antrag import make_regel, make_vokabel

HEUTE = timezone.localdate()
BEGINN = HEUTE + timedelta(days=60)
TITEL = "Streit schlichten lernen"


@pytest.fixture
def region(transactional_db, cast):
    """An office with an address, a rule, money for two years and a Gremium of three."""
    make_vokabel(Kostenart, "Honorare")
    make_vokabel(Thema, "Streitschlichtung")
    make_vokabel(Zielgruppe, "Schülerinnen und Schüler")
    make_regel(cast.harz)
    make_hauptsitz(cast.harz)
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
        return Haende(besuch(person, js=not telefon, breite=375 if telefon else 1280), way).beginn()

    lehrkraft, buero, leitung = als(region.lehrkraft), als(region.sachbearbeitung), als(region.leitung)
    schreiben(lehrkraft, buero)
    einreichen(als(region.schulleitung))
    call_command("arbeiten", verbosity=0)
    pruefen(buero, leitung)
    einladen(buero, region.gremium)
    call_command("arbeiten", verbosity=0)
    tagen(als(region.mitglieder[0].person), als(region.mitglieder[1].person))
    entscheiden(als(region.freigabe))
    call_command("arbeiten", verbosity=0)

    zum_antrag(lehrkraft)
    lehrkraft.lies("Bewilligt")
    lehrkraft.lies("600,00")
    brief = Mail.objects.get(an=region.lehrkraft.email, betreff__contains="zu Ihrem Antrag")
    assert bytes(brief.anlagen.first().inhalt).startswith(b"%PDF-")
    leitung.menue("Verwaltung")
    leitung.drueck("Budget")
    leitung.drueck(f"{BEGINN.year}")
    leitung.drueck("HZ-")
    leitung.lies(TITEL)


def zum_antrag(hand):
    hand.menue("Anträge")
    hand.drueck(TITEL)


def schreiben(lehrkraft, buero):
    """The school has an idea, the office advises, the draft is filled in, one section after the other."""
    lehrkraft.menue("Beratungen")
    lehrkraft.drueck("Ich habe eine Idee")
    lehrkraft.schreib("Worum geht es?", TITEL)
    lehrkraft.schreib("Was haben Sie vor?", "Wir bilden Streitschlichter aus.")
    lehrkraft.schreib("Für wen ist es?", "Für die siebten Klassen.")
    lehrkraft.schreib("Was soll sich verändern?", "Es gibt weniger Streit in den Pausen.")
    lehrkraft.schreib("Unter welcher Nummer?", "03941 5970-22")
    lehrkraft.drueck("An die Netzwerkstelle senden")
    buero.menue("Beratungen")
    buero.drueck(TITEL)
    buero.drueck("Beratung festhalten")
    buero.schreib("Tag der Beratung", HEUTE.isoformat())
    buero.kreuz("am Telefon")
    buero.schreib("Ergebnis und Empfehlung", "Gute Idee, bitte beantragen.")
    buero.drueck("Beratung festhalten")
    lehrkraft.menue("Übersicht")
    lehrkraft.drueck(TITEL)
    lehrkraft.drueck("Antrag daraus beginnen")
    lehrkraft.drueck("Schule und Beteiligte")
    for abschnitt in (schule, kooperation, projekt, zeitraum, kosten, erklaerungen):
        abschnitt(lehrkraft)
        lehrkraft.drueck("Speichern und weiter")
    lehrkraft.drueck("An die Schulleitung weitergeben")
    lehrkraft.drueck("An die Schulleitung weitergeben")
    lehrkraft.lies("Schulleitung")


def schule(hand):
    hand.kreuz("die Netzwerkstelle bezahlt die Rechnungen selbst")
    hand.schreib("Projektleitung", "Kim Beispiel")
    hand.schreib("E-Mail-Adresse der Projektleitung", "kim@schule.example")


def kooperation(hand):
    hand.schreib("Oder: eine neue Organisation", "Verein Fair streiten")
    hand.waehl("Was für eine?", "Verein oder Verband")
    hand.schreib("Aufgabe im Projekt", "Bildet die Kinder aus.")


def projekt(hand):
    hand.schreib("Kurzbeschreibung", "Zwölf Kinder lernen, Streit zu schlichten.")
    hand.schreib("Ausgangslage und Bedarf", "In den Pausen gibt es viel Streit.")
    hand.schreib("Woran Sie es merken", "Die Kinder lösen Streit selbst.")
    hand.schreib("Womit Sie es zeigen", "Strichliste der Aufsicht")
    hand.schreib("Inhalte und Ablauf", "Vier Nachmittage mit Übungen.")
    hand.kreuz("Streitschlichtung")
    hand.schreib("Was bleibt", "Die Streitschlichter arbeiten weiter.")
    hand.schreib("Wie andere davon erfahren", "Auf der Internetseite der Schule.")


def zeitraum(hand):
    hand.schreib("Beginn", BEGINN.isoformat())
    hand.schreib("Ende", (BEGINN + timedelta(days=3)).isoformat())
    hand.schreib("Ort", "In der Schule")
    hand.schreib("Schülerinnen und Schüler", "12")


def kosten(hand):
    hand.waehl("Kostenart", "Honorare")
    hand.schreib("Wofür", "Trainerin, vier Nachmittage")
    hand.schreib("Menge", "4")
    hand.schreib("Einzelpreis", "150,00")


def erklaerungen(hand):
    hand.kreuz("ja")
    hand.kreuz_element(hand.page.locator("input[name=begonnen][value=nein]"))
    for anfang in (
        "Für alle Externen",
        "Das Projekt hat noch nicht begonnen",
        "Niemand sonst bezahlt",
        "Wir weisen bei allem",
        "Der Antrag enthält keine Namen",
        "Alle Angaben sind richtig",
    ):
        hand.kreuz(anfang)


def einreichen(kopf):
    kopf.drueck(TITEL)
    kopf.drueck("Verbindlich einreichen")
    kopf.kreuz("Ich habe den Antrag gelesen")
    kopf.drueck("Verbindlich einreichen")
    kopf.lies("Eingereicht")


def pruefen(buero, leitung):
    """The office takes the case over, checks it, and gives an opinion that a second person confirms."""
    zum_antrag(buero)
    buero.drueck("Antrag übernehmen")
    buero.drueck("Antrag übernehmen")
    buero.drueck("Prüfliste ausfüllen")
    for gruppe in buero.page.get_by_role("main").get_by_label("in Ordnung", exact=True).all():
        buero.kreuz_element(gruppe)
    buero.drueck("Prüfliste speichern")
    buero.drueck("Formal in Ordnung: fachlich prüfen")
    buero.drueck("Formal in Ordnung: fachlich prüfen")
    buero.drueck("Stellungnahme schreiben")
    buero.kreuz_element(buero.page.get_by_role("main").get_by_label("zustimmen", exact=True))
    buero.schreib("empfohlener Betrag", "600,00")
    buero.schreib("Stellungnahme", "Das Vorhaben ist gut begründet.")
    buero.drueck("Stellungnahme speichern")
    leitung.menue("Übersicht")
    leitung.drueck(TITEL)
    leitung.drueck("Stellungnahme lesen und bestätigen")
    leitung.drueck("Stellungnahme bestätigen")
    leitung.lies("Bereit für das Gremium")


def einladen(buero, gremium):
    buero.menue("Verwaltung")
    buero.drueck("Gremien")
    buero.drueck(gremium.name)
    buero.drueck("Sitzung planen")
    buero.schreib("Tag", (HEUTE + timedelta(days=21)).isoformat())
    buero.schreib("Beginn", "14:00")
    buero.schreib("Ort", "Kreishaus, Raum 12")
    buero.drueck("Sitzung planen")
    buero.drueck("Bereiten Antrag aufnehmen")
    buero.lies(TITEL)
    buero.drueck("Einladung versenden")
    buero.drueck("Einladung versenden")
    buero.lies("Eingeladen")


def tagen(vorsitz, mitglied):
    """A member reads the paper; the chair opens, takes attendance, counts the votes and closes."""
    mitglied.drueck("Unterlagen lesen")
    mitglied.drueck(TITEL)
    mitglied.lies("In den Pausen gibt es viel Streit.")
    vorsitz.drueck("Unterlagen lesen")
    vorsitz.drueck("Sitzung eröffnen")
    vorsitz.schreib("Warum beginnt die Sitzung heute?", "Alle sind heute im Haus.")
    vorsitz.drueck("Sitzung eröffnen")
    for _ in range(3):
        vorsitz.drueck("ist da")
    vorsitz.drueck("aufrufen")
    for stimme in vorsitz.page.get_by_role("main").get_by_label("Ja", exact=True).all():
        vorsitz.kreuz_element(stimme)
    vorsitz.drueck("Beschluss feststellen")
    vorsitz.lies("Beschluss HZ-B-")
    vorsitz.drueck("Zurück zur Sitzung")
    vorsitz.drueck("Sitzung schließen")
    vorsitz.drueck("Sitzung schließen")
    vorsitz.lies("Die Sitzung ist beendet")


def entscheiden(freigabe):
    """Look at the letter first: with scripts the page itself sees when it is there."""
    zum_antrag(freigabe)
    freigabe.drueck("Bewilligung freigeben")
    freigabe.drueck("Schreiben ansehen")
    call_command("arbeiten", verbosity=0)
    if freigabe.way == "ohne_js":
        freigabe.drueck("Seite neu laden")
    freigabe.lies("So geht es hinaus")
    freigabe.drueck("Bewilligung freigeben")
    freigabe.lies("Bewilligt")
