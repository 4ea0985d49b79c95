"""Every mail of the applications, word for word: `mails.txt` is written out and meant to be read by an office.

A section names the mail and who gets it; then come the subject and the text. All tell of one application that the
school sent, asked for 1.200,00 € and got 1.000,00 €.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from angebote.antrag.dauer import Dauer
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsfassung
from angebote.antrag.workflow import ABLAUF, SCHULE, STELLE
from angebote.antrag.workflow import KOPF as LEITUNG
from angebote.beratung.models import Beratung
from angebote.nachricht.models import Nachricht
from angebote.pruefung.models import Nachforderung, Rueckfrage, Stellungnahme
from schulerfolg.konten.models import Person
from schulerfolg.konten.services import mail_text
from tests.factories import make_netzwerkstelle, make_person, make_schule
from tests.factories_antrag import make_regel

FOLDER = Path(settings.BASE_DIR) / "templates/angebote/mail"
WER = {
    "an die Schulleitung": LEITUNG,
    "an die Schule": SCHULE,
    "an die Netzwerkstelle": STELLE,
    "an Schule und Netzwerkstelle": SCHULE + STELLE,
}
GRUND = "Der Kostenplan und das Konzept passen noch nicht zusammen."
SAGT = {
    **dict.fromkeys(
        ["nachreichen", "nachreichen_fachlich"], "hat die Rückfragen beantwortet und 2 Dateien nachgereicht"
    ),
    "vorzeitig_beantragen": "hat den vorzeitigen Beginn ab dem 15.03.2027 beantragt",
    "vorzeitig_antworten": "hat die Antwort zum vorzeitigen Beginn geschrieben",
    "stellung_nehmen": "hat die fachliche Stellungnahme geschrieben (Fassung 1)",
    "beratung_uebernehmen": "hat die Schule einer anderen Stelle zugeordnet",
}
UMBENANNT = (
    "hat die Schule umbenannt: bisher „Sekundarschule Am Tor, Halberstadt“, jetzt „Sekundarschule Sternentor, "
    "Halberstadt“"
)
VON_DER_STELLE = {"durch": Person(vorname="Anja", nachname="Kern"), "rolle": "Sachbearbeitung, Netzwerkstelle Harz"}
# What stands after the name of a mail in brackets, and what is different then
VARIANTEN = {
    "": {},
    "heute": {"lage": "heute"},
    "vorbei": {"lage": "vorbei"},
    "Antworten": {"erste": False},
    "Bitte": {"nachricht": Nachricht(erbeten=True, frist=date(2027, 3, 10), art="an_schule", **VON_DER_STELLE)},
    "Nein": {"beginn": {"zugelassen": False}},
    "Ablehnung": {
        "brief": {
            "titel": "Ablehnungsbescheid",
            "betrag": "",
            "weiter": ["Sprechen Sie mit Ihrer Netzwerkstelle.", "Ein neuer Antrag ist jederzeit möglich."],
            "kontakt": {"name": "Anja Kern", "telefon": "03941 100"},
        }
    },
}


def sections() -> dict[str, tuple[str, str, str]]:
    """Name of the mail → who gets it, its subject, its text."""
    ganz = Path(__file__).with_name("mails.txt").read_text()
    kopf = re.compile(r"^=== (.+?) · (.+)\nBetreff: (.+)\n\n", re.MULTILINE)
    _, *teile = kopf.split(ganz)
    return {
        name: (wer, betreff, text.strip())
        for name, wer, betreff, text in zip(*(teile[i::4] for i in range(4)), strict=True)
    }


TERMINE = [datetime(2027, 2, 8, 12, 30, tzinfo=UTC), datetime(2027, 2, 9, 7, tzinfo=UTC)]


@pytest.fixture
def welt(db):
    harz = make_netzwerkstelle(name="Netzwerkstelle Harz", kuerzel="HZ")
    schule = make_schule(netzwerkstelle=harz, name="Sekundarschule Sternentor", ort="Halberstadt")
    jana = make_person("Jana", "Petersen", email="jana.petersen@schule.example")
    anja, petra = make_person("Anja", "Kern"), make_person("Petra", "Vogt")
    # Short values, side by side.
    antrag = Antrag.objects.create(
        pk=12, schule=schule, netzwerkstelle=harz, verfasst_durch=jana, zustaendig=anja, regel=make_regel(harz),
        nummer="HZ-2027-0012", status="formalpruefung",
        eingereicht_am=datetime(2027, 3, 1, 7, tzinfo=UTC), titel="Gemeinsam statt einsam",
        beginn=date(2027, 5, 12), ende=date(2027, 5, 14),
        beantragt=Decimal(1200), bewilligt=Decimal(1000), auflagen="Bitte schicken Sie uns den Ablaufplan.",
    )  # fmt: skip
    nachforderung = Nachforderung.objects.create(
        antrag=antrag, warum="Damit wir die Kosten prüfen können.", frist=date(2027, 3, 19), gestellt_durch=anja
    )
    for frage in ("Wie viele Stunden arbeitet die Theaterpädagogik?", "Wer betreut die Pausen?"):
        Rueckfrage.objects.create(nachforderung=nachforderung, frage=frage)
    Stellungnahme.objects.create(antrag=antrag, text="Gut.", empfehlung="auflagen", betrag=1000, verfasst_durch=anja)
    # Short values, side by side.
    beratung = Beratung.objects.create(
        pk=7, schule=schule, netzwerkstelle=harz, angefragt_durch=jana, titel="Theater in Klasse 7", was="Drei Tage.",
        fuer_wen="Die siebten Klassen.", warum="Sie kennen sich kaum.", wunsch="dienstags ab 14 Uhr",
        telefon="03941 5970-22", tag=date(2027, 2, 3), ergebnis="Gute Idee; wir haben den Kostenplan besprochen.",
        weg="telefon", treffpunkt="Wir rufen Sie an", termin=TERMINE[0], zeiten=TERMINE,
    )  # fmt: skip
    # Short values, side by side.
    fassung = Antragsfassung(
        antrag=antrag, nummer=1, durch=petra, zeichnung="Schulleitung", erstellt_am=datetime(2027, 3, 1, 7, tzinfo=UTC)
    )  # fmt: skip
    # Short values, side by side.
    nachricht = Nachricht(
        durch=jana, rolle="Lehrkraft, Sekundarschule Sternentor", am=datetime(2027, 3, 3, 9, tzinfo=UTC), text=GRUND,
        art="an_stelle", frist=date(2027, 3, 10),
    )  # fmt: skip
    brief = {"titel": "Zuwendungsbescheid", "betrag": "1.000,00 €"}
    # Short values, side by side.
    return SimpleNamespace(
        person=make_person("Kim", "Beispiel"), jana=jana, anja=anja, ulrike=make_person("Ulrike", "Sommer"),
        context={"antrag": antrag, "beratung": beratung, "fassung": fassung, "erste": True, "brief": brief,
                 "nachforderung": nachforderung, "lage": "vorher",
                 "dauer": Dauer(34, 12),
                 "von": anja, "stelle": harz, "antraege": [antrag], "schule": schule, "entwuerfe": [antrag],
                 "nachricht": nachricht, "verantwortlich": anja, "beratungen": [beratung], "geschehen": UMBENANNT,
                 "schluss": date(2027, 1, 31), "beginn": {"zugelassen": True, "zugelassen_ab": date(2027, 3, 15)}},
    )  # fmt: skip


# Short words, many to a line.
VON_DER_SCHULE = {
    "weitergeben", "einreichen", "selbst_einreichen", "nachreichen", "nachreichen_fachlich", "korrekturen_vorlegen",
    "verwerfen",
    "zurueckziehen", "beratung_anfragen", "beratung_aendern", "beratung_zurueckziehen",
    "zurueckholen", "entwurf_wiederaufnehmen",
    "mitschreiben_lassen", "uebergabe_angeboten", "uebergabe_angenommen", "uebergabe_abgelehnt", "uebergabe_verfallen",
    "vorzeitig_beantragen",
}  # fmt: skip


@pytest.mark.parametrize("name", sections())
def test_this_mail_reads(welt, name):
    vorlage, variante = re.fullmatch(r"(\w+)(?: \((\w+)\))?", name).groups("")
    durch = welt.jana if vorlage in VON_DER_SCHULE else welt.ulrike
    ereignis = SimpleNamespace(
        durch=durch, begruendung=GRUND, in_worten=SAGT.get(vorlage, ""), rolle="Leitung, Netzwerkstelle Harz"
    )
    context = {**welt.context, "person": welt.person, "ereignis": ereignis, "durch": durch, **VARIANTEN[variante]}
    assert mail_text(f"angebote/mail/{vorlage}.txt", context) == sections()[name][1:]


def test_no_mail_is_missing():
    assert {name.split()[0] for name in sections()} == {path.stem for path in FOLDER.glob("*.txt")}


def test_who_gets_it_is_who_the_table_says():
    for step in ABLAUF:
        if step.notifies:
            assert set(WER[sections()[step.name][0]]) == set(step.notifies), step.name
