"""Mails of the portal carry no words of strangers (faelle 28): seen from the pages that write to an address.

An address that nobody has confirmed belongs to whoever was named. What was typed beside it stays out of that mail.
"""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from schulerfolg.konten.models import Mail
from schulerfolg.konten.services import as_email, mail_text
from tests.factories import make_person

OPFER = "opfer@anderswo.example"
WORTE = "Zwiebelkuchen boese.example"


@pytest.fixture(autouse=True)
def _zaehlt_von_vorn(db):
    cache.clear()


def registrieren(cast, client):
    daten = {"vorname": WORTE, "nachname": WORTE, "email": OPFER, "rolle": "schule_mitarbeit", "bezug": WORTE}
    return client.post(f"/registrieren/schule/{cast.schule.pk}/", daten)


def zweimal_registrieren(cast, client):
    make_person(email=OPFER)
    return registrieren(cast, client)


def passwort_vergessen(cast, client):
    return client.post("/konto/passwort/vergessen/", {"email": OPFER})


def barriere_melden(cast, client):
    return client.post(
        "/barriere-melden/", {"barriere": WORTE, "seite": WORTE, "email": OPFER, "schluessel": str(uuid4())}
    )


def einladen(cast, client):
    daten = {"vorname": WORTE, "nachname": WORTE, "email": OPFER, "rolle": "sachbearbeitung"}
    return client.post(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/", daten)


def neue_adresse(cast, client):
    return client.post("/konto/adresse/", {"email": OPFER, "action_add": ""})


@pytest.mark.parametrize(
    ("wege", "wer"),
    [
        (registrieren, None),
        (zweimal_registrieren, None),
        (passwort_vergessen, None),
        (barriere_melden, None),
        (einladen, "leitung"),
        (neue_adresse, "leitung"),
    ],
)
def test_a_mail_to_an_address_nobody_confirmed_repeats_nothing_that_was_typed(cast, als, wege, wer):
    client = als(getattr(cast, wer)) if wer else Client()
    assert wege(cast, client).status_code == 302
    mail = Mail.objects.get(an=OPFER)
    ganz = f"{mail.betreff}\n{as_email(mail).message()}"
    assert "Zwiebelkuchen" not in ganz
    assert "boese.example" not in ganz
    assert OPFER not in f"{mail.betreff}\n{mail.text}"


def test_no_part_of_an_address_is_a_message(client):
    """What stands before the @ can be a sentence: it is not repeated either."""
    client.post("/konto/passwort/vergessen/", {"email": "jetzt-boese.example-oeffnen@anderswo.example"})
    assert "boese.example" not in Mail.objects.get().text


def test_a_line_break_in_a_title_ends_no_subject():
    """Not even where it came past the forms, which take it out."""
    # Short values, side by side.
    anfrage = SimpleNamespace(
        wer="Kim\r\nLiebe Schulleitung,\u2028bitte überweisen Sie", get_rolle_display="Lehrkraft", schule="Schule",
        bezug="", email="kim@schule.example", get_absolute_url="/x/", wartet_bis=date(2027, 5, 12),
    )  # fmt: skip
    context = {"registrierung": anfrage, "person": "Vera Kern"}
    betreff, text = mail_text("netzwerkstellen/mail/registrierung_wartet.txt", context)
    assert betreff == "Bitte entscheiden: Kim Liebe Schulleitung, bitte überweisen Sie möchte mitarbeiten"
    assert text.startswith("Guten Tag Vera Kern,\n")


def test_only_the_portal_s_own_addresses_are_links(settings):
    text = (
        "Woher: www.boese.example, https://boese.example/x, https://portal.example.boese.example/y\n"
        "Weiter: https://portal.example/konto/?a=1&b=2. <a href=x>"
    )
    mail = Mail.objects.create(an=OPFER, betreff="Hinweis", text=text, schluessel="x")
    html = as_email(mail).alternatives[0].content
    assert html.count("<a href=") == 2  # this one, and the portal's in the foot
    assert '<a href="https://portal.example/konto/?a=1&amp;b=2">https://portal.example/konto/?a=1&amp;b=2</a>.' in html
