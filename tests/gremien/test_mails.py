"""Every mail of a Gremium, as it is read: the whole text, written out in `mails/`; the first line is the subject."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from angebote.models import Antrag
from gremien.models import Befangenheit, Gremium, Mitgliedschaft, Sitzung, Sitzungsereignis, Tagesordnungspunkt
from netzwerkstellen.models import Einladung, Netzwerkstelle
from schulerfolg.konten.models import Person
from schulerfolg.konten.services import mail_text

TEXTE = Path(__file__).with_name("mails")
STELLE = Netzwerkstelle(name="Netzwerkstelle Harz", slug="harz")
GREMIUM = Gremium(pk=3, name="Vergabegremium Harz", netzwerkstelle=STELLE)
VERA = Person(vorname="Vera", nachname="Kern", email="vera@demo.example", password="x")
ADA = Person(vorname="Ada", nachname="Öz", email="ada@demo.example", password="x")
NEU = Person(vorname="Ada", nachname="Öz", email="ada@demo.example", password="!")


def am(tag, stunde=14):
    return datetime(2027, 5, tag, stunde, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def sitzung(hat_antraege=True, **fields):
    termin = Sitzung(pk=7, gremium=GREMIUM, nummer="2027/02", beginn=am(12), ort="Kreishaus, Raum 2", **fields)
    termin.hat_antraege = hat_antraege
    return termin


def mitglied(person=ADA, **fields):
    return Mitgliedschaft(
        person=person, gremium=GREMIUM, **{"von": date(2027, 5, 1), "verschwiegen_am": date(2027, 5, 2)} | fields
    )


def ladung(sitzung, mitglied):
    return {"sitzung": sitzung, "mitglied": mitglied, "person": mitglied.person}


def einladung():
    # Short values, side by side.
    return Einladung(
        netzwerkstelle=STELLE, eingeladen_durch=VERA, vorname="Ada", nachname="Öz", email=ADA.email, rolle="gremium",
        anlass="Mitglied, Vergabegremium Harz", gueltig_bis=am(26, 9), angenommen_durch=ADA,
    )  # fmt: skip


def festgehalten():
    termin = sitzung()
    punkt = Tagesordnungspunkt(pk=9, sitzung=termin, position=3, titel="HZ-2027-0012", antrag=Antrag(pk=1))
    zeile = Befangenheit(punkt=punkt, festgehalten_durch=VERA, festgehalten_als="Vorsitz, Vergabegremium Harz")
    return {"sitzung": termin, "punkt": punkt, "befangenheit": zeile, "person": ADA}


FAELLE = {
    "einladen": ("gremien/mail/einladen.txt", lambda: ladung(sitzung(), mitglied())),
    "einladen_zweite": (
        "gremien/mail/einladen.txt",
        lambda: ladung(sitzung(zweite_ladung=True), mitglied(NEU, verschwiegen_am=None)),
    ),
    "einladen_ohne_antrag": ("gremien/mail/einladen.txt", lambda: ladung(sitzung(hat_antraege=False), mitglied())),
    "verlegen": (
        "gremien/mail/verlegen.txt",
        lambda: ladung(sitzung(), mitglied()) | {"verlegt": {"von": am(5), "grund": "Der Raum ist gesperrt."}},
    ),
    "absagen": (
        "gremien/mail/absagen.txt",
        lambda: {
            "sitzung": sitzung(),
            "person": ADA,
            "ereignis": Sitzungsereignis(begruendung="Es fehlen Unterlagen."),
        },
    ),
    "absagen_ohne_antrag": (
        "gremien/mail/absagen.txt",
        lambda: {
            "sitzung": sitzung(hat_antraege=False),
            "person": ADA,
            "ereignis": Sitzungsereignis(begruendung="Es fehlen Unterlagen."),
        },
    ),
    "befangenheit_festhalten": ("gremien/mail/befangenheit_festhalten.txt", festgehalten),
    "mitglied": (
        "gremien/mail/mitglied_einladen.txt",
        lambda: {"mitglied": mitglied(bis=date(2030, 4, 30)), "durch": VERA, "person": ADA},
    ),
    "vorsitz": (
        "gremien/mail/mitglied_einladen.txt",
        lambda: {"mitglied": mitglied(rolle="vorsitz", verschwiegen_am=None), "durch": VERA, "person": ADA},
    ),
    "einladung": (
        "netzwerkstellen/mail/einladung_gremium.txt",
        lambda: {"einladung": einladung(), "adresse": "https://portal.example/einladung/abc/"},
    ),
    "angenommen": ("netzwerkstellen/mail/einladung_angenommen.txt", lambda: {"einladung": einladung()}),
}


@pytest.mark.parametrize("name", FAELLE)
def test_the_mail_as_it_is_read(name):
    vorlage, kontext = FAELLE[name]
    betreff, text = mail_text(vorlage, kontext())
    assert f"{betreff}\n\n{text}\n" == (TEXTE / f"{name}.txt").read_text()


def test_every_mail_has_its_text():
    vorlagen = {Path(vorlage).stem for vorlage, _ in FAELLE.values()}
    assert {path.stem for path in (Path(settings.BASE_DIR) / "templates/gremien/mail").iterdir()} <= vorlagen
    assert {path.stem for path in TEXTE.iterdir()} == set(FAELLE)
