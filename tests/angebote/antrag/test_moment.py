"""One moment holds for number, receipt and history, taken after every lock: also where many submit at once."""

import pytest

from angebote.antrag.models import Antrag
from angebote.antrag.services import einreichen
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_schule, make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in
from tests.gleichzeitig import gleichzeitig

VIELE = 16


@pytest.mark.django_db(transaction=True)
def test_moments_run_like_the_numbers(cast):
    """Sixteen heads of sixteen schools press the button at the same moment."""
    faelle = []
    for _ in range(VIELE):
        schule = make_schule(netzwerkstelle=cast.harz)
        kopf = make_zugehoerigkeit(schule, Rolle.SCHULE_LEITUNG).person
        faelle.append((make_antrag(schule, kopf), kopf))
    gleichzeitig(lambda n: einreichen(faelle[n][0], by=faelle[n][1]), mal=VIELE, faeden=VIELE)
    nach_nummer = list(Antrag.objects.exclude(nummer=None).order_by("nummer"))
    momente = [antrag.eingereicht_am for antrag in nach_nummer]
    assert len(momente) == VIELE
    assert momente == sorted(momente)


def test_receipt_history_and_paper_tell_the_same_moment(cast):
    antrag = make_antrag_in("eingereicht", cast)
    ereignis = antrag.ereignisse.get(schritt="einreichen")
    assert antrag.eingereicht_am == ereignis.am == antrag.fassungen.get().erstellt_am
