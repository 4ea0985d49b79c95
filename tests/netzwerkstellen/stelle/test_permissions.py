import pytest
from django.core.exceptions import PermissionDenied

from netzwerkstellen.stelle.permissions import RECHTE, require, rolle_am_ort, rollen, zustaendig
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_landesrolle, make_mitarbeit

HUETE = ("sachbearbeitung", "leitung", "freigabe", "koordination", "pruefung")
# A table, to be read in columns.
EXPECTED = {
    #                    sach   leit   frei   koor   prüf
    "ansehen":          (True,  True,  True,  True,  True),
    "kontakte_pflegen": (True,  True,  False, True,  False),
    "angaben_pflegen":  (False, True,  False, True,  False),
    "inhalte_teilen":   (False, True,  False, False, False),
    "traeger_pflegen":  (False, False, False, True,  False),
    "schulen_pflegen":  (True,  True,  False, True,  False),
    "schule_einladen":  (True,  True,  False, True,  False),
    "gremium_einladen": (True,  True,  False, False, False),
    "schule_umziehen":  (False, False, False, True,  False),
    "organisation_eintragen": (True, True, False, True, False),
    "team_pflegen":     (False, True,  False, True,  False),
    "mitarbeit_aendern": (False, True, False, True,  False),
}  # fmt: skip


def may(person, action, netzwerkstelle):
    return RECHTE.may(rollen(person, netzwerkstelle), action)


@pytest.mark.parametrize("action", RECHTE.rows)
def test_may(cast, action):
    assert tuple(may(getattr(cast, wer), action, cast.harz) for wer in HUETE) == EXPECTED[action]
    assert may(cast.nachbarin, action, cast.harz) is False
    assert may(cast.lehrkraft, action, cast.harz) is False


@pytest.mark.parametrize("wer", HUETE)
def test_actions_agree_with_may(cast, wer):
    person = getattr(cast, wer)
    assert RECHTE.actions(rollen(person, cast.harz)) == {row.name for row in RECHTE if may(person, row.name, cast.harz)}


def test_the_hat_closest_to_the_work_is_the_one_that_is_named(cast):
    make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, person=cast.leitung)
    make_landesrolle(Rolle.KOORDINATION, person=cast.leitung)
    hats = rollen(cast.leitung, cast.harz)
    assert RECHTE.hat(hats, "kontakte_pflegen") == Rolle.SACHBEARBEITUNG
    assert RECHTE.hat(hats, "team_pflegen") == Rolle.LEITUNG
    assert RECHTE.hat(hats, "traeger_pflegen") == Rolle.KOORDINATION


def test_require_says_whose_step_it_is(cast):
    assert require(cast.leitung, "team_pflegen", cast.harz) == Rolle.LEITUNG
    with pytest.raises(PermissionDenied) as error:
        require(cast.sachbearbeitung, "team_pflegen", cast.harz)
    assert str(error.value) == (
        f"Diesen Schritt macht: Leitung der Netzwerkstelle oder Koordinierungsstelle. Zuständig hier: {cast.leitung}."
    )
    assert zustaendig("traeger_pflegen", cast.harz) == "Diesen Schritt macht: Koordinierungsstelle."


def test_nobody_changes_their_own_row_but_the_coordination_office(cast):
    eigene, andere = cast.leitung.mitarbeiten.get(), cast.sachbearbeitung.mitarbeiten.get()

    def may_change_mitarbeit(person, mitarbeit):
        hats = rollen(person, mitarbeit.netzwerkstelle, ueber=mitarbeit.person_id)
        return RECHTE.may(hats, "mitarbeit_aendern")

    assert may_change_mitarbeit(cast.leitung, andere) is True
    assert may_change_mitarbeit(cast.leitung, eigene) is False
    assert may_change_mitarbeit(cast.koordination, eigene) is True
    assert may_change_mitarbeit(cast.sachbearbeitung, andere) is False
    assert may_change_mitarbeit(cast.nachbarin, andere) is False


def test_a_hat_and_its_place(cast):
    assert rolle_am_ort(Rolle.LEITUNG, cast.harz) == f"Leitung der Netzwerkstelle, {cast.harz.kurzname}"
    assert rolle_am_ort(Rolle.KOORDINATION, cast.harz) == "Koordinierungsstelle"
