"""The Enter key saves or goes on, in every form with several buttons: a browser presses the first of them."""

from html.parser import HTMLParser

import pytest

from angebote.antrag.models import Antrag
from tests.rundgang import ask, jeden_tag, pages, sign_in

# Enter does nothing that binds there: it counts and shows the count.
RECHNET_NUR = {"zaehlen"}


class Formulare(HTMLParser):
    """Of each form its submit buttons: name and classes, in their order."""

    def __init__(self, text):
        super().__init__()
        self.formulare, self.offen = [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        werte = dict(attrs)
        if tag == "form":
            self.formulare.append([])
            self.offen = True
        sendet = tag == "button" and werte.get("type", "submit") == "submit"
        sendet |= tag == "input" and werte.get("type") == "submit"
        if sendet and self.offen:
            self.formulare[-1].append((werte.get("name", ""), werte.get("class") or ""))

    def handle_endtag(self, tag):
        self.offen &= tag != "form"


def falsch_belegt(text) -> list:
    """The forms whose first button is not the one that saves: a later one with its name is the main one."""
    falsch = []
    for knoepfe in Formulare(text).formulare:
        haupt = {name for name, klassen in knoepfe if "kern-btn--primary" in klassen}
        if len(knoepfe) > 1 and haupt and knoepfe[0][0] not in haupt | RECHNET_NUR:
            falsch.append([name for name, _ in knoepfe])
    return falsch


def test_it_tells_the_forms_apart():
    haupt = '<button class="kern-btn--primary" name="weiter"></button>'
    andere = '<button name="zeile"></button>'
    assert falsch_belegt(f"<form>{andere}{haupt}</form>") == [["zeile", "weiter"]]
    assert falsch_belegt(f'<form><button name="weiter"></button>{andere}{haupt}</form>') == []
    assert falsch_belegt(f"<form>{andere}</form><form>{haupt}</form>") == []


@pytest.mark.parametrize("wer", jeden_tag("lehrkraft.a", "leitung.harz", "vorsitz.harz", nie=["niemand", "ehemalig"]))
def test_enter_saves(volle_welt, wer):
    falsch = {adresse: namen for _, adresse, seite in pages(wer) if (namen := falsch_belegt(seite.text))}
    assert falsch == {}


def test_enter_saves_in_every_section_of_a_draft(volle_welt):
    antrag = Antrag.objects.filter(status="entwurf", verfasst_durch__email="lehrkraft.a@demo.example")
    client, pk = sign_in("lehrkraft.a"), antrag.first().pk
    for name in ("schule", "kooperation", "projekt", "zeitraum", "kosten", "erklaerungen"):
        text = ask(client, "GET", f"/antraege/{pk}/abschnitt/{name}/").text
        assert 'name="weiter"' in text
        assert falsch_belegt(text) == [], name
