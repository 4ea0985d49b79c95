"""What docs/ says is what the code does."""

import pytest
from django.apps import apps
from django.conf import settings

from schulerfolg.management.commands.tabellen import render

DOCS = settings.BASE_DIR / "docs"


def test_the_generated_pages_are_these():
    assert list(render()) == [
        "ablauf-antrag.md",
        "ablauf-beratung.md",
        "ablauf-bericht.md",
        "ablauf-sitzung.md",
        "rechte.md",
        "verzeichnis.md",
    ]


@pytest.mark.parametrize(
    "name",
    ["ablauf-antrag.md", "ablauf-beratung.md", "ablauf-bericht.md", "ablauf-sitzung.md", "rechte.md", "verzeichnis.md"],
)
def test_a_generated_page_is_fresh(name):
    assert (DOCS / name).read_text() == render()[name], "Bitte: DEBUG=1 ./portal manage tabellen"


def test_a_generated_page_says_so():
    for text in render().values():
        assert "nicht von Hand ändern" in text.splitlines()[2]


def test_the_glossary_explains_every_model():
    zeilen = [zeile for zeile in (DOCS / "glossar.md").read_text().splitlines() if "(**" in zeile]
    erklaert = [zeile.partition("|")[2].partition("|")[0].strip() for zeile in zeilen]
    unsere = ("schulerfolg", "netzwerkstellen", "angebote", "gremien")
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in unsere]
    assert sorted(erklaert) == sorted(f"{model._meta.verbose_name} (**{model.__name__}**)" for model in models)
