import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle


def pruefsumme(token: str) -> str:
    """What is stored of the token in the link: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_mit_adresse(email: str) -> Person | None:
    """Whose account belongs to this address: it is theirs, or they have confirmed it as a further one.

    The address of an account that was joined with another one leads to that one.
    """
    eigene = Q(email=email) | Q(emailaddress__email=email, emailaddress__verified=True)
    person = Person.objects.filter(eigene).order_by("pk").first()
    return person.zusammengefuehrt_mit or person if person else None


def konto_mit_adresse(email: str) -> Person | None:
    """The same, without somebody who is only known by name and still has to set a password."""
    person = person_mit_adresse(email)
    return None if person and person.is_active and person.ohne_konto else person


class EinladungQuerySet(models.QuerySet):
    def offen(self):
        """Neither accepted nor taken back; some of them may have expired."""
        return self.filter(angenommen_am=None, zurueckgenommen_am=None)

    def abgelaufen(self):
        return self.offen().filter(gueltig_bis__lte=timezone.now())

    def fuer_team(self):
        """To a role at the office; an account for a seat in a Gremium is offered from the page of the Gremium."""
        return self.filter(schule=None).exclude(rolle=Rolle.GREMIUM)

    def fuer_gremium(self):
        return self.filter(rolle=Rolle.GREMIUM)

    def for_list(self):
        return self.select_related("eingeladen_durch", "schule").order_by("nachname", "vorname", "pk")

    def mit_token(self, token: str):
        return (
            self.select_related("netzwerkstelle", "schule", "eingeladen_durch", "angenommen_durch")
            .filter(pruefsumme=pruefsumme(token))
            .first()
        )
