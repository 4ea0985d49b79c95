"""Addresses of the demo world: for every named route one object of Harz that it can name."""

from django.urls import reverse

from angebote.models import Anlage, Antrag, Beratung, Budget, Foerderregel, Schriftstueck
from gremien.models import Befangenheit, Mitgliedschaft, Sitzung, Tagesordnungspunkt
from netzwerkstellen.models import (
    Ansprechperson,
    Einladung,
    Mitarbeit,
    Netzwerkstelle,
    Schulsozialarbeit,
    Schulzugehoerigkeit,
)
from schulerfolg.akte.models import Dokument
from schulerfolg.berichte.models import Bericht
from schulerfolg.konten.models import Nachricht, Person

WORTE = {
    "antraege:schritt": "uebernehmen",
    "beratungen:schritt": "beraten",
    "berichte:schritt": "veroeffentlichen",
    "sitzungen:schritt": "absagen",
}
STAND = {  # the status whose Antrag an address is about; else one that is submitted
    "antraege:abschnitt": "entwurf",
    "antraege:teilen": "entwurf",
    "antraege:pruefliste": "formalpruefung",
    "antraege:stellungnahme": "fachpruefung",
    "antraege:anlage_entfernen": "entwurf",
}


def ergaenzen() -> None:
    """What only the worker makes: one document of school A's application, and a contact of Harz."""
    dokument = Dokument.objects.create(art="antrag", name="antrag.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
    antrag = Antrag.objects.filter(schule=_schule_a(), status="eingereicht").order_by("pk").first()
    Schriftstueck.objects.create(antrag=antrag, art="antrag", titel="Antrag", dokument=dokument)
    Ansprechperson.objects.create(netzwerkstelle=Netzwerkstelle.objects.get(slug="harz"), name="Vera Kern")


def adresse(name: str, params: list[str]) -> str:
    """The address of this route with objects of Harz and of school A in its place."""
    return reverse(name, kwargs={param: _wert(name, param) for param in params})


def _wert(name, param):
    harz = Netzwerkstelle.objects.get(slug="harz")
    if param == "slug":
        return "harz" if name.startswith("netzwerkstellen") else Bericht.objects.get(status="veroeffentlicht").slug
    if param in ("token", "key", "uidb36"):
        return {"token": "kein-gueltiger-link", "key": "x-y", "uidb36": "1"}[param]
    if param in ("name", "schritt"):
        return WORTE.get(name, "projekt")
    if param in ("schule_pk",):
        return _schule_a().pk
    return _objekt(name, param, harz).pk


def _schule_a():
    return Person.objects.get(email="lehrkraft.a@demo.example").schulzugehoerigkeiten.get().schule


def _objekt(name, param, harz):
    bereich, _, wort = name.rpartition(":")
    if bereich == "antraege":
        return _antragsobjekt(name, param, harz)
    if bereich in ("gremien", "sitzungen"):
        return _gremienobjekt(name, bereich, param, harz)
    if bereich == "netzwerkstellen":
        return _stellenobjekt(wort, harz)
    if bereich == "berichte":
        return Bericht.objects.filter(status="entwurf").first()
    first = {
        "beratungen": lambda: Beratung.objects.filter(schule=_schule_a(), status="angefragt").first(),
        "budget": lambda: Budget.objects.filter(netzwerkstelle=harz).first(),
        "foerderregeln": lambda: Foerderregel.objects.filter(netzwerkstelle=harz).first(),
        "": lambda: Nachricht.objects.first(),
    }
    return first[bereich]()


def _antragsobjekt(name, param, harz):
    eigene = Antrag.objects.filter(schule=_schule_a())
    if param == "anlage_pk" or name.startswith("antraege:anlage"):
        anlage = Anlage.objects.filter(antrag__netzwerkstelle=harz, antrag__schule=_schule_a()).first()
        return anlage if param == "anlage_pk" else anlage.antrag
    if param == "schriftstueck_pk" or name == "antraege:schriftstueck":
        stueck = Schriftstueck.objects.filter(antrag__schule=_schule_a()).first()
        return stueck if param == "schriftstueck_pk" else stueck.antrag
    return eigene.filter(status=STAND.get(name, "eingereicht")).order_by("pk").first()


def _gremienobjekt(name, bereich, param, harz):
    if bereich == "gremien":
        gremium = harz.gremien.get(beschliesst=True)
        return gremium if param == "pk" else Mitgliedschaft.objects.filter(gremium=gremium, rolle="mitglied").first()
    punkt = Tagesordnungspunkt.objects.filter(sitzung=_sitzung(harz), antrag__isnull=False).order_by("position").first()
    befangenheit = Befangenheit.objects.filter(punkt__sitzung=_sitzung(harz)).first()
    return {
        "pk": lambda: _sitzung(harz),
        "punkt": lambda: befangenheit.punkt if name == "sitzungen:entscheiden" else punkt,
        "mitglied": lambda: Mitgliedschaft.objects.filter(gremium=_sitzung(harz).gremium).first(),
        "befangenheit": lambda: befangenheit,
    }[param]()


def _sitzung(harz):
    return Sitzung.objects.filter(gremium__netzwerkstelle=harz, status="laufend").get()


def _stellenobjekt(wort, harz):
    first = {
        "ansprechperson": lambda: harz.ansprechpersonen.order_by("pk").last(),
        "standort": lambda: harz.standorte.first(),
        "traegerschaft": lambda: harz.traegerschaften.first(),
        "mitarbeit": lambda: Mitarbeit.objects.filter(netzwerkstelle=harz, rolle="sachbearbeitung").first(),
        "rolle": lambda: Mitarbeit.objects.filter(netzwerkstelle=harz, rolle="sachbearbeitung").first(),
        "einladung": lambda: Einladung.objects.filter(netzwerkstelle=harz, angenommen_am=None).first(),
        "schulsozialarbeit": lambda: Schulsozialarbeit.objects.filter(schule=_schule_a()).first(),
        "zugehoerigkeit": lambda: Schulzugehoerigkeit.objects.filter(schule=_schule_a()).first(),
    }
    return first[wort.partition("_")[0]]()
