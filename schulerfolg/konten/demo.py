"""What the demo world shows openly: its accounts, their password and the current code of their second factor.

Nothing of this is shown, or true, outside `DEMO=1`.
"""

import time

from allauth.mfa.totp.internal import auth
from django.conf import settings

from schulerfolg.konten.models import Person

PASSWORT = "demo-Schulerfolg-2026"
GEHEIMNIS = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

# address, who that is, whether the sign-in asks for the code
DEMO_KONTEN = (
    ("lehrkraft.a@demo.example", "Lehrkraft an Schule A (Harz)", False),
    ("leitung.a@demo.example", "Schulleitung von Schule A", False),
    ("vertretung.a@demo.example", "Stellvertretende Schulleitung von Schule A", False),
    ("sozialarbeit.a@demo.example", "Schulsozialarbeit an Schule A", False),
    ("lehrkraft.b@demo.example", "Lehrkraft an Schule B (Börde)", False),
    ("leitung.b@demo.example", "Schulleitung von Schule B", False),
    ("sachbearbeitung.harz@demo.example", "Sachbearbeitung, Netzwerkstelle Harz", True),
    ("leitung.harz@demo.example", "Leitung, Netzwerkstelle Harz", True),
    ("freigabe.harz@demo.example", "Freigabe beim Träger, Harz", True),
    ("sachbearbeitung.boerde@demo.example", "Sachbearbeitung, Netzwerkstelle Börde", True),
    ("leitung.boerde@demo.example", "Leitung, Netzwerkstelle Börde", True),
    ("freigabe.boerde@demo.example", "Freigabe beim Träger, Börde", True),
    ("vorsitz.harz@demo.example", "Vorsitz des Gremiums Harz", True),
    ("stellvorsitz.harz@demo.example", "stellvertretender Vorsitz des Gremiums Harz", True),
    ("gremium.harz@demo.example", "Mitglied des Gremiums Harz", False),
    ("gremium2.harz@demo.example", "Mitglied des Gremiums Harz", False),
    ("gremium3.harz@demo.example", "Mitglied des Gremiums Harz", False),
    ("doppelrolle@demo.example", "Lehrkraft an Schule A und Gremienmitglied Börde", False),
    ("koordination@demo.example", "landesweite Koordinierungsstelle", True),
    ("koordination2@demo.example", "landesweite Koordinierungsstelle", True),
    ("pruefung@demo.example", "Prüfung, nur lesend und befristet", True),
)


def demo_code() -> str:
    """The six digits that the enrolled app of every demo account shows right now."""
    return auth.format_hotp_value(auth.hotp_value(GEHEIMNIS, next(auth.yield_hotp_counters_from_time())))


def demo_zugang() -> dict | None:
    """Accounts that exist, their password and the current code; None outside the demo world."""
    if not settings.DEMO:
        return None
    da = set(Person.objects.filter(email__endswith="@demo.example").values_list("email", flat=True))
    return {
        "passwort": PASSWORT,
        "code": demo_code(),
        "sekunden": 30 - int(time.time()) % 30,
        "konten": [konto for konto in DEMO_KONTEN if konto[0] in da],
    }
