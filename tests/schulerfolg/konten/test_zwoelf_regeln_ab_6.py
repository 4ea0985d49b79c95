"""The twelve rules for accounts (G19), each by its number: from 6 on. Rule 9, looking as somebody else, and rule 12,
the end of a sign-in (`anmeldung/test_frist.py`), have files of their own.
"""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from schulerfolg.konten.demo import GEHEIMNIS
from schulerfolg.konten.models import Landesrolle, Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_landesrolle, make_mitarbeit, make_person, make_zugehoerigkeit
from tests.factories_gremium import make_gremium, make_mitglied
from tests.schulerfolg.konten.test_zwoelf_regeln import ANMELDEN, NEUES, VERGESSEN, anmelden, link

# --- 6: addresses come from the settings


@pytest.mark.django_db
def test_6_an_unknown_host_is_refused_and_a_known_one_is_not_believed(client):
    person = make_person()
    assert client.post(VERGESSEN, {"email": person.email}, HTTP_HOST="evil.example").status_code == 400
    assert not Mail.objects.exists()
    kopf = {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_HOST": "evil.example"}
    client.post(VERGESSEN, {"email": person.email}, **kopf)
    text = Mail.objects.get().text
    assert set(re.findall(r"https?://[^/\s]+", text)) == {"https://portal.example"}


# --- 7: where it goes on

# Short words, many to a line.
ANDERSWO = [
    "//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example", "/\\evil.example",
    " //evil.example",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("ziel", ANDERSWO)
def test_7_every_way_on_stays_inside(client, ziel):
    person = make_person()
    fort = [anmelden(client, person, next=ziel)]
    fort.append(client.get(f"{ANMELDEN}?next={ziel}"))  # somebody who is signed in
    fort.append(client.post("/konto/erneut-anmelden/", {"password": PASSWORT, "next": ziel}))
    fort.append(client.post("/konto/eingaben/verwerfen/", {"seite": ziel}))
    fort.append(client.post("/konto/abmelden/", {"next": ziel}))
    # Short words, many to a line.
    assert [antwort["Location"] for antwort in fort if antwort.has_header("Location")] == [
        "/uebersicht/", "/uebersicht/", "/uebersicht/", "/uebersicht/", "/",
    ]  # fmt: skip


# --- 8: who must have a second factor

HUETE = {
    "schule_mitarbeit": False,
    "schule_leitung": False,
    "schule_stellvertretung": False,
    "schulsozialarbeit": False,
    "sachbearbeitung": True,
    "leitung": True,
    "traeger_freigabe": True,
    "koordination": True,
    "pruefung": True,
    "pruefung an einer Stelle": True,
    "vorsitz": True,
    "stellv_vorsitz": True,
    "mitglied": False,
}


def hut_geben(person, hut, cast):
    if hut in ("koordination", "pruefung"):
        make_landesrolle(Rolle(hut), person=person)
    elif hut in ("vorsitz", "stellv_vorsitz", "mitglied"):
        make_mitglied(make_gremium(cast.harz), person, rolle=hut)
    elif hut.startswith("schul"):
        make_zugehoerigkeit(cast.schule, Rolle(hut), person=person)
    else:
        bis = timezone.localdate() + timedelta(days=9) if hut.startswith("pruefung") else None
        make_mitarbeit(cast.harz, Rolle(hut.split()[0]), person=person, bis=bis)


@pytest.mark.django_db
@pytest.mark.parametrize(("hut", "muss"), HUETE.items())
def test_8_a_hat_that_decides_or_looks_into_cases_enrols_first(client, cast, hut, muss):
    person = make_person()
    anmelden(client, person)
    assert client.get("/uebersicht/").status_code == 200
    hut_geben(person, hut, cast)  # from the next request on
    faktor = "/konto/zweiter-faktor/"
    seiten = ("/uebersicht/", "/antraege/", "/netzwerkstellen/", "/")
    assert {client.get(seite).get("Location") for seite in seiten} == ({faktor} if muss else {None})
    assert [client.get(seite).status_code for seite in ("/konto/", faktor, "/impressum/")] == [200, 200, 200]


@pytest.mark.django_db
def test_8_a_sign_in_by_password_alone_does_not_borrow_the_factor_of_another_one(client):
    """Somebody who knows only the password, signed in before the hat and the factor came."""
    person = make_person()
    anmelden(client, person)
    TOTP.activate(person, GEHEIMNIS)
    make_landesrolle(Rolle.KOORDINATION, person=person)
    assert client.get("/uebersicht/")["Location"] == "/konto/zweiter-faktor/erneut/?next=/uebersicht/"
    Landesrolle.objects.all().delete()
    assert client.get("/uebersicht/").status_code == 200


# --- 10: passwords


# Short words, many to a line.
@pytest.mark.parametrize(
    "passwort",
    [
        "Elf-Zeichen", "123456789012", "passwordpassword", "Passwort2026!", "Schulerfolg-2026", "SchulerfolgSichern1!",
        "Sachsen-Anhalt2027", "Netzwerkstelle1", "Halle-Herbst-26", "Sommer2026Sommer", "qwertzuiopasd", "aaaaaaaaaaaa",
        "abcabcabcabc", "P4sswort-Sommer", "1q2w3e4r5t6y", "kim.beispiel12", "zyxwvutsrqponm",
    ],
)  # fmt: skip
def test_10_what_is_short_leaked_or_near_at_hand_is_refused(passwort):
    person = Person(email="kim.beispiel@schule.example", vorname="Kim", nachname="Beispiel")
    with pytest.raises(ValidationError):
        validate_password(passwort, person)


@pytest.mark.parametrize(
    "passwort", [PASSWORT, NEUES, "vier blaue Stühle", "Harz7!kdu-Qm2x", "Schule riecht nach Kreide"]
)
def test_10_what_nobody_else_puts_together_is_taken(passwort):
    assert validate_password(passwort) is None


# --- 11: no short code is a key by itself


@pytest.mark.django_db
def test_11_six_digits_ask_for_a_password_first_and_links_can_not_be_counted(client, cast, als):
    TOTP.activate(person := make_person(), GEHEIMNIS)
    for pfad in ("/konto/zweiter-faktor/eingeben/", "/konto/zweiter-faktor/erneut/"):
        assert client.post(pfad, {"code": "000000"})["Location"].startswith(ANMELDEN)
    client.post(VERGESSEN, {"email": person.email})
    assert len(link(person).rstrip("/").rsplit("-", 1)[1]) == 32
    pfad = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/"
    daten = {"vorname": "A", "nachname": "B", "email": "neu@stelle.example", "rolle": "sachbearbeitung"}
    als(cast.leitung).post(pfad, daten)
    text = Mail.objects.get(an="neu@stelle.example").text
    assert re.search(r"https://portal\.example/einladung/[A-Za-z0-9_-]{43}/", text)
