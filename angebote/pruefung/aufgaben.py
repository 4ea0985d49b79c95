"""What waits between school and office while an Antrag is checked, and what a colleague who is away left there."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from angebote.antrag.aufgaben import antragsgruppe, seit_bewegung
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF
from angebote.pruefung.bedingungen import unterschreibt
from angebote.pruefung.models import Nachforderung, Stellungnahme
from schulerfolg.aufgaben import Dringlichkeit
from schulerfolg.zeit import datum

PRUEFEN = (RECHTE["pruefliste"], RECHTE["stellung_nehmen"])
BEENDEN, BESTAETIGEN, UEBERNEHMEN = (
    ABLAUF.transitions[name] for name in ("ohne_antwort_beenden", "bestaetigen", "uebernehmen")
)
BEANTWORTEN = {False: ABLAUF.transitions["nachreichen"], True: ABLAUF.transitions["nachreichen_fachlich"]}
"""By whether the fachliche Prüfung asked."""


def aufgaben(person):
    yield from _rueckfragen(person)
    yield from _pruefung(person)
    yield from _in_vertretung(person)


def _rueckfragen(person):
    offen = Nachforderung.objects.filter(antrag=OuterRef("pk"), beantwortet_am=None)
    antraege = Antrag.objects.annotate(frist=Subquery(offen.values("frist")[:1])).order_by("frist", "pk")
    markiert = offen.filter(markierungen__isnull=False)
    for fachlich, step in BEANTWORTEN.items():
        hier = antraege.offered_to(person, step).filter(Exists(offen.filter(fachlich=fachlich)))
        yield antragsgruppe(
            Dringlichkeit.RUECKFRAGE,
            "Rückfragen an Sie",
            hier.filter(~Exists(markiert)),
            _frist,
            schritt=step.name,
            knopf="Rückfragen beantworten",
        )
        yield antragsgruppe(
            Dringlichkeit.STILLSTAND,
            "Korrekturen, die Sie unterschreiben",
            hier.filter(Exists(markiert.filter(vorgelegt_am__isnull=False))).for_page(),
            _frist,
            schritt=step.name,
            knopf="Korrekturen lesen und absenden",
            nur=lambda antrag: unterschreibt(antrag, person),
        )
    korrigieren = antraege.offered_to(person, *BEANTWORTEN.values()).filter(Exists(markiert))
    yield antragsgruppe(
        Dringlichkeit.RUECKFRAGE,
        "Angaben, die Sie korrigieren",
        korrigieren.filter(~Exists(markiert.filter(vorgelegt_am__isnull=False))),
        _frist,
        seite="antraege:korrekturen",
        knopf="Angaben korrigieren",
    )
    vorbei = antraege.offered_to(person, BEENDEN).filter(zustaendig=person, frist__lt=timezone.localdate())
    yield antragsgruppe(Dringlichkeit.STILLSTAND, "Rückfragen, deren Frist vorbei ist", vorbei, _frist)


def _pruefung(person):
    offen = Stellungnahme.objects.filter(antrag=OuterRef("pk")).offen()
    wartend = Stellungnahme.objects.wartend()
    zurueck = Stellungnahme.objects.offen().filter(zurueckgabe__isnull=False).verfasst_von(person)
    schreibend = Antrag.objects.offered_to(person, RECHTE["stellung_nehmen"])
    zu_bestaetigen = Antrag.objects.offered_to(person, BESTAETIGEN).filter(
        pk__in=wartend.nicht_verfasst_von(person).values("antrag")
    )
    yield antragsgruppe(
        Dringlichkeit.STILLSTAND,
        "Stellungnahmen, die Sie überarbeiten",
        schreibend.filter(pk__in=zurueck.values("antrag")).order_by("geaendert_am", "pk"),
        _zurueckgegeben,
    )
    yield antragsgruppe(
        Dringlichkeit.STILLSTAND,
        "Stellungnahmen, die Sie bestätigen können",
        zu_bestaetigen.order_by("geaendert_am", "pk"),
        seit_bewegung,
        schritt=BESTAETIGEN.name,
        knopf="Stellungnahme lesen und bestätigen",
    )
    neu = Antrag.objects.offered_to(person, UEBERNEHMEN).order_by("eingereicht_am", "pk")
    yield antragsgruppe(Dringlichkeit.ARBEIT, "Neue Anträge", neu, _eingang, schritt=UEBERNEHMEN.name)
    meine = Antrag.objects.offered_to(person, *PRUEFEN).filter(~Exists(offen), zustaendig=person)
    beantwortet = meine.last_moved_by(*(step.name for step in BEANTWORTEN.values())).order_by("geaendert_am", "pk")
    yield antragsgruppe(Dringlichkeit.STILLSTAND, "Antworten auf Ihre Rückfragen", beantwortet, _antwort)
    andere = meine.exclude(pk__in=beantwortet.order_by().values("pk")).order_by("eingereicht_am", "pk")
    yield antragsgruppe(Dringlichkeit.ARBEIT, "In Ihrer Prüfung", andere, _eingang)


def _in_vertretung(person):
    """As far as this person may do it themselves. One query more for each whom they stand in for."""
    for zeile in person.vertretungen.heute():
        betreut = Antrag.objects.offered_to(person, *PRUEFEN, BEENDEN).filter(zustaendig=zeile.person)
        entwuerfe = Antrag.objects.offered_to(person, RECHTE["bearbeiten"]).filter(verfasst_durch=zeile.person)
        titel = f"In Vertretung für {zeile.person}, abwesend bis {zeile.bis:%d.%m.%Y}"
        beides = (betreut | entwuerfe).order_by("geaendert_am", "pk")
        yield antragsgruppe(Dringlichkeit.VERTRETUNG, titel, beides, seit_bewegung)


def _frist(antrag) -> str:
    heute = timezone.localdate()
    if antrag.frist < heute:
        return f"Die Frist war am {datum(antrag.frist)}"
    return "Antwort bis heute" if antrag.frist == heute else f"Antwort bis {datum(antrag.frist)}"


def _antwort(antrag) -> str:
    return f"Antwort vom {datum(antrag.geaendert_am)}"


def _zurueckgegeben(antrag) -> str:
    return f"mit Kommentar zurück seit dem {datum(antrag.geaendert_am)}"


def _eingang(antrag) -> str:
    return f"eingereicht am {datum(antrag.eingereicht_am)}"
