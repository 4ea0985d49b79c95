from datetime import timedelta

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from netzwerkstellen.models import Ansprechperson, Mitarbeit, Netzwerkstelle, Stellenereignis
from netzwerkstellen.verwaltung import services
from schulerfolg.formular.konflikt import version_of
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_landesrolle, make_mitarbeit, make_netzwerkstelle
from tests.gleichzeitig import gleichzeitig

EIN_TAG = timedelta(days=1)


@pytest.fixture
def kollegin(cast):
    return cast.sachbearbeitung.mitarbeiten.get()


@pytest.fixture
def leitung(cast):
    return cast.leitung.mitarbeiten.get()


def test_today_is_the_last_day_and_an_end_can_be_taken_back(cast):
    person, heute = Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May"), timezone.localdate()
    services.ansprechperson_beenden(person, by=cast.sachbearbeitung, letzter_tag=heute)
    assert Ansprechperson.objects.get().bis == heute
    services.ansprechperson_beenden(Ansprechperson.objects.get(), by=cast.sachbearbeitung, letzter_tag=None)
    assert Ansprechperson.objects.get().bis is None
    assert [e.in_worten for e in cast.harz.ereignisse.all()] == ["Ansprechperson Grit May geändert: bis"] * 2


def test_dates_and_signature_of_a_colleague(cast, kollegin):
    heute = timezone.localdate()
    services.mitarbeit_aendern(kollegin, by=cast.leitung, von=heute, bis=heute + EIN_TAG, zeichnungsbefugt=True)
    kollegin.refresh_from_db()
    assert (kollegin.von, kollegin.bis, kollegin.zeichnungsbefugt) == (heute, heute + EIN_TAG, True)
    morgen = heute + EIN_TAG
    assert cast.harz.ereignisse.get().in_worten == (
        f"Mitarbeit von {cast.sachbearbeitung} (Sachbearbeitung) geändert: "
        f"ab {heute:%d.%m.%Y}, bis {morgen:%d.%m.%Y}, zeichnungsbefugt"
    )


@pytest.mark.parametrize("step", ["mitarbeit_aendern", "rolle_wechseln"])
def test_nobody_extends_their_own_rights(cast, leitung, step):
    heute = timezone.localdate()
    angaben = {
        "mitarbeit_aendern": {"von": None, "bis": None, "zeichnungsbefugt": True},
        "rolle_wechseln": {"rolle": Rolle.TRAEGER_FREIGABE, "ab": heute, "zeichnungsbefugt": True},
    }[step]
    with pytest.raises(ValidationError, match="Die eigene Rolle, ihre Zeit und die Zeichnungsbefugnis"):
        getattr(services, step)(leitung, by=cast.leitung, **angaben)
    make_mitarbeit(cast.harz, Rolle.LEITUNG)
    getattr(services, step)(leitung, by=cast.koordination, **angaben)


def test_an_own_end_is_not_moved_to_a_later_day(cast, leitung):
    make_mitarbeit(cast.harz, Rolle.LEITUNG)
    heute = timezone.localdate()
    services.mitarbeit_beenden(leitung, by=cast.leitung, letzter_tag=heute + EIN_TAG)
    with pytest.raises(ValidationError, match="Die eigene Rolle"):
        services.mitarbeit_beenden(leitung, by=cast.leitung, letzter_tag=heute + 5 * EIN_TAG)
    with pytest.raises(ValidationError, match="frühestens heute"):
        services.mitarbeit_beenden(leitung, by=cast.leitung, letzter_tag=heute - EIN_TAG)
    services.mitarbeit_beenden(leitung, by=cast.leitung, letzter_tag=heute)


def test_what_has_ended_is_not_ended_later(cast):
    """A form from before must let nobody in again."""
    heute = timezone.localdate()
    kollegin = make_mitarbeit(cast.harz, bis=heute - EIN_TAG)
    with pytest.raises(ValidationError, match="endete schon am"):
        services.mitarbeit_beenden(kollegin, by=cast.leitung, letzter_tag=heute)
    services.mitarbeit_beenden(kollegin, by=cast.leitung, letzter_tag=heute - 2 * EIN_TAG)
    assert Mitarbeit.objects.get(pk=kollegin.pk).bis == heute - 2 * EIN_TAG


@pytest.mark.parametrize("tage", [0, 30])
def test_an_office_is_never_left_without_leitung(cast, leitung, tage):
    tag = timezone.localdate() + tage * EIN_TAG
    satz = f"Ab dem {tag + EIN_TAG:%d.%m.%Y} hätte die Netzwerkstelle keine Leitung."
    with pytest.raises(ValidationError, match=satz):
        services.mitarbeit_beenden(leitung, by=cast.koordination, letzter_tag=tag)
    with pytest.raises(ValidationError, match=satz):
        services.mitarbeit_aendern(leitung, by=cast.koordination, von=None, bis=tag, zeichnungsbefugt=True)
    with pytest.raises(ValidationError, match=satz):
        services.rolle_wechseln(
            leitung, by=cast.koordination, rolle=Rolle.SACHBEARBEITUNG, ab=tag + EIN_TAG, zeichnungsbefugt=False
        )
    leitung.refresh_from_db()
    assert leitung.bis is None
    assert not Stellenereignis.objects.exists()


def test_with_a_successor_the_leitung_may_leave(cast, leitung):
    heute = timezone.localdate()
    make_mitarbeit(cast.harz, Rolle.LEITUNG, von=heute + EIN_TAG)
    services.mitarbeit_beenden(leitung, by=cast.leitung, letzter_tag=heute)
    assert Mitarbeit.objects.get(pk=leitung.pk).bis == heute


def test_an_office_that_has_no_leitung_can_still_be_put_in_order(cast):
    stelle = make_netzwerkstelle()
    leitung = make_mitarbeit(stelle, Rolle.LEITUNG, bis=timezone.localdate() - EIN_TAG)
    kollegin = make_mitarbeit(stelle)
    services.mitarbeit_aendern(kollegin, by=cast.koordination, von=None, bis=None, zeichnungsbefugt=True)
    services.mitarbeit_aendern(leitung, by=cast.koordination, von=None, bis=timezone.localdate(), zeichnungsbefugt=True)


@pytest.mark.parametrize(
    "versuch",
    [
        lambda zeile: zeile.update(bis=timezone.localdate() - EIN_TAG),
        lambda zeile: zeile.update(rolle=Rolle.SACHBEARBEITUNG),
        lambda zeile: zeile.delete(),
    ],
    ids=["endet", "wechselt", "verschwindet"],
)
def test_the_database_leaves_no_office_without_leitung(cast, leitung, versuch):
    @transaction.atomic
    def bis_zum_ende():
        versuch(Mitarbeit.objects.filter(pk=leitung.pk))
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="mitarbeit_leitung_bleibt"):
        bis_zum_ende()
    with pgtrigger.ignore("netzwerkstellen.Mitarbeit:leitung_bleibt"):
        bis_zum_ende()  # it is this trigger that refuses, nothing else


def test_the_database_closes_no_account_of_the_only_leitung(cast, leitung):
    @transaction.atomic
    def sperren(person):
        Person.objects.filter(pk=person.pk).update(is_active=False)
        connection.check_constraints()

    sperren(cast.sachbearbeitung)
    with pytest.raises(IntegrityError, match="mitarbeit_leitung_bleibt"):
        sperren(leitung.person)
    with pgtrigger.ignore("netzwerkstellen.Leitungskonto:konto_der_leitung_bleibt"), transaction.atomic():
        sperren(leitung.person)  # it is this trigger that refuses, nothing else
        transaction.set_rollback(True)
    make_mitarbeit(cast.harz, Rolle.LEITUNG)
    sperren(leitung.person)


def test_the_database_waits_for_the_successor_until_the_end_of_the_transaction(cast, leitung):
    with transaction.atomic():
        Mitarbeit.objects.filter(pk=leitung.pk).update(bis=timezone.localdate() - EIN_TAG)
        make_mitarbeit(cast.harz, Rolle.LEITUNG, von=timezone.localdate())
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_two_leitungen_ending_each_other_leave_one(cast, leitung):
    zweite = make_mitarbeit(cast.harz, Rolle.LEITUNG)
    paare = [(zweite, cast.leitung), (leitung, zweite.person)]

    def beenden(nummer):
        mitarbeit, by = paare[nummer]
        try:
            services.mitarbeit_beenden(mitarbeit, by=by, letzter_tag=timezone.localdate())
        except ValidationError as error:
            return error.messages[0][:6]
        return "endet"

    for _ in range(10):
        Mitarbeit.objects.filter(rolle=Rolle.LEITUNG).update(bis=None)
        assert sorted(gleichzeitig(beenden, mal=2, faeden=2)) == ["Ab dem", "endet"]
        assert cast.harz.mitarbeiten.leitungen().filter(bis=None).count() == 1


def test_a_change_of_role_is_an_end_and_a_new_row(cast, kollegin):
    ab = timezone.localdate() + 10 * EIN_TAG
    services.rolle_wechseln(kollegin, by=cast.leitung, rolle=Rolle.TRAEGER_FREIGABE, ab=ab, zeichnungsbefugt=True)
    rows = cast.sachbearbeitung.mitarbeiten.order_by("pk").values_list("rolle", "von", "bis", "zeichnungsbefugt")
    assert list(rows) == [
        ("sachbearbeitung", None, ab - EIN_TAG, False),
        ("traeger_freigabe", ab, None, True),
    ]
    assert cast.harz.ereignisse.get().in_worten == (
        f"{cast.sachbearbeitung} wechselt am {ab:%d.%m.%Y} von Sachbearbeitung zu Freigabe beim Träger"
    )


def test_a_planned_change_of_role_is_taken_back(cast, kollegin):
    ab, ende = timezone.localdate() + 10 * EIN_TAG, timezone.localdate() + 90 * EIN_TAG
    Mitarbeit.objects.filter(pk=kollegin.pk).update(bis=ende)
    wechsel = {"rolle": Rolle.TRAEGER_FREIGABE, "ab": ab, "zeichnungsbefugt": True}
    geplant = services.rolle_wechseln(kollegin, by=cast.leitung, **wechsel)
    services.mitarbeit_zuruecknehmen(geplant, by=cast.leitung)
    assert list(cast.sachbearbeitung.mitarbeiten.values_list("rolle", "bis")) == [("sachbearbeitung", ende)]
    assert cast.harz.ereignisse.first().in_worten == (
        f"Geplant für {cast.sachbearbeitung}, zurückgenommen: Freigabe beim Träger ab {ab:%d.%m.%Y}; "
        "Sachbearbeitung gilt weiter"
    )
    with pytest.raises(ValidationError, match="schon zurückgenommen"):
        services.mitarbeit_zuruecknehmen(geplant, by=cast.leitung)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_back_the_same_planned_role_do_it_once(cast, kollegin):
    wechsel = {"rolle": Rolle.LEITUNG, "ab": timezone.localdate() + EIN_TAG, "zeichnungsbefugt": True}
    geplant = services.rolle_wechseln(kollegin, by=cast.leitung, **wechsel)
    gesehen = [Mitarbeit.objects.select_related("person").get(pk=geplant.pk) for _ in range(4)]

    def zuruecknehmen(wer):
        try:
            services.mitarbeit_zuruecknehmen(gesehen[wer], by=cast.leitung)
        except ValidationError as error:
            return error.messages[0]
        return "zurückgenommen"

    antworten = gleichzeitig(zuruecknehmen, mal=4, faeden=4)
    assert sorted(antworten) == [services.SCHON_ZURUECK] * 3 + ["zurückgenommen"]
    assert cast.harz.ereignisse.filter(text__startswith="Geplant für").count() == 1


def test_what_has_begun_is_not_taken_back_nor_the_last_leitung(cast, kollegin, leitung):
    with pytest.raises(ValidationError, match="hat schon begonnen"):
        services.mitarbeit_zuruecknehmen(kollegin, by=cast.leitung)
    heute = timezone.localdate()
    nachfolge = make_mitarbeit(cast.harz, Rolle.LEITUNG, von=heute + EIN_TAG)
    services.mitarbeit_beenden(leitung, by=cast.leitung, letzter_tag=heute)
    with pytest.raises(ValidationError, match="hätte die Netzwerkstelle keine Leitung"):
        services.mitarbeit_zuruecknehmen(nachfolge, by=cast.koordination)
    assert Mitarbeit.objects.filter(pk=nachfolge.pk).exists()


def test_a_change_of_role_that_makes_no_sense(cast, kollegin):
    heute = timezone.localdate()
    Mitarbeit.objects.filter(pk=kollegin.pk).update(von=heute, bis=heute + 5 * EIN_TAG)

    def wechseln(**angaben):
        angaben = {"rolle": Rolle.LEITUNG, "ab": heute + EIN_TAG, "zeichnungsbefugt": False} | angaben
        services.rolle_wechseln(kollegin, by=cast.leitung, **angaben)

    for satz, angaben in {
        "Diese Rolle hat die Person schon": {"rolle": Rolle.SACHBEARBEITUNG},
        "Die bisherige Rolle beginnt am": {"ab": heute},
        "Die bisherige Rolle endet am": {"ab": heute + 6 * EIN_TAG},
        "Wer prüft, zeichnet nicht": {"rolle": Rolle.PRUEFUNG, "zeichnungsbefugt": True},
    }.items():
        with pytest.raises(ValidationError, match=satz):
            wechseln(**angaben)
    make_mitarbeit(cast.harz, Rolle.LEITUNG, person=cast.sachbearbeitung, von=heute + 3 * EIN_TAG)
    with pytest.raises(ValidationError, match="Diese Person hat die Rolle in dieser Zeit schon"):
        wechseln()


def test_auditors_never_sign(cast):
    pruefung = make_mitarbeit(cast.harz, Rolle.PRUEFUNG)
    with pytest.raises(ValidationError, match="Wer prüft, zeichnet nicht"):
        services.mitarbeit_aendern(pruefung, by=cast.leitung, von=None, bis=None, zeichnungsbefugt=True)


@pytest.mark.parametrize("wer", ["sachbearbeitung", "freigabe", "pruefung", "nachbarin", "lehrkraft"])
def test_only_leitung_and_coordination_change_the_team(cast, kollegin, wer):
    with pytest.raises(PermissionDenied):
        services.mitarbeit_beenden(kollegin, by=getattr(cast, wer), letzter_tag=timezone.localdate())


def test_a_hat_that_ended_meanwhile_no_longer_counts(cast, kollegin):
    koordination = make_landesrolle(Rolle.KOORDINATION).person
    koordination.landesrollen.update(bis=timezone.localdate() - EIN_TAG)
    with pytest.raises(PermissionDenied):
        services.mitarbeit_beenden(kollegin, by=koordination, letzter_tag=timezone.localdate())


def test_the_coordination_office_cannot_open_an_office_to_itself(cast):
    cast.harz.teilt_inhalte = True
    with pytest.raises(PermissionDenied, match="Diesen Schritt macht: Leitung der Netzwerkstelle"):
        services.angaben_aendern(cast.harz, by=cast.koordination, version=version_of(cast.harz))
    services.angaben_aendern(cast.harz, by=cast.leitung, version=version_of(cast.harz))
    assert Netzwerkstelle.objects.get(pk=cast.harz.pk).teilt_inhalte
