"""The first account of a new portal: somebody of the coordination office, who then sets a password by mail."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction
from django.urls import reverse

from schulerfolg.eingabe import einzeilig
from schulerfolg.konten.models import Landesrolle, Person
from schulerfolg.konten.permissions import Rolle

AUFRUF = "Bitte so: manage.py koordination_anlegen adresse@koordination.example Vorname Nachname"


class Command(BaseCommand):
    help = "Legt ein Konto der Koordinierungsstelle an. Das Passwort setzt die Person über „Passwort vergessen“."

    def add_arguments(self, parser):
        parser.add_argument("angaben", nargs="*", metavar="E-Mail-Adresse Vorname Nachname")

    def handle(self, *, angaben, **options):
        angaben = [" ".join(einzeilig(angabe).split()) for angabe in angaben]
        if len(angaben) != 3 or not all(angaben):
            raise CommandError(f"Es braucht drei Angaben. {AUFRUF}")
        email, vorname, nachname = angaben
        try:
            person = koordination_anlegen(email.lower(), vorname, nachname)
        except ProgrammingError as error:
            raise CommandError("Die Tabellen fehlen noch. Bitte zuerst: manage.py migrate") from error
        except ValidationError as error:
            raise CommandError(" ".join([*error.messages, AUFRUF])) from error
        passwort = settings.PORTAL_ADRESSE + reverse("account_reset_password")
        self.stdout.write(f"{person} gehört zur Koordinierungsstelle. Passwort festlegen: {passwort}")


@transaction.atomic
def koordination_anlegen(email: str, vorname: str, nachname: str) -> Person:
    """A second run changes nothing. Raises ValidationError for what is no address or no name, and a closed account."""
    person = Person.objects.filter(email=email).first()
    if person is None:
        Person(email=email, vorname=vorname, nachname=nachname).clean_fields(exclude=["password"])
        person = Person.objects.create_user(email, vorname, nachname)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    elif not person.is_active:
        raise ValidationError(f"Das Konto {email} ist gesperrt. Bitte nehmen Sie eine andere Adresse.")
    Landesrolle.objects.gueltig().get_or_create(person=person, rolle=Rolle.KOORDINATION)
    return person
