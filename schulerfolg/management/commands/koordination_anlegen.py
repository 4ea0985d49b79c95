"""The first account of a new portal: somebody of the coordination office, who then sets a password by mail."""

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand
from django.db import transaction

from schulerfolg.konten.models import Landesrolle, Person
from schulerfolg.konten.permissions import Rolle


class Command(BaseCommand):
    help = "Legt ein Konto der Koordinierungsstelle an. Das Passwort setzt die Person über „Passwort vergessen“."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("vorname")
        parser.add_argument("nachname")

    @transaction.atomic
    def handle(self, *, email, vorname, nachname, **options):
        email = email.strip().lower()
        person = Person.objects.filter(email=email).first()
        if person is None:
            person = Person.objects.create_user(email, vorname, nachname)
            EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        Landesrolle.objects.gueltig().get_or_create(person=person, rolle=Rolle.KOORDINATION)
        self.stdout.write(f"{person} gehört zur Koordinierungsstelle. Passwort: /konto/passwort/vergessen/")
