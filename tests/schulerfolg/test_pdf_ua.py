"""Every kind of document is PDF/UA-1 by all 104 rules of a validator of its own; it does find what is wrong."""

import page
import pytest

from schulerfolg.akte.models import Auftrag, Dokument
from schulerfolg.akte.services import do_jobs
from schulerfolg.pdf import render_pdf

PORTAL_MADE = {"antrag", "bescheid", "kostenuebernahme", "einladung", "niederschrift", "bericht"}


def failures(pdf: bytes) -> list[str]:
    return [f"{f.rule_id}: {f.message}" for f in page.validate_pdf_bytes(bytes(pdf), profile="ua1").failures]


def test_documents_of_the_demo_world_are_accessible(demowelt):
    for art in Auftrag.objects.order_by("art").values_list("art", flat=True).distinct():
        keep = Auftrag.objects.filter(art=art).order_by("pk").values("pk")[: 3 if art == "demo_brief" else 1]
        Auftrag.objects.filter(art=art).exclude(pk__in=list(keep.values_list("pk", flat=True))).delete()
    do_jobs(hoechstens=100)
    made = Dokument.objects.filter(art__in=PORTAL_MADE)
    assert {d.art for d in made} >= {"antrag", "einladung", "niederschrift", "bericht"}
    assert {d.name: found for d in made if (found := failures(d.inhalt))} == {}


@pytest.mark.django_db
def test_the_validator_finds_a_header_cell_without_scope(tmp_path, settings):
    (tmp_path / "schlecht.html").write_text(
        "<html lang='de'><head><title>Probe</title></head><body><h1>Probe</h1><table><tr><th>A</th></tr>"
        "<tr><td>1</td></tr></table><img src='static:///bilder/eu-emblem.svg'></body></html>"
    )
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    assert failures(render_pdf("schlecht.html", {})) != []
