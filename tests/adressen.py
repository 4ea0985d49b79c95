"""Addresses of the demo world: for every named route a row of Harz that it can name, and a row of somebody else."""

from datetime import timedelta
from functools import cache
from operator import attrgetter

from django.urls import get_resolver, reverse
from django.utils import timezone

from angebote.models import Anlage, Antrag, Beratung, Budget, Foerderregel, Foerderrunde, Nachricht, Schriftstueck
from gremien.models import Befangenheit, Gremium, Mitgliedschaft, Sitzung, Tagesordnungspunkt
from netzwerkstellen.models import (
    Ansprechperson,
    Einladung,
    Mitarbeit,
    Netzwerkstelle,
    Registrierung,
    Schule,
    Schulsozialarbeit,
    Schulzugehoerigkeit,
    Standort,
    Traegerschaft,
)
from schulerfolg.akte.models import Auftrag, Dokument, Lebenszeichen
from schulerfolg.dach.ansicht.models import DAUER, Ansicht
from schulerfolg.dach.berichte.models import Bericht
from schulerfolg.konten.models import Abwesenheit, Landesrolle, Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit

TIEFE = (
    "befangenheit",
    "punkt",
    "mitglied",
    "anlage_pk",
    "schriftstueck_pk",
    "nachricht_pk",
    "pk",
    "schule_pk",
    "slug",
)
MISSING = 2_000_000_000
TEILT_INHALTE = "SDL"
EIGENE_STELLEN = ["harz", "boerde"]  # where the people of the demo world belong
WORTE = {
    "antraege:schreiben": "formal_ablehnen",
    "antraege:schritt": "uebernehmen",
    "beratungen:schritt": "beraten",
    "berichte:schritt": "veroeffentlichen",
    "sitzungen:schritt": "absagen",
}
STAND = {  # the status whose Antrag an address is about; else one that is submitted
    "antraege:abschnitt": "entwurf",
    "antraege:teilen": "entwurf",
    "antraege:zusammenarbeit": "entwurf",
    "antraege:erinnerung": "entwurf",
    "antraege:korrekturen": "nachforderung",
    "antraege:pruefliste": "formalpruefung",
    "antraege:schreiben": "formalpruefung",
    "antraege:stellungnahme": "fachpruefung",
    "antraege:anlagen": "eingereicht",
    "antraege:anlage_entfernen": "eingereicht",
    "antraege:anlage_zurueckholen": "eingereicht",
}
# Where the other words of an address stand, seen from the row that it names.
KETTE: dict[type, dict[str, str]] = {
    Anlage: {"anlage_pk": "pk", "pk": "antrag_id"},
    Nachricht: {"nachricht_pk": "pk", "pk": "antrag_id"},
    Schriftstueck: {"schriftstueck_pk": "pk", "pk": "antrag_id"},
    Befangenheit: {"befangenheit": "pk", "punkt": "punkt_id", "pk": "punkt.sitzung_id"},
    Tagesordnungspunkt: {"punkt": "pk", "pk": "sitzung_id"},
    Mitgliedschaft: {"mitglied": "pk", "pk": "gremium_id"},
    Schule: {"schule_pk": "pk", "slug": "netzwerkstelle.slug"},
    Schulsozialarbeit: {"pk": "pk", "schule_pk": "schule_id", "slug": "schule.netzwerkstelle.slug"},
    Schulzugehoerigkeit: {"pk": "pk", "schule_pk": "schule_id", "slug": "schule.netzwerkstelle.slug"},
    **{
        model: {"pk": "pk", "slug": "netzwerkstelle.slug", "schule_pk": "schule_id"}
        for model in (Ansprechperson, Standort, Traegerschaft, Mitarbeit, Einladung)
    },
}
# How a row belongs to its office.
STELLE: dict[type, str] = {
    Netzwerkstelle: "",
    Anlage: "antrag__netzwerkstelle__",
    Nachricht: "antrag__netzwerkstelle__",
    Schriftstueck: "antrag__netzwerkstelle__",
    Sitzung: "gremium__netzwerkstelle__",
    Mitgliedschaft: "gremium__netzwerkstelle__",
    Tagesordnungspunkt: "sitzung__gremium__netzwerkstelle__",
    Befangenheit: "punkt__sitzung__gremium__netzwerkstelle__",
    Registrierung: "schule__netzwerkstelle__",
    Schulsozialarbeit: "schule__netzwerkstelle__",
    Schulzugehoerigkeit: "schule__netzwerkstelle__",
    **dict.fromkeys([Antrag, Beratung, Budget, Foerderregel, Foerderrunde, Gremium, Schule], "netzwerkstelle__"),
    **dict.fromkeys([Ansprechperson, Standort, Traegerschaft, Mitarbeit, Einladung], "netzwerkstelle__"),
}


def ergaenzen() -> None:
    """What the demo world leaves out: documents of the worker, a Befangenheit elsewhere, a look as somebody else, an
    office that shares its contents; and the helpers behind the pages, which are well as long as the tests last.

    Called once, when the full world is built.
    """
    for antrag in (eigener_antrag("eingereicht"), fremde(Antrag).filter(status="eingereicht").first()):
        dokument = Dokument.objects.create(art="antrag", name="a.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
        Schriftstueck.objects.create(antrag=antrag, art="antrag", titel="Antrag", dokument=dokument)
        plan = Dokument.objects.create(art="anlage", name="b.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7 b")
        Anlage.objects.create(antrag=antrag, art="angebot", dokument=plan, hochgeladen_durch=antrag.verfasst_durch)
    Ansprechperson.objects.create(netzwerkstelle=Netzwerkstelle.objects.get(slug="harz"), name="Vera Kern")
    _fremde_nachricht(antrag)
    punkt = fremde(Tagesordnungspunkt).first()
    mitglied = punkt.sitzung.gremium.mitgliedschaften.first()
    vorbild = Befangenheit.objects.first()
    felder = {feld.attname: getattr(vorbild, feld.attname) for feld in Befangenheit._meta.concrete_fields}
    Befangenheit.objects.create(**felder | {"id": None, "punkt_id": punkt.pk, "mitgliedschaft_id": mitglied.pk})
    jetzt, koordination = timezone.now(), Person.objects.get(email="koordination@demo.example")
    Ansicht.objects.create(
        person=_leitung(), durch=koordination, begruendung="Hilfe", begonnen_am=jetzt, hoechstens_bis=jetzt + DAUER
    )
    make_mitarbeit(Netzwerkstelle.objects.get(slug="harz"), Rolle.PRUEFUNG)
    Netzwerkstelle.objects.filter(kuerzel=TEILT_INHALTE).update(teilt_inhalte=True)
    for helfer in Lebenszeichen.Helfer:
        Lebenszeichen.objects.create(helfer=helfer, am=jetzt + timedelta(days=1))
    for wartend in (Auftrag, Mail):
        wartend.objects.offen().update(versuche=1)


def _fremde_nachricht(antrag) -> None:
    """A message with a file, from a school nobody of the cast has to do with."""
    dokument = Dokument.objects.create(art="nachricht", name="n.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
    frist, durch = timezone.localdate() + timedelta(days=7), antrag.verfasst_durch
    Nachricht.objects.create(antrag=antrag, art="an_stelle", text="Fremd.", durch=durch, frist=frist, dokument=dokument)


def alle_adressen() -> None:
    """From now on every address stays the same: it is looked up here, before a test adds rows that go again."""
    for name in routes():
        adresse(name)


@cache
def routes() -> dict[str, list[str]]:
    """Every named address of the portal with its parameters."""

    def walk(patterns, namespace=""):
        for entry in patterns:
            if hasattr(entry, "url_patterns"):
                yield from walk(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else namespace)
            elif entry.name:
                regex = getattr(entry.pattern, "regex", None)
                yield namespace + entry.name, sorted(regex.groupindex)

    return dict(walk(get_resolver().url_patterns))


@cache
def adresse(name: str) -> str:
    """The address of this route with a row of Harz, or of school A, in its place."""
    params = routes()[name]
    return reverse(name, kwargs=_werte(name, params, _zeile(name, params)))


@cache
def fremde_und_fehlende(name: str) -> list[tuple[str, str]]:
    """Pairs of addresses that must be answered alike: a row nobody of the cast has to do with, and no row at all.

    First alone, with its own parents; then below what belongs to Harz, as somebody would who mixes two addresses.
    Empty where the route names no row that belongs to one office.
    """
    params = routes()[name]
    zeile = _zeile(name, params)
    if type(zeile) not in STELLE:
        return []
    fremd = _werte(name, params, fremde(type(zeile)).order_by("pk").first())
    eigen = _werte(name, params, zeile)
    fehlt = {param: "gibt-es-nicht" if param == "slug" else MISSING for param in params if param in TIEFE}
    tiefste = _tiefste(params)
    paare = [(fremd, fremd | fehlt)]
    if len(fehlt) > 1:
        paare.append((eigen | {tiefste: fremd[tiefste]}, eigen | {tiefste: fehlt[tiefste]}))
    return [(reverse(name, kwargs=da), reverse(name, kwargs=weg)) for da, weg in paare]


def fremde(model):
    """Rows of offices where none of the people of the demo world belongs."""
    return model.objects.exclude(**{f"{STELLE[model]}slug__in": EIGENE_STELLEN})


def eigener_antrag(status):
    return Antrag.objects.filter(schule=_schule_a(), status=status).order_by("pk").first()


def _tiefste(params):
    return next((param for param in TIEFE if param in params), None)


def _werte(name, params, zeile) -> dict:
    kette = KETTE.get(type(zeile), {})
    werte = {}
    for param in params:
        if param in ("token", "key", "uidb36"):
            werte[param] = {"token": "kein-gueltiger-link", "key": "x-y", "uidb36": "1"}[param]
        elif param in ("name", "schritt"):
            werte[param] = WORTE.get(name, "projekt")
        elif name.startswith("sitzungen") and isinstance(zeile, Mitgliedschaft) and param == "pk":
            werte[param] = zeile.gremium.sitzungen.order_by("-status", "pk").first().pk
        elif param == "abwesenheit_pk":
            werte[param] = getattr(zeile.person.abwesenheiten.first(), "pk", MISSING)
        elif param == "andere_pk":
            werte[param] = Person.objects.get(email="lehrkraft.b@demo.example").pk
        elif param == "dokument":
            werte[param] = MISSING
        else:
            werte[param] = attrgetter(kette.get(param, "slug" if param == "slug" else "pk"))(zeile)
    return werte


def _zeile(name, params):
    """The row of Harz that the deepest number of the address names."""
    param = _tiefste(params)
    if param is None:
        return None
    bereich, _, wort = name.rpartition(":")
    harz = Netzwerkstelle.objects.get(slug="harz")
    if bereich == "einblick":
        bereich = {"antrag": "antraege", "sitzung": "sitzungen"}[wort]
    if bereich == "antraege":
        return _antragszeile(name, param, harz)
    if bereich in ("gremien", "sitzungen"):
        return _gremienzeile(name, bereich, param, harz)
    if bereich == "netzwerkstellen":
        return harz if param == "slug" else _schule_a() if param == "schule_pk" else _stellenzeile(wort, harz)
    if bereich in ("kollegium", "personen", ""):
        return _menschenzeile(bereich, wort, param)
    first = {
        "berichte": lambda: Bericht.objects.get(status="veroeffentlicht" if param == "slug" else "entwurf"),
        "beratungen": lambda: Beratung.objects.filter(schule=_schule_a(), status="angefragt").first(),
        "budget": lambda: Budget.objects.filter(netzwerkstelle=harz).first(),
        "foerderregeln": lambda: harz if param == "slug" else Foerderregel.objects.filter(netzwerkstelle=harz).first(),
        "foerderrunden": lambda: harz if param == "slug" else Foerderrunde.objects.filter(netzwerkstelle=harz).first(),
        "einrichtung": lambda: harz,
        "auskunft": lambda: harz,
        "ansicht": lambda: Ansicht.objects.order_by("pk").first() if wort == "ansicht" else _leitung(),
        "schulwechsel": _schule_a,
        "pruefrechte": lambda: _pruefrecht(Landesrolle if wort.endswith("land") else Mitarbeit),
    }
    return first[bereich]()


def _menschenzeile(bereich, wort, param):
    """Somebody of school A, of the Harz office, or one of their mails and requests."""
    if param == "schule_pk" or wort == "registrieren_schule":
        return _schule_a()
    if bereich == "personen" and wort.startswith(("mitarbeit", "kollegin")):
        return Person.objects.get(email="sachbearbeitung.harz@demo.example").mitarbeiten.get()
    if bereich == "personen":
        return Person.objects.get(email="lehrkraft.a@demo.example")
    rows = {
        "einladung": Einladung.objects.filter(schule=_schule_a(), angenommen_am=None),
        "zugehoerigkeit": Schulzugehoerigkeit.objects.filter(schule=_schule_a(), rolle="schule_mitarbeit"),
        "registrierung": Registrierung.objects.filter(schule=_schule_a(), rolle="schule_mitarbeit"),
        "abwesenheit": Abwesenheit.objects.filter(person__email="sachbearbeitung.harz@demo.example"),
    }
    return rows.get(wort.partition("_")[0], Mail.objects).first()


def _laufende_sitzung(harz):
    return Sitzung.objects.get(gremium__netzwerkstelle=harz, status="laufend")


def _pruefrecht(model):
    return model.objects.filter(rolle=Rolle.PRUEFUNG).order_by("pk").first()


def _leitung():
    return Person.objects.get(email="leitung.harz@demo.example")


def _schule_a():
    return Person.objects.get(email="lehrkraft.a@demo.example").schulzugehoerigkeiten.get().schule


def _antragszeile(name, param, harz):
    if param == "anlage_pk":
        anlagen = Anlage.objects.filter(antrag__netzwerkstelle=harz, antrag__schule=_schule_a())
        return anlagen.filter(antrag__status=STAND.get(name, "eingereicht")).first()
    if param == "nachricht_pk":
        return Nachricht.objects.filter(antrag__schule=_schule_a()).exclude(dokument=None).first()
    if param == "schriftstueck_pk":
        return Schriftstueck.objects.filter(antrag__schule=_schule_a()).first()
    return eigener_antrag(STAND.get(name, "eingereicht"))


def _gremienzeile(name, bereich, param, harz):
    sitzung = _laufende_sitzung(harz)
    if bereich == "gremien":
        gremium = harz.gremien.get(beschliesst=True)
        return gremium if param == "pk" else Mitgliedschaft.objects.filter(gremium=gremium, rolle="mitglied").first()
    return {
        "pk": lambda: sitzung,
        "punkt": lambda: sitzung.punkte.filter(antrag__isnull=False, befangenheiten=None).order_by("position").first(),
        "mitglied": lambda: Mitgliedschaft.objects.filter(gremium=sitzung.gremium).first(),
        "befangenheit": lambda: Befangenheit.objects.filter(punkt__sitzung=sitzung).first(),
    }[param]()


def _stellenzeile(wort, harz):
    first = {
        "ansprechperson": lambda: harz.ansprechpersonen.order_by("pk").last(),
        "standort": lambda: harz.standorte.first(),
        "traegerschaft": lambda: harz.traegerschaften.first(),
        "mitarbeit": lambda: Mitarbeit.objects.filter(netzwerkstelle=harz, rolle="sachbearbeitung").first(),
        "kollegin": lambda: Mitarbeit.objects.gueltig().filter(netzwerkstelle=harz, rolle="sachbearbeitung").first(),
        "rolle": lambda: Mitarbeit.objects.filter(netzwerkstelle=harz, rolle="sachbearbeitung").first(),
        "einladung": lambda: Einladung.objects.filter(netzwerkstelle=harz, angenommen_am=None).first(),
        "schulsozialarbeit": lambda: Schulsozialarbeit.objects.filter(schule=_schule_a()).first(),
        "zugehoerigkeit": lambda: Schulzugehoerigkeit.objects.filter(schule=_schule_a()).first(),
    }
    return first[wort.partition("_")[0]]()
