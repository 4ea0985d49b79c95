"""Every service that tells a history of somebody else refers to them: none writes the name out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from angebote.antrag.services import einreichen
from angebote.antrag.uebergabe import uebergeben
from angebote.antrag.workflow import Status
from gremien.befangenheit import services as befangenheit
from gremien.gremium import services as gremien
from netzwerkstellen.abwesenheit import services as abwesenheit
from netzwerkstellen.einladung import services as einladung
from netzwerkstellen.models import Ansprechperson, Einladung, Mitarbeit, Organisation
from netzwerkstellen.registrierung import services as registrierung
from netzwerkstellen.schule.services import zugehoerigkeit_beenden
from netzwerkstellen.verwaltung import services as verwaltung
from schulerfolg.akte.models import Ereignis
from schulerfolg.dach.ansicht.services import beginnen
from schulerfolg.dach.personen.services import konto_freischalten, konto_sperren
from schulerfolg.dach.personen.zusammenfuehren import zusammenfuehren
from schulerfolg.dach.pruefrechte import services as pruefrechte
from schulerfolg.konten.models import Abwesenheit
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_mitarbeit, make_person, make_registrierung
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in
from tests.schulerfolg.akte.test_namen import append_only, fundstellen

HEUTE, MORGEN = timezone.localdate(), timezone.localdate() + timedelta(days=1)
ADA = {"vorname": "Ada", "nachname": "Öz"}


def mitarbeit(c) -> Mitarbeit:
    return Mitarbeit.objects.get(person=c.sachbearbeitung)


def eingeladen(c):
    return make_einladung(c.harz, c.leitung, **ADA)


def abwesend(c):
    zeile = Abwesenheit(person=c.sachbearbeitung, vertretung=c.leitung, von=HEUTE, bis=MORGEN)
    return abwesenheit.abwesenheit_eintragen(zeile, by=c.sachbearbeitung)


def gesperrt(c):
    return konto_sperren(c.fremd, by=c.koordination, begruendung="Verlassen.")


def pruefrecht(c):
    angaben = {"email": c.fremd.email, "von": HEUTE, "bis": MORGEN}
    return pruefrechte.geben(c.harz, by=c.koordination, **angaben)


def kontakt(c):
    zeile = Ansprechperson(netzwerkstelle=c.harz, name="Kim Beispiel", email="kim@stelle.example")
    return verwaltung.eintragen(zeile, by=c.leitung)


def befangen(c):
    saal = make_saal(c)
    punkt = make_sitzung_in("laufend", c, saal).punkte.get()
    angaben = {"mitglied": saal.mitglieder[0], "grad": "p20", "grund": "Verwandt."}
    zeile = befangenheit.festhalten(punkt, by=saal.vorsitz.person, **angaben)
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="befangen")


def sitz(c):
    mitglied = gremien.mitglied_einladen(
        make_mitglied(make_saal(c).gremium), by=c.leitung, email="ada@example.org", **ADA
    )
    gremien.verpflichten(mitglied, by=c.leitung, am=HEUTE)
    mitglied.stimmrecht = False
    gremien.mitglied_aendern(mitglied, by=c.leitung)
    gremien.mitglied_beenden(mitglied, by=c.leitung, letzter_tag=MORGEN)


def eingereicht(c):
    make_regel(c.harz)
    einreichen(make_antrag(c.schule, c.schulleitung), by=c.schulleitung)


DIENSTE = {
    "einladen": lambda c: einladung.einladen(
        Einladung(email="ada@example.org", netzwerkstelle=c.harz, rolle=Rolle.SACHBEARBEITUNG, **ADA), by=c.leitung
    ),
    "erneut senden": lambda c: einladung.erneut_senden(eingeladen(c), by=c.leitung),
    "zurücknehmen": lambda c: einladung.zuruecknehmen(eingeladen(c), by=c.leitung),
    "annehmen": lambda c: einladung.konto_anlegen(eingeladen(c), passwort="ein langes Passwort 7", **ADA),
    "freigeben": lambda c: registrierung.freigeben(make_registrierung(c.schule, c.fremd), by=c.schulleitung),
    "Mitarbeit ändern": lambda c: verwaltung.mitarbeit_aendern(
        mitarbeit(c), by=c.leitung, von=None, bis=MORGEN, zeichnungsbefugt=True
    ),
    "Mitarbeit beenden": lambda c: verwaltung.mitarbeit_beenden(mitarbeit(c), by=c.leitung, letzter_tag=HEUTE),
    "Rolle wechseln": lambda c: verwaltung.rolle_wechseln(
        mitarbeit(c), by=c.leitung, rolle=Rolle.LEITUNG, ab=MORGEN, zeichnungsbefugt=False
    ),
    "abwesend": abwesend,
    "zurück": lambda c: abwesenheit.abwesenheit_beenden(abwesend(c), by=c.leitung),
    "Zugehörigkeit": lambda c: zugehoerigkeit_beenden(
        c.lehrkraft.schulzugehoerigkeiten.get(), by=c.leitung, letzter_tag=HEUTE
    ),
    "sperren": gesperrt,
    "öffnen": lambda c: konto_freischalten(gesperrt(c), by=c.koordination),
    "zusammenführen": lambda c: zusammenfuehren(c.sachbearbeitung, make_mitarbeit(c.harz).person, by=c.koordination),
    "Prüfrecht geben": pruefrecht,
    "Prüfrecht ändern": lambda c: pruefrechte.aendern(pruefrecht(c), by=c.koordination, bis=HEUTE),
    "ansehen": lambda c: beginnen(c.lehrkraft, by=c.koordination, begruendung="Am Telefon."),
    "Kontakt eintragen": kontakt,
    "Kontakt beenden": lambda c: verwaltung.ansprechperson_beenden(kontakt(c), by=c.leitung, letzter_tag=HEUTE),
    "Einzelperson eintragen": lambda c: verwaltung.organisation_eintragen(
        Organisation(name="Kim Beispiel", art="person"), by=c.leitung, netzwerkstelle=c.harz
    ),
    "übergeben": lambda c: [
        make_antrag_in(Status.FORMALPRUEFUNG, c),
        uebergeben(c.sachbearbeitung, c.harz, an=c.leitung, by=c.leitung),
    ],
    "einreichen": eingereicht,
    "Sitz im Gremium": sitz,
    "Befangenheit": befangen,
}


@pytest.mark.parametrize("dienst", DIENSTE)
def test_a_service_names_nobody(cast, dienst):
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    make_person("Ada", "Öz", email="oez@example.org")
    DIENSTE[dienst](cast)
    ereignisse = [zeile for modell in append_only() if issubclass(modell, Ereignis) for zeile in modell.objects.all()]
    assert fundstellen() == []
    assert any("{" in zeile.text for zeile in ereignisse) or dienst in ("einreichen", "Einzelperson eintragen")
    assert [str(zeile) for zeile in ereignisse if "{" in zeile.in_worten or "gelöscht" in zeile.in_worten] == []
