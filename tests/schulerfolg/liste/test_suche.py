"""Every list finds what is meant, however it is typed."""

import pytest
from django.urls import reverse

from angebote.antrag.models import Antrag
from angebote.beratung.models import Beratung
from tests.factories import make_schule
from tests.factories_antrag import make_antrag_in, make_beratung

GEFUNDEN = [
    # what somebody types, and whether it is „Mühlrad und Bäckerei“ of the school „Grundschule Groß Rosenburg“
    ("muehlrad", True),
    ("mühlrad", True),
    ("MUHLRAD", True),
    ("Mühl\u00adrad", True),
    ("baeckerei mühl", True),
    ("gross rosen", True),
    ("groß-rosen", False),
    ("mehlrad", False),
]
NUMMERN = [("0012", True), ("2026-0012", True), ("HZ–2026–0012", True), ("hz-2026", True), ("0013", False)]


@pytest.fixture
def fall(cast):
    schule = make_schule(
        netzwerkstelle=cast.harz, name="Grundschule Groß Rosenburg", ort="Thale", schulnummer="S-77012"
    )
    make_beratung(schule, cast.lehrkraft, titel="Mühlrad und Bäckerei")
    antrag = make_antrag_in("eingereicht", cast)
    Antrag.objects.filter(pk=antrag.pk).update(nummer="HZ-2026-0012", titel="Mühlrad und Bäckerei", schule=schule)
    Beratung.objects.filter(pk=antrag.beratung_id).update(titel="Anderes")
    return antrag


@pytest.mark.parametrize(("wort", "gefunden"), GEFUNDEN)
@pytest.mark.parametrize("liste", ["antraege:liste", "beratungen:liste"])
def test_words(cast, als, fall, liste, wort, gefunden):
    seite = als(cast.leitung).get(reverse(liste), {"q": wort})
    assert bool(len(seite.context["page"])) is gefunden


@pytest.mark.parametrize(("wort", "gefunden"), NUMMERN)
def test_numbers(cast, als, fall, wort, gefunden):
    seite = als(cast.leitung).get(reverse("antraege:liste"), {"q": wort})
    assert bool(len(seite.context["page"])) is gefunden


@pytest.mark.parametrize(
    ("wort", "gefunden"), [("gross", True), ("S-77", True), ("7012", True), ("S‑77012", True), ("701", False)]
)
def test_schools(cast, als, fall, wort, gefunden):
    seite = als(cast.leitung).get(reverse("netzwerkstellen:schulen", args=[cast.harz.slug]), {"q": wort})
    assert bool(len(seite.context["page"])) is gefunden


def test_umlauts_are_found_where_nobody_wrote_them(cast, als):
    make_beratung(cast.schule, cast.lehrkraft, titel="Die Muehle in Grosspaschleben")
    for wort in ("mühle", "muehle", "großpaschleben"):
        seite = als(cast.leitung).get(reverse("beratungen:liste"), {"q": wort})
        assert len(seite.context["page"]) == 1, wort
