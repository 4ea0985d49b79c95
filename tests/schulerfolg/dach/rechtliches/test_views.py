"""The pages the law asks for (schulerfolg/dach/rechtliches)."""

import pytest


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/impressum/",
            ["Impressum", "§&nbsp;5 des Digitale-Dienste-Gesetzes", "Deutschen Kinder- und Jugendstiftung (DKJS)"],
        ),
        ("/datenschutz/", ["Landesbeauftragten für den Datenschutz Sachsen-Anhalt", "höchstens drei Cookies"]),
        (
            "/barrierefreiheit/",
            ["§&nbsp;16a", "§&nbsp;11", "innerhalb eines Monats", "§&nbsp;16d BGG LSA", 'id="barriere-melden"'],
        ),
        ("/leichte-sprache/", ["Leichter Sprache", "14 Netzwerk-Stellen"]),
    ],
)
def test_legal_page_is_public_and_says_what_it_must(client, db, address, words):
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("address", ["/impressum/", "/datenschutz/", "/barrierefreiheit/"])
def test_operator_is_a_marked_placeholder_until_the_settings_name_one(client, db, settings, address):
    assert "Diese Angaben sind Platzhalter." in client.get(address).content.decode()
    settings.BETREIBER = {
        "name": "Stiftung Beispiel",
        "vertretung": "Kim Beispiel",
        "anschrift": "Am Markt 1, 39104 Magdeburg",
        "email": "portal@stiftung.example",
        "telefon": "0391 12 34-5",
    }
    page = client.get(address).content.decode()
    assert "Diese Angaben sind Platzhalter." not in page
    assert "Stiftung Beispiel" in page
    assert "portal(at)stiftung.example" in page
    assert 'href="tel:039112345"' in page


@pytest.mark.parametrize("address", ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/"])
def test_reading_sets_no_cookie(client, db, address):
    assert dict(client.get(address).cookies) == {}
