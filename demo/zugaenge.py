"""How people come and go: requests that wait for an approval, and colleagues who are away."""

import hashlib
from datetime import timedelta

from netzwerkstellen.models import Mitarbeit, Registrierung
from schulerfolg.konten.models import Abwesenheit
from schulerfolg.konten.permissions import Rolle

# Office, role asked for, how the school knows the person, days ago
ANMELDUNGEN = (
    ("HZ", Rolle.SCHULE_MITARBEIT, "Klassenleitung 6a seit August", 2),
    ("HZ", Rolle.SCHULE_STELLVERTRETUNG, "Neu als Stellvertretung, Dienstbeginn war am Montag", 1),
    ("BK", Rolle.SCHULE_MITARBEIT, "Vertretung in Klasse 3", 4),
    ("SDL", Rolle.SCHULSOZIALARBEIT, "", 9),
)
# Office, first day from today, last day, what the colleague should know
ABWESENHEITEN = (
    ("HZ", 21, 35, "Resturlaub. Die Sitzung ist vorbereitet."),
    ("WB", -3, 11, "Fortbildung. Bitte auf die Rückfragen achten."),
)


class Anmeldungen:
    """People without a hat who wait for one; their accounts are saved with all others."""

    def __init__(self, welt):
        self.welt, self.zeilen = welt, []

    def erfinden(self, schulen) -> None:
        for kuerzel, rolle, bezug, tage in ANMELDUNGEN:
            schule = next(schule for schule in schulen if schule.netzwerkstelle.kuerzel == kuerzel)
            person = self.welt.menschen.irgendwer("neu im Portal", kuerzel)
            am = self.welt.jetzt - timedelta(days=tage)
            self.zeilen.append(
                Registrierung(
                    schule=schule,
                    person=person,
                    email=person.email,
                    vorname=person.vorname,
                    nachname=person.nachname,
                    rolle=rolle,
                    bezug=f"{bezug}{self.welt.marken.fuer(schule.netzwerkstelle)}",
                    pruefsumme=hashlib.sha256(f"demo:{person.email}".encode()).hexdigest(),
                    eingegangen_am=am,
                    link_gueltig_bis=am + timedelta(days=3),
                    bestaetigt_am=am,
                )
            )
        jana = self.welt.menschen.personen["lehrkraft.a@demo.example"]
        self.welt.menschen.noch_einmal("jana.petersen@demo.example", jana, "HZ")

    def speichern(self) -> None:
        Registrierung.objects.bulk_create(self.zeilen)


def abwesenheiten(welt) -> None:
    """A Sachbearbeitung is or will be away, and the Leitung stands in."""
    for kuerzel, von, bis, notiz in ABWESENHEITEN:
        stelle = welt.stellen[kuerzel]
        team = {zeile.rolle: zeile.person for zeile in Mitarbeit.objects.gueltig().filter(netzwerkstelle=stelle)}
        person = team[Rolle.SACHBEARBEITUNG]
        Abwesenheit.objects.create(
            person=person,
            vertretung=team[Rolle.LEITUNG],
            von=welt.heute + timedelta(days=von),
            bis=welt.heute + timedelta(days=bis),
            notiz=f"{notiz}{welt.marken.fuer(stelle)}",
            eingetragen_durch=person,
        )
