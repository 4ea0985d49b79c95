from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.antrag.workflow import Status
from netzwerkstellen.abwesenheit import services
from netzwerkstellen.abwesenheit.queries import moegliche_vertretungen
from schulerfolg.dach.einrichtung.aufgaben import TITEL as EINRICHTEN
from schulerfolg.konten.models import Abwesenheit, Mail
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import notify
from tests.factories import make_mitarbeit, make_person, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in

HEUTE, EIN_TAG = timezone.localdate(), timedelta(days=1)
MAIL = ("netzwerkstellen/mail/vertretung.txt", "probe")


def weg(cast, person=None, vertretung=None, von=0, bis=10, **fields):
    return Abwesenheit(
        person=person or cast.sachbearbeitung,
        vertretung=vertretung or cast.leitung,
        von=HEUTE + von * EIN_TAG,
        bis=HEUTE + bis * EIN_TAG,
        **fields,
    )


@pytest.fixture
def abwesend(cast):
    return services.abwesenheit_eintragen(weg(cast), by=cast.sachbearbeitung)


def melden(cast, personen, vertretbar=lambda person: True):
    Mail.objects.all().delete()
    context = {"abwesenheit": Abwesenheit.objects.get()}
    notify(personen, MAIL[0], context, ereignis=MAIL[1], vertretbar=vertretbar)
    return dict(Mail.objects.values_list("an", "betreff"))


def test_the_deputy_hears_of_it_and_the_office_reads_it(cast):
    services.abwesenheit_eintragen(weg(cast, notiz="Bitte auf HZ-2027-0003 achten."), by=cast.sachbearbeitung)
    mail = Mail.objects.get()
    assert mail.an == cast.leitung.email
    assert "Bitte auf HZ-2027-0003 achten." in mail.text
    ereignis = cast.harz.ereignisse.get()
    bis = HEUTE + 10 * EIN_TAG
    satz = f"{HEUTE:%d.%m.%Y} bis {bis:%d.%m.%Y}: abwesend, vertreten durch {cast.leitung}"
    assert (ereignis.in_worten, ereignis.rolle) == (
        f"{cast.sachbearbeitung}, {satz}",
        f"Sachbearbeitung, {cast.harz.kurzname}",
    )
    assert cast.sachbearbeitung.kontoereignisse.get().in_worten == satz


def test_only_colleagues_of_the_same_place_stand_in(cast):
    make_mitarbeit(cast.harz, person=make_person(is_active=False))
    pruefung = make_mitarbeit(cast.harz, Rolle.PRUEFUNG).person
    assert set(moegliche_vertretungen(cast.sachbearbeitung)) == {cast.leitung, cast.freigabe}
    assert set(moegliche_vertretungen(cast.lehrkraft)) == {cast.schulleitung}
    for fremd in (cast.nachbarin, cast.lehrkraft, pruefung, cast.koordination):
        with pytest.raises(ValidationError, match="an derselben Stelle oder Schule"):
            services.abwesenheit_eintragen(weg(cast, vertretung=fremd), by=cast.sachbearbeitung)


def test_a_deputy_who_is_away_as_well_is_none(cast, abwesend):
    with pytest.raises(ValidationError, match="ist in dieser Zeit selbst abwesend"):
        services.abwesenheit_eintragen(weg(cast, cast.leitung, cast.sachbearbeitung, von=5, bis=20), by=cast.leitung)


@pytest.mark.parametrize(("von", "bis", "satz"), [(10, 12, "schon eine Abwesenheit"), (-5, -1, "schon vorbei")])
def test_days_that_make_no_sense(cast, abwesend, von, bis, satz):
    with pytest.raises(ValidationError, match=satz):
        services.abwesenheit_eintragen(weg(cast, von=von, bis=bis), by=cast.sachbearbeitung)
    services.abwesenheit_eintragen(weg(cast, von=11, bis=12), by=cast.sachbearbeitung)


# first and last day from today, who stands in → which rule of the database refuses it
VERSTOESSE = {
    "überlappt": (3, 4, "leitung", "abwesenheit_einmal_zur_selben_zeit"),
    "rückwärts": (30, 29, "leitung", "abwesenheit_ende_nach_beginn"),
    "vertritt sich selbst": (40, 41, "sachbearbeitung", "abwesenheit_vertritt_jemand_anderes"),
}


@pytest.mark.parametrize(("von", "bis", "vertretung", "regel"), VERSTOESSE.values(), ids=VERSTOESSE)
def test_the_database_says_no_as_well(cast, abwesend, von, bis, vertretung, regel):
    zeile = weg(cast, vertretung=getattr(cast, vertretung), von=von, bis=bis, eingetragen_durch=cast.leitung)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        zeile.save()


def test_who_enters_it_for_others(cast):
    services.abwesenheit_eintragen(weg(cast), by=cast.leitung)
    for name in ("freigabe", "nachbarin", "lehrkraft", "pruefung"):
        with pytest.raises(PermissionDenied):
            services.abwesenheit_eintragen(weg(cast, von=20, bis=21), by=getattr(cast, name))
    with pytest.raises(PermissionDenied):
        services.abwesenheit_eintragen(weg(cast, cast.lehrkraft, cast.schulleitung), by=cast.leitung)


def test_back_early_or_not_gone_at_all(cast, abwesend):
    Abwesenheit.objects.update(von=HEUTE - EIN_TAG)
    spaeter = services.abwesenheit_eintragen(weg(cast, von=20, bis=21), by=cast.sachbearbeitung)
    services.abwesenheit_beenden(abwesend, by=cast.leitung)
    services.abwesenheit_beenden(spaeter, by=cast.sachbearbeitung)
    assert list(Abwesenheit.objects.values_list("bis", flat=True)) == [HEUTE - EIN_TAG]
    with pytest.raises(ValidationError, match="schon beendet"):
        services.abwesenheit_beenden(abwesend, by=cast.sachbearbeitung)


def test_a_mail_goes_to_the_deputy_too_and_says_so(cast, abwesend):
    assert melden(cast, [cast.sachbearbeitung]) == {
        cast.sachbearbeitung.email: f"Sie vertreten {cast.sachbearbeitung} ab {HEUTE:%d.%m.%Y}",
        cast.leitung.email: f"In Vertretung für {cast.sachbearbeitung}: "
        f"Sie vertreten {cast.sachbearbeitung} ab {HEUTE:%d.%m.%Y}",
    }
    text = Mail.objects.get(an=cast.leitung.email).text
    assert text.startswith(f"In Vertretung für {cast.sachbearbeitung}, abwesend bis ")


def test_who_gets_the_mail_anyway_gets_it_once(cast, abwesend):
    assert len(melden(cast, [cast.sachbearbeitung, cast.leitung])) == 2
    assert not Mail.objects.filter(betreff__startswith="In Vertretung").exists()


def test_personal_mails_and_those_the_deputy_may_not_read_stay_where_they_are(cast, abwesend):
    assert list(melden(cast, [cast.sachbearbeitung], vertretbar=None)) == [cast.sachbearbeitung.email]
    assert list(melden(cast, [cast.sachbearbeitung], lambda person: False)) == [cast.sachbearbeitung.email]


# first and last day from today → how many mails go out: 2 while somebody stands in
@pytest.mark.parametrize(
    ("von", "bis", "mails"),
    [(1, 5, 1), (0, 5, 2), (-2, 2, 2), (-5, 0, 2), (0, 0, 2), (-5, -1, 1)],
    ids=["vorher", "am ersten Tag", "dazwischen", "am letzten Tag", "an einem einzigen Tag", "danach"],
)
def test_it_holds_from_the_first_to_the_last_day(cast, abwesend, von, bis, mails):
    Abwesenheit.objects.update(von=HEUTE + von * EIN_TAG, bis=HEUTE + bis * EIN_TAG)
    assert len(melden(cast, [cast.sachbearbeitung])) == mails


def test_tasks_and_names_of_somebody_who_is_away(als, cast, abwesend):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    gruppen = {g.titel: g.karten for g in als(cast.leitung).get("/uebersicht/").context["gruppen"]}
    bis = f"{abwesend.bis:%d.%m.%Y}"
    titel = f"In Vertretung für {cast.sachbearbeitung}, abwesend bis {bis}"
    assert [karte.titel for karte in gruppen[titel]] == [antrag.titel]
    seite = als(cast.leitung).get(antrag.get_absolute_url())
    assert f"{cast.sachbearbeitung} (abwesend bis {bis}, vertreten durch {cast.leitung})" in seite.text


def test_standing_in_gives_no_right(als, cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    services.abwesenheit_eintragen(weg(cast, vertretung=cast.freigabe), by=cast.sachbearbeitung)
    vorher = als(cast.freigabe).get(f"{antrag.get_absolute_url()}pruefliste/").status_code
    assert vorher == 403
    titel = [gruppe.titel for gruppe in als(cast.freigabe).get("/uebersicht/").context["gruppen"]]
    assert not any(t.startswith("In Vertretung") for t in titel)
    fremd = make_zugehoerigkeit(cast.fremdschule, person=cast.nachbarin).person
    Abwesenheit.objects.update(vertretung=fremd)
    assert als(fremd).get(antrag.get_absolute_url()).status_code == 404
    gruppen = als(fremd).get("/uebersicht/").context["gruppen"]
    assert [gruppe.titel for gruppe in gruppen] == [EINRICHTEN]  # a new office, and nothing of the other one
