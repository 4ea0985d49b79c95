"""Every step of a decision locks money first, then the case, and tells the history once who took it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from angebote.entscheidung import services
from tests.factories_antrag import make_antrag_in, make_regel, unterschreiben, vor_augen
from tests.factories_entscheidung import AM, make_ablehnung_beschlossen, make_beschlossen, make_budget, make_im_gremium


def beschluss(cast):
    antrag = make_im_gremium(cast)
    # Short values, side by side.
    return antrag, lambda: services.beschluss_umsetzen(
        antrag, by=cast.leitung, ergebnis="bewilligen", nummer="HZ-B-2027/01", am=AM, betrag=antrag.beantragt
    )


def selbst(cast):
    make_regel(cast.harz, entscheidungsweg="stelle", stelle_bis=1500)
    antrag = make_antrag_in("gremienreif", cast)
    return antrag, lambda: services.selbst_entscheiden(antrag, by=cast.leitung)


def bewilligung(cast):
    antrag = make_beschlossen(cast)
    schreiben = vor_augen(antrag, "bewilligen", cast.freigabe)
    return antrag, lambda: services.bewilligen(antrag, by=cast.freigabe, schreiben=schreiben)


def verweigerung(cast):
    antrag = make_beschlossen(cast)
    return antrag, lambda: services.freigabe_verweigern(antrag, by=cast.freigabe, begruendung="Nein.")


def rueckzug(cast):
    antrag = make_beschlossen(cast)
    return antrag, lambda: services.zurueckziehen(antrag, by=cast.schulleitung)


SCHRITTE = {
    "beschliessen": (beschluss, "leitung", "im_gremium", "beschlossen"),
    "selbst_entscheiden": (selbst, "leitung", "gremienreif", "beschlossen"),
    "bewilligen": (bewilligung, "freigabe", "beschlossen", "bewilligt"),
    "freigabe_verweigern": (verweigerung, "freigabe", "beschlossen", "gremienreif"),
    "zurueckziehen": (rueckzug, "schulleitung", "beschlossen", "zurueckgezogen"),
}


def gesperrt(queries) -> list[str]:
    """The tables whose rows were locked, in the order of their first lock."""
    tabellen = (re.search(r'FROM "(\w+)"', q["sql"]) for q in queries if re.search(r"FOR (NO KEY )?UPDATE", q["sql"]))
    return list(dict.fromkeys(treffer[1] for treffer in tabellen if treffer))


@pytest.mark.parametrize("schritt", SCHRITTE)
def test_money_before_the_case(cast, schritt):
    make_budget(cast)
    _, tun = SCHRITTE[schritt][0](cast)
    with CaptureQueriesContext(connection) as queries:
        tun()
    assert gesperrt(queries)[:2] == ["angebote_budget", "angebote_antrag"]


@pytest.mark.parametrize("schritt", SCHRITTE)
def test_the_step_stands_in_the_history_once(cast, schritt):
    make_budget(cast)
    vorbereiten, wer, von, nach = SCHRITTE[schritt]
    antrag, tun = vorbereiten(cast)
    vorher = antrag.ereignisse.count()
    tun()
    ereignis = antrag.ereignisse.first()
    assert (ereignis.schritt, ereignis.von, ereignis.nach) == (schritt, von, nach)
    assert ereignis.durch == getattr(cast, wer)
    assert antrag.ereignisse.count() == vorher + 1


@pytest.mark.parametrize("schritt", ["ablehnen", "formal_ablehnen"])
def test_so_do_the_refusals(cast, schritt):
    if schritt == "ablehnen":
        antrag, wer = make_ablehnung_beschlossen(cast), cast.freigabe
    else:
        antrag, wer = make_antrag_in("formalpruefung", cast), cast.leitung
    gruende = {"begruendung": "Schon begonnen."} if schritt == "formal_ablehnen" else {}
    von = antrag.status
    unterschreiben(antrag, schritt, by=wer, **gruende)
    ereignis = antrag.ereignisse.first()
    assert (ereignis.schritt, ereignis.von, ereignis.nach, ereignis.durch) == (schritt, von, "abgelehnt", wer)
