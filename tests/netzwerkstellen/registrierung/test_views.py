import re
from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.utils import timezone

from netzwerkstellen.models import Registrierung
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_person, make_registrierung, make_schule
from tests.schulerfolg.konten.test_zwoelf_regeln import gleich_schnell

ADA = {"vorname": "Ada", "nachname": "Öz", "email": "Ada@schule.example", "rolle": "schule_mitarbeit", "bezug": "5c"}
PASSWOERTER = {"passwort": PASSWORT, "passwort_noch_einmal": PASSWORT}


@pytest.fixture(autouse=True)
def _frischer_zaehler(db):
    cache.clear()


def formular(schule):
    return f"/registrieren/schule/{schule.pk}/"


def ohne_token(antwort):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", antwort.text)


def test_a_school_is_found_by_name_place_and_number(client, cast):
    zu = make_schule(netzwerkstelle=cast.harz, name="Geschlossene Schule", aktiv=False)
    for worte in (cast.schule.name, cast.schule.ort, cast.schule.schulnummer):
        assert cast.schule in client.get("/registrieren/", {"q": worte}).context["treffer"]
    assert client.get("/registrieren/", {"q": "Geschlossene"}).context["treffer"] == []
    assert client.get(formular(zu)).status_code == 404
    assert "Nichts gefunden für" in client.get("/registrieren/", {"q": "Kohlrabi"}).text


def test_two_clicks_of_a_visitor_are_one_request_and_one_mail(client, cast):
    daten = ADA | {"schluessel": client.get(formular(cast.schule)).context["form"]["schluessel"].value()}
    wege = [client.post(formular(cast.schule), daten)["Location"] for _ in range(3)]
    assert wege == ["/registrieren/unterwegs/"] * 3
    assert (Registrierung.objects.count(), Mail.objects.count()) == (1, 1)


def test_the_whole_way_in(client, als, cast):
    antwort = client.post(formular(cast.schule), ADA)
    assert (antwort.status_code, antwort.url) == (302, "/registrieren/unterwegs/")
    link = re.search(r"https://portal\.example(/registrieren/bestaetigen/\S+)", Mail.objects.get().text)[1]
    assert client.get(link).status_code == 200
    assert not Person.objects.filter(email="ada@schule.example").exists()
    antwort = client.post(link, PASSWOERTER, follow=True)
    assert antwort.redirect_chain[-1][0] == "/uebersicht/"
    assert f"Eine dieser Personen entscheidet: {cast.schulleitung}, " in antwort.text
    assert "wartet noch auf Freigabe" in antwort.text
    assert client.get(link).status_code == 410
    anmeldung = Registrierung.objects.get()
    client.logout()
    karte = als(cast.schulleitung).get("/uebersicht/").context["gruppen"][0]
    assert (karte.titel, karte.karten[0].titel) == ("Warten auf Ihre Freigabe", "Ada Öz möchte mitarbeiten: Lehrkraft")
    antwort = als(cast.schulleitung).post(f"{karte.karten[0].adresse}freigeben/", follow=True)
    assert "gehört ab heute zur Schule" in antwort.text
    assert als(cast.schulleitung).get("/uebersicht/").context["gruppen"] == []
    assert als(anmeldung.person).get("/beratungen/").status_code == 200


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client, cast):
    make_person(email="bekannt@schule.example")

    def antwort(email):
        erste = client.post(formular(cast.schule), ADA | {"email": email})
        return erste.status_code, dict(erste.headers), ohne_token(client.get(erste.url))

    assert antwort("bekannt@schule.example") == antwort("ada@schule.example")


def test_the_answer_takes_the_same_time_for_known_and_unknown_addresses(client, cast):
    make_person(email="bekannt@schule.example")
    nummer = count(1)

    def fragen(email):
        return client.post(formular(cast.schule), ADA | {"email": email}).status_code

    assert fragen("bekannt@schule.example") == fragen("neu@schule.example") == 302
    bekannt, neu = lambda: fragen("bekannt@schule.example"), lambda: fragen(f"neu{next(nummer)}@schule.example")
    assert gleich_schnell(bekannt, neu)


def test_one_address_of_the_web_sends_no_flood(client, cast):
    def schicken(nummer, von="192.0.2.7"):
        return client.post(formular(cast.schule), ADA | {"email": f"ada{nummer}@schule.example"}, REMOTE_ADDR=von)

    assert [schicken(nummer).status_code for nummer in range(31)] == [302] * 30 + [429]
    assert schicken(31, von="192.0.2.8").status_code == 302
    assert client.get(formular(cast.schule), REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    ("angaben", "fehler"),
    [
        ({"email": "keine Adresse"}, {"email": ["Bitte gültige E-Mail-Adresse eingeben."]}),
        ({"rolle": "leitung"}, {"rolle": ["Bitte eine gültige Auswahl treffen. leitung ist keine gültige Auswahl."]}),
        ({"rolle": ""}, {"rolle": ["Bitte wählen Sie etwas aus."]}),
    ],
)
def test_mistakes_stay_in_the_form(client, cast, angaben, fehler):
    antwort = client.post(formular(cast.schule), ADA | angaben)
    assert antwort.status_code == 200
    assert dict(antwort.context["form"].errors) == fehler
    assert not Mail.objects.exists()


def test_nobody_types_more_than_the_form_asks(client, cast):
    mehr = {
        "bestaetigt_am": "2026-01-01",
        "freigegeben": "on",
        "person": cast.leitung.pk,
        "schule": cast.fremdschule.pk,
    }
    client.post(formular(cast.schule), ADA | mehr)
    zeile = Registrierung.objects.get()
    assert (zeile.bestaetigt_am, zeile.freigegeben, zeile.person, zeile.schule) == (None, None, None, cast.schule)


def test_a_weak_password_is_refused(client, cast):
    make_registrierung(cast.schule, token="A" * 43)
    antwort = client.post(
        f"/registrieren/bestaetigen/{'A' * 43}/", {"passwort": "kurz", "passwort_noch_einmal": "kurz"}
    )
    assert "passwort" in antwort.context["form"].errors
    assert client.get("/registrieren/bestaetigen/unbekannt/").status_code == 404


def test_strangers_find_nothing_and_heads_no_request_of_a_head(als, cast):
    lehrkraft = make_registrierung(cast.schule, make_person())
    leitung = make_registrierung(cast.schule, make_person(), rolle=Rolle.SCHULE_LEITUNG)
    gesehen = {
        name: [als(getattr(cast, name)).get(zeile.get_absolute_url()).status_code for zeile in (lehrkraft, leitung)]
        for name in ("schulleitung", "lehrkraft", "sachbearbeitung", "freigabe", "nachbarin", "koordination", "fremd")
    }
    assert gesehen == {
        "schulleitung": [200, 404],
        "lehrkraft": [404, 404],
        "sachbearbeitung": [200, 200],
        "freigabe": [404, 404],
        "nachbarin": [404, 404],
        "koordination": [200, 200],
        "fremd": [404, 404],
    }
    assert als(lehrkraft.person).get(lehrkraft.get_absolute_url()).status_code == 404


def test_who_comes_too_late_reads_what_was_decided(als, cast):
    zeile = make_registrierung(cast.schule, make_person())
    als(cast.schulleitung).post(f"{zeile.get_absolute_url()}ablehnen/", {"begruendung": "Nicht bei uns."})
    for schritt in ("freigeben", "ablehnen"):
        antwort = als(cast.sachbearbeitung).post(f"{zeile.get_absolute_url()}{schritt}/", follow=True)
        assert antwort.redirect_chain == [(zeile.get_absolute_url(), 302)]
        (meldung,) = [str(eine) for eine in antwort.context["messages"]]
        assert meldung.startswith(f"{cast.schulleitung} hat diese Anfrage heute um ")
        assert meldung.endswith(" Uhr schon abgelehnt. Es bleibt bei dieser Entscheidung.")
        assert meldung in antwort.text
        assert "Nicht bei uns." in antwort.text
    assert not zeile.person.schulzugehoerigkeiten.exists()


def test_who_comes_after_it_lapsed_reads_that_too(als, cast):
    zeile = make_registrierung(cast.schule, make_person(), verfallen_am=timezone.now())
    antwort = als(cast.sachbearbeitung).post(f"{zeile.get_absolute_url()}freigeben/", follow=True)
    assert [str(meldung) for meldung in antwort.context["messages"]] == [
        "Diese Anfrage ist verfallen: Nach 30 Tagen entscheidet niemand mehr darüber. "
        "Die Person kann den Zugang noch einmal beantragen."
    ]


def test_whoever_is_signed_in_asks_for_a_further_school(als, cast):
    antwort = als(cast.lehrkraft).post(formular(cast.fremdschule), {"rolle": "schule_mitarbeit", "bezug": ""})
    assert (antwort.status_code, antwort.url) == (302, "/registrieren/")
    assert str(cast.fremdschule) in als(cast.lehrkraft).get("/registrieren/").text
    assert Registrierung.objects.get().bestaetigt_am > timezone.now() - timedelta(minutes=1)
