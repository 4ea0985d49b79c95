"""Who opens the page of which step, once over HTTP. The table behind it: `tests/angebote/antrag/test_workflow.py`."""

import pytest
from django.urls import reverse

from angebote.antrag.workflow import Status
from angebote.entscheidung.services import beschluss_umsetzen
from schulerfolg.dach.vorgang.schritte import SCHRITTE
from tests.factories_antrag import make_regel
from tests.factories_entscheidung import (
    AM,
    make_ablehnung_beschlossen,
    make_beschlossen,
    make_budget,
    make_im_gremium,
)

# A table, to be read in columns.
# fmt: off
DARF = {
    #                         aus               lehrk schull sachb leit freig nachb koord pruef fremd
    "weitergeben":            ("entwurf",        (200, 200,  404,  404, 404,  404,  404,  404,  404)),
    "zurueckholen":           ("freigabe_sl",    (200, 200,  404,  404, 404,  404,  404,  404,  404)),
    "zurueckgeben":           ("freigabe_sl",    (403, 200,  404,  404, 404,  404,  404,  404,  404)),
    "einreichen":             ("freigabe_sl",    (403, 200,  404,  404, 404,  404,  404,  404,  404)),
    "selbst_einreichen":      ("entwurf",        (200, 403,  404,  404, 404,  404,  404,  404,  404)),
    "uebernehmen":            ("eingereicht",    (403, 403,  200,  200, 403,  404,  404,  403,  404)),
    "nachfordern":            ("formalpruefung", (403, 403,  200,  200, 403,  404,  404,  403,  404)),
    "nachreichen":            ("nachforderung",  (200, 200,  403,  403, 403,  404,  404,  403,  404)),
    "nachreichen_fachlich":   ("nachforderung",  (200, 200,  403,  403, 403,  404,  404,  403,  404)),
    "korrekturen_vorlegen":   ("nachforderung",  (200, 200,  403,  403, 403,  404,  404,  403,  404)),
    "korrekturen_zurueckgeben": ("nachforderung", (403, 200, 403,  403, 403,  404,  404,  403,  404)),
    "ohne_antwort_beenden":   ("nachforderung",  (403, 403,  200,  200, 403,  404,  404,  403,  404)),
    "formal_ablehnen":        ("formalpruefung", (403, 403,  200,  200, 200,  404,  404,  403,  404)),
    "weiter_zur_fachpruefung": ("formalpruefung", (403, 403, 200,  200, 403,  404,  404,  403,  404)),
    "bestaetigen":            ("fachpruefung",   (403, 403,  200,  200, 200,  404,  404,  403,  404)),
    "stellungnahme_zurueckgeben": ("fachpruefung", (403, 403, 200, 200, 200,  404,  404,  403,  404)),
    "wiederaufnehmen":        ("zurueckgestellt", (403, 403, 200,  200, 403,  404,  404,  403,  404)),
    "selbst_entscheiden":     ("gremienreif",    (403, 403,  403,  200, 403,  404,  404,  403,  404)),
    "bewilligen":             ("beschlossen",    (403, 403,  200,  200, 200,  404,  404,  403,  404)),
    "freigabe_verweigern":    ("beschlossen",    (403, 403,  200,  200, 200,  404,  404,  403,  404)),
    "ablehnen":               ("ablehnung_beschlossen", (403, 403, 200, 200, 200, 404, 404, 403, 404)),
    "verwerfen":              ("freigabe_sl",    (200, 200,  404,  404, 404,  404,  404,  404,  404)),
    "fremden_verwerfen":      ("freigabe_sl",    (403, 200,  404,  404, 404,  404,  404,  404,  404)),
    "entwurf_wiederaufnehmen": ("verworfen",     (200, 200,  404,  404, 404,  404,  404,  404,  404)),
    "zurueckziehen":          ("eingereicht",    (403, 200,  403,  403, 403,  404,  404,  403,  404)),
}
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe",
    "nachbarin", "koordination", "pruefung", "fremd",
)
# fmt: on


def make_zurueckgestellt(cast):
    antrag = make_im_gremium(cast)
    return beschluss_umsetzen(
        antrag, by=cast.leitung, ergebnis="zurueckstellen", nummer="HZ-B-2027/03", am=AM, gruende="Der Plan fehlt."
    )


NACH_DEM_GREMIUM = {
    Status.ZURUECKGESTELLT: make_zurueckgestellt,
    Status.BESCHLOSSEN: make_beschlossen,
    Status.ABLEHNUNG_BESCHLOSSEN: make_ablehnung_beschlossen,
}


def test_the_table_names_every_step_that_has_a_page():
    assert SCHRITTE.keys() == DARF.keys()


@pytest.mark.parametrize("schritt", DARF)
def test_who_opens_the_page_of_a_step(cast, faelle, als, schritt):
    status, erwartet = DARF[schritt]
    make_budget(cast)
    if schritt == "selbst_entscheiden":
        make_regel(cast.harz, entscheidungsweg="stelle", stelle_bis=1500)
    antrag = NACH_DEM_GREMIUM[status](cast) if status in NACH_DEM_GREMIUM else faelle[status]
    adresse = reverse("antraege:schritt", args=[antrag.pk, schritt])
    assert tuple(als(getattr(cast, name)).get(adresse).status_code for name in LEUTE) == erwartet
