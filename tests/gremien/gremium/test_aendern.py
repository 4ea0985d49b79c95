"""Rules and seats from an old page, the same twice, and a Gremium without anybody to chair it or without cases."""

import pytest

from gremien.gremium import services
from gremien.models import Gremium, Mitgliedschaft
from tests.factories_gremium import make_gremium, make_mitglied, make_sitzung

ALT = "Jemand hat diese Angaben inzwischen geändert."


def abgeschickt(antwort, **daten) -> dict:
    """What the page would send as it is, with these fields filled in."""
    felder = {feld.name: feld.value() for feld in antwort.context["form"]}
    return {name: wert for name, wert in felder.items() if wert not in (None, False)} | daten


def test_an_old_page_of_the_rules_says_what_holds_now(als, cast, saal):
    client, seite = als(cast.leitung), f"/gremien/{saal.gremium.pk}/regeln/"
    daten = abgeschickt(client.get(seite), ladungsfrist_tage="21")
    neu = Gremium.objects.get(pk=saal.gremium.pk)
    neu.ladungsfrist_tage = 7
    services.regeln_aendern(neu, by=cast.sachbearbeitung)
    antwort = client.post(seite, daten)
    assert ALT in antwort.text
    assert "Ladungsfrist in Tagen: „7“" in antwort.text
    assert Gremium.objects.get(pk=saal.gremium.pk).ladungsfrist_tage == 7
    assert client.post(seite, abgeschickt(antwort)).status_code == 302
    assert Gremium.objects.get(pk=saal.gremium.pk).ladungsfrist_tage == 21


@pytest.mark.parametrize(
    ("seite", "feld", "wert"),
    [("", "rolle", "mitglied"), ("beenden/", "letzter_tag", "01.02.2031"), ("verpflichten/", "am", "01.02.2024")],
)
def test_an_old_page_of_a_seat_changes_nothing(als, cast, saal, seite, feld, wert):
    mitglied, client = saal.mitglieder[0], als(cast.leitung)
    adresse = f"/gremien/{saal.gremium.pk}/mitglieder/{mitglied.pk}/{seite}"
    daten = abgeschickt(client.get(adresse), **{feld: wert})
    neu = Mitgliedschaft.objects.get(pk=mitglied.pk)
    neu.rolle = "stellv_vorsitz"
    services.mitglied_aendern(neu, by=cast.sachbearbeitung)
    antwort = client.post(adresse, daten)
    assert ALT in antwort.text
    stand = Mitgliedschaft.objects.get(pk=mitglied.pk)
    assert (stand.rolle, stand.bis) == ("stellv_vorsitz", None)
    assert client.post(adresse, abgeschickt(antwort)).status_code == 302


def test_a_form_that_creates_is_carried_out_once(als, cast, saal):
    client = als(cast.leitung)
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    schluessel = client.get(sitzung.get_absolute_url()).context["punkt_form"]["schluessel"].value()
    daten = {"titel": "Termine 2027", "schluessel": schluessel}
    for _ in range(2):
        assert client.post(f"/sitzungen/{sitzung.pk}/punkte/neu/", daten).status_code == 302
    neu = client.get(sitzung.get_absolute_url()).context["punkt_form"]["schluessel"].value()
    antwort = client.post(f"/sitzungen/{sitzung.pk}/punkte/neu/", daten | {"schluessel": neu}, follow=True)
    assert "„Termine 2027“ steht schon auf der Tagesordnung: TOP 1." in antwort.text
    assert sitzung.punkte.count() == 1
    seite = f"/gremien/{saal.gremium.pk}/mitglieder/neu/"
    daten = abgeschickt(client.get(seite), vorname="Ada", nachname="Öz", email="ada.oez@example.org")
    for _ in range(2):
        assert client.post(seite, daten).status_code == 302
    assert saal.gremium.mitgliedschaften.filter(person__nachname="Öz").count() == 1
    del daten["schluessel"]
    assert client.post(seite, daten | {"email": "zwei@example.org"}).status_code == 200


def test_a_gremium_asks_for_somebody_to_chair_it(als, cast):
    gremium, client = make_gremium(cast.harz), als(cast.leitung)
    frage = {
        "beide": "Noch fehlen der Vorsitz und der stellvertretende Vorsitz.",
        "eine": "Noch fehlt der stellvertretende Vorsitz.",
    }
    assert frage["beide"] in client.get(gremium.get_absolute_url()).text
    assert frage["beide"] in client.get(f"/gremien/{gremium.pk}/mitglieder/neu/").text
    vorsitz = make_mitglied(gremium, rolle="vorsitz")
    antwort = client.get(gremium.get_absolute_url())
    assert frage["eine"] in antwort.text
    assert f'href="/gremien/{gremium.pk}/mitglieder/neu/"' in antwort.text
    assert frage["eine"] not in als(vorsitz.person).get(gremium.get_absolute_url()).text
    make_mitglied(gremium, rolle="stellv_vorsitz")
    assert "Noch fehl" not in client.get(gremium.get_absolute_url()).text


def test_a_gremium_that_funds_nothing_reads_nothing_of_applications(als, cast):
    """From the empty page to the closed meeting."""
    gremium = make_gremium(cast.harz, name="Steuergruppe Harz", art="steuergruppe", beschliesst=False)
    vorsitz = make_mitglied(gremium, rolle="vorsitz")
    make_mitglied(gremium, rolle="stellv_vorsitz")
    client = als(vorsitz.person)

    def hauptteil(adresse):
        return client.get(adresse).text.partition("<main")[2].partition("</main>")[0]

    sitzung = make_sitzung(gremium, cast.leitung)
    seiten = [gremium.get_absolute_url(), sitzung.get_absolute_url(), f"/gremien/{gremium.pk}/sitzungen/neu/"]
    als(cast.leitung).post(
        f"/sitzungen/{sitzung.pk}/punkte/neu/",
        {"titel": "Termine", "schluessel": client.get(seiten[1]).context["punkt_form"]["schluessel"].value()},
    )
    texte = [hauptteil(seite) for seite in seiten]
    for schritt in ("einladen", "absagen", "verlegen", "eroeffnen", "schliessen"):
        seite = f"/sitzungen/{sitzung.pk}/{schritt}/"
        texte.append(hauptteil(seite))
        if schritt in ("einladen", "eroeffnen"):
            form = client.get(seite).context["form"]
            daten = {feld.name: feld.value() for feld in form.hidden_fields()} | {"begruendung": "Alle sind da."}
            assert client.post(seite, daten).status_code == 302
            texte.append(hauptteil(sitzung.get_absolute_url()))
    assert [text for text in texte if "Antr" in text] == []
