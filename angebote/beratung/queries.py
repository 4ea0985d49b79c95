from django.db import models
from django.db.models import Case, Q, When

from angebote.beratung.workflow import Status
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.formular.konflikt import fingerprint
from schulerfolg.konten.permissions import orte
from schulerfolg.liste import suche
from schulerfolg.rechte import Recht


def anfrage_gezeigt(beratung) -> str:
    """What the page of a request tells the office, for steps that answer it."""
    gefragt = [getattr(beratung, name) for name in ("titel", "was", "fuer_wen", "warum", "wie", "telefon", "wunsch")]
    return fingerprint([*gefragt, beratung.zeiten, beratung.termin])


class BeratungQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The Beratungen of this person's schools and offices."""
        schulen = orte(person, "schulzugehoerigkeiten", "schule")
        stellen = orte(person, "mitarbeiten", "netzwerkstelle")
        return self.filter(Q(schule__in=schulen) | Q(netzwerkstelle__in=stellen))

    def offered_to(self, person, row: Transition | Recht):
        """Where this step or right is this person's, and now: the rule of the button, as one query."""
        schulen = orte(person, "schulzugehoerigkeiten", "schule", row.roles)
        stellen = orte(person, "mitarbeiten", "netzwerkstelle", row.roles)
        return self.filter(Q(schule__in=schulen) | Q(netzwerkstelle__in=stellen), status__in=row.statuses)

    def for_list(self):
        return self.select_related("schule", "netzwerkstelle", "angefragt_durch")

    def for_page(self):
        return self.for_list().select_related("beraten_durch")

    def wartende_zuerst(self):
        """Requests nobody has answered yet, the oldest first; then all others, the newest first."""
        wartet = When(status=Status.ANGEFRAGT, then="angefragt_am")
        return self.order_by(Case(wartet, default=None).asc(nulls_last=True), "-angefragt_am", "-pk")

    def search(self, words: str):
        """Every word is in the title or in the school's name or place; accents and case do not matter."""
        found = self
        for word in suche.worte(words):
            found = found.filter(suche.enthaelt(word, "titel", "schule__name", "schule__ort"))
        return found

    def beraten(self):
        return self.filter(status=Status.BERATEN)
