"""Two tabs of one form, another field changed in each: after the conflict both hold, and nothing old comes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gremien.sitzung.services import punkt_hinzufuegen
from schulerfolg.dach.berichte.models import Bericht
from tests.factories_antrag import make_antrag
from tests.factories_entscheidung import make_budget
from tests.factories_gremium import make_gremium, make_mitglied, make_sitzung
from tests.formulare import formulare


def budget(c):
    zeile = make_budget(c)
    return zeile, reverse("budget:aendern", args=[zeile.pk]), {"text": "Nachtrag"}


def angaben(c):
    return c.harz, reverse("netzwerkstellen:angaben", args=[c.harz.slug]), {}


def schule(c):
    return c.schule, reverse("schulwechsel:bearbeiten", args=[c.harz.slug, c.schule.pk]), {}


def mitarbeit(c):
    zeile = c.sachbearbeitung.mitarbeiten.get()
    return zeile, reverse("netzwerkstellen:mitarbeit_bearbeiten", args=[c.harz.slug, zeile.pk]), {}


def regeln(c):
    zeile = make_gremium(c.harz)
    return zeile, reverse("gremien:regeln", args=[zeile.pk]), {}


def sitz(c):
    zeile = make_mitglied(make_gremium(c.harz))
    return zeile, reverse("gremien:mitglied", args=[zeile.gremium_id, zeile.pk]), {}


def termin(c):
    zeile = make_sitzung(make_gremium(c.harz), c.leitung)
    punkt_hinzufuegen(zeile, by=c.leitung, titel="Bericht")
    zeile.punkte.update(beschlussunfaehig=True)  # there is something to be invited to a second time
    return zeile, reverse("sitzungen:termin", args=[zeile.pk]), {}


def bericht(c):
    zeile = Bericht.objects.create(
        titel="2027", slug="2027", von="2027-01-01", bis="2027-12-31", verfasst_durch=c.koordination
    )
    return zeile, reverse("berichte:bearbeiten", args=[zeile.pk]), {}


def entwurf(c):
    zeile = make_antrag(c.schule, c.lehrkraft)
    return zeile, reverse("antraege:abschnitt", args=[zeile.pk, "projekt"]), {}


BIS = timezone.localdate() + timedelta(days=90)
# Who has which form open twice; what the quicker tab changes, what the slower one; and the columns after both.
# fmt: off
ZWEIMAL_OFFEN = {
    "Budget":    ("leitung", budget, {"sperre": "500,00"}, {"ansatz": "12.000,00"}, [Decimal(500), Decimal(12000)]),
    "Angaben":   ("leitung", angaben, {"beschreibung": "Neu"}, {"telefon": "03941 12"}, ["Neu", "03941 12"]),
    "Schule":    ("leitung", schule, {"ort": "Thale"}, {"name": "Neue Schule"}, ["Thale", "Neue Schule"]),
    "Mitarbeit": ("leitung", mitarbeit, {"bis": BIS.isoformat()}, {"zeichnungsbefugt": "on"}, [BIS, True]),
    "Regeln":    ("leitung", regeln, {"mindestens": "4"}, {"ladungsfrist_tage": "9"}, [4, 9]),
    "Sitz":      ("leitung", sitz, {"bis": BIS.isoformat()}, {"rolle": "vorsitz"}, [BIS, "vorsitz"]),
    "Termin":    ("leitung", termin, {"ort": "Rathaus"}, {"zweite_ladung": "on"}, ["Rathaus", True]),
    "Bericht":   ("koordination", bericht, {"text": "Neu"}, {"titel": "Jahr 2027"}, ["Neu", "Jahr 2027"]),
    "Entwurf":   ("lehrkraft", entwurf, {"kurzbeschreibung": "Neu"}, {"titel": "Wald"}, ["Neu", "Wald"]),
}
# fmt: on


@pytest.mark.parametrize("form", ZWEIMAL_OFFEN.values(), ids=ZWEIMAL_OFFEN)
def test_an_old_tab_writes_over_nothing_that_nobody_touched_in_it(cast, als, form):
    wer, was, schneller, langsamer, beides = form
    client = als(getattr(cast, wer))
    zeile, adresse, dazu = was(cast)

    def tab(antwort):
        return next(f for f in formulare(antwort.text, adresse, fuellen=False) if "gesehen" in f.felder).felder

    def spalten():
        jetzt = type(zeile).objects.get(pk=zeile.pk)
        return [getattr(jetzt, name) for name in (schneller | langsamer)]

    erster, zweiter, vorher = tab(client.get(adresse)), tab(client.get(adresse)), spalten()
    assert client.post(adresse, erster | dazu | schneller).status_code == 302
    konflikt = client.post(adresse, zweiter | dazu | langsamer)
    assert "Alles andere steht hier schon so, wie es jetzt gespeichert ist." in konflikt.text
    assert spalten() == [beides[0], vorher[1]]
    assert client.post(adresse, tab(konflikt)).status_code == 302
    assert spalten() == beides


def test_two_colleagues_on_two_sections_are_no_conflict(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    client = als(cast.lehrkraft)
    projekt, zeitraum = (reverse("antraege:abschnitt", args=[antrag.pk, name]) for name in ("projekt", "zeitraum"))

    def tab(adresse):
        formular = next(f for f in formulare(client.get(adresse).text, adresse, fuellen=False) if "gesehen" in f.felder)
        return formular.felder

    links, rechts, noch_einmal = tab(projekt), tab(zeitraum), tab(projekt)
    assert client.post(zeitraum, rechts | {"ort": "Aula"}).status_code == 302
    assert client.post(projekt, links | {"ziel_1": "Alle kommen gern."}).status_code == 302
    assert "bitte vergleichen Sie" in client.post(projekt, noch_einmal | {"ziel_1": "Anders."}).text
    antrag.refresh_from_db()
    assert (antrag.ort, antrag.ziele.get().ziel) == ("Aula", "Alle kommen gern.")
