"""Mails of the account: written into the outbox, alike for known and unknown addresses, with links of our own."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from schulerfolg.konten.models import Mail
from tests.factories import PASSWORT, make_person

VERGESSEN = "/konto/passwort/vergessen/"
NEUES = "ein-anderes-Passwort-2027"


def ohne_zufall(text):
    """The page without what differs each time: the token of the form."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


@pytest.mark.django_db
def test_a_known_and_an_unknown_address_get_the_same_answer_and_one_mail_each():
    make_person(email="bekannt@schule.example")
    antworten = []
    for adresse in ("bekannt@schule.example", "unbekannt@schule.example"):
        antwort = Client().post(VERGESSEN, {"email": adresse}, follow=True)
        antworten.append((antwort.status_code, antwort.redirect_chain, ohne_zufall(antwort.text)))
        assert Mail.objects.filter(an=adresse).count() == 1
    assert antworten[0] == antworten[1]
    assert "E-Mail ist unterwegs" in antworten[0][2]
    assert Mail.objects.get(an="bekannt@schule.example").betreff == "Ein neues Passwort für das Portal"
    assert Mail.objects.get(an="unbekannt@schule.example").betreff == "Zu dieser Adresse gibt es kein Konto"


@pytest.mark.django_db
def test_a_forged_host_never_reaches_the_mail(client):
    make_person(email="eva@schule.example")
    client.post(VERGESSEN, {"email": "eva@schule.example"}, HTTP_HOST="localhost")
    text = Mail.objects.get().text
    assert re.search(r"^https://portal\.example/konto/passwort/neu/[0-9a-z]+-[0-9a-z-]+/$", text, re.MULTILINE)
    assert "localhost" not in text


@pytest.mark.django_db
def test_the_link_sets_a_new_password_once(client):
    person = make_person()
    client.post(VERGESSEN, {"email": person.email})
    link = re.search(r"https://portal\.example(/konto/passwort/neu/\S+)", Mail.objects.get().text)[1]
    formular = client.get(link)["Location"]
    assert formular.endswith("-set-password/")
    antwort = client.post(formular, {"password1": "kurz", "password2": "kurz"})
    assert "Dieses Passwort ist zu kurz." in antwort.text
    assert client.post(formular, {"password1": NEUES, "password2": NEUES})["Location"] == "/konto/passwort/neu/fertig/"
    person.refresh_from_db()
    assert person.check_password(NEUES)
    assert "Dieser Link gilt nicht mehr" in Client().get(link).text
    assert Mail.objects.filter(betreff="Ihr neues Passwort gilt").count() == 1


@pytest.mark.django_db
def test_so_many_mails_about_a_forgotten_password_go_to_one_address_and_so_many_requests_come_from_one(client):
    for _ in range(20):
        assert client.post(VERGESSEN, {"email": "eva@schule.example"}).status_code == 302
    assert Mail.objects.count() == 5
    antwort = client.post(VERGESSEN, {"email": "eva@schule.example"})
    assert antwort.status_code == 429
    assert "Bitte warten Sie einen Moment" in antwort.text


@pytest.mark.django_db
def test_a_new_address_counts_only_after_it_is_confirmed(client):
    person = make_person(email="alt@schule.example")
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORT})
    client.post("/konto/erneut-anmelden/", {"password": PASSWORT})
    client.post("/konto/adresse/", {"email": "Neu@schule.example", "action_add": ""})
    mail = Mail.objects.get(an="neu@schule.example")
    assert mail.betreff == "Bitte bestätigen Sie Ihre E-Mail-Adresse"
    person.refresh_from_db()
    assert person.email == "alt@schule.example"
    link = re.search(r"https://portal\.example(/konto/adresse/bestaetigen/\S+)", mail.text)[1]
    assert "Gehört <strong>neu@schule.example</strong> Ihnen?" in client.get(link).text
    client.post(link)
    person.refresh_from_db()
    assert person.email == "neu@schule.example"
    assert [str(a.email) for a in EmailAddress.objects.filter(user=person)] == ["neu@schule.example"]
    assert Mail.objects.filter(betreff="Ihre E-Mail-Adresse im Portal ist geändert").exists()


@pytest.mark.django_db
def test_changing_the_address_asks_who_is_there(client):
    client.force_login(make_person())
    antwort = client.post("/konto/adresse/", {"email": "neu@schule.example", "action_add": ""})
    assert antwort["Location"].startswith("/konto/erneut-anmelden/")
    assert not EmailAddress.objects.filter(email="neu@schule.example").exists()


@pytest.mark.django_db
def test_a_changed_password_is_told_by_mail_and_keeps_the_session(client):
    person = make_person()
    client.force_login(person)
    daten = {"oldpassword": PASSWORT, "password1": NEUES, "password2": NEUES}
    antwort = client.post("/konto/passwort/aendern/", daten, follow=True)
    assert "Ihr neues Passwort gilt." in antwort.text
    text = Mail.objects.get(an=person.email).text
    assert text.startswith("Guten Tag,\n\nIhr Passwort für das Portal ist geändert.")
    assert "https://portal.example/konto/passwort/vergessen/" in text
    assert client.get("/konto/").status_code == 200
