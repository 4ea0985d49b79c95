from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from angebote.antrag.workflow import (
    ABGESCHLOSSEN,
    BIS_BEWILLIGT,
    ENTSCHIEDEN,
    KOPF,
    NIE_EINGEREICHT,
    SCHULINTERN,
    Status,
)
from angebote.foerderung.models import Foerderregel
from netzwerkstellen.organisation.models import Organisation, Organisationsart
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.akte.models import Auftrag
from schulerfolg.konten.permissions import Rolle, landesrollen, orte
from schulerfolg.rechte import Recht


class AntragQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What `permissions.rollen` gives any hat for, as one query."""
        own, sichtbar = _mit_hut(person), Q(nummer__isnull=False)
        landesweit = landesrollen(person)
        if Rolle.PRUEFUNG in landesweit:
            own |= sichtbar
        if Rolle.KOORDINATION in landesweit:
            own |= sichtbar & Q(netzwerkstelle__teilt_inhalte=True)
        return self.filter(own)

    def offered_to(self, person, *rows: Transition | Recht):
        """Where one of these steps or rights is this person's, and now: the rule of the button, as one query.

        What else a row asks for (`excludes`, `requires`, `when`) it asks of the single Antrag.
        """
        due = [_mit_hut(person, row.roles) & Q(status__in=row.statuses) for row in rows]
        return self.filter(reduce(or_, due))

    def for_list(self):
        return self.select_related("schule", "netzwerkstelle", "zustaendig")

    def for_page(self):
        return self.select_related(
            "schule__schulform",
            "netzwerkstelle",
            "zustaendig",
            "verfasst_durch",
            "beratung",
            "regel",
            "zahlung_an",
            "vorlage",
        )

    def laufend(self):
        """Neither dropped nor withdrawn nor refused: a second one of the same idea would be one too many."""
        return self.exclude(status__in=ABGESCHLOSSEN)

    def last_moved_by(self, *steps: str):
        """Those whose last move from one status to another was one of these steps."""
        events: Any = self.model._meta.get_field("ereignisse").related_model
        moves = events.objects.filter(antrag=OuterRef("pk")).exclude(von=F("nach")).order_by("-am", "-pk")
        return self.annotate(zuletzt=Subquery(moves.values("schritt")[:1])).filter(zuletzt__in=steps)

    def unterwegs(self, person):
        """What this person's schools submitted and wait for; who signs for a school sees all of it, others theirs."""
        return self.filter(_eigene(person), status__in=BIS_BEWILLIGT).exclude(status=Status.NACHFORDERUNG)

    def bei_der_leitung(self, person):
        """What this person wrote, alone or with others, and the head of the school has now."""
        return self.filter(_geschrieben(person), status=Status.FREIGABE_SL)

    def entschieden(self, person):
        """What was decided of what this person would wait for, else (`unterwegs`)."""
        return self.filter(_eigene(person), status__in=ENTSCHIEDEN)

    def for_cards(self):
        """With what a card of a draft says: who changed it last, with which words it came back, what is filled in."""
        events: Any = self.model._meta.get_field("ereignisse").related_model
        hier = events.objects.filter(antrag=OuterRef("pk")).order_by("-am", "-pk")
        geltende = Foerderregel.objects.gueltig().prefetch_related("baender")
        regeln = Prefetch("netzwerkstelle__foerderregeln", geltende, to_attr="regeln_von_heute")
        wer, zurueck = Concat("durch__vorname", Value(" "), "durch__nachname"), hier.filter(schritt="zurueckgeben")
        return (
            self.for_list()
            .prefetch_related("themen", "ziele", "zielgruppen", "partner", "kostenposten", regeln)
            .annotate(
                zuletzt_durch_id=Subquery(hier.values("durch")[:1]),
                zuletzt_durch=Subquery(hier.values(wer=wer)[:1]),
                zurueck_durch=Subquery(zurueck.values(wer=wer)[:1]),
                zurueck_am=Subquery(zurueck.values("am")[:1]),
                zurueck_warum=Subquery(zurueck.values("begruendung")[:1]),
            )
        )

    def entwuerfe(self):
        """What the schools still work on or have not signed yet."""
        return self.filter(status__in=SCHULINTERN)

    def counts_by_status(self) -> dict[str, int]:
        """How many in each status, for the tabs above a list."""
        return dict(self.order_by().values_list("status").annotate(anzahl=Count("pk")))

    def zaehlen_zum_hoechstbetrag(self, schule, *, von, bis):
        """This school's projects that begin in this period and are not over without money."""
        return (
            self.filter(schule=schule, beginn__range=(von, bis))
            .exclude(status__in=[*NIE_EINGEREICHT, Status.ABGELEHNT, Status.ZURUECKGEZOGEN])
            .order_by("eingereicht_am", "pk")
        )

    def bereit_fuer(self, netzwerkstelle):
        """What waits for the next meeting of this office, oldest first."""
        return self.filter(netzwerkstelle=netzwerkstelle, status=Status.GREMIENREIF).order_by("eingereicht_am", "pk")

    def weitere_zu(self, antrag):
        """Other submitted applications of the same school, the newest first."""
        andere = self.filter(schule=antrag.schule_id, nummer__isnull=False).exclude(pk=antrag.pk)
        return andere.order_by("-eingereicht_am", "-pk")

    def zurueckgezogen(self):
        """What its school took back."""
        return self.filter(status=Status.ZURUECKGEZOGEN)

    def selbst_entschieden(self, netzwerkstelle):
        """What the office decided by itself and has to report to the Gremium."""
        return self.filter(netzwerkstelle=netzwerkstelle, ereignisse__schritt="selbst_entscheiden").distinct()

    def faellig(self):
        """Where a Rückfrage is overdue."""
        return self.filter(status=Status.NACHFORDERUNG, nachforderungen__frist__lt=timezone.localdate()).distinct()


def _eigene(person) -> Q:
    """Who signs for a school waits for all of it, others for what they wrote, alone or with others."""
    return _geschrieben(person) | Q(schule__in=orte(person, "schulzugehoerigkeiten", "schule", KOPF))


def _geschrieben(person) -> Q:
    schulen = Q(schule__in=orte(person, "schulzugehoerigkeiten", "schule"))
    return schulen & (Q(verfasst_durch=person) | Q(pk__in=person.mitgeschriebene_antraege.values("antrag")))


def _mit_hut(person, rollen: Collection[Rolle] | None = None) -> Q:
    """What counts at the school and at the office (`permissions.was_zaehlt`): any hat there, or one of these."""
    schulen = orte(person, "schulzugehoerigkeiten", "schule", rollen)
    stellen = orte(person, "mitarbeiten", "netzwerkstelle", rollen)
    zaehlt = Q(nummer__isnull=False) | Q(geteilt=True) | Q(im_auftrag=True)
    return Q(schule__in=schulen) | Q(netzwerkstelle__in=stellen) & zaehlt


def ohne_antrag(beratungen):
    """Those of these Beratungen that took place and of which no Antrag was made yet."""
    laufend = [status for status in Status if status not in ABGESCHLOSSEN]
    return beratungen.beraten().exclude(antraege__status__in=laufend)


def organisationen_der_region(antrag):
    """Whom the school may choose: who worked with a school of this region before, or belongs to it, or was paid by it.

    What stands in other schools' drafts stays there, and so do people who are paid a fee.
    """
    partner = antrag.partner.model.objects.values("organisation")
    schulen = Q(schulen__netzwerkstelle=antrag.netzwerkstelle_id)
    sozialarbeit = Q(schulsozialarbeiten__schule__netzwerkstelle=antrag.netzwerkstelle_id)
    traeger = Q(traegerschaften__netzwerkstelle=antrag.netzwerkstelle_id)
    eigene = partner.filter(antrag__schule=antrag.schule_id)
    eigene_antraege = type(antrag).objects.filter(schule=antrag.schule_id)
    bezahlt = Q(pk__in=eigene_antraege.values("zahlung_an")) | Q(pk__in=eigene_antraege.values("foerderverein"))
    anderswo = partner.filter(antrag__netzwerkstelle=antrag.netzwerkstelle_id, antrag__nummer__isnull=False)
    region = Organisation.objects.filter(schulen | sozialarbeit | traeger).values("pk")
    erlaubt = Q(pk__in=eigene) | bezahlt | Q(pk__in=region) | Q(pk__in=anderswo) & ~Q(art=Organisationsart.PERSON)
    return Organisation.objects.filter(erlaubt).order_by(Lower(Unaccent("name")), "name", "einheit")


def ausstehend(antrag, fassungen) -> list[str]:
    """The documents of this case that the worker has yet to make."""
    dokumente = {f"antrag_pdf:{f.pk}": _titel(f) for f in reversed(fassungen)}
    offen = set(Auftrag.objects.offen().filter(schluessel__in=dokumente).values_list("schluessel", flat=True))
    return [titel for schluessel, titel in dokumente.items() if schluessel in offen]


def _titel(fassung) -> str:
    return "der Antrag als PDF" if fassung.nummer == 1 else "die Antwort auf die Rückfragen als PDF"
