from django.core.management import call_command

from schulerfolg.konten.models import Mail, Person


def test_the_first_account_sets_its_password_by_mail(db, client):
    for _ in range(2):
        call_command("koordination_anlegen", "Erste@Koordination.example", "Erna", "Erste", verbosity=0)
    person = Person.objects.get()
    assert person.email == "erste@koordination.example"
    assert [rolle.rolle for rolle in person.landesrollen.gueltig()] == ["koordination"]
    client.post("/konto/passwort/vergessen/", {"email": person.email})
    assert "/konto/passwort/neu/" in Mail.objects.get(an=person.email).text
