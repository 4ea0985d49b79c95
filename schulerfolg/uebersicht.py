"""What waits for one person, over all their hats: each thing one card with one link; the queries are constant."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import ABLAUF, KOPF, SCHULE, STELLE, Status
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import BERATENDE
from angebote.beratung.workflow import Status as Beratungsstand
from angebote.pruefung.models import Nachforderung, Stellungnahme
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.konten.permissions import LANDESROLLEN, SCHULROLLEN, STELLENROLLEN

MOST = 6


@dataclass(frozen=True, slots=True)
class Karte:
    """One thing to do: what, where, since or until when, and its one link."""

    titel: str
    ort: str
    zeit: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Gruppe:
    titel: str
    karten: list[Karte]
    mehr: str
    """Where all of them stand, when there are more than fit here; else empty."""


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """The next sensible thing when nothing waits."""

    text: str
    adresse: str = ""
    knopf: str = ""


def aufgaben(person) -> list[Gruppe]:
    """Everything that waits, the most urgent first; groups without cards are left out."""
    sicht = _antraege(person)
    gruppen = [*_als_schule(person, sicht), *_als_stelle(person, sicht), *_im_entwurf(person, sicht), *_im_haus(person)]
    return [gruppe for gruppe in gruppen if gruppe.karten]


def vorschlag(huete) -> Vorschlag:
    rollen = {hut.rolle for hut in huete}
    if not rollen.isdisjoint(SCHULROLLEN):
        text = "Haben Sie eine Idee für ein Projekt an Ihrer Schule? Drei Sätze genügen."
        return Vorschlag(text, reverse("beratungen:neu"), "Ich habe eine Idee")
    if not rollen.isdisjoint({*STELLENROLLEN, *LANDESROLLEN}):
        return Vorschlag(
            "Alle Anträge und ihre Stände finden Sie in der Liste.", reverse("antraege:liste"), "Zur Liste"
        )
    return Vorschlag(
        "Sie haben im Portal noch keine Rolle. Ihre Netzwerkstelle oder Ihre Schulleitung kann Sie einladen."
    )


def _als_schule(person, sicht):
    schulen = person.schulzugehoerigkeiten.gueltig()
    meine = sicht.filter(schule__in=schulen.filter(rolle__in=SCHULE).values("schule"))
    zu_zeichnen = sicht.filter(schule__in=schulen.filter(rolle__in=KOPF).values("schule"), status=Status.FREIGABE_SL)
    yield _gruppe(
        "Rückfragen an Sie", meine.filter(status=Status.NACHFORDERUNG).order_by("frist", "pk"), _frist, "nachreichen"
    )
    yield _gruppe("Warten auf Ihre Unterschrift", zu_zeichnen.order_by("geaendert_am", "pk"), _seit_bewegung)


def _als_stelle(person, sicht):
    mitarbeiten = person.mitarbeiten.gueltig()
    offen = Stellungnahme.objects.filter(antrag=OuterRef("pk"), bestaetigt_am=None)
    hier = sicht.filter(netzwerkstelle__in=mitarbeiten.filter(rolle__in=STELLE).values("netzwerkstelle"))
    zweite = mitarbeiten.filter(rolle__in=ABLAUF.transitions["bestaetigen"].roles).values("netzwerkstelle")
    zu_bestaetigen = sicht.filter(Exists(offen.exclude(verfasst_durch=person)), netzwerkstelle__in=zweite)
    meine = hier.filter(zustaendig=person)
    in_pruefung = meine.filter(status__in=[Status.FORMALPRUEFUNG, Status.FACHPRUEFUNG]).exclude(Exists(offen))
    vorbei = meine.filter(status=Status.NACHFORDERUNG, frist__lt=timezone.localdate())
    yield _gruppe("Rückfragen, deren Frist vorbei ist", vorbei.order_by("frist", "pk"), _frist)
    yield _gruppe(
        "Stellungnahmen, die Sie bestätigen können",
        zu_bestaetigen.filter(status=Status.FACHPRUEFUNG).order_by("geaendert_am", "pk"),
        _seit_bewegung,
        "bestaetigen",
    )
    yield _beratungen(person, mitarbeiten)
    yield _gruppe(
        "Neue Anträge", hier.filter(status=Status.EINGEREICHT).order_by("eingereicht_am", "pk"), _eingang, "uebernehmen"
    )
    yield _gruppe("In Ihrer Prüfung", in_pruefung.order_by("eingereicht_am", "pk"), _eingang)


def _beratungen(person, mitarbeiten):
    stellen = mitarbeiten.filter(rolle__in=BERATENDE).values("netzwerkstelle")
    angefragt = Beratung.objects.filter(netzwerkstelle__in=stellen, status=Beratungsstand.ANGEFRAGT)
    zeilen = list(angefragt.select_related("schule").order_by("angefragt_am", "pk")[: MOST + 1])
    karten = [_beratungskarte(b, f"angefragt am {_tag(b.angefragt_am)}") for b in zeilen[:MOST]]
    return Gruppe("Bitten um Beratung", karten, reverse("beratungen:liste") if len(zeilen) > MOST else "")


def _beratungskarte(beratung, zeit) -> Karte:
    return Karte(beratung.titel, str(beratung.schule), zeit, reverse("beratungen:beratung", args=[beratung.pk]))


def _im_entwurf(person, sicht):
    eigene = sicht.filter(verfasst_durch=person, status=Status.ENTWURF)
    yield _gruppe("Ihre Entwürfe", eigene.order_by("-geaendert_am", "-pk"), _seit_bewegung)
    beraten = Beratung.objects.visible_to(person).beraten().filter(angefragt_durch=person, antraege=None)
    karten = [_beratungskarte(b, "Der Antrag kann beginnen.") for b in beraten.select_related("schule")[:MOST]]
    yield Gruppe("Nach der Beratung", karten, "")


def _im_haus(person):
    """What the own office still has to confirm, and who was invited and has not come yet."""
    meine = person.mitarbeiten.gueltig().filter(rolle__in=STELLE).values("netzwerkstelle")
    unsicher = {
        feld: Count(feld, filter=Q(**{f"{feld}__zu_bestaetigen": True}), distinct=True)
        for feld in ("standorte", "ansprechpersonen", "traegerschaften")
    }
    offen = Q(einladungen__angenommen_am=None, einladungen__zurueckgenommen_am=None, einladungen__pk__isnull=False)
    stellen = Netzwerkstelle.objects.filter(pk__in=meine).annotate(
        offene_einladungen=Count("einladungen", filter=offen, distinct=True),
        **{f"unsichere_{feld}": zahl for feld, zahl in unsicher.items()},
    )
    angaben, einladungen = [], []
    for stelle in stellen:
        adresse = reverse("netzwerkstellen:verwaltung", args=[stelle.slug])
        zahl = stelle.email_zu_bestaetigen + sum(getattr(stelle, f"unsichere_{feld}") for feld in unsicher)
        if zahl:
            titel = "Eine Angabe ist zu bestätigen" if zahl == 1 else f"{zahl} Angaben sind zu bestätigen"
            angaben.append(Karte(titel, stelle.name, "", adresse))
        if stelle.offene_einladungen:
            zahl = stelle.offene_einladungen
            titel = "Eine Einladung ist noch offen" if zahl == 1 else f"{zahl} Einladungen sind noch offen"
            einladungen.append(Karte(titel, stelle.name, "", adresse))
    yield Gruppe("Ihre Netzwerkstelle", angaben + einladungen, "")


def _antraege(person):
    offen = Nachforderung.objects.filter(antrag=OuterRef("pk"), beantwortet_am=None)
    return Antrag.objects.visible_to(person).for_list().annotate(frist=Subquery(offen.values("frist")[:1]))


def _gruppe(titel: str, antraege, zeit: Callable, schritt: str = "") -> Gruppe:
    """The first cases of this group as cards; `schritt` names the step a card leads to, else it leads to the case."""
    zeilen: list[Antrag] = list(antraege[: MOST + 1])
    karten = [
        Karte(
            antrag.anzeigetitel,
            " · ".join(filter(None, [antrag.nummer, str(antrag.schule)])),
            zeit(antrag),
            reverse("antraege:schritt", args=[antrag.pk, schritt]) if schritt else antrag.get_absolute_url(),
        )
        for antrag in zeilen[:MOST]
    ]
    return Gruppe(titel, karten, reverse("antraege:liste") if len(zeilen) > MOST else "")


def _frist(antrag) -> str:
    return f"Antwort bis {date_format(antrag.frist, 'd.m.Y')}"


def _eingang(antrag) -> str:
    return f"eingereicht am {_tag(antrag.eingereicht_am)}"


def _seit_bewegung(antrag) -> str:
    return f"seit dem {_tag(antrag.geaendert_am)}"


def _tag(moment) -> str:
    return date_format(timezone.localtime(moment), "d.m.Y")
