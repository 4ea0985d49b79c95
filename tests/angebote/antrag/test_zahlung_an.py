"""Who can be chosen as the receiver of the money."""

from django.urls import reverse

from tests.factories import make_organisation
from tests.factories_antrag import make_antrag


def test_the_schultraeger_of_the_school_can_receive_the_money(cast, als):
    cast.schule.schultraeger = traeger = make_organisation(name="Stadt Halberstadt", art="oeffentlich")
    cast.schule.save()
    andere = make_organisation(name="Stadt Thale", art="oeffentlich")
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    seite = als(cast.lehrkraft).get(reverse("antraege:abschnitt", args=[antrag.pk, "kosten"])).text
    assert f'<option value="{traeger.pk}">' in seite
    assert f'<option value="{andere.pk}">' not in seite
