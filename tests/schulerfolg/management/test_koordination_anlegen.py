from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.konten.models import Mail, Person
from tests.factories import make_person

AUFRUF = "Bitte so: manage.py koordination_anlegen"


def test_the_first_account_sets_its_password_by_mail(db, client):
    for _ in range(2):
        call_command("koordination_anlegen", " Erste@Koordination.example", "Erna", "Erste", verbosity=0)
    person = Person.objects.get()
    assert person.email == "erste@koordination.example"
    assert [rolle.rolle for rolle in person.landesrollen.gueltig()] == ["koordination"]
    client.post("/konto/passwort/vergessen/", {"email": person.email})
    assert "/konto/passwort/neu/" in Mail.objects.get(an=person.email).text


@pytest.mark.parametrize(
    ("angaben", "satz"),
    [
        ([], "Es braucht drei Angaben."),
        (["erste@koordination.example", "Erna"], "Es braucht drei Angaben."),
        (["erste@koordination.example", "Erna", "von", "Erste"], "Es braucht drei Angaben."),
        (["erste@koordination.example", "Erna", "\u200b "], "Es braucht drei Angaben."),
        (["erste", "Erna", "Erste"], "E-Mail"),
        (["erste@koordination.example", "E" * 101, "Erste"], "100"),
    ],
)
def test_what_it_cannot_use_is_said_with_how_it_is_called(db, angaben, satz):
    with pytest.raises(CommandError, match=satz) as fehler:
        call_command("koordination_anlegen", *angaben)
    assert AUFRUF in str(fehler.value)
    assert not Person.objects.exists()


def test_a_closed_account_stays_closed(db):
    person = make_person(is_active=False)
    with pytest.raises(CommandError, match="ist gesperrt"):
        call_command("koordination_anlegen", person.email, "Erna", "Erste")
    assert not person.landesrollen.exists()


@pytest.mark.parametrize("befehl", ["stammdaten", "koordination_anlegen a@b.example Erna Erste"])
def test_without_tables_it_says_what_comes_first(db, befehl):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO pg_temp")
    with pytest.raises(CommandError, match=r"Bitte zuerst: manage\.py migrate"):
        call_command(*befehl.split())


def test_the_master_data_are_loaded_once(db):
    gesagt = []
    for _ in range(2):
        call_command("stammdaten", stdout=(ausgabe := StringIO()))
        gesagt.append(ausgabe.getvalue())
    assert "neu" in gesagt[0]
    assert " neu" not in gesagt[1]
    assert Netzwerkstelle.objects.count() == 14
