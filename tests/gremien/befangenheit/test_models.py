"""What the database refuses by itself about bias, by name."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from gremien.models import Befangenheit
from tests.factories_gremium import make_gremium, make_mitglied


@pytest.fixture
def punkt(laufend):
    return laufend.punkte.get()


def _befangen(punkt, mitglied, **fields):
    return Befangenheit.objects.create(punkt=punkt, mitgliedschaft=mitglied, grad="p20", grund="x", **fields)


CONSTRAINTS = {
    "befangenheit_einmal_je_punkt": lambda p, m: [_befangen(p, m), _befangen(p, m)],
    "befangenheit_entschieden_hat_zeit": lambda p, m: _befangen(p, m, entscheidung="befangen"),
    "befangenheit_offen_hat_niemand_entschieden": lambda p, m: _befangen(p, m, entschieden_durch=p.leitung),
    "befangenheit_festgehalten_nennt_hut": lambda p, m: _befangen(p, m, festgehalten_durch=p.leitung),
    "befangenheit_einwand_hat_zeit": lambda p, m: _befangen(p, m, einwand="Nein."),
    "befangenheit_kein_einwand_gegen_sich_selbst": lambda p, m: _befangen(
        p, m, selbst_erklaert=True, einwand="Nein.", einwand_am=timezone.now()
    ),
    "befangenheit_werte_sind_bekannt": lambda p, m: _befangen(
        p, m, entscheidung="vielleicht", entschieden_am=timezone.now()
    ),
    "befangenheit_nicht_in_eigener_sache": lambda p, m: _befangen(
        p, m, festgehalten_durch=m.person, festgehalten_als="Vorsitz"
    ),
    "befangenheit_nur_im_eigenen_gremium": lambda p, m: _befangen(
        p, make_mitglied(make_gremium(p.stelle, name="Zwei"))
    ),
}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraints_by_name(cast, saal, punkt, name):
    punkt.leitung, punkt.stelle = cast.leitung, cast.harz
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CONSTRAINTS[name](punkt, saal.mitglieder[0])


def test_a_bias_stays_on_record(saal, punkt):
    zeile = _befangen(punkt, saal.vorsitz)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        zeile.delete()
