from datetime import date, timedelta

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from schulerfolg.konten.permissions import ist_koordination


class PersonManager(BaseUserManager):
    def create_user(self, email, vorname, nachname, password=None, **fields):
        person = self.model(email=email.strip().lower(), vorname=vorname, nachname=nachname, **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())

    def visible_to(self, by):
        """Whose account somebody opens: everybody's for the coordination office, nobody's for anybody else."""
        return self.all() if ist_koordination(by) else self.none()


class BefristetQuerySet(models.QuerySet):
    """Rows that hold from `von` to `bis`, both days included; an empty end is open."""

    def gueltig(self, am: date | None = None):
        tag = am or timezone.localdate()
        return self.filter(Q(von=None) | Q(von__lte=tag), Q(bis=None) | Q(bis__gte=tag))


class AbwesenheitQuerySet(BefristetQuerySet):
    def heute(self):
        """Who is away today and represented by somebody with an open account."""
        return self.gueltig().filter(vertretung__is_active=True).select_related("person", "vertretung")

    def kommend(self):
        """Under way or ahead."""
        return self.filter(bis__gte=timezone.localdate()).select_related("person", "vertretung")


class EingabeQuerySet(models.QuerySet):
    """What was typed is kept for twenty hours: from the evening to the next morning."""

    HALTBAR = timedelta(hours=20)

    def frisch(self):
        return self.filter(erstellt_am__gt=timezone.now() - self.HALTBAR)

    def abgelaufen(self):
        return self.filter(erstellt_am__lte=timezone.now() - self.HALTBAR)


class MailQuerySet(models.QuerySet):
    def offen(self):
        """What is still to leave by itself; a mail that was given up is not, nor one that is collected."""
        return self.filter(versandt_am=None, aufgegeben_am=None, sammeln="")

    def zu_sammeln(self, wege):
        """What waits to go out together with others on one of these ways."""
        return self.filter(sammeln__in=wege, gesammelt_in=None)

    def zu_senden(self):
        """What waits in the outbox and may be tried now."""
        return self.offen().filter(naechster_versuch_am__lte=timezone.now())

    def fuer_demo(self):
        """Every mail of the demo world, the newest first."""
        return self.annotate(zahl_der_anlagen=Count("anlagen")).order_by("-erstellt_am", "-pk")
