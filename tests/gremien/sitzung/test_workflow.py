"""The steps of a meeting: the table, written out, and once over HTTP."""

import pytest
from django.urls import reverse

from gremien.sitzung.workflow import ABLAUF
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in

# step → from which statuses, to which, by which hats
SCHRITTE = {
    "einladen": (["geplant"], "eingeladen", ["stelle", "vorsitz"]),
    "verlegen": (["eingeladen"], "eingeladen", ["stelle", "vorsitz"]),
    "eroeffnen": (["eingeladen"], "laufend", ["vorsitz", "stelle"]),
    "schliessen": (["laufend"], "beendet", ["vorsitz", "stelle"]),
    "absagen": (["geplant", "eingeladen"], "abgesagt", ["stelle", "vorsitz"]),
}
# A table, to be read in columns.
# fmt: off
LEUTE = (
    "sachbearbeitung", "leitung", "vorsitz", "schriftfuehrung", "mitglied", "freigabe",
    "pruefung", "koordination", "nachbarin", "lehrkraft", "fremd",
)
DARF = {
    # Members know of a meeting from the invitation on.
    #             aus           sachb leit vors schr mitg freig pruef koord nachb lehrk fremd
    "einladen":   ("geplant",    (200, 200, 200, 404, 404, 403, 403, 403, 404, 404, 404)),
    "verlegen":   ("eingeladen", (200, 200, 200, 403, 403, 403, 403, 403, 404, 404, 404)),
    "eroeffnen":  ("eingeladen", (200, 200, 200, 403, 403, 403, 403, 403, 404, 404, 404)),
    "schliessen": ("laufend",    (200, 200, 200, 403, 403, 403, 403, 403, 404, 404, 404)),
    "absagen":    ("geplant",    (200, 200, 200, 404, 404, 403, 403, 403, 404, 404, 404)),
}
# fmt: on


def test_the_table_has_these_steps_and_no_other():
    assert {
        schritt.name: ([str(von) for von in schritt.sources], str(schritt.target), [str(wer) for wer in schritt.roles])
        for schritt in ABLAUF
    } == SCHRITTE
    assert SCHRITTE.keys() == DARF.keys()


@pytest.mark.parametrize("schritt", DARF)
def test_who_opens_the_page_of_a_step(cast, als, schritt):
    status, erwartet = DARF[schritt]
    saal = make_saal(cast)
    cast.vorsitz, cast.mitglied = saal.vorsitz.person, saal.mitglieder[0].person
    cast.schriftfuehrung = make_mitglied(saal.gremium, rolle="schriftfuehrung").person
    sitzung = make_sitzung_in(status, cast, saal)
    adresse = reverse("sitzungen:schritt", args=[sitzung.pk, schritt])
    assert tuple(als(getattr(cast, name)).get(adresse).status_code for name in LEUTE) == erwartet
