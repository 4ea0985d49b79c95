"""The opinion in versions: who wrote what stands in it, who reads and confirms it, and that nobody confirms unseen."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from angebote.antrag.workflow import Status
from angebote.pruefung import services
from angebote.pruefung.models import Pruefpunkt, Stellungnahme
from schulerfolg.geld import euro
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person
from tests.factories_antrag import make_antrag_in
from tests.formulare import formulare

TEXT = "Das Vorhaben stärkt die Klassen und ist angemessen geplant."
GANZ_NEU = "Wir empfehlen es ohne jeden Vorbehalt, weil beide Klassen davon lange zehren."
GUT = {"text": TEXT, "empfehlung": "zustimmen", "betrag": "1.100,50", "auflagen": ""}


@pytest.fixture
def antrag(cast):
    return make_antrag_in(Status.FACHPRUEFUNG, cast)


def hin(client, antrag, label):
    """The page behind this button of the case, as somebody gets there."""
    seite = client.get(antrag.get_absolute_url())
    [ziel] = [a.adresse for a in seite.context["aktionen"] if a.label == label and not a.hindernis]
    return client.get(ziel)


def senden(client, seite, **daten):
    """The form of this page as a browser sends it, with what somebody typed."""
    alle = formulare(seite.content.decode(), seite.request["PATH_INFO"])
    [formular] = [formular for formular in alle if "schluessel" in formular.felder]
    return client.post(formular.ziel, formular.felder | daten)


def schreiben(client, antrag, label="Stellungnahme schreiben", **daten):
    return senden(client, hin(client, antrag, label), **GUT | daten)


def stand(antrag):
    return [(s.fassung, s.text, s.verfasst_durch, s.bestaetigt_durch) for s in antrag.stellungnahmen.all()]


def knoepfe(client, antrag):
    seite = client.get(antrag.get_absolute_url())
    return [aktion.label for aktion in seite.context["aktionen"] if not aktion.hindernis]


def test_every_saved_version_stays_readable(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    schreiben(als(cast.sachbearbeitung), antrag, "Stellungnahme bearbeiten", text=GANZ_NEU, betrag="900")
    assert stand(antrag) == [(2, GANZ_NEU, cast.sachbearbeitung, None), (1, TEXT, cast.sachbearbeitung, None)]
    seite = als(cast.leitung).get(antrag.get_absolute_url()).content.decode()
    assert "Eine frühere Fassung der Stellungnahme" in seite
    assert seite.index(euro(900)) < seite.index(GANZ_NEU) < seite.index(euro("1100.5")) < seite.index(TEXT)
    assert [e.text for e in antrag.ereignisse.all()[:2]] == [
        "hat die fachliche Stellungnahme geändert (Fassung 2)",
        "hat die fachliche Stellungnahme geschrieben (Fassung 1)",
    ]
    schule = als(cast.lehrkraft).get(antrag.get_absolute_url()).content.decode()
    assert "Fassung 2" not in schule
    assert TEXT not in schule


def test_what_changes_nothing_is_no_version(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    schreiben(als(cast.leitung), antrag, "Stellungnahme bearbeiten")
    assert stand(antrag) == [(1, TEXT, cast.sachbearbeitung, None)]


@pytest.mark.parametrize(
    ("daten", "fehler"),
    [
        ({"betrag": "1.200,01"}, {"betrag": ["Mehr als beantragt können Sie nicht empfehlen."]}),
        ({"betrag": "0"}, {"betrag": ["Bitte nennen Sie den Betrag, den Sie empfehlen."]}),
        ({"empfehlung": "ablehnen"}, {"betrag": ["Wenn Sie die Ablehnung empfehlen, ist der Betrag 0,00 €."]}),
        ({"empfehlung": "auflagen"}, {"auflagen": ["Bitte schreiben Sie, welche Auflagen Sie vorschlagen."]}),
        ({"betrag": "-5"}, {"betrag": ["Bitte geben Sie einen Betrag ab 0,00 € ein."]}),
        ({"betrag": "viel"}, {"betrag": ["Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."]}),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(cast, als, antrag, daten, fehler):
    assert schreiben(als(cast.sachbearbeitung), antrag, **daten).context["form"].errors == fehler
    assert antrag.stellungnahmen.count() == 0


def test_an_older_form_saves_nothing_and_shows_both(cast, als, antrag):
    client = als(cast.leitung)
    alte_seite = hin(client, antrag, "Stellungnahme schreiben")
    services.stellung_nehmen(antrag, by=cast.sachbearbeitung, text=TEXT, empfehlung="zustimmen", betrag=900)
    antwort = senden(client, alte_seite, **GUT | {"text": GANZ_NEU})
    assert stand(antrag) == [(1, TEXT, cast.sachbearbeitung, None)]
    text = antwort.content.decode()
    assert "Das ist jetzt gespeichert" in text
    assert text.index(TEXT) < text.index(GANZ_NEU)
    assert senden(client, antwort, auflagen="").context["form"].errors == {
        "mitverfassen": [services.ZWEITE_FEDER.format(cast.sachbearbeitung)]
    }
    assert senden(client, antwort, mitverfassen="on", auflagen="").status_code == 302
    assert stand(antrag)[0] == (2, GANZ_NEU, cast.leitung, None)


def test_a_second_author_is_warned_and_then_neither_of_both_confirms(cast, als, antrag):
    """Author and former author, of whose words some still stand: by button, by page, in the database."""
    cast.harz.mitarbeiten.filter(person=cast.sachbearbeitung).update(zeichnungsbefugt=True)
    schreiben(als(cast.sachbearbeitung), antrag)
    seite = hin(als(cast.leitung), antrag, "Stellungnahme bearbeiten")
    assert "Bestätigen muss sie dann eine dritte Person" in seite.content.decode()
    schreiben(als(cast.leitung), antrag, "Stellungnahme bearbeiten", text=f"{TEXT} Gern.", mitverfassen="on")
    assert antrag.stellungnahmen.first().verfassende == {cast.sachbearbeitung.pk, cast.leitung.pk}
    for person in (cast.sachbearbeitung, cast.leitung):
        assert "Stellungnahme lesen und bestätigen" not in knoepfe(als(person), antrag)
        adresse = reverse("antraege:schritt", args=[antrag.pk, "bestaetigen"])
        als(person).post(adresse, {"schluessel": "c5f5b8de-3a0f-4d3d-8d13-5f8b2b8f8a01"})
        assert stand(antrag)[0][3] is None
        zeile = antrag.stellungnahmen.filter(fassung=2)
        with pytest.raises(DatabaseError, match="stellungnahme_zwei_personen"), transaction.atomic():
            zeile.update(bestaetigt_durch=person, bestaetigt_am=antrag.eingereicht_am)
    assert services.wer_kann_zeichnen(antrag) == [cast.freigabe]
    bestaetigen(als(cast.freigabe), antrag)
    assert stand(antrag)[0][3] == cast.freigabe
    assert services.wer_kann_zeichnen(antrag) == []


def bestaetigen(client, antrag):
    return senden(client, hin(client, antrag, "Stellungnahme lesen und bestätigen"))


def test_whose_words_no_longer_stand_is_no_author(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    schreiben(als(cast.leitung), antrag, "Stellungnahme bearbeiten", text=GANZ_NEU, mitverfassen="on")
    assert "Stellungnahme lesen und bestätigen" not in knoepfe(als(cast.leitung), antrag)
    bestaetigen(als(cast.sachbearbeitung), antrag)
    assert stand(antrag)[0] == (2, GANZ_NEU, cast.leitung, cast.sachbearbeitung)


def test_the_page_of_confirming_gives_everything_to_read(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    text = hin(als(cast.leitung), antrag, "Stellungnahme lesen und bestätigen").content.decode()
    assert "Sie bestätigen Fassung 1" in text
    assert TEXT in text
    assert "Zwei Klassen wurden zusammengelegt." in text
    assert f"Beantwortet von {cast.sachbearbeitung} (10 Punkte)." in text


def test_another_version_is_shown_instead_of_being_confirmed(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    gelesen = hin(als(cast.leitung), antrag, "Stellungnahme lesen und bestätigen")
    services.stellung_nehmen(antrag, by=cast.sachbearbeitung, text=GANZ_NEU, empfehlung="zustimmen", betrag=900)
    antwort = senden(als(cast.leitung), gelesen)
    antrag.refresh_from_db()
    assert (antrag.status, stand(antrag)[0][3]) == ("fachpruefung", None)
    assert "Sie bestätigen Fassung 2" in antwort.content.decode()
    assert GANZ_NEU in antwort.content.decode()
    assert senden(als(cast.leitung), antwort).status_code == 302
    assert stand(antrag) == [(2, GANZ_NEU, cast.sachbearbeitung, cast.leitung), (1, TEXT, cast.sachbearbeitung, None)]


def test_it_goes_back_with_a_comment_and_comes_again(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    Mail.objects.all().delete()
    senden(als(cast.leitung), hin(als(cast.leitung), antrag, "Mit Kommentar zurückgeben"), begruendung="Zu hoch.")
    betreff = f"Bitte überarbeiten: Stellungnahme zu Antrag {antrag.nummer}"
    assert [(m.an, m.betreff) for m in Mail.objects.all()] == [(cast.sachbearbeitung.email, betreff)]
    assert karten(als, cast.sachbearbeitung) == {"Stellungnahmen, die Sie überarbeiten": antrag.get_absolute_url()}
    assert karten(als, cast.leitung) == karten(als, cast.freigabe) == {}
    assert "Stellungnahme lesen und bestätigen" not in knoepfe(als(cast.freigabe), antrag)
    assert "Zu hoch." in hin(als(cast.sachbearbeitung), antrag, "Stellungnahme bearbeiten").content.decode()
    Mail.objects.all().delete()
    schreiben(als(cast.sachbearbeitung), antrag, "Stellungnahme bearbeiten", betrag="900")
    assert {m.an for m in Mail.objects.all()} == {cast.leitung.email, cast.freigabe.email}
    assert "Zu hoch." not in als(cast.lehrkraft).get(antrag.get_absolute_url()).content.decode()
    bestaetigen(als(cast.leitung), antrag)
    assert stand(antrag)[0][3] == cast.leitung


def karten(als, person):
    """Of the cards those about opinions: title of the group → where the button of its first one leads, or the card."""
    gruppen = als(person).get("/uebersicht/").context["gruppen"]
    return {
        g.titel: g.karten[0].schritt or g.karten[0].adresse for g in gruppen if g.titel.startswith("Stellungnahmen")
    }


def test_card_button_and_mail_go_to_whoever_may_confirm(cast, als, antrag):
    """By one rule; a colleague who joins later has card and button too, and the author never."""
    Mail.objects.all().delete()
    schreiben(als(cast.sachbearbeitung), antrag)
    betreff = f"Bitte lesen und bestätigen: Stellungnahme zu Antrag {antrag.nummer}"
    assert {(m.an, m.betreff) for m in Mail.objects.all()} == {
        (person.email, betreff) for person in (cast.leitung, cast.freigabe)
    }
    schreiben(als(cast.sachbearbeitung), antrag, "Stellungnahme bearbeiten", betrag="900")
    assert Mail.objects.count() == 2
    dazu = make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG).person
    for person in (cast.leitung, cast.freigabe, dazu):
        assert karten(als, person) == {
            "Stellungnahmen, die Sie bestätigen können": f"/antraege/{antrag.pk}/bestaetigen/"
        }
        assert "Stellungnahme lesen und bestätigen" in knoepfe(als(person), antrag)
    assert karten(als, cast.sachbearbeitung) == {}


def test_the_last_possible_signatory_is_warned(cast, als, antrag):
    kollegin = make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, person=make_person("Ute", "Neu")).person
    schreiben(als(cast.sachbearbeitung), antrag)
    seite = hin(als(cast.leitung), antrag, "Stellungnahme lesen und bestätigen").content.decode()
    assert f"Unterschreiben kann {cast.freigabe}." in seite
    cast.harz.mitarbeiten.filter(person=cast.freigabe).update(zeichnungsbefugt=False)
    text = hin(als(cast.leitung), antrag, "Stellungnahme lesen und bestätigen").content.decode()
    assert "Dann kann niemand mehr die Entscheidung unterschreiben." in text
    assert "Die Leitung kann im Team noch jemanden zeichnungsbefugt machen:" in text
    assert str(kollegin) in text
    cast.harz.mitarbeiten.filter(person__in=[cast.leitung, cast.sachbearbeitung]).update(zeichnungsbefugt=False)
    schreibseite = hin(als(cast.sachbearbeitung), antrag, "Stellungnahme bearbeiten").content.decode()
    assert "Wenn Sie schreiben, fehlt eine Unterschrift" in schreibseite


def test_the_database_keeps_what_was_confirmed(cast, als, antrag):
    schreiben(als(cast.sachbearbeitung), antrag)
    schreiben(als(cast.sachbearbeitung), antrag, "Stellungnahme bearbeiten", betrag="900")
    bestaetigen(als(cast.leitung), antrag)
    zeile, fruehere = (Stellungnahme.objects.filter(antrag=antrag, fassung=nummer) for nummer in (2, 1))
    for breach, words in [
        (lambda: zeile.update(text="Anders."), "append-only"),
        (lambda: zeile.update(bestaetigt_durch=cast.freigabe), "append-only"),
        (lambda: fruehere.update(betrag=1), "append-only"),
        (lambda: fruehere.update(bestaetigt_durch=cast.leitung, bestaetigt_am=antrag.eingereicht_am), "_neueste"),
        (lambda: zeile.delete(), "Cannot delete"),
        (lambda: fruehere.delete(), "Cannot delete"),
        (lambda: Pruefpunkt.objects.filter(antrag=antrag).update(urteil="nein"), "geprueftes_bleibt"),
        (lambda: Pruefpunkt.objects.filter(antrag=antrag).delete(), "geprueftes_bleibt"),
        (lambda: Pruefpunkt.objects.create(antrag=antrag, schluessel="x", durch=cast.leitung), "geprueftes_bleibt"),
    ]:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            breach()


def test_an_opinion_against_itself_is_refused_in_german_past_the_form_too(cast, antrag):
    with pytest.raises(ValidationError):
        services.stellung_nehmen(antrag, by=cast.leitung, text=TEXT, empfehlung="ablehnen", betrag=Decimal(10))
    assert stand(antrag) == []
