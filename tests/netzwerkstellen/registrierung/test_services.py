import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netzwerkstellen.models import Registrierung, Schulzugehoerigkeit
from netzwerkstellen.registrierung import services
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_organisation, make_person, make_registrierung, make_zugehoerigkeit
from tests.gleichzeitig import gleichzeitig


def anfrage(cast, **fields):
    defaults = {"email": "ada@schule.example", "vorname": "Ada", "nachname": "Öz", "rolle": Rolle.SCHULE_MITARBEIT}
    return Registrierung(schule=cast.schule, **defaults | fields)


def wartend(cast, **fields):
    return make_registrierung(cast.schule, make_person("Ada", "Öz"), **fields)


def betreffe(**filter_):
    return list(Mail.objects.filter(**filter_).order_by("pk").values_list("betreff", flat=True))


def test_a_stranger_gets_a_link_that_is_known_only_there(cast):
    registrierung = services.registrieren(anfrage(cast))
    mail = Mail.objects.get()
    token = re.search(r"https://portal\.example/registrieren/bestaetigen/([A-Za-z0-9_-]{43})/", mail.text)[1]
    assert (mail.an, mail.betreff) == ("ada@schule.example", "Bitte bestätigen Sie Ihre Adresse")
    assert token not in registrierung.pruefsumme
    assert Registrierung.objects.mit_token(token) == registrierung
    assert timedelta(days=2, hours=23) < registrierung.link_gueltig_bis - timezone.now() <= timedelta(days=3)
    assert not Person.objects.filter(email="ada@schule.example").exists()


@pytest.mark.parametrize(
    ("aktiv", "betreff"), [(True, "Sie haben schon ein Konto"), (False, "Ihr Konto ist zurzeit gesperrt")]
)
def test_a_known_address_gets_no_link(cast, aktiv, betreff):
    make_person(email="ada@schule.example", is_active=aktiv)
    registrierung = services.registrieren(anfrage(cast))
    assert betreffe() == [betreff]
    assert "bestaetigen" not in Mail.objects.get().text
    assert not registrierung.ist_ungeprueft


def test_known_and_unknown_addresses_ask_the_database_the_same(cast):
    make_person(email="bekannt@schule.example")

    def arbeit(email):
        with CaptureQueriesContext(
            connection,
        ) as gefragt:
            services.registrieren(anfrage(cast, email=email))
        return [re.sub(r"'[^']*'|\d+", "?", frage["sql"]).split(" WHERE ")[0][:60] for frage in gefragt]

    assert arbeit("bekannt@schule.example") == arbeit("ada@schule.example")


def test_a_second_link_closes_the_first(cast):
    erste, zweite = services.registrieren(anfrage(cast)), services.registrieren(anfrage(cast))
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        services.bestaetigen(erste, passwort=PASSWORT)
    services.bestaetigen(zweite, passwort=PASSWORT)
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        services.bestaetigen(zweite, passwort=PASSWORT)


def test_an_expired_link_opens_no_account(cast):
    registrierung = make_registrierung(cast.schule, link_gueltig_bis=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        services.bestaetigen(registrierung, passwort=PASSWORT)


def test_a_confirmed_address_has_an_account_without_hats_and_those_who_decide_hear_of_it(cast):
    person = services.bestaetigen(services.registrieren(anfrage(cast)), passwort=PASSWORT)
    assert person.check_password(PASSWORT)
    assert EmailAddress.objects.get(user=person).verified
    assert not person.schulzugehoerigkeiten.exists()
    an = Mail.objects.filter(betreff="Bitte entscheiden: Ada Öz möchte mitarbeiten").values_list("an", flat=True)
    assert sorted(an) == sorted([cast.schulleitung.email, cast.leitung.email, cast.sachbearbeitung.email])
    ereignis = cast.harz.ereignisse.get()
    assert ereignis.in_worten == f"Anfrage von Ada Öz: Lehrkraft, {cast.schule}; wartet auf Freigabe"
    assert ereignis.rolle == "noch ohne Rolle"


@pytest.mark.parametrize("wer", ["schulleitung", "sachbearbeitung", "leitung", "koordination"])
def test_approved_means_a_hat_from_today_on(cast, wer):
    registrierung = wartend(cast)
    services.freigeben(registrierung, by=getattr(cast, wer))
    zeile = Schulzugehoerigkeit.objects.get(person=registrierung.person)
    assert (zeile.schule, zeile.rolle, zeile.von, zeile.bis) == (
        cast.schule,
        "schule_mitarbeit",
        timezone.localdate(),
        None,
    )
    assert betreffe(an=registrierung.email) == ["Ihr Zugang ist freigegeben"]
    assert cast.harz.ereignisse.get().in_worten == f"Anfrage von Ada Öz freigegeben: Lehrkraft, {cast.schule}"


def test_refused_means_a_reason_and_no_hat(cast):
    registrierung = wartend(cast)
    with pytest.raises(ValidationError, match="Bitte schreiben Sie der Person, warum"):
        services.ablehnen(registrierung, by=cast.schulleitung, begruendung=" ")
    services.ablehnen(registrierung, by=cast.schulleitung, begruendung="Bei uns nicht bekannt.")
    assert not Schulzugehoerigkeit.objects.filter(person=registrierung.person).exists()
    assert "Bei uns nicht bekannt." in Mail.objects.get(an=registrierung.email).text
    assert cast.harz.ereignisse.get().begruendung == "Bei uns nicht bekannt."


@pytest.mark.parametrize("wer", ["lehrkraft", "freigabe", "nachbarin", "pruefung", "fremd"])
def test_nobody_else_decides(cast, wer):
    with pytest.raises(PermissionDenied):
        services.freigeben(wartend(cast), by=getattr(cast, wer))


@pytest.mark.parametrize("rolle", [Rolle.SCHULE_LEITUNG, Rolle.SCHULE_STELLVERTRETUNG])
def test_who_signs_for_a_school_is_approved_by_the_office_alone(cast, rolle):
    registrierung = wartend(cast, rolle=rolle)
    with pytest.raises(PermissionDenied):
        services.freigeben(registrierung, by=cast.schulleitung)
    assert cast.schulleitung not in services.entscheidende(registrierung)
    services.freigeben(registrierung, by=cast.sachbearbeitung)


def test_nobody_approves_themselves(cast):
    registrierung = make_registrierung(cast.schule, cast.schulleitung)
    with pytest.raises(PermissionDenied):
        services.freigeben(registrierung, by=cast.schulleitung)


def test_schulsozialarbeit_needs_its_employer(cast):
    registrierung, traeger = wartend(cast, rolle=Rolle.SCHULSOZIALARBEIT), make_organisation()
    with pytest.raises(ValidationError, match="Bitte wählen Sie den Träger"):
        services.freigeben(registrierung, by=cast.schulleitung)
    assert services.freigeben(registrierung, by=cast.schulleitung, arbeitgeber=traeger).arbeitgeber == traeger


@pytest.mark.django_db(transaction=True)
def test_of_many_decisions_one_counts(cast):
    registrierung = wartend(cast)

    def entscheiden(nummer):
        try:
            if nummer % 2:
                services.freigeben(registrierung, by=cast.schulleitung)
            else:
                services.ablehnen(registrierung, by=cast.leitung, begruendung="Nein.")
        except ValidationError as error:
            return "schon" in error.messages[0]
        return "entschieden"

    antworten = gleichzeitig(entscheiden, mal=6, faeden=3)
    assert antworten.count("entschieden") == 1
    assert antworten.count(True) == 5
    assert Mail.objects.filter(an=registrierung.email).count() == 1


def test_the_database_keeps_a_decision(cast):
    registrierung = wartend(cast)
    services.freigeben(registrierung, by=cast.schulleitung)
    for versuch in ({"freigegeben": False, "begruendung": "doch nicht"}, {"verfallen_am": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Registrierung.objects.filter(pk=registrierung.pk).update(**versuch)
    Registrierung.objects.filter(pk=wartend(cast).pk).update(verfallen_am=timezone.now())


def test_a_further_school_is_asked_for_with_the_own_account(cast):
    registrierung = services.zugang_beantragen(
        Registrierung(schule=cast.fremdschule, rolle=Rolle.SCHULE_MITARBEIT), by=cast.lehrkraft
    )
    assert (registrierung.person, registrierung.email) == (cast.lehrkraft, cast.lehrkraft.email)
    with pytest.raises(ValidationError, match="wartet schon eine Anfrage von Ihnen"):
        services.zugang_beantragen(Registrierung(schule=cast.fremdschule, rolle="schulsozialarbeit"), by=cast.lehrkraft)
    with pytest.raises(ValidationError, match="haben Sie an dieser Schule schon"):
        services.zugang_beantragen(Registrierung(schule=cast.schule, rolle="schule_mitarbeit"), by=cast.lehrkraft)


def test_what_waited_30_days_expires_and_what_was_never_confirmed_is_forgotten(cast):
    heute = timezone.localdate()
    damals = timezone.now() - timedelta(days=31)
    alt, neu = wartend(cast, bestaetigt_am=damals), wartend(cast)
    make_registrierung(cast.schule, eingegangen_am=damals)
    make_registrierung(cast.schule)
    assert services.registrierungen_verfallen(heute) == 2
    assert services.registrierungen_verfallen(heute) == 0
    alt.refresh_from_db()
    assert (alt.verfallen_am is None, Registrierung.objects.count()) == (False, 3)
    assert betreffe(an=alt.email) == ["Ihre Anfrage ist verfallen"]
    assert cast.harz.ereignisse.get().rolle == "Portal"
    with pytest.raises(ValidationError, match="ist verfallen"):
        services.freigeben(alt, by=cast.leitung)
    services.freigeben(neu, by=cast.leitung)


def test_a_hat_that_ended_meanwhile_no_longer_decides(cast):
    frueher = make_zugehoerigkeit(
        cast.schule, Rolle.SCHULE_LEITUNG, bis=timezone.localdate() - timedelta(days=1)
    ).person
    with pytest.raises(PermissionDenied):
        services.freigeben(wartend(cast), by=frueher)


def test_a_stranger_fills_nobody_s_mailbox(cast):
    """Three a day, whoever has an account or not; the last link stays good, and the next day there is a new one."""
    for _ in range(3):
        services.registrieren(anfrage(cast))
    with pytest.raises(ValidationError, match="Der Link aus der letzten gilt noch"):
        services.registrieren(anfrage(cast))
    assert Mail.objects.count() == 3
    assert Registrierung.objects.ungeprueft().filter(email="ada@schule.example").count() == 1
    Registrierung.objects.update(eingegangen_am=timezone.now() - timedelta(days=1))
    services.registrieren(anfrage(cast))
    assert Mail.objects.count() == 4
