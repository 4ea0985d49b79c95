"""Accounts are closed and opened, open work is handed over, and nothing that was done loses its name."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from angebote.antrag.uebergabe import in_arbeit, uebergeben
from angebote.antrag.workflow import Status
from netzwerkstellen.models import Einladung, Mitarbeit
from schulerfolg.dach.personen import services
from schulerfolg.dach.personen.permissions import RECHTE, rollen
from schulerfolg.konten.huete import hut_modelle, offene_huete
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import (
    PASSWORT,
    make_einladung,
    make_landesrolle,
    make_mitarbeit,
    make_person,
    make_registrierung,
    make_zugehoerigkeit,
)
from tests.factories_antrag import make_antrag_in

HEUTE, EIN_TAG = timezone.localdate(), timedelta(days=1)
KLEIN = [("Honorare", "Kurs", 1, "", "10.00")]
GRUND = {"begruendung": "Hat die Stelle verlassen."}


@pytest.fixture
def kollegin(cast):
    return cast.sachbearbeitung.mitarbeiten.get()


def anmelden(client, person):
    return client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORT})


def test_every_table_of_hats_is_known():
    assert sorted(modell.__name__ for modell, _ in hut_modelle()) == [
        "Landesrolle",
        "Mitarbeit",
        "Mitgliedschaft",
        "Schulzugehoerigkeit",
    ]


def test_a_closed_account_is_signed_out_at_once(client, cast):
    anmelden(client, cast.lehrkraft)
    assert client.get("/uebersicht/").status_code == 200
    services.konto_sperren(cast.lehrkraft, by=cast.koordination, **GRUND)
    antwort = client.get("/uebersicht/")
    assert (antwort.status_code, antwort.url[:16]) == (302, "/konto/anmelden/")
    assert client.session.session_key is None or "_auth_user_id" not in client.session


def test_signing_in_to_a_closed_account_reads_like_a_wrong_password(client, cast):
    services.konto_sperren(cast.lehrkraft, by=cast.koordination, **GRUND)

    def antwort(email, passwort):
        text = client.post("/konto/anmelden/", {"login": email, "password": passwort}).text
        return re.sub(r'value="[^"]*"', "", text)

    gesperrt = antwort(cast.lehrkraft.email, PASSWORT)
    assert gesperrt == antwort(cast.schulleitung.email, "ein-falsches-Passwort")
    assert "E-Mail-Adresse und Passwort passen nicht zusammen." in gesperrt
    von_hand = make_person(is_active=False)  # closed without the service: the old password is still the right one
    assert antwort(von_hand.email, PASSWORT) == antwort(von_hand.email, "ein-falsches-Passwort") == gesperrt


def test_no_link_opens_any_more(client, cast):
    client.post("/konto/passwort/vergessen/", {"email": cast.lehrkraft.email})
    neu = re.search(r"/konto/passwort/neu/\S+", Mail.objects.get().text)[0]
    einladung = make_einladung(cast.harz, cast.leitung, email=cast.lehrkraft.email)
    anmeldung = make_registrierung(cast.fremdschule, cast.lehrkraft)
    services.konto_sperren(cast.lehrkraft, by=cast.koordination, **GRUND)
    assert "gilt nicht mehr" in client.get(neu, follow=True).text
    assert Einladung.objects.get(pk=einladung.pk).zurueckgenommen_am is not None
    anmeldung.refresh_from_db()
    assert anmeldung.verfallen_am is not None


def test_open_hats_end_today_and_what_had_not_begun_never_does(cast):
    person = make_zugehoerigkeit(cast.schule, von=HEUTE - 9 * EIN_TAG).person
    make_zugehoerigkeit(cast.fremdschule, person=person, bis=HEUTE - EIN_TAG)
    make_mitarbeit(cast.harz, person=person, von=HEUTE + EIN_TAG)
    services.konto_sperren(person, by=cast.koordination, **GRUND)
    assert list(person.schulzugehoerigkeiten.order_by("pk").values_list("bis", flat=True)) == [HEUTE, HEUTE - EIN_TAG]
    assert not person.mitarbeiten.exists()
    assert list(offene_huete(person, HEUTE + EIN_TAG)) == []


def test_names_stay_where_they_were_written(cast):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    name = str(cast.lehrkraft)
    services.konto_sperren(cast.lehrkraft, by=cast.koordination, **GRUND)
    antrag.refresh_from_db()
    assert str(antrag.verfasst_durch) == name
    assert name in [str(ereignis.durch) for ereignis in antrag.ereignisse.all()]


def test_history_and_mail_tell_of_it_once(cast, kollegin):
    services.konto_sperren(cast.sachbearbeitung, by=cast.leitung, **GRUND)
    satz = f"Konto von {cast.sachbearbeitung} gesperrt"
    ereignis, stelle = cast.sachbearbeitung.kontoereignisse.get(), cast.harz.ereignisse.get()
    assert (ereignis.in_worten, ereignis.rolle, ereignis.durch) == (satz, "Leitung der Netzwerkstelle", cast.leitung)
    assert (stelle.in_worten, stelle.begruendung) == (satz, "Hat die Stelle verlassen.")
    assert ereignis.schritt == stelle.schritt == "konto_sperren"
    assert "Hat die Stelle verlassen." in Mail.objects.get(an=cast.sachbearbeitung.email).text
    with pytest.raises(ValidationError, match="schon gesperrt"):
        services.konto_sperren(cast.sachbearbeitung, by=cast.leitung, **GRUND)


def test_who_closes_whose_account(cast):
    beides = make_mitarbeit(cast.harz, person=make_zugehoerigkeit(cast.schule).person).person
    ziele = {"eigene": cast.sachbearbeitung, "mit_schule": beides, "fremde": cast.nachbarin, "schule": cast.lehrkraft}

    def darf_sperren(by, person):
        return RECHTE.may(rollen(by, person), "sperren")

    erlaubt = {
        name: [ziel for ziel, person in ziele.items() if darf_sperren(getattr(cast, name), person)]
        for name in ("leitung", "koordination", "sachbearbeitung", "freigabe", "nachbarin", "schulleitung", "pruefung")
    }
    assert erlaubt == {
        "leitung": ["eigene"],
        "koordination": ["eigene", "mit_schule", "fremde", "schule"],
        "sachbearbeitung": [],
        "freigabe": [],
        "nachbarin": [],
        "schulleitung": [],
        "pruefung": [],
    }
    assert darf_sperren(cast.koordination, cast.koordination) is False


def test_the_last_leitung_is_not_closed(cast):
    with pytest.raises(ValidationError, match="hätte die Netzwerkstelle keine Leitung"):
        services.konto_sperren(cast.leitung, by=cast.koordination, **GRUND)
    cast.leitung.refresh_from_db()
    assert cast.leitung.is_active
    make_mitarbeit(cast.harz, Rolle.LEITUNG)
    services.konto_sperren(cast.leitung, by=cast.koordination, **GRUND)


def test_opened_again_by_the_coordination_office_alone(cast):
    services.konto_sperren(cast.lehrkraft, by=cast.koordination, **GRUND)
    person = cast.lehrkraft.__class__.objects.get(pk=cast.lehrkraft.pk)
    with pytest.raises(PermissionDenied):
        services.konto_freischalten(person, by=cast.leitung)
    services.konto_freischalten(person, by=cast.koordination)
    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password()) == (True, False)
    assert not list(offene_huete(person, HEUTE + EIN_TAG))
    assert [e.schritt for e in person.kontoereignisse.all()] == ["konto_freischalten", "konto_sperren"]
    assert "/konto/passwort/vergessen/" in Mail.objects.get(betreff="Ihr Konto ist wieder geöffnet").text
    with pytest.raises(PermissionDenied):
        services.konto_freischalten(person, by=cast.koordination)


def test_open_work_goes_to_a_colleague_in_one_step(cast, kollegin):
    antraege = [make_antrag_in(Status.FORMALPRUEFUNG, cast, titel=f"Idee {n}", kosten=KLEIN) for n in range(2)]
    fertig = make_antrag_in(Status.ABGELEHNT, cast, titel="Vorbei", kosten=KLEIN)
    with pytest.raises(ValidationError, match="ist noch für 2 Vorgänge zuständig"):
        services.beenden_und_uebergeben(kollegin, by=cast.leitung, letzter_tag=HEUTE)
    kollegin.refresh_from_db()
    assert kollegin.bis is None
    services.beenden_und_uebergeben(kollegin, by=cast.leitung, letzter_tag=HEUTE, an=cast.leitung)
    for antrag in antraege:
        antrag.refresh_from_db()
        assert antrag.zustaendig == cast.leitung
        ereignis = antrag.ereignisse.order_by("-pk").first()
        assert ereignis.in_worten == f"hat den Vorgang von {cast.sachbearbeitung} an {cast.leitung} übergeben"
        assert ereignis.rolle == f"Leitung der Netzwerkstelle, {cast.harz.name}"
    fertig.refresh_from_db()
    assert fertig.zustaendig == cast.sachbearbeitung
    assert not in_arbeit(cast.sachbearbeitung).exists()


def test_work_may_wait_for_a_later_last_day(cast, kollegin):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    services.beenden_und_uebergeben(kollegin, by=cast.leitung, letzter_tag=HEUTE + 30 * EIN_TAG)
    assert Mitarbeit.objects.get(pk=kollegin.pk).bis == HEUTE + 30 * EIN_TAG


def test_who_goes_on_in_another_role_keeps_the_work(cast, kollegin):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    make_mitarbeit(cast.harz, Rolle.LEITUNG, person=cast.sachbearbeitung)
    services.beenden_und_uebergeben(kollegin, by=cast.leitung, letzter_tag=HEUTE)
    antrag.refresh_from_db()
    assert antrag.zustaendig == cast.sachbearbeitung


def test_a_closed_account_holds_nothing_either(cast, kollegin):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    with pytest.raises(ValidationError, match="ist noch für einen Vorgang zuständig"):
        services.konto_sperren(cast.sachbearbeitung, by=cast.leitung, **GRUND)
    an = {f"an_{cast.harz.pk}": cast.leitung}
    services.konto_sperren(cast.sachbearbeitung, by=cast.leitung, **GRUND, **an)
    assert in_arbeit(cast.leitung).count() == 1


@pytest.mark.parametrize("wer", ["freigabe", "nachbarin", "pruefung", "lehrkraft"])
def test_work_goes_only_to_people_who_work_on_cases_here(cast, wer):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    with pytest.raises(ValidationError, match="arbeitet zurzeit nicht an Anträgen dieser Stelle"):
        uebergeben(cast.sachbearbeitung, cast.harz, an=getattr(cast, wer), by=cast.leitung)
    with pytest.raises(PermissionDenied):
        uebergeben(cast.sachbearbeitung, cast.harz, an=cast.leitung, by=getattr(cast, wer))


def test_an_ended_coordination_closes_nobody(cast):
    frueher = make_landesrolle(Rolle.KOORDINATION, bis=HEUTE - EIN_TAG).person
    with pytest.raises(PermissionDenied):
        services.konto_sperren(cast.lehrkraft, by=frueher, **GRUND)
