import pytest
from django.utils import timezone

from angebote.antrag.bedingungen import einwaende
from angebote.antrag.workflow import Status
from angebote.foerderung.models import Foerderregel
from tests.factories_antrag import WEGE, make_antrag, make_antrag_in


def test_a_draft_is_complete(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    assert einwaende(antrag, Foerderregel.objects.get(), am=timezone.localdate()) == []


@pytest.mark.parametrize("status", WEGE)
def test_every_status_is_reached(cast, status):
    assert make_antrag_in(status, cast).status == status == Status(status)
