"""What the walk of `test_matrix` relies on: there is something to keep back, it is found, and a leak is noticed."""

from angebote.models import Antrag
from tests.adressen import TEILT_INHALTE, adresse
from tests.marken import (
    INHALTE,
    STAMMDATEN,
    leaks,
    marks_in,
    marks_in_drafts,
    marks_of,
    names_of_judges,
    office,
    text_of,
)
from tests.rundgang import sign_in


def test_the_coordination_office_reads_contents_of_an_office_that_shares_them(volle_welt):
    contents = marks_in(INHALTE) - marks_in(STAMMDATEN)
    read = marks_of(sign_in("koordination").get(adresse("antraege:liste"))) & contents
    assert {office(mark) for mark in read} == {TEILT_INHALTE}


def test_there_is_something_not_to_read(volle_welt):
    assert marks_in_drafts()
    assert names_of_judges()


def test_the_text_of_our_own_pdf_is_read(volle_welt):
    response = sign_in("niemand").get(adresse("berichte:bericht_pdf"))
    assert "Netzwerkstelle" in text_of(response)


def test_a_list_that_forgets_whose_it_is_is_noticed(volle_welt, monkeypatch):
    monkeypatch.setattr(type(Antrag.objects.all()), "visible_to", lambda self, person: self)
    seite = adresse("antraege:liste")
    assert leaks("lehrkraft.a", {seite: sign_in("lehrkraft.a").get(seite)}) != {}
