"""Messages that wait: for an answer of this person, or only to be read."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.permissions import STELLE
from angebote.antrag.workflow import KOPF
from angebote.nachricht.inhalt import wohin
from angebote.nachricht.models import Nachricht
from angebote.nachricht.queries import mit_nachrichten
from angebote.nachricht.verantwortung import teams
from netzwerkstellen.models import Mitarbeit
from schulerfolg.aufgaben import Dringlichkeit, Karte, gruppe
from schulerfolg.konten.permissions import orte
from schulerfolg.zeit import datum, wann


def aufgaben(person):
    yield from _schule(person)
    yield from _stelle(person)


def _schule(person):
    schulen = orte(person, "schulzugehoerigkeiten", "schule")
    geschrieben = Nachricht.objects.filter(art=Nachricht.Art.AN_STELLE, durch=person).values("antrag")
    meine = Q(verfasst_durch=person) | Q(pk__in=geschrieben)
    antraege = (
        Antrag.objects.visible_to(person)
        .filter(Q(schule__in=schulen) & meine | Q(schule__in=orte(person, "schulzugehoerigkeiten", "schule", KOPF)))
        .for_list()
    )
    an_uns = Nachricht.objects.an(schule=True)
    gefragt = mit_nachrichten(antraege, an_uns.offen())
    yield gruppe(
        Dringlichkeit.RUECKFRAGE,
        "Ihre Netzwerkstelle wartet auf Ihre Antwort",
        gefragt.order_by("antwort_bis", "pk"),
        _zu_beantworten,
    )
    neu = mit_nachrichten(antraege, an_uns.ungelesen_von(person)).exclude(pk__in=gefragt.order_by().values("pk"))
    yield gruppe(
        Dringlichkeit.STILLSTAND, "Ungelesene Nachrichten an Sie", neu.order_by("-geschrieben_am", "pk"), _zu_lesen
    )


def _stelle(person):
    hier = orte(person, "mitarbeiten", "netzwerkstelle", STELLE)
    offen = Nachricht.objects.an(schule=False).offen()
    antraege = Antrag.objects.visible_to(person).filter(netzwerkstelle__in=hier).for_list()
    ueberfaellig = offen.filter(frist__lt=timezone.localdate())

    # One person is asked for each; where nobody of the team has the case, a query does not tell who.
    kollegium = Mitarbeit.objects.to_notify().filter(rolle__in=STELLE, person=OuterRef("zustaendig"))
    vergeben = Exists(kollegium.filter(netzwerkstelle=OuterRef("netzwerkstelle")))
    moeglich = mit_nachrichten(antraege.filter(Q(zustaendig=person) | ~vergeben), offen)
    spaet = mit_nachrichten(antraege, ueberfaellig)
    moegliche, spaete = list(moeglich.order_by("antwort_bis", "pk")), list(spaet.order_by("antwort_bis", "pk"))
    kollegien = teams({antrag.netzwerkstelle_id for antrag in [*moegliche, *spaete]})
    wartend = [a for a in moegliche if kollegien[a.netzwerkstelle_id].verantwortlich(a) == person]
    yield gruppe(Dringlichkeit.RUECKFRAGE, "Nachrichten, auf die Sie antworten", wartend, _zu_beantworten)
    in_vertretung = [
        (antrag, kollegien[antrag.netzwerkstelle_id].verantwortlich(antrag))
        for antrag in spaete
        if antrag not in wartend and kollegien[antrag.netzwerkstelle_id].nach_der_frist(antrag) == person
    ]
    yield gruppe(
        Dringlichkeit.RUECKFRAGE,
        "Unbeantwortete Nachrichten an Kolleginnen und Kollegen",
        in_vertretung,
        _fuer_andere,
    )


def _karte(antrag, zeit, knopf) -> Karte:
    ort = " · ".join(filter(None, [antrag.nummer, str(antrag.schule)]))
    return Karte(antrag.anzeigetitel, ort, zeit, antrag.get_absolute_url(), wohin(antrag), knopf)


def _zu_beantworten(antrag) -> Karte:
    heute = timezone.localdate()
    zeit = f"Antwort bis {datum(antrag.antwort_bis)}"
    if antrag.antwort_bis < heute:
        zeit = f"Die Antwort war bis {datum(antrag.antwort_bis)} erbeten"
    elif antrag.antwort_bis == heute:
        zeit = "Antwort bis heute"
    if antrag.ungelesen:
        zeit += " · ungelesen"
    return _karte(antrag, zeit, "Lesen und antworten")


def _fuer_andere(zeile) -> Karte:
    antrag, zustaendig = zeile
    karte = _zu_beantworten(antrag)
    return replace(karte, zeit=f"{karte.zeit}; zuständig: {zustaendig}")


def _zu_lesen(antrag) -> Karte:
    return _karte(antrag, f"geschrieben {wann(antrag.geschrieben_am)}", "Nachricht lesen")
