from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from gremien.sitzung.workflow import BEKANNT, KOMMEND, Status
from schulerfolg.konten.permissions import landesrollen, orte


class SitzungQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Meetings of this person's offices, those they lead, and those of their committees once they are invited."""
        if landesrollen(person):
            return self
        stellen = orte(person, "mitarbeiten", "netzwerkstelle")
        leitend = person.mitgliedschaften.gueltig().leitend()
        return self.filter(
            Q(gremium__netzwerkstelle__in=stellen)
            | Q(gremium__in=leitend.values("gremium"))
            | Q(gremium__in=orte(person, "mitgliedschaften", "gremium"), status__in=BEKANNT)
        )

    def for_page(self):
        return self.select_related("gremium__netzwerkstelle", "einladung", "niederschrift").defer(
            "einladung__inhalt", "niederschrift__inhalt"
        )

    def for_list(self):
        """With the Gremium and the number of items."""
        return self.select_related("gremium__netzwerkstelle").annotate(zahl_der_punkte=Count("punkte"))

    def kommend(self):
        """What is planned, invited to or running, the next one first."""
        return self.filter(status__in=KOMMEND).order_by("beginn", "pk")

    def naechste(self, stelle):
        """Those that an office's deciding Gremium still has before it. `stelle` may stand in an outer query."""
        return self.kommend().filter(
            gremium__netzwerkstelle=stelle, gremium__beschliesst=True, beginn__gt=timezone.now()
        )

    def vergangen(self):
        """What was held, the last one first."""
        return self.filter(status=Status.BEENDET).order_by("-beginn", "-pk")

    def abgesagt(self):
        """What was called off, the last one first."""
        return self.filter(status=Status.ABGESAGT).order_by("-beginn", "-pk")

    def geplant(self):
        """Whose agenda can still take an item, the next one first."""
        return self.filter(status=Status.GEPLANT).order_by("beginn", "pk")


class PunktQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The items of the meetings that this person finds; whether the papers are open is another question."""
        sitzungen = self.model.sitzung.field.related_model.objects
        return self.filter(sitzung__in=sitzungen.visible_to(person))

    def for_page(self):
        return self.select_related(
            "sitzung__gremium__netzwerkstelle",
            "antrag__schule",
            "antrag__regel",
            "antrag__netzwerkstelle",
            "beschluss",
            "vorlage",
        )

    def mit_sitzung(self):
        """With meeting and resolution, the newest first."""
        return self.select_related("sitzung__gremium", "beschluss").order_by("-sitzung__beginn", "-pk")

    def tagesordnung(self):
        """As they stand on the agenda, with case and resolution."""
        return self.select_related("antrag__schule", "beschluss").order_by("position")

    def offen(self):
        """Nobody has said yet what becomes of them, in the order of the agenda."""
        return self.filter(ausgang="offen").select_related("antrag").order_by("position")

    def ohne_quorum(self, gremium):
        """What this Gremium could not resolve for lack of a quorum, and may be invited to a second time."""
        return self.filter(sitzung__gremium=gremium, beschlussunfaehig=True)

    def mit_stimme_von(self, mitglied):
        """On which this member has voted already."""
        return self.filter(vorschlaege__stimmen__mitgliedschaft=mitglied).distinct()
