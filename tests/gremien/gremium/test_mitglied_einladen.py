"""A new member, from the office's form to the papers: account, second factor, Verschwiegenheit, each step literally."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from gremien.gremium import services
from gremien.models import Mitgliedschaft
from netzwerkstellen.models import Einladung
from schulerfolg.konten.models import Mail, Person
from tests.factories import PASSWORT, code_der_app, make_einladung, make_organisation, make_person
from tests.factories_gremium import make_gremium, make_mitglied, make_sitzung_in

ADA = {"vorname": "Ada", "nachname": "Öz", "email": "ada@traeger.example"}
PASSWOERTER = {"vorname": "Ada", "nachname": "Öz", "passwort": PASSWORT, "passwort_noch_einmal": PASSWORT}


def einladen(gremium, by, wer=ADA, **fields):
    mitglied = Mitgliedschaft(gremium=gremium, organisation=make_organisation(), **fields)
    return services.mitglied_einladen(mitglied, by=by, **wer)


def link() -> str:
    """The address in the newest invitation, as the browser asks for it."""
    mail = Mail.objects.filter(text__contains="/einladung/").order_by("-pk").first()
    return re.search(r"https://portal\.example(/einladung/\S+/)", mail.text).group(1)


def test_the_whole_way_of_a_new_chair(client, als, cast, saal):
    """Invite → accept → enrol → Verschwiegenheit → read the papers."""
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    saal.vorsitz.rolle = "mitglied"
    saal.vorsitz.save()
    gremium, papiere = f"/gremien/{saal.gremium.pk}/", f"/sitzungen/{sitzung.pk}/punkte/{sitzung.punkte.get().pk}/"

    # the office fills in one form
    buero = als(cast.sachbearbeitung)
    traeger = make_organisation(name="Jugendwerk Harz e.V.")
    angaben = {"organisation": traeger.pk, "rolle": "vorsitz", "stimmrecht": "on", "von": f"{timezone.localdate()}"}
    antwort = buero.post(f"{gremium}mitglieder/neu/", ADA | angaben | {"schluessel": uuid4()}, follow=True)
    assert antwort.redirect_chain == [(gremium, 302)]
    assert "Ada Öz gehört jetzt zum Gremium und bekommt eine Mail. Der Link zum Anmelden gilt 14 Tage." in antwort.text
    assert "eingeladen, noch nicht angemeldet" in antwort.text
    sitz = Mitgliedschaft.objects.get(person__email="ada@traeger.example")
    # Short words, many to a line.
    assert (sitz.organisation, sitz.rolle, sitz.stimmrecht, sitz.von, sitz.bis, sitz.verschwiegen_am) == (
        traeger, "vorsitz", True, timezone.localdate(), None, None,
    )  # fmt: skip
    assert sitz.person.ohne_konto
    adresse = link()
    buero.logout()

    # she opens the link: no sign-in before it has set a password
    assert client.post("/konto/anmelden/", {"login": ADA["email"], "password": ""}).status_code == 200
    antwort = client.get(adresse)
    assert antwort.context["lage"] == "neues_konto"
    assert f"Vorsitz, {saal.gremium}" in antwort.text
    antwort = client.post(adresse, PASSWOERTER)
    assert (antwort.status_code, antwort.url) == (302, "/uebersicht/")
    assert client.get(adresse).status_code == 410
    person = Person.objects.get(email=ADA["email"])
    assert (person.pk, person.check_password(PASSWORT), person.mitarbeiten.count()) == (sitz.person_id, True, 0)
    assert EmailAddress.objects.get(user=person).verified is True

    # a chair sets up the second factor before anything else
    for seite in ("/uebersicht/", gremium, papiere):
        antwort = client.get(seite)
        assert (antwort.status_code, antwort.url) == (302, "/konto/zweiter-faktor/")
    seite = client.get("/konto/zweiter-faktor/app/einrichten/")
    geheim = re.search(r"\b([A-Z2-7]{32})\b", seite.text).group(1)
    code = code_der_app(geheim)
    client.post("/konto/zweiter-faktor/app/einrichten/", {"code": code})
    assert person.authenticator_set.filter(type="totp").count() == 1
    client = als(person)
    antwort = client.get("/uebersicht/")
    assert antwort.status_code == 200
    assert "Verpflichtung zur Verschwiegenheit fehlt" in antwort.text

    # the papers stay closed until the office has the declaration on record
    antwort = client.get(papiere)
    assert (antwort.status_code, antwort.context["zugang"]) == (403, "verschwiegenheit")
    client.logout()
    antwort = als(cast.sachbearbeitung).post(
        f"{gremium}mitglieder/{sitz.pk}/verpflichten/", {"am": f"{timezone.localdate()}"}, follow=True
    )
    assert "Die Verpflichtung ist festgehalten. Die Unterlagen sind jetzt offen." in antwort.text
    assert "noch nicht angemeldet" not in antwort.text
    antwort = als(person).get(papiere)
    assert antwort.status_code == 200
    assert "Beschlussvorlage" in antwort.text


def test_somebody_with_an_account_is_a_member_at_once_and_hears_of_it(cast, saal):
    wer = {"vorname": "Lena", "nachname": cast.lehrkraft.nachname.upper(), "email": cast.lehrkraft.email}
    mitglied = einladen(saal.gremium, cast.leitung, wer)
    assert mitglied.person == cast.lehrkraft
    assert Einladung.objects.count() == 0
    mail = Mail.objects.get(an=cast.lehrkraft.email)
    assert mail.betreff == f"Sie gehören jetzt zum Gremium: {saal.gremium}"
    assert "/einladung/" not in mail.text


# whose address is entered, under which name → what is said
REFUSED = [
    ({}, "Anders", "gehört ein Konto auf einen anderen Namen"),
    ({"is_active": False}, "Beispiel", "Das Konto zu dieser Adresse ist gesperrt"),
]


@pytest.mark.parametrize(("fields", "nachname", "satz"), REFUSED)
def test_addresses_that_do_not_fit(als, cast, saal, fields, nachname, satz):
    person = make_person(**fields)
    angaben = {"vorname": "Kim", "nachname": nachname, "email": person.email, "rolle": "mitglied"}
    angaben["schluessel"] = uuid4()
    antwort = als(cast.leitung).post(f"/gremien/{saal.gremium.pk}/mitglieder/neu/", angaben)
    assert satz in " ".join(antwort.context["form"].errors["email"])
    assert not person.mitgliedschaften.exists()


def test_only_those_who_look_after_the_gremium_invite(cast, saal):
    for wer in ("freigabe", "pruefung", "koordination", "nachbarin", "lehrkraft"):
        with pytest.raises(PermissionDenied):
            einladen(saal.gremium, getattr(cast, wer))
    assert not Person.objects.filter(email=ADA["email"]).exists()


def test_a_second_gremium_needs_no_second_account(client, cast, saal):
    einladen(saal.gremium, cast.leitung)
    erster = link()
    einladen(make_gremium(cast.harz, name="Beirat"), cast.leitung)
    assert Einladung.objects.get().anlass == "Mitglied, Beirat"
    assert client.get(erster).status_code == 404
    client.post(link(), PASSWOERTER)
    person = Person.objects.get(email=ADA["email"])
    assert person.mitgliedschaften.gueltig().count() == 2


def test_an_invitation_to_the_team_finds_the_same_person(client, cast, saal):
    person = einladen(saal.gremium, cast.leitung).person
    make_einladung(cast.harz, cast.leitung, token="T" * 43, email=person.email)
    assert client.get(f"/einladung/{'T' * 43}/").context["lage"] == "neues_konto"
    client.post(f"/einladung/{'T' * 43}/", PASSWOERTER)
    assert person.mitarbeiten.get().rolle == "sachbearbeitung"
    assert client.get(link()).context["lage"] == "annehmen"


def test_a_link_sets_no_password_where_there_is_one(client, cast, saal):
    """Counter-test: the prefilled row is only open as long as nobody has signed in."""
    einladung = einladen(saal.gremium, cast.leitung) and Einladung.objects.get()
    person = Person.objects.get(email=ADA["email"])
    person.set_password("ein-ganz-anderes-Passwort")
    person.save()
    assert client.get(link()).context["lage"] == "anmelden"
    with pytest.raises(ValidationError, match="gibt es inzwischen ein Konto"):
        services.einladungen.konto_anlegen(einladung, vorname="E", nachname="V", passwort=PASSWORT)
    person.refresh_from_db()
    assert person.check_password("ein-ganz-anderes-Passwort")


def test_send_again_and_take_back(als, client, cast, saal):
    mitglied = einladen(saal.gremium, cast.leitung)
    alt, basis = link(), f"/gremien/{saal.gremium.pk}/mitglieder/{mitglied.pk}/"
    Einladung.objects.update(gueltig_bis=timezone.now() - timedelta(days=1))
    assert "Link abgelaufen am" in als(cast.leitung).get(f"/gremien/{saal.gremium.pk}/").text
    als(cast.leitung).post(f"{basis}erneut/")
    assert (client.get(alt).status_code, client.get(link()).status_code) == (404, 200)
    antwort = als(cast.leitung).post(f"{basis}zuruecknehmen/", follow=True)
    assert "Ada Öz gehört nicht zum Gremium" in antwort.text
    client.logout()
    assert client.get(link()).status_code == 410
    assert not Mitgliedschaft.objects.filter(pk=mitglied.pk).exists()
    assert not Person.objects.filter(email=ADA["email"]).exists()
    assert cast.harz.ereignisse.filter(schritt="mitglied_zuruecknehmen").count() == 1


def test_a_seat_that_was_invited_to_a_meeting_ends_and_stays_on_record(cast, saal):
    mitglied = einladen(saal.gremium, cast.leitung)
    make_sitzung_in("eingeladen", cast, saal)
    assert mitglied.ladungen.count() == 1
    services.einladung_zuruecknehmen(mitglied, by=cast.leitung)
    assert not Mitgliedschaft.objects.gueltig().filter(pk=mitglied.pk).exists()
    assert Person.objects.filter(email=ADA["email"]).exists()


def test_who_has_signed_in_is_not_taken_back(als, cast, saal):
    mitglied = make_mitglied(saal.gremium)
    for schritt in (services.erneut_einladen, services.einladung_zuruecknehmen):
        with pytest.raises(ValidationError, match="hat sich inzwischen angemeldet"):
            schritt(mitglied, by=cast.leitung)
    basis = f"/gremien/{saal.gremium.pk}/mitglieder/{mitglied.pk}/"
    assert "hat sich inzwischen angemeldet" in als(cast.leitung).post(f"{basis}erneut/", follow=True).text


@pytest.mark.parametrize("auch_im_beirat", [False, True])
def test_a_second_click_says_that_it_is_done(cast, saal, auch_im_beirat):
    """The row is gone; with a second seat the person stays."""
    mitglied = einladen(saal.gremium, cast.leitung)
    if auch_im_beirat:
        einladen(make_gremium(cast.harz, name="Beirat"), cast.leitung)
    zweimal = [Mitgliedschaft.objects.get(pk=mitglied.pk) for _ in range(2)]
    services.einladung_zuruecknehmen(zweimal[0], by=cast.leitung)
    with pytest.raises(ValidationError, match="Diese Einladung ist schon zurückgenommen"):
        services.einladung_zuruecknehmen(zweimal[1], by=cast.leitung)
    assert cast.harz.ereignisse.filter(schritt="mitglied_zuruecknehmen").count() == 1


def test_a_second_click_in_the_browser_reads_a_sentence_too(als, cast, saal):
    mitglied, client = einladen(saal.gremium, cast.leitung), als(cast.leitung)
    weg = f"/gremien/{saal.gremium.pk}/mitglieder/{mitglied.pk}/zuruecknehmen/"
    saetze = [str(*client.post(weg, follow=True).context["messages"]) for _ in range(2)]
    assert saetze == [
        "Zurückgenommen: Ada Öz gehört nicht zum Gremium, und der Link öffnet nichts mehr.",
        "Diese Einladung ist schon zurückgenommen.",
    ]


def test_an_account_that_was_reopened_is_an_account(cast, saal):
    """It has no password either, until its owner sets a new one; but no link of an invitation opens it."""
    ada = make_person("Ada", "Öz", email=ADA["email"])
    ada.set_unusable_password()
    ada.last_login = timezone.now()
    ada.save()
    mitglied = einladen(saal.gremium, cast.leitung)
    assert (mitglied.person, Einladung.objects.count()) == (ada, 0)
    assert "/einladung/" not in Mail.objects.get(an=ADA["email"]).text


JETZT, GESTERN = timezone.now(), timezone.localdate() - timedelta(days=1)
# what has become of the account, of the seat → why the invitation is neither renewed nor taken back
KEINE_EINLADUNG_MEHR = [
    ({"is_active": False}, {}, "Das Konto von Ada Öz ist gesperrt. Sie können die Mitgliedschaft beenden."),
    ({"last_login": JETZT}, {}, "Ada Öz hat sich inzwischen angemeldet. Sie können die Mitgliedschaft beenden."),
    ({}, {"von": GESTERN, "bis": GESTERN}, "Die Mitgliedschaft von Ada Öz ist schon beendet."),
]


@pytest.mark.parametrize(("konto", "sitz", "satz"), KEINE_EINLADUNG_MEHR, ids=["gesperrt", "angemeldet", "beendet"])
def test_a_real_seat_is_not_taken_back(als, cast, saal, konto, sitz, satz):
    """A closed account has no password either, and an ended seat is history."""
    mitglied = einladen(saal.gremium, cast.leitung)
    Person.objects.filter(pk=mitglied.person_id).update(**konto)
    Mitgliedschaft.objects.filter(pk=mitglied.pk).update(**sitz)
    vorher = Mitgliedschaft.objects.values().get(pk=mitglied.pk)
    for schritt in (services.erneut_einladen, services.einladung_zuruecknehmen):
        with pytest.raises(ValidationError) as refused:
            schritt(mitglied, by=cast.leitung)
        assert refused.value.messages == [satz]
    assert Mitgliedschaft.objects.values().get(pk=mitglied.pk) == vorher
    seite = als(cast.leitung).get(f"/gremien/{saal.gremium.pk}/").text
    assert "Ada Öz" in seite
    assert ("noch nicht angemeldet" in seite, "/zuruecknehmen/" in seite) == (False, False)


def test_the_team_page_neither_shows_nor_ends_it(als, cast, saal):
    einladen(saal.gremium, cast.leitung)
    verwaltung = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/"
    client = als(cast.leitung)
    assert "Ada Öz" not in client.get(f"{verwaltung}team/").text
    assert f"Mitglied, {saal.gremium}" in client.get(verwaltung).text
    for schritt in ("erneut", "zuruecknehmen"):
        assert client.post(f"{verwaltung}einladungen/{Einladung.objects.get().pk}/{schritt}/").status_code == 404
