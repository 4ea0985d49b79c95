"""What waits for one person, over all their hats: each thing one card with one link; the queries are constant."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from angebote.antrag.models import Antrag
from angebote.antrag.uebergabe import verwaist
from angebote.antrag.workflow import ABLAUF, KOPF, SCHULE, STELLE, Status
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import BERATENDE
from angebote.beratung.workflow import Status as Beratungsstand
from angebote.pruefung.models import Nachforderung, Stellungnahme
from gremien.models import Sitzung
from gremien.sitzung.workflow import Status as Sitzungsstand
from netzwerkstellen.models import Netzwerkstelle, Registrierung
from netzwerkstellen.registrierung.services import entscheidende
from schulerfolg.konten.permissions import LANDESROLLEN, SCHULROLLEN, STELLENROLLEN, Rolle
from schulerfolg.zeit import datum

MOST = 6
IN_PRUEFUNG = [Status.FORMALPRUEFUNG, Status.FACHPRUEFUNG]
WAS = {
    Sitzungsstand.GEPLANT: "Tagesordnung machen und einladen",
    Sitzungsstand.EINGELADEN: "Unterlagen lesen",
    Sitzungsstand.LAUFEND: "läuft gerade",
}


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
    gruppen = [
        *_im_gremium(person),
        *_anmeldungen(person),
        *_als_schule(person, sicht),
        *_als_stelle(person, sicht),
        *_im_entwurf(person, sicht),
        *_im_haus(person),
        *_in_vertretung(person, sicht),
    ]
    return [gruppe for gruppe in gruppen if gruppe.karten]


def vorschlag(person, huete) -> Vorschlag:
    rollen = {hut.rolle for hut in huete}
    if not rollen.isdisjoint(SCHULROLLEN):
        text = "Haben Sie eine Idee für ein Projekt an Ihrer Schule? Drei Sätze genügen."
        return Vorschlag(text, reverse("beratungen:neu"), "Ich habe eine Idee")
    if not rollen.isdisjoint({*STELLENROLLEN, *LANDESROLLEN}):
        return Vorschlag(
            "Alle Anträge und ihre Stände finden Sie in der Liste.", reverse("antraege:liste"), "Zur Liste"
        )
    if Rolle.GREMIUM in rollen:
        text = "Zur nächsten Sitzung bekommen Sie eine Mail. Frühere Sitzungen können Sie nachlesen."
        return Vorschlag(text, reverse("sitzungen:liste"), "Zu den Sitzungen")
    if anmeldung := person.registrierungen.wartend().for_list().first():
        return Vorschlag(_wer_freigibt(anmeldung), reverse("registrieren"), "Ihre Anfrage ansehen")
    return Vorschlag(
        "Sie haben im Portal noch keine Rolle. Ihre Netzwerkstelle oder Ihre Schulleitung kann Sie einladen, "
        "oder Sie beantragen den Zugang zu Ihrer Schule selbst.",
        reverse("registrieren"),
        "Zugang beantragen",
    )


def _wer_freigibt(anmeldung) -> str:
    """For somebody without a hat: who approves, and until when."""
    namen = [str(wer) for wer in entscheidende(anmeldung)][:MOST]
    wer = ", ".join(namen) if namen else str(anmeldung.schule.netzwerkstelle)
    return (
        f"Ihre Adresse ist bestätigt. Ihr Zugang als {anmeldung.get_rolle_display()} an {anmeldung.schule} wartet noch "
        f"auf Freigabe. Entscheiden kann: {wer}. Meist dauert das wenige Tage, längstens bis zum "
        f"{datum(anmeldung.wartet_bis)}; Sie bekommen dann eine Mail."
    )


def _anmeldungen(person):
    """Who has asked for a role at a school that this person may approve. One query."""
    wartend = Registrierung.objects.fuer_kollegen(person).wartend().for_list()
    karten = [
        Karte(
            f"{anmeldung.wer} möchte mitarbeiten: {anmeldung.get_rolle_display()}",
            str(anmeldung.schule),
            f"Entscheidung bis {datum(anmeldung.wartet_bis)}",
            anmeldung.get_absolute_url(),
        )
        for anmeldung in wartend[:MOST]
    ]
    yield Gruppe("Warten auf Ihre Freigabe", karten, "")


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
    in_pruefung = meine.filter(status__in=IN_PRUEFUNG).exclude(Exists(offen))
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
    karten = [_beratungskarte(b, f"angefragt am {datum(b.angefragt_am)}") for b in zeilen[:MOST]]
    return Gruppe("Bitten um Beratung", karten, reverse("beratungen:liste") if len(zeilen) > MOST else "")


def _beratungskarte(beratung, zeit) -> Karte:
    return Karte(beratung.titel, str(beratung.schule), zeit, reverse("beratungen:beratung", args=[beratung.pk]))


def _im_entwurf(person, sicht):
    eigene = sicht.filter(verfasst_durch=person, status=Status.ENTWURF)
    yield _gruppe("Ihre Entwürfe", eigene.order_by("-geaendert_am", "-pk"), _seit_bewegung)
    beraten = Beratung.objects.visible_to(person).beraten().filter(angefragt_durch=person, antraege=None)
    karten = [_beratungskarte(b, "Der Antrag kann beginnen.") for b in beraten.select_related("schule")[:MOST]]
    yield Gruppe("Nach der Beratung", karten, "")


def _in_vertretung(person, sicht):
    """What waits for somebody who is away today, as far as this person may see and do it. One query more for each."""
    hier = person.mitarbeiten.gueltig().arbeitend().values("netzwerkstelle")
    for zeile in person.vertretungen.heute():
        betreut = Q(zustaendig=zeile.person, status__in=[*IN_PRUEFUNG, Status.NACHFORDERUNG], netzwerkstelle__in=hier)
        entwuerfe = Q(verfasst_durch=zeile.person, status=Status.ENTWURF)
        titel = f"In Vertretung für {zeile.person}, abwesend bis {zeile.bis:%d.%m.%Y}"
        yield _gruppe(titel, sicht.filter(betreut | entwuerfe).order_by("geaendert_am", "pk"), _seit_bewegung)


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
    yield Gruppe("Ihre Netzwerkstelle", [*_verwaiste(person), *angaben, *einladungen], "")


def _verwaiste(person):
    """For a Leitung: what still lies with somebody who no longer works on cases of the office. One query."""
    for rest in verwaist(person.mitarbeiten.gueltig().leitungen().values("netzwerkstelle")):
        zahl = "Ein Vorgang" if rest["zahl"] == 1 else f"{rest['zahl']} Vorgänge"
        adresse = reverse("personen:kollegin_uebergeben", args=[rest["slug"], rest["mitarbeit"]])
        yield Karte(f"{zahl} von {rest['wer']} übergeben", rest["stelle"], "dort nicht mehr zuständig", adresse)


def _im_gremium(person):
    """The meetings of the own committees that run or come, and what is missing before the papers open. Two queries."""
    sitze = list(person.mitgliedschaften.gueltig().select_related("gremium__netzwerkstelle"))
    offen = [
        Karte("Verpflichtung zur Verschwiegenheit fehlt", str(sitz.gremium), "", sitz.gremium.get_absolute_url())
        for sitz in sitze
        if sitz.verschwiegen_am is None
    ]
    if not sitze:
        return
    eigene = Sitzung.objects.visible_to(person).filter(gremium__in=[sitz.gremium_id for sitz in sitze])
    kommende = list(eigene.kommend().select_related("gremium")[: MOST + 1])
    karten = [
        Karte(f"Sitzung {s.nummer}: {WAS[s.status]}", str(s.gremium), _beginn(s), s.get_absolute_url())
        for s in kommende[:MOST]
    ]
    yield Gruppe("Ihre Gremien", offen + karten, reverse("sitzungen:liste") if len(kommende) > MOST else "")


def _beginn(sitzung) -> str:
    return date_format(timezone.localtime(sitzung.beginn), "l, j. F, H:i") + " Uhr"


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
    return f"Antwort bis {datum(antrag.frist)}"


def _eingang(antrag) -> str:
    return f"eingereicht am {datum(antrag.eingereicht_am)}"


def _seit_bewegung(antrag) -> str:
    return f"seit dem {datum(antrag.geaendert_am)}"
