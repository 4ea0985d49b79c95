"""For the last of the coordination office who has lost the telephone: nobody is left who could ask or confirm."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from schulerfolg.dach.personen.faktor import notfalls_zuruecksetzen, wer_bestaetigt
from schulerfolg.konten.models import Person


class Command(BaseCommand):
    help = (
        "Setzt den zweiten Faktor eines Kontos zurück, wenn es im Portal niemanden mehr gibt, der darum bitten und es "
        "bestätigen kann. Das Passwort bleibt; die Person bekommt eine Mail, und es steht im Verlauf ihres Kontos."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise CommandError("Zu dieser Adresse gibt es kein offenes Konto.")
        zweite = wer_bestaetigt(person, ausser=person)
        if len(zweite) > 1:
            namen = ", ".join(str(wer) for wer in zweite)
            raise CommandError(
                f"Das geht im Portal unter „Zweiten Faktor zurücksetzen“, zu zweit. Dort dürfen es: {namen}."
            )
        try:
            notfalls_zuruecksetzen(person)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(
            f"Der zweite Faktor von {person} ist zurückgesetzt. Bitte nach der Anmeldung einen neuen einrichten."
        )
