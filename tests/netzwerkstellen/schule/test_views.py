from uuid import uuid4

import pytest

from netzwerkstellen.models import Schule, Schulsozialarbeit
from schulerfolg.formular.konflikt import version_of
from schulerfolg.konten.permissions import Rolle
from tests.factories import (
    make_einladung,
    make_organisation,
    make_person,
    make_schule,
    make_schulform,
    make_zugehoerigkeit,
)

FRAME = 3  # the session, the person, and the hats for the header
BAD = [b"%00", b"%ED%A0%80", b"x" * 4000, b"%FF", b"-1", b"99999999999999999999"]


def address(stelle, rest=""):
    return f"/netzwerkstellen/{stelle.slug}/verwaltung/schulen/{rest}"


def names(client, stelle, query=""):
    return [schule.name for schule in client.get(address(stelle) + query).context["page"]]


@pytest.fixture
def schulen(cast):
    Schule.objects.filter(pk=cast.schule.pk).update(name="Am Tor", schulnummer="1000")
    make_schule(netzwerkstelle=cast.harz, name="Ährenschule", ort="Straßberg", schulnummer="2000")
    make_schule(
        netzwerkstelle=cast.harz, name="Zirkelschule", schulform=make_schulform("Gymnasium"), schulnummer="3000"
    )
    make_schule(netzwerkstelle=cast.harz, name="Altschule", aktiv=False, schulnummer="4000")
    return cast


def test_schools_are_listed_in_german_order_and_only_those_of_the_office(als, schulen):
    assert names(als(schulen.pruefung), schulen.harz) == ["Ährenschule", "Altschule", "Am Tor", "Zirkelschule"]


@pytest.mark.parametrize(
    ("query", "erwartet"),
    [
        ("?q=ahren", ["Ährenschule"]),
        ("?q=strassberg", ["Ährenschule"]),
        ("?q=30", ["Zirkelschule"]),
        ("?q=%25", []),
        ("?betrieb=True", ["Ährenschule", "Am Tor", "Zirkelschule"]),
        ("?betrieb=False", ["Altschule"]),
        ("?betrieb=vielleicht", ["Ährenschule", "Altschule", "Am Tor", "Zirkelschule"]),
        ("?ohne_schulleitung=on", ["Ährenschule", "Altschule", "Zirkelschule"]),
        ("?ohne_schulleitung=on&betrieb=True&q=zirkel", ["Zirkelschule"]),
        ("?schulform=999999", ["Ährenschule", "Altschule", "Am Tor", "Zirkelschule"]),
        ("?unbekannt=1", ["Ährenschule", "Altschule", "Am Tor", "Zirkelschule"]),
    ],
)
def test_the_address_filters_the_list(als, schulen, query, erwartet):
    assert names(als(schulen.leitung), schulen.harz, query) == erwartet


def test_the_form_filters_by_schulform(als, schulen):
    gymnasium = make_schulform("Gymnasium")
    assert names(als(schulen.leitung), schulen.harz, f"?schulform={gymnasium.pk}") == ["Zirkelschule"]


def test_a_head_whose_account_is_locked_leads_no_school(als, schulen):
    schule = make_schule(netzwerkstelle=schulen.harz, name="Burgschule")
    make_zugehoerigkeit(schule, Rolle.SCHULE_LEITUNG, person=make_person(is_active=False))
    assert "Burgschule" in names(als(schulen.leitung), schulen.harz, "?ohne_schulleitung=on")


def test_a_long_list_has_pages(als, cast):
    for n in range(29):
        make_schule(netzwerkstelle=cast.harz, name=f"Schule {n:02}")
    client = als(cast.leitung)
    first = client.get(address(cast.harz))
    assert "30 Schulen" in first.content.decode()
    assert len(client.get(address(cast.harz) + f"?nach={first.context['page'].nach}").context["page"]) == 5


@pytest.mark.parametrize("value", BAD)
def test_query_strings_are_answered(als, cast, value):
    client = als(cast.leitung)
    for name in (b"q", b"schulform", b"betrieb", b"ohne_schulleitung", b"nach", b"vor"):
        answer = client.get(address(cast.harz), QUERY_STRING=(name + b"=" + value).decode())
        assert answer.status_code == 200


@pytest.mark.parametrize("value", BAD)
def test_forms_are_answered(als, cast, value):
    client = als(cast.koordination)
    zeile = Schulsozialarbeit.objects.create(schule=cast.schule, traeger=make_organisation())
    names = (b"name", b"schulnummer", b"schulform", b"schultraeger", b"plz", b"ort", b"email", b"netzwerkstelle")
    names += (b"version", b"traeger", b"von", b"bis", b"letzter_tag")
    body = b"&".join(name + b"=" + value for name in names)
    for page in (
        "neu/",
        f"{cast.schule.pk}/bearbeiten/",
        f"{cast.schule.pk}/schulsozialarbeit/neu/",
        f"{cast.schule.pk}/schulsozialarbeit/{zeile.pk}/beenden/",
    ):
        answer = client.post(address(cast.harz, page), body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200, page
        assert answer.context["form"].errors, page


def angaben_zu(schule, **fields):
    # Short values, side by side.
    return {
        "name": schule.name, "schulnummer": schule.schulnummer, "schulform": schule.schulform_id, "ort": schule.ort,
        "aktiv": "on", "version": "",
    } | fields  # fmt: skip


def test_a_school_is_entered_with_its_office_fixed(als, cast):
    client = als(cast.sachbearbeitung)
    fields = {"name": "Neu", "schulnummer": "77", "schulform": make_schulform().pk, "ort": "Thale", "aktiv": "on"}
    answer = client.post(address(cast.harz, "neu/"), fields | {"netzwerkstelle": cast.boerde.pk, "schluessel": uuid4()})
    neu = Schule.objects.get(schulnummer="77")
    assert (neu.netzwerkstelle, neu.schluessel) == (cast.harz, None)
    assert answer.url == address(cast.harz, f"{neu.pk}/")
    answer = client.post(address(cast.harz, "neu/"), fields)
    assert list(answer.context["form"].errors) == ["schulnummer"]
    answer = client.post(address(cast.harz, "neu/"), fields | {"schulnummer": "78", "plz": "123"})
    assert "Eine Postleitzahl hat fünf Ziffern, zum Beispiel 39576." in answer.content.decode()


def test_an_office_can_not_give_a_school_away(als, cast):
    path = address(cast.harz, f"{cast.schule.pk}/bearbeiten/")
    fields = angaben_zu(cast.schule, netzwerkstelle=cast.boerde.pk)
    assert als(cast.leitung).post(path, fields).status_code == 302
    assert Schule.objects.get(pk=cast.schule.pk).netzwerkstelle == cast.harz
    schule = Schule.objects.get(pk=cast.schule.pk)
    fields = angaben_zu(schule, netzwerkstelle=cast.boerde.pk, version=version_of(schule))
    answer = als(cast.koordination).post(path, fields)
    assert answer.url == address(cast.boerde, f"{cast.schule.pk}/")


def test_a_conflict_is_told(als, cast):
    path = address(cast.harz, f"{cast.schule.pk}/bearbeiten/")
    als(cast.leitung).post(path, angaben_zu(cast.schule, name="Erste"))
    answer = als(cast.sachbearbeitung).post(path, angaben_zu(cast.schule, name="Zweite"))
    assert f"{cast.leitung} hat diese Angaben heute um " in answer.content.decode()
    assert Schule.objects.get(pk=cast.schule.pk).name == "Erste"


def test_schulsozialarbeit_and_people_of_a_school(als, cast):
    client, traeger = als(cast.sachbearbeitung), make_organisation(name="AWO")
    page = address(cast.harz, f"{cast.schule.pk}/")
    client.post(f"{page}schulsozialarbeit/neu/", {"traeger": traeger.pk, "von": "2024-08-01"})
    answer = client.post(f"{page}schulsozialarbeit/neu/", {"traeger": traeger.pk, "von": "2025-08-01"})
    assert "Dieser Träger ist für diese Zeit schon eingetragen." in answer.content.decode()
    zeile = Schulsozialarbeit.objects.get()
    client.post(f"{page}schulsozialarbeit/{zeile.pk}/beenden/", {"letzter_tag": "2026-07-31"})
    zugehoerigkeit = cast.lehrkraft.schulzugehoerigkeiten.get()
    client.post(f"{page}personen/{zugehoerigkeit.pk}/beenden/", {"letzter_tag": "2026-07-31"})
    text = client.get(page).content.decode()
    assert "01.08.2024 bis 31.07.2026" in text
    assert "bis 31.07.2026" in text


@pytest.mark.parametrize("rows", [1, 50])
def test_the_same_number_of_questions_for_1_and_50_rows(als, cast, django_assert_num_queries, rows):
    for _ in range(rows):
        make_schule(netzwerkstelle=cast.harz)
        make_zugehoerigkeit(cast.schule, Rolle.SCHULSOZIALARBEIT, arbeitgeber=make_organisation())
        make_einladung(cast.harz, cast.leitung, cast.schule)
        Schulsozialarbeit.objects.create(schule=cast.schule, traeger=make_organisation())
    client = als(cast.leitung)
    with django_assert_num_queries(FRAME + 4):
        client.get(address(cast.harz))
    with django_assert_num_queries(FRAME + 6):
        client.get(address(cast.harz, f"{cast.schule.pk}/"))
