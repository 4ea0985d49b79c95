import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from netzwerkstellen.models import Einladung, Mitarbeit, Organisation
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_einladung, make_organisation, make_person

TOKEN = "A" * 43
LINK = f"/einladung/{TOKEN}/"
NEU = {"vorname": "Ada", "nachname": "Öz", "passwort": PASSWORT, "passwort_noch_einmal": PASSWORT}


def text_of(answer):
    return answer.content.decode()


def test_looking_changes_nothing(client, cast):
    make_einladung(cast.harz, cast.leitung, token=TOKEN)
    before = (Person.objects.count(), Mitarbeit.objects.count(), Mail.objects.count())
    for _ in range(2):
        answer = client.get(LINK)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert client.head(LINK).status_code == 200
    assert (Person.objects.count(), Mitarbeit.objects.count(), Mail.objects.count()) == before
    assert Einladung.objects.get().angenommen_am is None


@pytest.mark.parametrize(
    ("rolle", "ziel"), [(Rolle.SACHBEARBEITUNG, "mfa_index"), (Rolle.SCHULE_MITARBEIT, "uebersicht")]
)
def test_somebody_new_is_signed_in_and_led_on(client, cast, rolle, ziel):
    schule = cast.schule if rolle == Rolle.SCHULE_MITARBEIT else None
    make_einladung(cast.harz, cast.leitung, schule, token=TOKEN, rolle=rolle, email="ada@schule.example")
    answer = client.post(LINK, NEU)
    assert (answer.status_code, answer.url) == (302, reverse(ziel))
    person = Person.objects.get(email="ada@schule.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [m["method"] for m in client.session["account_authentication_methods"]] == ["password"]
    assert client.get(answer.url).status_code == 200
    assert client.get(LINK).status_code == 410


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("aendern", "feld", "satz"),
    [
        ({"passwort": "kurz", "passwort_noch_einmal": "kurz"}, "passwort", "mindestens 12 Zeichen"),
        ({"passwort_noch_einmal": "ein-anderes-Passwort"}, "passwort_noch_einmal", "Die beiden Passwörter sind"),
        ({"passwort": "ada@schule.example", "passwort_noch_einmal": "ada@schule.example"}, "passwort", "zu ähnlich"),
        ({"vorname": ""}, "vorname", "Bitte füllen Sie dieses Feld aus."),
        ({"passwort": ""}, "passwort", "Bitte füllen Sie dieses Feld aus."),
    ],
)  # fmt: skip
def test_a_password_that_will_not_do_is_explained(client, cast, aendern, feld, satz):
    make_einladung(cast.harz, cast.leitung, token=TOKEN, email="ada@schule.example")
    answer = client.post(LINK, NEU | aendern)
    assert answer.status_code == 200
    assert satz in " ".join(answer.context["form"].errors[feld])
    assert PASSWORT not in text_of(answer)
    assert not Person.objects.filter(email="ada@schule.example").exists()


def test_an_address_with_an_account_signs_in_first_and_then_presses_one_button(client, cast):
    make_einladung(cast.harz, cast.leitung, token=TOKEN, email=cast.lehrkraft.email)
    answer = client.get(LINK)
    assert answer.context["lage"] == "anmelden"
    assert f"/konto/anmelden/?next={LINK}" in text_of(answer)
    assert client.post(LINK, NEU).context["lage"] == "anmelden"
    answer = client.post(f"/konto/anmelden/?next={LINK}", {"login": cast.lehrkraft.email, "password": PASSWORT})
    assert answer.url == LINK
    assert client.get(LINK).context["lage"] == "annehmen"
    assert client.post(LINK, {"senden": "1"}).url == reverse("mfa_index")
    assert cast.lehrkraft.mitarbeiten.get().rolle == "sachbearbeitung"


def test_somebody_else_is_told_so_and_can_sign_out(als, cast):
    make_einladung(cast.harz, cast.leitung, token=TOKEN, email="ada@schule.example")
    client = als(cast.fremd)
    answer = client.get(LINK)
    assert answer.context["lage"] == "andere_person"
    assert f"Sie sind als {cast.fremd} ({cast.fremd.email}) angemeldet." in text_of(answer)
    client.post(LINK, NEU)
    assert not Person.objects.filter(email="ada@schule.example").exists()
    assert client.post("/konto/abmelden/", {"next": LINK}).url == LINK
    assert client.get(LINK).context["lage"] == "neues_konto"


def test_a_locked_account_is_told_whom_to_ask(client, cast):
    make_einladung(cast.harz, cast.leitung, token=TOKEN, email=make_person(is_active=False).email)
    assert client.get(LINK).context["lage"] == "gesperrt"


@pytest.mark.parametrize(
    ("fields", "status", "lage"),
    [
        (None, 404, "unbekannt"),
        ({"gueltig_bis": timedelta(seconds=-1)}, 410, "abgelaufen"),
        ({"zurueckgenommen_am": timedelta(0)}, 410, "zurueckgenommen"),
        ({"angenommen_am": timedelta(0)}, 410, "angenommen"),
    ],
)
def test_a_link_that_opens_nothing_says_why(client, cast, fields, status, lage):
    if fields is not None:
        fields = {name: timezone.now() + wann for name, wann in fields.items()}
        if "angenommen_am" in fields:
            fields["angenommen_durch"] = cast.fremd
        make_einladung(cast.harz, cast.leitung, token=TOKEN, **fields)
    for answer in (client.get(LINK), client.post(LINK, NEU)):
        assert (answer.status_code, answer.context["lage"]) == (status, lage)


@pytest.mark.parametrize(
    "path", ["/einladung/kurz/", "/einladung/" + "x" * 5000 + "/", "/einladung/%00/", "/einladung/%ED%A0%80/"]
)
def test_addresses_nobody_sent(client, db, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("value", [b"%00", b"%ED%A0%80", b"x" * 100_000, b"%FF"])
def test_bad_input_is_answered_and_never_breaks(client, als, cast, value):
    make_einladung(cast.harz, cast.leitung, token=TOKEN)
    body = b"&".join(name.encode() + b"=" + value for name in NEU)
    answer = client.post(LINK, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert answer.context["form"].errors
    client = als(cast.leitung)
    body = b"&".join(name + b"=" + value for name in (b"email", b"vorname", b"nachname", b"rolle", b"arbeitgeber"))
    for page in ("team/einladen/", f"schulen/{cast.schule.pk}/einladen/"):
        path = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/{page}"
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
        assert answer.context["form"].errors


def test_leitung_invites_resends_and_takes_back(als, cast):
    client = als(cast.leitung)
    base = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/"
    angaben = {"vorname": "Ada", "nachname": "Öz", "email": "ADA@Schule.example", "rolle": "sachbearbeitung"}
    extra = {
        "netzwerkstelle": cast.boerde.pk,
        "schule": cast.schule.pk,
        "pruefsumme": "x",
        "eingeladen_durch": cast.fremd.pk,
    }
    assert client.post(f"{base}team/einladen/", angaben | extra).url == f"{base}team/"
    einladung = Einladung.objects.get()
    assert (einladung.email, einladung.netzwerkstelle, einladung.schule, einladung.eingeladen_durch) == (
        "ada@schule.example",
        cast.harz,
        None,
        cast.leitung,
    )
    assert "Diese Einladung ist schon unterwegs." in text_of(client.post(f"{base}team/einladen/", angaben))
    assert client.post(f"{base}einladungen/{einladung.pk}/erneut/").url == f"{base}team/"
    assert client.post(f"{base}einladungen/{einladung.pk}/zuruecknehmen/").url == f"{base}team/"
    answer = client.post(f"{base}einladungen/{einladung.pk}/erneut/", follow=True)
    assert "inzwischen angenommen oder zurückgenommen" in text_of(answer)


@pytest.mark.parametrize(
    ("angaben", "feld"),
    [
        ({"rolle": "schulsozialarbeit"}, "arbeitgeber"),
        ({"rolle": "schule_leitung", "arbeitgeber": "traeger"}, "arbeitgeber"),
        ({"rolle": "leitung"}, "rolle"),
        ({"rolle": "koordination"}, "rolle"),
        ({"rolle": ""}, "rolle"),
        ({"email": "keine-adresse"}, "email"),
    ],
)
def test_a_school_invitation_that_does_not_fit(als, cast, angaben, feld):
    make_organisation()
    defaults = {"vorname": "Ada", "nachname": "Öz", "email": "ada@schule.example", "rolle": "schule_leitung"}
    fields = defaults | angaben
    if "arbeitgeber" in fields:
        fields["arbeitgeber"] = Organisation.objects.get().pk
    path = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/schulen/{cast.schule.pk}/einladen/"
    answer = als(cast.sachbearbeitung).post(path, fields)
    assert set(answer.context["form"].errors) == {feld}
    assert not Einladung.objects.exists()


def test_the_team_takes_no_school_role_and_no_signing_auditor(als, cast):
    path = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/"
    angaben = {"vorname": "Ada", "nachname": "Öz", "email": "ada@schule.example"}
    client = als(cast.leitung)
    for rolle in ("schule_leitung", "koordination", "system", "gremium"):
        assert set(client.post(path, angaben | {"rolle": rolle}).context["form"].errors) == {"rolle"}
    answer = client.post(path, angaben | {"rolle": "pruefung", "zeichnungsbefugt": "on"})
    assert set(answer.context["form"].errors) == {"zeichnungsbefugt"}


@pytest.mark.parametrize(
    ("wer", "team", "schule"),
    [
        ("sachbearbeitung", False, True),
        ("leitung", True, True),
        ("freigabe", False, False),
        ("koordination", True, True),
    ],
)
def test_an_open_invitation_offers_its_ways_to_whoever_may_take_them(als, cast, wer, team, schule):
    """One to a seat in a Gremium has none here, whoever looks."""
    ins_team = make_einladung(cast.harz, cast.leitung)
    an_die_schule = make_einladung(cast.harz, cast.leitung, cast.schule)
    make_einladung(cast.harz, cast.leitung, rolle="gremium", anlass="Mitglied, Beirat Harz")
    base, client = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/", als(getattr(cast, wer))

    def wege(seite):
        return re.findall(rf'action="{base}einladungen/(\d+/\w+)/"', client.get(f"{base}{seite}").text)

    fuers_team = [f"{ins_team.pk}/erneut", f"{ins_team.pk}/zuruecknehmen"] if team else []
    fuer_die_schule = [f"{an_die_schule.pk}/erneut", f"{an_die_schule.pk}/zuruecknehmen"] if schule else []
    assert wege("team/") == fuers_team
    assert wege(f"schulen/{cast.schule.pk}/") == fuer_die_schule
    assert sorted(wege("")) == sorted(fuers_team + fuer_die_schule)
