"""From the resolution to the award: two people, the money, and what is told to whom."""

from decimal import Decimal

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from angebote.antrag.workflow import Status
from angebote.budget.models import Budget
from angebote.entscheidung import services
from angebote.entscheidung.bedingungen import unterschrift
from angebote.entscheidung.queries import zu_unterschreiben
from angebote.pruefung.services import wer_kann_zeichnen
from netzwerkstellen.models import Mitarbeit
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in, make_regel, unterschreiben
from tests.factories_entscheidung import make_ablehnung_beschlossen, make_beschlossen, make_budget, make_im_gremium

D = Decimal


def zeichnende(antrag) -> set:
    """Who may sign, asked from both sides: of the case, and of everybody whether it waits for them."""
    wartet_auf = {person for person in Person.objects.all() if antrag in zu_unterschreiben(person)}
    assert set(wer_kann_zeichnen(antrag)) == wartet_auf
    return wartet_auf


@pytest.mark.parametrize("beschliessen", [make_beschlossen, make_ablehnung_beschlossen])
def test_who_may_sign(cast, beschliessen):
    """Leitung confirmed, Sachbearbeitung wrote: of the office nobody is left, so it is the Träger's."""
    make_budget(cast)
    antrag = beschliessen(cast)
    assert zeichnende(antrag) == {cast.freigabe}
    kollegin = make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, zeichnungsbefugt=True).person
    make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, zeichnungsbefugt=False)
    make_mitarbeit(cast.boerde, Rolle.LEITUNG, zeichnungsbefugt=True)
    assert zeichnende(antrag) == {kollegin, cast.freigabe}
    make_zugehoerigkeit(cast.schule, person=kollegin)
    assert zeichnende(antrag) == {cast.freigabe}
    cast.freigabe.is_active = False
    cast.freigabe.save()
    assert wer_kann_zeichnen(antrag) == []


@pytest.mark.parametrize(
    ("beschliessen", "was"), [(make_beschlossen, "Antrag"), (make_ablehnung_beschlossen, "Ablehnung zu Antrag")]
)
def test_whoever_may_sign_hears_of_it(cast, beschliessen, was):
    """Beside whoever has the case: the Träger's Freigabe, but no colleague who may not."""
    make_budget(cast)
    make_mitarbeit(cast.harz, Rolle.TRAEGER_FREIGABE, zeichnungsbefugt=False)
    antrag = beschliessen(cast)
    mails = Mail.objects.filter(betreff=f"Bitte unterschreiben: {was} {antrag.nummer}")
    assert {mail.an for mail in mails} == {cast.sachbearbeitung.email, cast.freigabe.email}


def test_the_page_names_who_may_sign(cast):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    beim_traeger = unterschrift(antrag)
    assert beim_traeger.wer == "die Freigabe beim Träger"
    assert beim_traeger.satz == (
        "In der Netzwerkstelle ist niemand mehr frei. Beim Träger kann Kim Beispiel unterschreiben."
    )
    make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, zeichnungsbefugt=True)
    in_der_stelle = unterschrift(antrag)
    assert in_der_stelle.wer == "eine zweite Person der Netzwerkstelle"
    assert in_der_stelle.satz == "Unterschreiben können Kim Beispiel oder Kim Beispiel."
    Mitarbeit.objects.update(zeichnungsbefugt=False)
    assert unterschrift(antrag).satz.startswith("Zurzeit kann niemand unterschreiben:")


def bewilligen(antrag, *, by, begruendung):
    """Past the preview, which nobody else could have made."""
    return services.bewilligen(antrag, by=by, schreiben="")


@pytest.mark.parametrize("schritt", [bewilligen, services.freigabe_verweigern])
@pytest.mark.parametrize(
    ("wer", "fehler"),
    [
        ("sachbearbeitung", ValidationError),  # wrote the opinion
        ("leitung", ValidationError),  # confirmed it
        ("schulleitung", PermissionDenied),
        ("nachbarin", PermissionDenied),
        ("koordination", PermissionDenied),
        ("pruefung", PermissionDenied),
    ],
)
def test_nobody_else_signs(cast, vergeben, schritt, wer, fehler):
    with pytest.raises(fehler):
        schritt(vergeben.antrag, by=getattr(cast, wer), begruendung="Bitte noch einmal.")
    vergeben.antrag.refresh_from_db()
    assert vergeben.antrag.status == Status.BESCHLOSSEN


def test_an_award_is_released(cast):
    budget = make_budget(cast)
    antrag = make_beschlossen(cast, betrag="900.00", auflagen="Bericht bis Mai.")
    Mail.objects.all().delete()
    antrag = unterschreiben(antrag, "bewilligen", by=cast.freigabe)
    assert (antrag.status, antrag.bewilligt, antrag.auflagen) == ("bewilligt", D("900.00"), "Bericht bis Mai.")
    budget.refresh_from_db()
    assert (budget.gebunden, budget.reserviert) == (D("900.00"), D(0))
    schule, brief = (cast.lehrkraft, cast.schulleitung), f"Fördervertrag zu Ihrem Antrag {antrag.nummer}"
    assert {(n.an, n.betreff) for n in Mail.objects.all()} == {
        *((person.email, f"Bewilligt: Antrag {antrag.nummer}") for person in (*schule, cast.sachbearbeitung)),
        *((person.email, brief) for person in schule),
    }


def test_a_refused_release_frees_the_money(cast):
    budget = make_budget(cast)
    antrag = services.freigabe_verweigern(make_beschlossen(cast), by=cast.freigabe, begruendung="Zahlen prüfen.")
    assert (antrag.status, antrag.bewilligt, antrag.auflagen) == ("gremienreif", None, "")
    budget.refresh_from_db()
    assert (budget.reserviert, budget.gebunden) == (D(0), D(0))
    assert not Budget.objects.abweichungen().exists()


def test_a_refusal_is_signed_like_an_award(cast):
    antrag = make_ablehnung_beschlossen(cast)
    with pytest.raises(ValidationError, match="Diese Unterschrift können Sie nicht leisten"):
        services.ablehnen(antrag, by=cast.leitung, schreiben="")
    assert unterschreiben(antrag, "ablehnen", by=cast.freigabe).status == "abgelehnt"


def test_withdrawing_frees_the_money(cast):
    budget = make_budget(cast)
    antrag = services.zurueckziehen(make_beschlossen(cast), by=cast.schulleitung)
    assert (antrag.status, antrag.bewilligt) == ("zurueckgezogen", None)
    budget.refresh_from_db()
    assert budget.reserviert == 0


def test_a_case_withdrawn_meanwhile_is_not_awarded(cast):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    services.zurueckziehen(antrag, by=cast.schulleitung)
    with pytest.raises(TransitionNotAllowed, match="hat den Antrag zurückgezogen"):
        unterschreiben(antrag, "bewilligen", by=cast.freigabe)


def test_an_award_without_its_reservation_is_refused(cast):
    budget = make_budget(cast)
    antrag = make_beschlossen(cast)
    with pgtrigger.ignore():
        type(antrag).objects.filter(pk=antrag.pk).update(bewilligt=D("1100.00"))
    with pytest.raises(ValidationError, match="nicht der bewilligte Betrag reserviert"):
        unterschreiben(antrag, "bewilligen", by=cast.freigabe)
    budget.refresh_from_db()
    assert (budget.reserviert, budget.gebunden) == (D("1000.00"), D(0))


@pytest.mark.parametrize("betrag", ["0", "-5", "1200.01"])
def test_an_amount_that_cannot_be_is_refused(cast, betrag):
    make_budget(cast)
    with pytest.raises(ValidationError):
        make_beschlossen(cast, betrag=betrag)


def mit_grenze(cast, grenze="1500.00"):
    make_regel(cast.harz, entscheidungsweg="stelle", stelle_bis=D(grenze))
    return make_antrag_in(Status.GREMIENREIF, cast)


def test_the_office_decides_up_to_its_limit(cast):
    budget = make_budget(cast)
    antrag = services.selbst_entscheiden(mit_grenze(cast, "1200.00"), by=cast.leitung)
    assert (antrag.status, antrag.bewilligt) == ("beschlossen", D("1200.00"))
    buchung = budget.buchungen.get(art="reservierung")
    assert buchung.beschluss_nummer == f"HZ-N-{buchung.beschluss_am.year}/01"
    assert list(type(antrag).objects.selbst_entschieden(cast.harz)) == [antrag]


def test_whoever_decides_as_office_does_not_sign(cast):
    make_budget(cast)
    zweite = make_mitarbeit(cast.harz, Rolle.LEITUNG, zeichnungsbefugt=True).person
    antrag = services.selbst_entscheiden(mit_grenze(cast), by=zweite)
    with pytest.raises(ValidationError, match="Diese Unterschrift können Sie nicht leisten"):
        unterschreiben(antrag, "bewilligen", by=zweite)
    assert unterschreiben(antrag, "bewilligen", by=cast.freigabe).status == "bewilligt"


def test_the_office_does_not_decide_beyond_its_limit(cast):
    make_budget(cast)
    antrag = mit_grenze(cast, "1199.99")
    with pytest.raises(ValidationError, match=r"Die Netzwerkstelle entscheidet nur bis 1\.199,99"):
        services.selbst_entscheiden(antrag, by=cast.leitung)
    with pytest.raises(PermissionDenied):
        services.selbst_entscheiden(antrag, by=cast.sachbearbeitung)


def test_the_office_does_not_decide_where_the_committee_does(cast):
    make_budget(cast)
    antrag = make_antrag_in(Status.GREMIENREIF, cast)
    with pytest.raises(ValidationError, match="Diesen Antrag entscheidet das Gremium"):
        services.selbst_entscheiden(antrag, by=cast.leitung)


def test_the_reasons_of_a_refusal_are_needed(cast):
    with pytest.raises(ValidationError, match="Bitte begründen Sie diesen Schritt"):
        make_ablehnung_beschlossen(cast, gruende=" ")


def test_put_off_holds_no_money(cast):
    # Short values, side by side.
    antrag = services.beschluss_umsetzen(
        make_im_gremium(cast), by=cast.leitung, ergebnis="zurueckstellen", nummer="HZ-B-2027/03", am=None,
        gruende="Bitte das Konzept nachreichen.",
    )  # fmt: skip
    assert (antrag.status, antrag.bewilligt, antrag.buchungen.count()) == ("zurueckgestellt", None, 0)
