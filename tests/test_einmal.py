"""One button, one row: every creating form, sent twice and sent eight times at once.

The list is written out; it is the promise. What the database itself refuses is tried with eight different keys, as if
eight people had typed the same.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from angebote.models import Budget, Foerderregel, Foerderrunde
from gremien.models import Gremium, Mitgliedschaft, Sitzung
from netzwerkstellen.models import (
    Ansprechperson,
    Einladung,
    Mitarbeit,
    Organisation,
    Registrierung,
    Schule,
    Schulsozialarbeit,
    Standort,
    Traegerschaft,
)
from schulerfolg.konten.models import Abwesenheit, Landesrolle
from tests.factories import make_anmeldung, make_organisation, make_schulform
from tests.factories_gremium import make_gremium
from tests.formulare import formulare
from tests.gleichzeitig import gleichzeitig

HEUTE = timezone.localdate().isoformat()
TAG = (timezone.localdate() + timedelta(days=40)).isoformat()
WER = {"vorname": "Jana", "nachname": "Neu", "email": "jana@neu.example"}
KOLLEGIN, KOPF = WER | {"rolle": "sachbearbeitung"}, WER | {"rolle": "schule_leitung"}
VERA = {"name": "Vera Kern", "email": "vera@stelle.example"}
AWO = {"name": "AWO Harz", "art": "frei"}
JAHR = {"jahr": "2030", "ansatz": "1.000", "text": "Bescheid"}
ROLLE = "netzwerkstellen:rolle_wechseln"


def stelle(name, /, **fields):
    return lambda c: (reverse(f"netzwerkstellen:{name}", args=[c.harz.slug]), fields)


def schule(name, /, **fields):
    return lambda c: (reverse(f"netzwerkstellen:{name}", args=[c.harz.slug, c.schule.pk]), fields)


def kollegin(name, /, **fields):
    return lambda c: (reverse(name, args=[c.harz.slug, c.sachbearbeitung.mitarbeiten.get().pk]), fields)


def traeger(c):
    return reverse("netzwerkstellen:traegerschaft_neu", args=[c.harz.slug]), {"organisation": make_organisation().pk}


def neue_schule(c):
    felder = {"name": "Neu", "schulnummer": "77", "schulform": make_schulform().pk, "ort": "Thale", "aktiv": "on"}
    return reverse("netzwerkstellen:schule_neu", args=[c.harz.slug]), felder


def sozialarbeit(c):
    return schule("schulsozialarbeit_neu", traeger=make_organisation().pk)(c)


def eigene_abwesenheit(c):
    return reverse("abwesenheit"), {"von": TAG, "bis": TAG, "vertretung": c.leitung.pk}


def abwesenheit_der_kollegin(c):
    return kollegin("netzwerkstellen:kollegin_abwesend", von=TAG, bis=TAG, vertretung=c.leitung.pk)(c)


def pruefrecht(c):
    return reverse("pruefrechte:neu"), {"email": c.fremd.email, "wo": c.harz.slug}


def landesweites_pruefrecht(c):
    return reverse("pruefrechte:neu"), {"email": c.fremd.email, "wo": "im-ganzen-land"}


def zugang(c):
    return reverse("registrieren_schule", args=[c.schule.pk]), {"rolle": "schule_mitarbeit", "bezug": "7b"}


def mitglied(c):
    gremium = make_gremium(c.harz)
    felder = {"rolle": "mitglied", "von": "", "bis": "", "verschwiegen_am": ""}
    return reverse("gremien:mitglied_neu", args=[gremium.pk]), WER | felder


def sitzung(c):
    gremium = make_gremium(c.harz)
    return reverse("gremien:sitzung_neu", args=[gremium.pk]), {"tag": TAG, "uhrzeit": "14:00", "ort": "Kreishaus"}


def ins_kollegium(c):
    return reverse("kollegium:einladen", args=[c.schule.pk]), WER | {"rolle": "schule_mitarbeit"}


def fest(adresse, /, **fields):
    return lambda c: (reverse(adresse), fields)


def runde(c):
    felder = {"name": "Winter", "ausschreibung": "Für alle.", "beginn": HEUTE, "antragsschluss": TAG}
    felder["hoechstens_je_schule"] = "2"
    return reverse("foerderrunden:neu", args=[c.harz.slug]), felder


LEERE_BAENDER = {f"band{nummer}_{feld}": "" for nummer in (2, 3) for feld in ("bis", "nachweis")}


def regel(c):
    return reverse("foerderregeln:erste", args=[c.harz.slug]), {
        "stelle_bis": "",
        "angebote_ab": "",
        "angebote_anzahl": "",
        **LEERE_BAENDER,
    }


# Who sends it, where and what, and of what kind there is one row more. To be read in columns.
# fmt: off
ANLEGEN = {
    "Ansprechperson":    ("leitung",         stelle("ansprechperson_neu", **VERA),     Ansprechperson),
    "Standort":          ("leitung",         stelle("standort_neu", ort="Thale"),      Standort),
    "Trägerschaft":      ("koordination",    traeger,                                  Traegerschaft),
    "Organisation":      ("sachbearbeitung", stelle("organisation_neu", **AWO),        Organisation),
    "ins Team":          ("leitung",         stelle("team_einladen", **KOLLEGIN),      Einladung),
    "an die Schule":     ("leitung",         schule("schule_einladen", **KOPF),        Einladung),
    "ins Kollegium":     ("schulleitung",    ins_kollegium,                            Einladung),
    "Rolle":             ("leitung",         kollegin(ROLLE, rolle="leitung", ab=TAG), Mitarbeit),
    "Schule":            ("sachbearbeitung", neue_schule,                              Schule),
    "Schulsozialarbeit": ("sachbearbeitung", sozialarbeit,                             Schulsozialarbeit),
    "Abwesenheit":       ("sachbearbeitung", eigene_abwesenheit,                       Abwesenheit),
    "der Kollegin":      ("leitung",         abwesenheit_der_kollegin,                 Abwesenheit),
    "Prüfrecht":         ("koordination",    pruefrecht,                               Mitarbeit),
    "im ganzen Land":    ("koordination",    landesweites_pruefrecht,                  Landesrolle),
    "Zugang":            ("fremd",           zugang,                                   Registrierung),
    "Regel":             ("leitung",         regel,                                    Foerderregel),
    "Budget":            ("leitung",         fest("budget:neu", **JAHR),               Budget),
    "Förderrunde":       ("leitung",         runde,                                    Foerderrunde),
    "Gremium":           ("leitung",         fest("gremien:neu", name="Beirat"),       Gremium),
    "Mitglied":          ("leitung",         mitglied,                                 Mitgliedschaft),
    "Sitzung":           ("leitung",         sitzung,                                  Sitzung),
}
# fmt: on
BELIEBIG_OFT = {"Sitzung", "Förderrunde"}  # two meetings on one day are not forbidden, nor two calls of one name


@pytest.fixture
def form(request, transactional_db, cast):
    """One of these forms, opened and filled in: `(model, send)`; `send()` posts it as a browser of its own would."""
    wer, weg, model = ANLEGEN[request.param]
    person = getattr(cast, wer)
    adresse, felder = weg(cast)
    anmeldung = make_anmeldung(person)

    def client():
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = anmeldung
        return client

    seite = client().get(adresse)
    assert seite.status_code == 200
    formular = next(f for f in formulare(seite.text, adresse) if "schluessel" in f.felder)
    daten = {name: werte for name, werte in formular.felder.items() if not name.startswith("zeichnung")} | felder
    return model, lambda **mehr: client().post(adresse, daten | mehr)


@pytest.mark.parametrize("form", ANLEGEN, indirect=True)
def test_eight_at_once_and_one_more_click_are_one(form):
    model, send = form
    vorher = model.objects.count()
    antworten = [*gleichzeitig(lambda _: send(), mal=8, faeden=8), send()]
    assert {(antwort.status_code, antwort.get("Location")) for antwort in antworten} == {(302, antworten[0].url)}
    assert model.objects.count() == vorher + 1


@pytest.mark.parametrize("form", [name for name in ANLEGEN if name not in BELIEBIG_OFT], indirect=True)
def test_eight_people_who_type_the_same_make_one(form):
    model, send = form
    vorher = model.objects.count()
    antworten = gleichzeitig(lambda _: send(schluessel=str(uuid4())), mal=8, faeden=8)
    assert max(antwort.status_code for antwort in antworten) < 400
    assert model.objects.count() == vorher + 1
