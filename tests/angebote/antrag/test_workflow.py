"""The table of steps, written out: who may do what from where. Nothing here is computed from the code.

What each person gets over HTTP: `tests/schulerfolg/dach/vorgang/test_wer_darf.py`.
"""

from itertools import product
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import ABLAUF, Status
from angebote.beratung.workflow import ABLAUF as BERATUNG
from schulerfolg.ablauf.machine import Machine
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.konten.permissions import Rolle
from tests.factories_antrag import make_antrag

LK, SL, SV, SA = "schule_mitarbeit", "schule_leitung", "schule_stellvertretung", "schulsozialarbeit"
SB, L, T = "sachbearbeitung", "leitung", "traeger_freigabe"

# step → from which statuses, to which, by which hats, in sentences of one word each
SCHRITTE = {
    "weitergeben": (["entwurf"], "freigabe_sl", [LK, SA, SV, SL]),
    "zurueckholen": (["freigabe_sl"], "entwurf", [LK, SA, SV, SL]),
    "zurueckgeben": (["freigabe_sl"], "entwurf", [SL, SV]),
    "einreichen": (["entwurf", "freigabe_sl"], "eingereicht", [SL, SV]),
    "selbst_einreichen": (["entwurf"], "eingereicht", [LK, SA]),
    "uebernehmen": (["eingereicht"], "formalpruefung", [SB, L]),
    "nachfordern": (["formalpruefung", "fachpruefung"], "nachforderung", [SB, L]),
    "nachreichen": (["nachforderung"], "formalpruefung", [LK, SA, SV, SL]),
    "nachreichen_fachlich": (["nachforderung"], "fachpruefung", [LK, SA, SV, SL]),
    "korrekturen_vorlegen": (["nachforderung"], "nachforderung", [LK, SA, SV, SL]),
    "korrekturen_zurueckgeben": (["nachforderung"], "nachforderung", [SL, SV]),
    "ohne_antwort_beenden": (["nachforderung"], "zurueckgezogen", [SB, L]),
    "formal_ablehnen": (["formalpruefung", "nachforderung"], "abgelehnt", [L, T, SB]),
    "weiter_zur_fachpruefung": (["formalpruefung"], "fachpruefung", [SB, L]),
    "bestaetigen": (["fachpruefung"], "gremienreif", [L, T, SB]),
    "stellungnahme_zurueckgeben": (["fachpruefung"], "fachpruefung", [L, T, SB]),
    "auf_tagesordnung": (["gremienreif"], "im_gremium", [SB, L, "gremium"]),
    "von_tagesordnung": (["im_gremium"], "gremienreif", [SB, L, "gremium"]),
    "beschliessen": (["im_gremium"], "beschlossen", ["gremium"]),
    "ablehnung_beschliessen": (["im_gremium"], "ablehnung_beschlossen", ["gremium"]),
    "zurueckstellen": (["im_gremium"], "zurueckgestellt", ["gremium"]),
    "wiederaufnehmen": (["zurueckgestellt"], "fachpruefung", [SB, L]),
    "selbst_entscheiden": (["gremienreif"], "beschlossen", [L]),
    "bewilligen": (["beschlossen"], "bewilligt", [L, T, SB]),
    "freigabe_verweigern": (["beschlossen", "ablehnung_beschlossen"], "gremienreif", [L, T, SB]),
    "ablehnen": (["ablehnung_beschlossen"], "abgelehnt", [L, T, SB]),
    "verwerfen": (["entwurf", "freigabe_sl"], "verworfen", [LK, SA, SV, SL, SB, L]),
    "fremden_verwerfen": (["entwurf", "freigabe_sl"], "verworfen", [SL, SV]),
    "entwurf_wiederaufnehmen": (["verworfen"], "entwurf", [LK, SA, SV, SL, SB, L]),
    "zurueckziehen": (
        [
            "eingereicht", "formalpruefung", "nachforderung", "fachpruefung", "gremienreif",
            "im_gremium", "zurueckgestellt", "beschlossen", "ablehnung_beschlossen",
        ],
        "zurueckgezogen",
        [SL, SV],
    ),
}  # fmt: skip
NUR_DIENSTE = ["auf_tagesordnung", "von_tagesordnung", "beschliessen", "ablehnung_beschliessen", "zurueckstellen"]
# Short words, many to a line.
MIT_BEGRUENDUNG = [
    "zurueckgeben", "korrekturen_zurueckgeben", "ohne_antwort_beenden", "formal_ablehnen",
    "stellungnahme_zurueckgeben", "ablehnung_beschliessen",
    "zurueckstellen", "wiederaufnehmen", "freigabe_verweigern", "fremden_verwerfen",
]  # fmt: skip


def test_the_table_has_these_steps_and_no_other():
    assert {
        schritt.name: ([str(von) for von in schritt.sources], str(schritt.target), [str(wer) for wer in schritt.roles])
        for schritt in ABLAUF
    } == SCHRITTE
    assert ABLAUF.initial == "entwurf"
    assert [schritt.name for schritt in ABLAUF if not schritt.url] == NUR_DIENSTE
    assert [schritt.name for schritt in ABLAUF if schritt.needs_reason] == MIT_BEGRUENDUNG


class Tafel(Machine):
    """The machine with nothing but the table."""

    workflow = ABLAUF

    def too_late(self, obj, hats):
        return obj.get_status_display()


def verlangen(name, status, rolle):
    return Tafel().require(SimpleNamespace(status=status, get_status_display=lambda: status.label), name, {rolle})


@pytest.mark.parametrize("name", SCHRITTE)
def test_the_wrong_hat_is_refused_before_the_wrong_moment_and_neither_has_a_button(name):
    von, nach, wer = SCHRITTE[name]
    for status, rolle in product(Status, Rolle):
        darf = rolle in wer and status in von
        button = name in [schritt.name for schritt in ABLAUF.available(status, {rolle})]
        assert button == (darf and name not in NUR_DIENSTE)
        if rolle not in wer:
            with pytest.raises(PermissionDenied, match=r"^Diesen Schritt macht: .+\.$"):
                verlangen(name, status, rolle)
        elif status not in von:
            with pytest.raises(TransitionNotAllowed, match=status.label):
                verlangen(name, status, rolle)
        else:
            assert verlangen(name, status, rolle).target == nach


def test_a_person_with_two_hats_has_the_steps_of_both():
    knoepfe = [schritt.name for schritt in ABLAUF.available(Status.NACHFORDERUNG, {Rolle(LK), Rolle(SB)})]
    schule = ["nachreichen", "nachreichen_fachlich", "korrekturen_vorlegen"]
    assert knoepfe == [*schule, "ohne_antwort_beenden", "formal_ablehnen"]


def test_the_way_of_a_beratung():
    assert {
        schritt.name: ([str(von) for von in schritt.sources], str(schritt.target), [str(wer) for wer in schritt.roles])
        for schritt in BERATUNG
    } == {
        "verabreden": (["angefragt", "verabredet"], "verabredet", [SB, L]),
        "beraten": (["angefragt", "verabredet"], "beraten", [SB, L]),
        "absagen": (["angefragt", "verabredet"], "abgesagt", [SB, L]),
        "zurueckziehen": (["angefragt", "verabredet"], "zurueckgezogen", [LK, SA, SV, SL]),
    }


def test_the_gremium_never_acts_from_a_page():
    assert [s.name for s in ABLAUF if s.url and Rolle.GREMIUM in s.roles] == []
    assert [s.name for s in ABLAUF if Rolle.SYSTEM in s.roles] == []


def test_steps_and_rollen_agree_on_a_draft_nobody_shared(cast):

    antrag = make_antrag(cast.schule, cast.lehrkraft)
    assert rollen(cast.sachbearbeitung, antrag) == set()
    assert [s.name for s in ABLAUF.offered(antrag, cast.schulleitung, rollen(cast.schulleitung, antrag))] == [
        "einreichen",
        "fremden_verwerfen",
    ]
