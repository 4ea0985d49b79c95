"""What is left behind with somebody who is gone, and how it is handed over."""

from datetime import timedelta

from django.utils import timezone

from angebote.antrag.uebergabe import in_arbeit, uebergeben, verwaist
from angebote.antrag.workflow import Status
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person
from tests.factories_antrag import make_antrag, make_antrag_in

KLEIN = [("Honorare", "Kurs", 1, "", "10.00")]


def gegangen(mitarbeit):
    type(mitarbeit).objects.filter(pk=mitarbeit.pk).update(bis=timezone.localdate() - timedelta(days=1))


def rest(cast, mitarbeit, zahl):
    stelle = {"stelle": cast.harz.name, "slug": cast.harz.slug}
    return stelle | {"wer": str(mitarbeit.person), "zahl": zahl, "mitarbeit": mitarbeit.pk}


def test_what_is_left_behind_are_cases_and_drafts_on_behalf_of_a_school(cast):
    """Each case counts once, also for somebody who looks after it and wrote it."""
    alte = cast.sachbearbeitung.mitarbeiten.get()
    nur_entwurf = make_mitarbeit(cast.harz, person=make_person("Ida", "Alt"))
    make_antrag_in(Status.FORMALPRUEFUNG, cast, kosten=KLEIN)
    make_antrag_in(Status.ABGELEHNT, cast, kosten=KLEIN)
    make_antrag(cast.schule, cast.sachbearbeitung, im_auftrag=True, zustaendig=cast.sachbearbeitung)
    make_antrag(cast.schule, nur_entwurf.person, im_auftrag=True)
    make_antrag(cast.schule, cast.leitung, im_auftrag=True)
    assert list(verwaist([cast.harz])) == []
    gegangen(alte)
    gegangen(nur_entwurf)
    assert list(verwaist([cast.harz])) == [rest(cast, nur_entwurf, 1), rest(cast, alte, 2)]
    assert list(verwaist([cast.boerde])) == []
    assert (in_arbeit(cast.sachbearbeitung).count(), in_arbeit(nur_entwurf.person).count()) == (2, 1)


def test_a_closed_account_leaves_everything_behind(cast):
    zeile = cast.sachbearbeitung.mitarbeiten.get()
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    type(cast.sachbearbeitung).objects.filter(pk=cast.sachbearbeitung.pk).update(is_active=False)
    assert list(verwaist([cast.harz])) == [rest(cast, zeile, 1)]


def test_who_works_on_in_another_role_leaves_nothing_behind(cast):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    gegangen(cast.sachbearbeitung.mitarbeiten.get())
    make_mitarbeit(cast.harz, Rolle.LEITUNG, person=cast.sachbearbeitung)
    assert list(verwaist([cast.harz])) == []


def test_the_history_names_the_hat_that_handed_over(cast):
    """The coordination office has no place, an office has; one mail tells of everything, however often it is asked."""
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    uebergeben(cast.sachbearbeitung, cast.harz, an=cast.leitung, by=cast.koordination)
    hin = antrag.ereignisse.order_by("-pk").first()
    assert (hin.rolle, hin.durch, hin.von, hin.nach) == (
        "Koordinierungsstelle",
        cast.koordination,
        "formalpruefung",
        "formalpruefung",
    )
    uebergeben(cast.leitung, cast.harz, an=cast.sachbearbeitung, by=cast.leitung)
    her = antrag.ereignisse.order_by("-pk").first()
    assert her.rolle == f"Leitung der Netzwerkstelle, {cast.harz.name}"
    schluessel = Mail.objects.filter(schluessel__startswith="uebergabe:").order_by("pk")
    assert list(schluessel.values_list("schluessel", flat=True)) == [
        f"uebergabe:{hin.pk}:{cast.leitung.pk}",
        f"uebergabe:{her.pk}:{cast.sachbearbeitung.pk}",
    ]


def test_a_draft_on_behalf_changes_its_author_and_a_submitted_case_keeps_it(cast):
    entwurf = make_antrag(cast.schule, cast.sachbearbeitung, im_auftrag=True)
    laufend = make_antrag_in(Status.FORMALPRUEFUNG, cast, kosten=KLEIN)
    assert uebergeben(cast.sachbearbeitung, cast.harz, an=cast.leitung, by=cast.leitung) == 2
    for antrag in (entwurf, laufend):
        antrag.refresh_from_db()
    assert (entwurf.verfasst_durch, entwurf.zustaendig) == (cast.leitung, None)
    assert (laufend.verfasst_durch, laufend.zustaendig) == (cast.lehrkraft, cast.leitung)
