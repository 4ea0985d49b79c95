from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from netzwerkstellen.models import (
    Ansprechperson,
    Netzwerkstelle,
    Organisation,
    Standort,
    Stellenereignis,
    Traegerschaft,
)
from netzwerkstellen.verwaltung.services import rolle_wechseln
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_mitarbeit, make_organisation, make_schule
from tests.formulare import formulare

PERSON = {"name": "Grit May", "funktion": "", "telefon": "03931 607205", "email": "", "von": "", "bis": ""}
BAD_TEXTS = [b"%00", b"a%00b", b"%ED%A0%80", b"x" * 100_000, b"%FF%FE", b"<script>alert(1)</script>"]


def address(stelle, rest=""):
    return f"/netzwerkstellen/{stelle.slug}/verwaltung/{rest}"


def text_of(answer):
    return answer.content.decode()


def raw(client, path, **fields):
    """Send these bytes as they are, as a hostile client would."""
    body = b"&".join(name.encode() + b"=" + value for name, value in fields.items())
    return client.post(path, body, content_type="application/x-www-form-urlencoded")


def test_the_first_page_brings_together_what_is_to_do(als, cast):
    Netzwerkstelle.objects.filter(pk=cast.harz.pk).update(email="harz@stelle.example", email_zu_bestaetigen=True)
    Standort.objects.create(netzwerkstelle=cast.harz, ort="Thale", zu_bestaetigen=True)
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May", zu_bestaetigen=True)
    Traegerschaft.objects.create(netzwerkstelle=cast.harz, organisation=make_organisation(), zu_bestaetigen=True)
    make_einladung(cast.harz, cast.leitung, vorname="Ada", nachname="Öz")
    context = als(cast.sachbearbeitung).get(address(cast.harz)).context
    assert [(punkt.art, punkt.recht) for punkt in context["offen"]] == [
        ("E-Mail-Adresse der Stelle", "angaben_pflegen"),
        ("Standort", "kontakte_pflegen"),
        ("Ansprechperson", "kontakte_pflegen"),
        ("Trägerschaft", "traeger_pflegen"),
    ]
    assert [(zahl, was) for zahl, was, _ in context["kennzahlen"]] == [
        (1, "Schulen in Betrieb"),
        (0, "Schulen ohne Schulleitung im Portal"),
        (3, "Menschen im Team"),
        (0, "öffentliche Ansprechpersonen"),
    ]
    assert [str(einladung.nachname) for einladung in context["einladungen"]] == ["Öz"]


def test_only_the_leitung_lets_the_coordination_office_read(als, cast):
    def speichern(person, **mehr):
        client = als(person)
        form = client.get(address(cast.harz, "angaben/")).context["form"]
        daten = {"name": "Harz", "email": "harz@stelle.example", "version": form["version"].value()} | mehr
        assert client.post(address(cast.harz, "angaben/"), daten).status_code == 302
        return "teilt_inhalte" in form.fields, Netzwerkstelle.objects.get(pk=cast.harz.pk).teilt_inhalte

    assert speichern(cast.koordination, teilt_inhalte="on") == (False, False)
    assert speichern(cast.leitung, teilt_inhalte="on") == (True, True)
    assert Stellenereignis.objects.latest("pk").text.endswith("Die Koordinierungsstelle darf unsere Anträge lesen")
    assert speichern(cast.koordination) == (False, True)
    assert speichern(cast.leitung) == (True, False)


def test_every_figure_leads_to_its_rows(als, cast):
    client = als(cast.leitung)
    for _, _, ziel in client.get(address(cast.harz)).context["kennzahlen"]:
        assert client.get(ziel).status_code == 200


def test_a_contact_is_entered_edited_and_seen_by_everybody(als, client, cast):
    als(cast.sachbearbeitung)
    neu = address(cast.harz, "ansprechpersonen/neu/")
    answer = client.post(neu, PERSON | {"oeffentlich": "on"})
    assert answer.url == address(cast.harz, "ansprechpersonen/")
    person = cast.harz.ansprechpersonen.get()
    answer = client.post(
        address(cast.harz, f"ansprechpersonen/{person.pk}/"),
        PERSON | {"oeffentlich": "on", "telefon": "0391 1", "version": person.bearbeitet_am.isoformat()},
    )
    assert answer.status_code == 302
    client.logout()
    assert "0391 1" in text_of(client.get(f"/netzwerkstellen/{cast.harz.slug}/"))


def test_extra_fields_change_nothing(als, cast):
    fremd = Standort.objects.create(netzwerkstelle=cast.boerde, ort="Haldensleben")
    # Short values, side by side.
    extra = {
        "netzwerkstelle": cast.boerde.pk, "id": 77, "pk": 77, "schluessel": uuid4(), "bearbeitet_durch": cast.fremd.pk,
        "slug": "x", "kuerzel": "XX", "ags": "15001", "rolle": "leitung", "person": cast.fremd.pk,
    }  # fmt: skip
    client = als(cast.leitung)
    client.post(address(cast.harz, "ansprechpersonen/neu/"), PERSON | extra)
    person = Ansprechperson.objects.get()
    assert (person.netzwerkstelle, person.schluessel, person.bearbeitet_durch) == (cast.harz, None, cast.leitung)
    assert client.post(address(cast.harz, "ansprechpersonen/neu/"), PERSON | {"standort": fremd.pk}).status_code == 200
    assert (
        client.post(
            address(cast.harz, "angaben/"),
            {"name": "Neu", "email": "neu@stelle.example"} | extra | {"schluessel": uuid4()},
        ).status_code
        == 302
    )
    stelle = Netzwerkstelle.objects.get(pk=cast.harz.pk)
    assert (stelle.name, stelle.slug, stelle.kuerzel, stelle.ags) == ("Neu", cast.harz.slug, "HZ", cast.harz.ags)
    kollegin = cast.sachbearbeitung.mitarbeiten.get()
    client.post(address(cast.harz, f"team/{kollegin.pk}/"), extra | {"schluessel": uuid4()})
    kollegin.refresh_from_db()
    assert (kollegin.rolle, kollegin.person, kollegin.netzwerkstelle) == (
        "sachbearbeitung",
        cast.sachbearbeitung,
        cast.harz,
    )


def test_a_conflict_keeps_the_inputs_and_names_the_colleague(als, cast):
    client = als(cast.leitung)
    ort = Standort.objects.create(netzwerkstelle=cast.harz, ort="Thale")
    path = address(cast.harz, f"standorte/{ort.pk}/")
    Standort.objects.filter(pk=ort.pk).update(
        ort="Quedlinburg", bearbeitet_am=timezone.now(), bearbeitet_durch=cast.sachbearbeitung
    )
    answer = client.post(path, {"ort": "Ilsenburg", "version": ""})
    assert f"{cast.sachbearbeitung} hat diese Angaben heute um " in text_of(answer)
    assert "Ort: „Quedlinburg“" in text_of(answer)
    assert answer.context["form"]["ort"].value() == "Ilsenburg"
    version = answer.context["form"]["version"].value()
    assert client.post(path, {"ort": "Ilsenburg", "version": version}).status_code == 302
    assert Standort.objects.get().ort == "Ilsenburg"


def test_a_form_from_before_lets_nobody_in_again_whose_work_was_ended(als, cast):
    kollegin, gestern = make_mitarbeit(cast.harz), timezone.localdate() - timedelta(days=1)
    pfad, client = address(cast.harz, f"team/{kollegin.pk}/"), als(cast.leitung)
    alt = {"von": "", "bis": "", "version": client.get(pfad).context["form"]["version"].value()}
    kollegin.bis = gestern
    kollegin.save()
    antwort = client.post(pfad, alt)
    kollegin.refresh_from_db()
    assert kollegin.bis == gestern
    [satz] = antwort.context["form"].non_field_errors()
    assert satz.startswith("Diese Mitarbeit wurde inzwischen geändert. Was Sie geändert haben, steht noch hier;")
    assert f"bis {gestern:%d.%m.%Y}, nicht zeichnungsbefugt. Wenn Sie noch einmal speichern," in satz
    assert client.post(pfad, alt | {"version": antwort.context["form"]["version"].value()}).status_code == 302
    kollegin.refresh_from_db()
    assert kollegin.bis is None


def test_a_planned_change_is_taken_back_with_one_click_and_two_are_no_missing_page(als, cast):
    """Through the button in the list; the second tab reads that it is done."""
    ab = timezone.localdate() + timedelta(days=10)
    mitarbeit = cast.sachbearbeitung.mitarbeiten.get()
    rolle_wechseln(mitarbeit, by=cast.leitung, rolle="traeger_freigabe", ab=ab, zeichnungsbefugt=False)
    client, team = als(cast.leitung), address(cast.harz, "team/")
    seite = client.get(team).text
    [knopf] = [f for f in formulare(seite, team) if f.ziel.endswith("/zuruecknehmen/")]
    assert "Geplante Änderung zurücknehmen" in seite
    daten = {"schluessel": knopf.felder["schluessel"][0]}
    assert [client.post(knopf.ziel, daten).url for _ in range(2)] == [team, team]
    assert [m.rolle for m in cast.sachbearbeitung.mitarbeiten.all()] == ["sachbearbeitung"]
    aus_zweitem_tab = client.post(knopf.ziel, follow=True)
    assert "Diese geplante Änderung ist schon zurückgenommen." in aus_zweitem_tab.text


def test_overlapping_traegerschaften_are_refused_in_german(als, cast):
    client, traeger = als(cast.koordination), make_organisation()
    Traegerschaft.objects.create(netzwerkstelle=cast.harz, organisation=traeger, von=date(2022, 8, 1))
    path = address(cast.harz, "traegerschaften/neu/")
    angaben = {"organisation": traeger.pk, "rolle": "federfuehrend", "von": "2023-01-01", "bis": "", "quelle": ""}
    answer = client.post(path, angaben)
    assert "In dieser Zeit ist schon ein anderer Träger federführend." in text_of(answer)
    assert client.post(path, angaben | {"von": "2015-08-01", "bis": "2022-07-31"}).status_code == 302
    partner = angaben | {"rolle": "partner", "organisation": make_organisation().pk}
    assert client.post(path, partner).status_code == 302
    assert "Dieser Träger ist in dieser Zeit schon eingetragen." in text_of(client.post(path, partner))
    answer = client.post(path, angaben | {"von": "2023-05-05", "bis": "2023-01-01"})
    assert answer.context["form"].errors == {
        "bis": ["Das Ende liegt vor dem Beginn. Bitte prüfen Sie die beiden Tage."]
    }


def test_a_missing_organisation_is_entered_once(als, cast):
    client, path = als(cast.sachbearbeitung), address(cast.harz, "organisationen/neu/")
    angaben = {"name": "AWO Harz", "einheit": "", "art": "frei", "plz": "", "website": "awo-harz.example"}
    assert client.post(path, angaben | {"schluessel": uuid4(), "bearbeitet_durch": cast.fremd.pk}).status_code == 302
    neu = Organisation.objects.get(name="AWO Harz")
    assert (neu.website, neu.schluessel, neu.bearbeitet_durch) == (
        "https://awo-harz.example",
        None,
        cast.sachbearbeitung,
    )
    assert cast.harz.ereignisse.get().in_worten == "Organisation AWO Harz eingetragen"
    answer = client.post(path, angaben)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert path in text_of(client.get(address(cast.harz, f"schulen/{cast.schule.pk}/schulsozialarbeit/neu/")))


def test_buttons_end_a_contact_and_take_the_end_back(als, cast):
    client = als(cast.sachbearbeitung)
    person = Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Grit May")
    client.post(address(cast.harz, f"ansprechpersonen/{person.pk}/beenden/"))
    assert Ansprechperson.objects.get().bis == timezone.localdate()
    client.post(address(cast.harz, f"ansprechpersonen/{person.pk}/fortsetzen/"))
    assert Ansprechperson.objects.get().bis is None
    Ansprechperson.objects.update(von=timezone.localdate() + timedelta(days=3))
    answer = client.post(address(cast.harz, f"ansprechpersonen/{person.pk}/beenden/"), follow=True)
    assert "Das Ende liegt vor dem Beginn." in text_of(answer)


def test_a_team_form_refuses_in_words(als, cast):
    client, eigene = als(cast.leitung), cast.leitung.mitarbeiten.get()
    answer = client.post(address(cast.harz, f"team/{eigene.pk}/beenden/"), {"letzter_tag": timezone.localdate()})
    assert "hätte die Netzwerkstelle keine Leitung." in text_of(answer)
    kollegin = cast.sachbearbeitung.mitarbeiten.get()
    answer = client.post(address(cast.harz, f"team/{kollegin.pk}/"), {"von": "2027-05-12", "bis": "2027-01-01"})
    assert "Bitte wählen Sie einen Tag ab dem 12.05.2027." in text_of(answer)
    answer = client.post(
        address(cast.harz, f"team/{kollegin.pk}/rolle/"), {"rolle": "koordination", "ab": "0001-01-01"}
    )
    assert set(answer.context["form"].errors) == {"rolle", "ab"}


@pytest.mark.parametrize("value", BAD_TEXTS)
def test_bad_input_is_answered_and_never_breaks(als, cast, value):
    client, ort = als(cast.koordination), Standort.objects.create(netzwerkstelle=cast.harz, ort="Thale")
    kollegin = cast.sachbearbeitung.mitarbeiten.get()
    pages = {
        "angaben/": ("name", "email", "website", "beschreibung", "version"),
        "ansprechpersonen/neu/": ("name", "email", "standort", "von", "oeffentlich"),
        f"standorte/{ort.pk}/": ("ort", "plz", "version", "hauptsitz"),
        "organisationen/neu/": ("name", "einheit", "art", "plz", "website"),
        "traegerschaften/neu/": ("organisation", "rolle", "von", "quelle"),
        f"team/{kollegin.pk}/": ("von", "bis"),
        f"team/{kollegin.pk}/rolle/": ("rolle", "ab"),
        f"team/{kollegin.pk}/beenden/": ("letzter_tag",),
    }
    for page, names in pages.items():
        answer = raw(client, address(cast.harz, page), **dict.fromkeys(names, value))
        assert answer.status_code in (200, 302), page
        assert answer.status_code == 302 or answer.context["form"].errors, page


@pytest.mark.parametrize(
    "query", ["nach=0", "nach=-1", "vor=x", "nach=%00", "vor=" + "9" * 4000, "nach=1e3", "x=%ED%A0%80"]
)
def test_query_strings_that_mean_nothing(als, cast, query):
    client = als(cast.leitung)
    assert client.get(address(cast.harz, f"verlauf/?{query}")).status_code == 200
    assert client.get(address(cast.harz, f"schulen/?{query}")).status_code == 200


def fill(cast, times):
    for n in range(times):
        person = make_mitarbeit(cast.harz).person
        make_mitarbeit(cast.harz, Rolle.TRAEGER_FREIGABE, bis=date(2020, 1, 1))
        Ansprechperson.objects.create(
            netzwerkstelle=cast.harz,
            name=f"Person {n}",
            standort=Standort.objects.create(netzwerkstelle=cast.harz, ort=f"Ort {n}"),
        )
        Traegerschaft.objects.create(netzwerkstelle=cast.harz, organisation=make_organisation(), rolle="partner")
        Traegerschaft.objects.create(
            netzwerkstelle=cast.harz, organisation=make_organisation(), rolle="partner", bis=date(2020, 1, 1)
        )
        make_einladung(cast.harz, person)
        make_einladung(cast.harz, person, make_schule(netzwerkstelle=cast.harz))
        Stellenereignis.objects.create(netzwerkstelle=cast.harz, schritt="test", text=f"{n}", durch=person, rolle="x")


FRAME = 3  # the session, the person, and the hats for the header
# A table, to be read in columns.
LISTS = {
    "": 10,
    "verlauf/": 2,
    "ansprechpersonen/": 3,
    "standorte/": 2,
    "traegerschaften/": 3,
    "team/": 5,
}  # fmt: skip


@pytest.mark.parametrize("rows", [1, 50])
def test_lists_ask_the_same_number_of_questions_for_1_and_50_rows(als, cast, django_assert_num_queries, rows):
    fill(cast, rows)
    client = als(cast.leitung)
    for page, count in LISTS.items():
        with django_assert_num_queries(FRAME + count):
            assert client.get(address(cast.harz, page)).status_code == 200
