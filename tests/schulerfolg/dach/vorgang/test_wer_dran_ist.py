"""Whoever reads „Sie sind gefragt“ finds the way to it on the same page, and it opens."""

import re

import pytest

from angebote.antrag.workflow import Status
from gremien.abstimmung import services as abstimmung
from tests.factories_antrag import make_antrag_in
from tests.factories_entscheidung import make_ablehnung_beschlossen, make_beschlossen, make_budget
from tests.factories_gremium import make_budgets, make_saal, make_sitzung_in

LEUTE = ("lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe")


def _im_gremium(cast):
    make_budgets(cast.harz, cast.leitung)
    return make_sitzung_in("eingeladen", cast, make_saal(cast)).punkte.get().antrag


def _beschlossen(cast):
    make_budget(cast)
    return make_beschlossen(cast)


def _zurueckgestellt(cast):
    make_budgets(cast.harz, cast.leitung)
    saal = make_saal(cast)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    abstimmung.feststellen(
        punkt,
        by=saal.vorsitz.person,
        antrag_auf="zurueckstellen",
        gruende="Die Kosten sind noch offen.",
        stimmen=dict.fromkeys((m.pk for m in punkt.sitzung.mitglieder()), "ja"),
    )
    return punkt.antrag


def _im_stand(status):
    return lambda cast: make_antrag_in(status, cast)


# A table, to be read in columns.
# fmt: off
DRAN = [
    (_im_stand(Status.EINGEREICHT),    ["sachbearbeitung", "leitung"]),
    (_im_stand(Status.FORMALPRUEFUNG), ["sachbearbeitung"]),
    (_im_stand(Status.NACHFORDERUNG),  ["lehrkraft", "schulleitung"]),
    (_im_stand(Status.FACHPRUEFUNG),   ["sachbearbeitung"]),
    (_im_stand(Status.GREMIENREIF),    ["sachbearbeitung"]),
    (_im_gremium,                      []),
    (_zurueckgestellt,                 ["sachbearbeitung"]),
    (_beschlossen,                     ["freigabe"]),
    (make_ablehnung_beschlossen,       ["freigabe"]),
]
# fmt: on


@pytest.mark.parametrize(("machen", "erwartet"), DRAN)
def test_who_is_asked_finds_the_way(cast, als, machen, erwartet):
    antrag, gefragt = machen(cast), []
    for name in LEUTE:
        client = als(getattr(cast, name))
        antwort = client.get(antrag.get_absolute_url())
        if antwort.context["dran"] and antwort.context["dran"].ich:
            gefragt.append(name)
            [kasten] = re.findall(r'<section class="dran".*?</section>', antwort.text, re.DOTALL)
            wege = re.findall(r'<a [^>]*href="([^"]+)"', kasten)
            assert wege, f"{name} ist dran und findet keinen Weg"
            assert {weg: client.get(weg).status_code for weg in wege} == dict.fromkeys(wege, 200)
    assert gefragt == erwartet
