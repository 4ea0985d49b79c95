import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from netzwerkstellen.einladung import services
from netzwerkstellen.einladung.queries import person_mit_adresse, pruefsumme
from netzwerkstellen.models import Einladung, Mitarbeit, Schulzugehoerigkeit
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_organisation, make_person
from tests.gleichzeitig import gleichzeitig

NEU = {"vorname": "Ada", "nachname": "Öz", "passwort": "ein-langes-Passwort-2026"}


def offer(cast, **fields):
    defaults = {"email": "ada@schule.example", "vorname": "Ada", "nachname": "Öz", "rolle": Rolle.SACHBEARBEITUNG}
    return Einladung(netzwerkstelle=cast.harz, **defaults | fields)


def token_in_mail():
    text = Mail.objects.filter(schluessel__startswith="einladung:").first().text
    return re.search(r"https://portal\.example/einladung/([A-Za-z0-9_-]{43})/", text)[1]


def test_an_invitation_writes_a_mail_whose_link_is_known_only_there(cast):
    einladung = services.einladen(offer(cast, zeichnungsbefugt=True), by=cast.leitung)
    nachricht = Mail.objects.get()
    assert (nachricht.an, nachricht.betreff) == (
        "ada@schule.example",
        "Ihre Einladung in das Portal „Schulerfolg sichern“",
    )
    assert f"{cast.leitung} lädt Sie ein" in nachricht.text
    assert "Rolle: Sachbearbeitung, zeichnungsbefugt" in nachricht.text
    assert f"Ort: {cast.harz.name}" in nachricht.text
    assert einladung.pruefsumme == pruefsumme(token_in_mail())
    assert timedelta(days=13, hours=23) < einladung.gueltig_bis - timezone.now() <= timedelta(days=14)
    ereignis = cast.harz.ereignisse.get()
    assert ereignis.in_worten == f"Ada Öz eingeladen: Sachbearbeitung, {cast.harz.name}"
    assert ereignis.rolle == f"Leitung der Netzwerkstelle, {cast.harz.kurzname}"


def test_names_stand_in_the_mail_as_they_are_written(cast):
    Person.objects.filter(pk=cast.leitung.pk).update(vorname="D'Artagnan", nachname="<O&K>")
    services.einladen(offer(cast), by=Person.objects.get(pk=cast.leitung.pk))
    assert "D'Artagnan <O&K> lädt Sie ein" in Mail.objects.get().text


@pytest.mark.parametrize("wer", ["sachbearbeitung", "freigabe", "pruefung", "nachbarin", "lehrkraft", "fremd"])
def test_only_leitung_and_coordination_invite_into_the_team(cast, wer):
    with pytest.raises(PermissionDenied):
        services.einladen(offer(cast), by=getattr(cast, wer))
    assert not Einladung.objects.exists()
    assert not Mail.objects.exists()


def test_sachbearbeitung_invites_to_a_school(cast):
    services.einladen(offer(cast, rolle=Rolle.SCHULE_LEITUNG, schule=cast.schule), by=cast.sachbearbeitung)
    assert f"Netzwerkstelle: {cast.harz.name}" in Mail.objects.get().text


def test_nobody_invites_themselves(cast):
    with pytest.raises(ValidationError, match="Sich selbst können Sie nicht einladen"):
        services.einladen(offer(cast, email=cast.leitung.email, rolle=Rolle.TRAEGER_FREIGABE), by=cast.leitung)


def test_nobody_is_invited_to_a_role_they_have(cast):
    with pytest.raises(ValidationError, match="hat diese Rolle hier schon"):
        services.einladen(offer(cast, email=cast.sachbearbeitung.email), by=cast.leitung)
    services.einladen(offer(cast, email=cast.sachbearbeitung.email, rolle=Rolle.LEITUNG), by=cast.leitung)


def test_the_same_invitation_is_under_way_once(cast):
    erste = services.einladen(offer(cast), by=cast.leitung)
    with pytest.raises(ValidationError, match="Diese Einladung ist schon unterwegs"):
        services.einladen(offer(cast), by=cast.leitung)
    Einladung.objects.update(gueltig_bis=timezone.now() - timedelta(minutes=1))
    services.einladen(offer(cast), by=cast.leitung)
    erste.refresh_from_db()
    assert erste.zurueckgenommen_am is not None
    assert Einladung.objects.offen().count() == 1


def test_a_new_link_closes_the_old_one(cast):
    einladung = services.einladen(offer(cast), by=cast.leitung)
    alt = token_in_mail()
    services.erneut_senden(einladung, by=cast.koordination)
    neu = token_in_mail()
    assert alt != neu
    assert Einladung.objects.mit_token(alt) is None
    assert Einladung.objects.mit_token(neu) == einladung
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        services.konto_anlegen(einladung, **NEU)


def test_what_is_answered_or_taken_back_stays_so(cast):
    einladung = services.einladen(offer(cast), by=cast.leitung)
    services.zuruecknehmen(einladung, by=cast.leitung)
    for step in (services.erneut_senden, services.zuruecknehmen):
        with pytest.raises(ValidationError, match="inzwischen angenommen oder zurückgenommen"):
            step(einladung, by=cast.leitung)
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        services.konto_anlegen(Einladung.objects.get(), **NEU)
    assert not Person.objects.filter(email="ada@schule.example").exists()


def test_somebody_new_gets_account_address_and_role(cast):
    einladung = services.einladen(offer(cast, zeichnungsbefugt=True), by=cast.leitung)
    person = services.konto_anlegen(einladung, **NEU)
    assert person.check_password(NEU["passwort"])
    adresse = EmailAddress.objects.get(user=person)
    assert (adresse.email, adresse.verified, adresse.primary) == ("ada@schule.example", True, True)
    mitarbeit = Mitarbeit.objects.get(person=person)
    assert (mitarbeit.rolle, mitarbeit.von, mitarbeit.bis, mitarbeit.zeichnungsbefugt) == (
        "sachbearbeitung",
        timezone.localdate(),
        None,
        True,
    )
    ereignis = cast.harz.ereignisse.first()
    assert ereignis.in_worten == f"Ada Öz hat die Einladung angenommen: Sachbearbeitung, {cast.harz.name}"
    assert (ereignis.durch, ereignis.rolle) == (person, f"Sachbearbeitung, {cast.harz.kurzname}")
    antwort = Mail.objects.get(schluessel__endswith=":angenommen")
    assert (antwort.an, antwort.betreff) == (cast.leitung.email, "Ada Öz hat Ihre Einladung angenommen")


def test_a_school_role_comes_with_its_employer(cast):
    traeger = make_organisation()
    fields = {"rolle": Rolle.SCHULSOZIALARBEIT, "schule": cast.schule, "arbeitgeber": traeger}
    person = services.konto_anlegen(services.einladen(offer(cast, **fields), by=cast.sachbearbeitung), **NEU)
    zugehoerigkeit = Schulzugehoerigkeit.objects.get(person=person)
    assert (zugehoerigkeit.schule, zugehoerigkeit.rolle, zugehoerigkeit.arbeitgeber) == (
        cast.schule,
        "schulsozialarbeit",
        traeger,
    )


def test_an_audit_ends_by_itself(cast):
    person = services.konto_anlegen(services.einladen(offer(cast, rolle=Rolle.PRUEFUNG), by=cast.leitung), **NEU)
    assert person.mitarbeiten.get().bis == timezone.localdate() + timedelta(days=90)


def test_somebody_with_an_account_gets_the_role_besides(cast):
    einladung = services.einladen(offer(cast, email=cast.lehrkraft.email), by=cast.leitung)
    services.annehmen(einladung, by=cast.lehrkraft)
    assert cast.lehrkraft.mitarbeiten.get().netzwerkstelle == cast.harz
    assert cast.lehrkraft.schulzugehoerigkeiten.count() == 1


def test_only_the_invited_person_accepts(cast):
    einladung = services.einladen(offer(cast, email=cast.lehrkraft.email), by=cast.leitung)
    with pytest.raises(ValidationError, match="gilt für eine andere Person"):
        services.annehmen(einladung, by=cast.fremd)
    with pytest.raises(ValidationError, match="gibt es inzwischen ein Konto"):
        services.konto_anlegen(einladung, **NEU)


def test_an_expired_link_gives_nothing(cast):
    einladung = make_einladung(cast.harz, cast.leitung, gueltig_bis=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        services.konto_anlegen(einladung, **NEU)


def test_an_account_is_found_by_every_confirmed_address(cast):
    person = make_person()
    EmailAddress.objects.create(user=person, email="zweite@schule.example", verified=True)
    EmailAddress.objects.create(user=person, email="behauptet@schule.example", verified=False)
    assert person_mit_adresse(person.email) == person
    assert person_mit_adresse("zweite@schule.example") == person
    assert person_mit_adresse("behauptet@schule.example") is None


@pytest.mark.django_db(transaction=True)
def test_of_200_acceptances_one_wins(cast):
    einladung = make_einladung(cast.harz, cast.leitung, email="ada@schule.example")

    def annehmen(_):
        try:
            services.konto_anlegen(Einladung.objects.get(pk=einladung.pk), **NEU)
        except ValidationError as error:
            return error.messages[0][:36]
        return "angenommen"

    antworten = gleichzeitig(annehmen)
    assert antworten.count("angenommen") == 1
    assert set(antworten) == {"angenommen", "Diese Einladung gilt nicht mehr: Sie"}
    assert Person.objects.filter(email="ada@schule.example").count() == 1
    assert Mitarbeit.objects.filter(person__email="ada@schule.example").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_to_one_new_address_make_one_account(cast):
    email = "ada@schule.example"
    beide = [
        make_einladung(cast.harz, cast.leitung, email=email),
        make_einladung(cast.boerde, cast.nachbarin, email=email),
    ]

    def annehmen(nummer):
        try:
            services.konto_anlegen(beide[nummer], **NEU)
        except ValidationError as error:
            return error.messages[0]
        return "angenommen"

    antworten = gleichzeitig(annehmen, mal=2, faeden=2)
    assert antworten.count("angenommen") == 1
    assert Person.objects.filter(email=email).count() == 1
