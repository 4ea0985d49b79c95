"""The people everybody finds in the demo world: their names, hats and places never change."""

from dataclasses import dataclass

from schulerfolg.konten.permissions import Rolle

SCHULE_A = A = "DEMO-0001"
SCHULE_B = B = "DEMO-0002"


@dataclass(frozen=True)
class Konto:
    """One account. `stelle` is the code of the office the person belongs to, `schule` a Schulnummer."""

    name: str
    vorname: str
    nachname: str
    wer: str
    funktion: str = ""
    stelle: str = ""
    schule: str = ""
    rolle: Rolle | None = None
    zweiter_faktor: bool = False
    zeichnungsbefugt: bool = False
    aktiv: bool = True

    @property
    def email(self) -> str:
        return f"{self.name}@demo.example"


def _schule(name, vorname, nachname, wer, funktion, schule, rolle) -> Konto:
    return Konto(name, vorname, nachname, wer, funktion, "HZ" if schule == SCHULE_A else "BK", schule, rolle)


def _stelle(name, vorname, nachname, wer, stelle, rolle, **weitere) -> Konto:
    return Konto(name, vorname, nachname, wer, wer.split(",")[0], stelle, "", rolle, zweiter_faktor=True, **weitere)


L, S, T = Rolle.LEITUNG, Rolle.SACHBEARBEITUNG, Rolle.TRAEGER_FREIGABE
LK, SL, SV, SA = Rolle.SCHULE_MITARBEIT, Rolle.SCHULE_LEITUNG, Rolle.SCHULE_STELLVERTRETUNG, Rolle.SCHULSOZIALARBEIT

# One account a line, to be read in columns.
# fmt: off
KONTEN = (
    _schule("lehrkraft.a", "Jana", "Petersen", "Lehrkraft an Schule A (Harz)", "Klassenlehrerin der 7b", A, LK),
    _schule("leitung.a", "Martin", "Ebeling", "Schulleitung von Schule A", "Schulleiter", A, SL),
    _schule("vertretung.a", "Heike", "Lorenz", "Stellvertretende Schulleitung von Schule A", "Konrektorin", A, SV),
    _schule("sozialarbeit.a", "Sarah", "Nowak", "Schulsozialarbeit an Schule A", "Schulsozialarbeiterin", A, SA),
    _schule("lehrkraft.b", "Tobias", "Lindner", "Lehrkraft an Schule B (Börde)", "Klassenlehrer der 3a", B, LK),
    _schule("leitung.b", "Katrin", "Vogt", "Schulleitung von Schule B", "Schulleiterin", B, SL),
    _stelle("sachbearbeitung.harz", "Anja", "Kern", "Sachbearbeitung, Netzwerkstelle Harz", "HZ", S),
    _stelle("leitung.harz", "Ulrike", "Sommer", "Leitung, Netzwerkstelle Harz", "HZ", L, zeichnungsbefugt=True),
    _stelle("freigabe.harz", "Holger", "Brandt", "Freigabe beim Träger, Harz", "HZ", T, zeichnungsbefugt=True),
    _stelle("sachbearbeitung.boerde", "Nils", "Hartmann", "Sachbearbeitung, Netzwerkstelle Börde", "BK", S),
    _stelle("leitung.boerde", "Petra", "Wolff", "Leitung, Netzwerkstelle Börde", "BK", L, zeichnungsbefugt=True),
    _stelle("freigabe.boerde", "Antje", "Schreiber", "Freigabe beim Träger, Börde", "BK", T, zeichnungsbefugt=True),
    # The hats of a Gremium come with its Mitgliedschaft.
    Konto("vorsitz.harz", "Thomas", "Reuter", "Vorsitz des Gremiums Harz", "Dezernent für Bildung", "HZ",
          zweiter_faktor=True),
    Konto("stellvorsitz.harz", "Renate", "Ziegler", "stellvertretender Vorsitz des Gremiums Harz", "Jugendamt", "HZ",
          zweiter_faktor=True),
    Konto("gremium.harz", "Birgit", "Albrecht", "Mitglied des Gremiums Harz", "Schulaufsicht", "HZ"),
    Konto("gremium2.harz", "Deniz", "Yıldız", "Mitglied des Gremiums Harz", "Jugendhilfeausschuss", "HZ"),
    Konto("gremium3.harz", "Claudia", "Franke", "Mitglied des Gremiums Harz", "freier Träger der Jugendhilfe", "HZ"),
    _schule("doppelrolle", "Lena", "Schubert", "Lehrkraft an Schule A und Gremienmitglied Börde", "Lehrerin", A, LK),
    Konto("koordination", "Miriam", "Hoffmann", "landesweite Koordinierungsstelle", "Programmleitung",
          rolle=Rolle.KOORDINATION, zweiter_faktor=True),
    Konto("koordination2", "Jörg", "Wendt", "landesweite Koordinierungsstelle", "Programmreferent",
          rolle=Rolle.KOORDINATION, zweiter_faktor=True),
    Konto("pruefung", "Stefan", "Krause", "Prüfung, nur lesend und befristet", "Prüfer",
          rolle=Rolle.PRUEFUNG, zweiter_faktor=True),
    Konto("ehemalig", "Dirk", "Baumann", "früher Netzwerkstelle Harz, abgemeldet", "Sachbearbeitung", "HZ",
          rolle=S, aktiv=False),
)
# fmt: on
DEMO_KONTEN = [(konto.email, konto.wer) for konto in KONTEN if konto.aktiv]
