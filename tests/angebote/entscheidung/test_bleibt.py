"""What was decided stays, whoever writes past the services: the database refuses, and says which promise it keeps."""

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Schriftstueck
from angebote.entscheidung import services
from tests.factories_antrag import make_antrag_in, unterschreiben
from tests.factories_entscheidung import make_ablehnung_beschlossen, make_beschlossen, make_budget

FELDER = {
    "status": "gremienreif",
    "bewilligt": "900.00",
    "auflagen": "Andere.",
    "beantragt": "1100.00",
    "nummer": "X-1",
}


def bewilligt(cast):
    make_budget(cast)
    return unterschreiben(make_beschlossen(cast), "bewilligen", by=cast.freigabe)


def abgelehnt(cast):
    return unterschreiben(make_ablehnung_beschlossen(cast), "ablehnen", by=cast.freigabe)


def refused(tun) -> str:
    """The name of the promise that the database keeps; empty where it lets this happen."""
    try:
        with transaction.atomic():
            tun()
            connection.check_constraints()
    except DatabaseError as error:
        return str(error).partition(":")[0].strip()
    return ""


@pytest.mark.parametrize("feld", FELDER)
@pytest.mark.parametrize("entscheiden", [bewilligt, abgelehnt])
def test_a_decided_case_keeps_what_was_decided(cast, entscheiden, feld):
    zeile = Antrag.objects.filter(pk=entscheiden(cast).pk)
    assert refused(lambda: zeile.update(**{feld: FELDER[feld]})) == "antrag_entschieden_bleibt"


@pytest.mark.parametrize("feld", ["bewilligt", "auflagen"])
def test_what_was_resolved_changes_with_a_step_only(cast, vergeben, feld):
    zeile = Antrag.objects.filter(pk=vergeben.antrag.pk)
    assert refused(lambda: zeile.update(**{feld: FELDER[feld]})) == "antrag_beschlossenes_bleibt"
    assert services.freigabe_verweigern(vergeben.antrag, by=cast.freigabe, begruendung="Nein.").bewilligt is None


@pytest.mark.parametrize(
    ("von", "nach"),
    [("gremienreif", "abgelehnt"), ("eingereicht", "gremienreif"), ("formalpruefung", "zurueckgezogen")],
)
def test_no_status_without_its_step_in_the_history(cast, von, nach):
    zeile = Antrag.objects.filter(pk=make_antrag_in(von, cast).pk)
    assert refused(lambda: zeile.update(status=nach)) == "antrag_schritt_steht_in_der_geschichte"


def test_an_award_past_the_services_is_refused_too(cast, vergeben):
    zeile = Antrag.objects.filter(pk=vergeben.antrag.pk)
    assert refused(lambda: zeile.update(status="bewilligt")) == "antrag_schritt_steht_in_der_geschichte"


def test_what_was_submitted_is_not_deleted_and_a_draft_is(cast):
    eingereicht, entwurf = make_antrag_in("eingereicht", cast), make_antrag_in("entwurf", cast, kosten=[], partner=[])
    assert (
        refused(lambda: Antrag.objects.filter(pk=eingereicht.pk)._raw_delete("default")) == "antrag_eingereicht_bleibt"
    )
    assert refused(lambda: entwurf.delete()) == ""


@pytest.mark.parametrize(
    "tun",
    [
        lambda: Schriftstueck.objects.update(titel="Anders"),
        lambda: Schriftstueck.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE angebote_schriftstueck CASCADE"),
        lambda: connection.cursor().execute("TRUNCATE angebote_antrag CASCADE"),
    ],
    ids=["change", "delete", "truncate", "truncate the cases"],
)
def test_the_letter_stays_with_its_case(cast, tun):
    bewilligt(cast)
    assert refused(tun) != ""


def test_it_is_these_triggers_that_refuse(cast):
    """The counter-test: without them the same rows change."""
    antrag = bewilligt(cast)
    with pgtrigger.ignore("angebote.Antrag:entschieden_bleibt", "angebote.Schriftstueck:keine_aenderung"):
        Antrag.objects.filter(pk=antrag.pk).update(bewilligt="900.00")
        Schriftstueck.objects.filter(antrag=antrag).update(titel="Anders")
    antrag.refresh_from_db()
    assert (antrag.bewilligt, antrag.schriftstuecke.get(art="vertrag").titel) == (900, "Anders")
