"""Who the portal proposes as biased, from foreign keys alone (VwVfG §§ 20, 21)."""

import pytest

from gremien.befangenheit.vorschlaege import vorschlaege
from netzwerkstellen.models import Schulsozialarbeit
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_organisation, make_person, make_schule, make_zugehoerigkeit
from tests.factories_antrag import make_antrag
from tests.factories_gremium import make_gremium, make_mitglied


@pytest.fixture
def antrag(cast):
    return make_antrag(cast.schule, cast.lehrkraft)


@pytest.fixture
def vorschlag(cast, antrag):
    """What the portal says about one member: grade and reason, or None."""
    gremium = make_gremium(cast.harz)

    def fuer(person=None, **fields):
        antrag.schule.refresh_from_db()
        gefunden = vorschlaege(antrag, [make_mitglied(gremium, person, **fields)])
        return (gefunden[0].grad, gefunden[0].grund) if gefunden else None

    return fuer


def test_a_stranger_to_the_case_is_not_proposed(vorschlag):
    assert vorschlag() is None
    assert vorschlag(organisation=None) is None


def test_who_wrote_it_is_excluded(cast, vorschlag):
    assert vorschlag(cast.lehrkraft) == ("p20", "hat den Antrag selbst verfasst")


def test_who_belongs_to_the_school_is_excluded(cast, vorschlag):
    assert vorschlag(cast.schulleitung) == ("p20", "gehört zur antragstellenden Schule")


def test_who_belongs_to_a_further_school_is_excluded(cast, antrag, vorschlag):
    andere = make_schule(netzwerkstelle=cast.harz)
    antrag.weitere_schulen.add(andere)
    antrag.mit_anderen_schulen = True
    person = make_zugehoerigkeit(andere).person
    assert vorschlag(person) == ("p20", "gehört zur antragstellenden Schule")


def test_who_left_the_school_is_not_proposed(cast, vorschlag):
    frueher = make_zugehoerigkeit(cast.schule, bis=cast.schule.zugehoerigkeiten.first().von or "2020-07-31")
    assert vorschlag(frueher.person) is None


def test_who_a_partner_sends_is_excluded(antrag, vorschlag):
    organisation = antrag.partner.get().organisation
    assert vorschlag(organisation=organisation) == ("p20", "ist von einem Kooperationspartner des Projekts entsandt")


def test_who_works_for_a_partner_is_excluded(cast, antrag, vorschlag):
    partner, person = antrag.partner.get().organisation, make_person()
    make_zugehoerigkeit(cast.fremdschule, Rolle.SCHULSOZIALARBEIT, person=person, arbeitgeber=partner)
    assert vorschlag(person) == ("p20", "arbeitet bei einem Kooperationspartner des Projekts")


def test_who_is_sent_by_the_recipient_of_the_money_is_excluded(antrag, vorschlag):
    antrag.zahlweg, antrag.foerderverein = "foerderverein", make_organisation(name="Förderverein")
    assert vorschlag(organisation=antrag.foerderverein) == ("p20", "ist von der Stelle entsandt, die das Geld erhält")


def test_the_traeger_of_the_schulsozialarbeit_is_looked_at(cast, vorschlag):
    traeger = make_organisation()
    Schulsozialarbeit.objects.create(schule=cast.schule, traeger=traeger)
    assert vorschlag(organisation=traeger) == ("p21", "ist vom Träger der Schulsozialarbeit an der Schule entsandt")


@pytest.mark.parametrize(("art", "heisst"), [("oeffentlich", None), ("frei", ("p21", "ist vom Schulträger entsandt"))])
def test_a_public_schultraeger_is_exempt(cast, antrag, vorschlag, art, heisst):
    cast.schule.schultraeger = make_organisation(art=art)
    cast.schule.save()
    antrag.schule = cast.schule
    assert vorschlag(organisation=cast.schule.schultraeger) == heisst


def test_the_gravest_reason_is_named(cast, antrag, vorschlag):
    partner = antrag.partner.get().organisation
    Schulsozialarbeit.objects.create(schule=cast.schule, traeger=partner)
    assert vorschlag(organisation=partner)[0] == "p20"
