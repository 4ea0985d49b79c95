"""The pages before an application: found through links, forgiving, and derived from what is in force."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.abschnitte import ABSCHNITTE, BEREITZULEGEN
from angebote.antrag.dauer import Dauer, uebliche_dauer
from angebote.foerderung.models import Anlagenanforderung, Betragsband, Foerderregel, Kostenart, Thema
from angebote.models import Antrag, Antragsereignis, Beratung
from gremien.sitzung.models import Sitzung
from netzwerkstellen.models import Standort
from schulerfolg.dach.auskunft import pdf
from schulerfolg.pdf import PdfGescheitert
from tests.factories import make_organisation, make_schule, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in, make_beratung, make_regel, make_vokabel
from tests.factories_gremium import make_gremium
from tests.schulerfolg.test_pdf_ua import failures

BEGINN = timezone.localdate() + timedelta(days=90)


@pytest.fixture
def adresse(cast):
    make_regel(cast.harz)
    return reverse("auskunft:auskunft", args=[cast.harz.slug])


def daten(cast, **werte):
    return {"schule": cast.schule.pk, "thema": "", "betrag": "1.200", "beginn": BEGINN.isoformat()} | werte


def test_links_lead_there_without_signing_in(client, cast, adresse):
    assert 'href="/auskunft/"' in client.get("/").text
    assert f'href="{adresse}"' in client.get("/auskunft/").text
    stelle = client.get(cast.harz.get_absolute_url()).text
    fragen = reverse("auskunft:fragen", args=[cast.harz.slug])
    assert f'href="{adresse}"' in stelle
    assert f'href="{fragen}"' in stelle
    assert f'href="{fragen}"' in client.get(adresse).text
    assert f'href="{fragen[:-1]}.pdf"' in client.get(fragen).text


def test_beginning_says_how_long_it_takes_and_links_both(cast, als, adresse):
    seite = als(cast.lehrkraft).get(reverse("antraege:neu")).text
    assert "Etwa 14 Minuten" in seite
    assert "wer mitmacht und welche Aufgabe wer übernimmt" in seite
    assert f'href="{adresse}"' in seite
    assert f'href="{reverse("auskunft:fragen", args=[cast.harz.slug])}"' in seite


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("schule", "", "Bitte wählen Sie Ihre Schule."),
        ("schule", "4711", "Bitte wählen Sie eine Schule aus der Liste."),
        ("thema", "x", "Bitte wählen Sie ein Thema aus der Liste."),
        ("betrag", "", "Bitte schätzen Sie einen Betrag."),
        ("betrag", "0", "Bitte geben Sie einen Betrag über 0,00 € an."),
        ("betrag", "viel", "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."),
        ("beginn", "", "Bitte wählen Sie den Tag, an dem es beginnen soll."),
        ("beginn", "1887-01-01", "Bitte wählen Sie einen Tag ab dem 01.01.1990."),
    ],
)
def test_bad_input_is_told_at_its_field(client, cast, adresse, feld, wert, satz):
    antwort = client.get(adresse, daten(cast, **{feld: wert}))
    assert antwort.status_code == 200
    assert satz in antwort.context["form"].errors[feld]
    assert satz in unescape(antwort.text)
    assert "Ja, das passt." not in antwort.text


def test_a_foreign_school_is_no_choice(client, cast, adresse):
    antwort = client.get(adresse, daten(cast, schule=cast.fremdschule.pk))
    assert antwort.context["form"].errors["schule"] == ["Bitte wählen Sie eine Schule aus der Liste."]
    assert cast.fremdschule.name not in antwort.text


def test_the_page_knows_whose_school_it_is(cast, als, client, adresse):
    Foerderregel.objects.update(hoechstbetrag="3000.00")
    make_antrag_in("eingereicht", cast, titel="Zirkus", beginn=BEGINN, beantragt=Decimal("2500.00"))
    nachbarin = make_zugehoerigkeit(make_schule(netzwerkstelle=cast.harz)).person
    angaben = daten(cast, betrag="500,01")
    assert "Schon eingereicht: „Zirkus“" in als(cast.lehrkraft).get(adresse, angaben).text
    for fremd in (client, als(nachbarin), als(cast.sachbearbeitung), als(cast.koordination)):
        seite = fremd.get(adresse, angaben).text
        assert "Ja, das passt." in seite
        assert "Zirkus" not in seite
        assert "Wie viel noch frei ist, sehen Menschen dieser Schule, wenn sie angemeldet sind." in seite


def test_looking_makes_nothing(client, cast, adresse):
    client.get(adresse, daten(cast))
    assert (Antrag.objects.count(), Beratung.objects.count()) == (0, 0)


def test_the_number_of_queries_is_constant(client, cast, adresse, django_assert_num_queries):
    """More schools ask nothing more."""
    client.get(adresse, daten(cast))
    for _ in range(5):
        make_schule(netzwerkstelle=cast.harz)
    with django_assert_num_queries(15):
        client.get(adresse, daten(cast))


def test_the_answers_come_along_to_the_advice(cast, als, client, adresse):
    thema = make_vokabel(Thema, "Medien")
    seite = client.get(adresse, daten(cast, thema=thema.pk)).text
    assert "Ja, das passt." in seite
    link = next(teil for teil in unescape(seite).split('"') if teil.startswith("/beratungen/neu/?"))
    zur_anmeldung = client.get(link)
    assert zur_anmeldung.status_code == 302
    assert "betrag%3D1200" in zur_anmeldung.url
    form = als(cast.lehrkraft).get(link).context["form"]
    assert form["titel"].value() == "Medien"
    assert form["was"].value() == (
        f"Beginnen möchten wir am {BEGINN:%d.%m.%Y}. Wir denken an etwa 1.200,00\xa0€ Förderung."
    )
    assert form.fields["schule"].initial == cast.schule


def test_the_answers_come_along_to_the_draft(cast, als, client, adresse):
    thema = make_vokabel(Thema, "Medien")
    seite = unescape(client.get(adresse, daten(cast, thema=thema.pk)).text)
    link = next(teil for teil in seite.split('"') if teil.startswith("/antraege/neu/?"))
    lehrkraft = als(cast.lehrkraft)
    beginnen = lehrkraft.get(link)
    assert "etwa 1.200,00\xa0€" in beginnen.text
    assert not Antrag.objects.exists()
    lehrkraft.post(link, {"schluessel": beginnen.context["form"]["schluessel"].value()})
    antrag = Antrag.objects.get()
    assert (antrag.schule, antrag.beginn, [*antrag.themen.all()]) == (cast.schule, BEGINN, [thema])
    assert antrag.ereignisse.get().text == "hat den Entwurf angelegt; gedacht war an etwa 1.200,00\xa0€"


def test_the_answers_come_along_to_a_draft_out_of_a_conversation(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    lehrkraft, link = (
        als(cast.lehrkraft),
        f"{reverse('antraege:neu')}?beginn={BEGINN.isoformat()}&betrag=quatsch&thema=0",
    )
    schluessel = lehrkraft.get(link).context["form"]["schluessel"].value()
    lehrkraft.post(link, {"schluessel": schluessel, "beratung": beratung.pk})
    antrag = Antrag.objects.get()
    assert (antrag.beratung, antrag.beginn, antrag.ereignisse.get().text) == (
        beratung,
        BEGINN,
        "hat den Entwurf angelegt",
    )


def test_one_of_several_schools_is_chosen_already(cast, als):
    zweite = make_schule(netzwerkstelle=cast.harz)
    make_zugehoerigkeit(zweite, person=cast.lehrkraft)
    for seite in ("beratungen:neu", "antraege:neu"):
        form = als(cast.lehrkraft).get(reverse(seite), {"schule": zweite.pk}).context["form"]
        assert form["schule"].value() == zweite.pk


def test_an_office_without_a_contact_names_the_coordination(client, cast, adresse, settings):
    settings.BETREIBER = settings.BETREIBER | {"telefon": "0391 100", "email": "koordination@land.example"}
    Standort.objects.filter(netzwerkstelle=cast.harz).update(telefon="")
    cast.harz.telefon, cast.harz.website, cast.harz.email_oeffentlich = "", "", False
    cast.harz.save()
    seite = client.get(adresse).text
    assert "Bis dahin hilft Ihnen die landesweite Koordinierungsstelle weiter" in seite
    assert "0391 100" in seite
    assert "koordination(at)land.example" in seite


def test_the_next_meetings_that_still_take_something(client, cast, adresse):
    gremium = make_gremium(cast.harz)
    beirat = make_gremium(cast.harz, name="Beirat", beschliesst=False)
    tag = timezone.make_aware(datetime(2099, 5, 4, 14))
    for nummer, (wessen, stand, tage) in enumerate(
        [(gremium, "geplant", 0), (gremium, "abgesagt", 1), (gremium, "eingeladen", 2), (beirat, "geplant", 3)]
    ):
        Sitzung.objects.create(
            gremium=wessen, nummer=str(nummer), beginn=tag + timedelta(days=tage), ort="Saal", status=stand
        )
    assert client.get(adresse).context["sitzungstage"] == [tag]
    assert "4. Mai 2099" in client.get(adresse).text


def test_a_duration_is_told_from_three_cases_on(client, cast, adresse):
    for tage in (10, 20, 33):
        _entschieden(cast, tage)
        if tage == 20:
            assert "Bisher sind hier zu wenige Anträge entschieden." in client.get(adresse).text
    assert uebliche_dauer(cast.harz) == Dauer(21, 3)
    seite = client.get(adresse).text
    assert "<strong>21 Tage</strong>" in seite
    assert "Gezählt aus 3 Anträgen" in seite


def _entschieden(cast, tage):
    """Refused this many days after it came in: the last step is dated ahead, as far as the history can know."""
    antrag = make_antrag_in("formalpruefung", cast)
    Antragsereignis.objects.create(
        antrag=antrag,
        schritt="formal_ablehnen",
        text="hat abgelehnt",
        rolle="Leitung",
        von="formalpruefung",
        nach="abgelehnt",
        am=antrag.eingereicht_am + timedelta(days=tage),
    )
    Antrag.objects.filter(pk=antrag.pk).update(status="abgelehnt")


def test_every_question_stands_there_as_the_form_asks_it(client, cast, adresse):
    organisation = make_organisation(name="Geheime Stiftung", art="foerderverein")
    make_antrag_in("eingereicht", cast)
    Anlagenanforderung.objects.filter(regel__netzwerkstelle=cast.harz).delete()
    make_vokabel(Kostenart, "Fahrtkosten")
    antwort = client.get(reverse("auskunft:fragen", args=[cast.harz.slug]))
    fragen = {
        teil.titel: [(frage.label, frage.noetig) for frage in [*teil.zeilen, *teil.fragen]]
        for teil in antwort.context["teile"]
    }
    assert list(fragen) == [abschnitt.titel for abschnitt in ABSCHNITTE.values()]
    assert ("Titel", "nötig") in fragen["Projekt"]
    assert ("Klassenstufen", "freiwillig") in fragen["Zeitraum und Zielgruppen"]
    assert ("Einzelpreis in Euro", "nötig") in fragen["Kosten und Finanzierung"]
    assert ("Oder: sein Name", "in manchen Fällen nötig") in fragen["Schule und Beteiligte"]
    nur = {frage.label: frage.nur for teil in antwort.context["teile"] for frage in teil.fragen if frage.nur}
    assert (nur["Welche Schulen?"], nur["Oder: sein Name"]) == (
        "Weitere Schulen sind dabei",
        "an den Förderverein der Schule",
    )
    assert "Nur wenn „an den Förderverein der Schule“ gewählt ist" in antwort.text
    assert "Zwei, drei Sätze, die auch Eltern verstehen." in antwort.text
    assert "Höchstens 600 Zeichen." in antwort.text
    assert "Fahrtkosten" in antwort.text
    assert "Etwa 5 Minuten. Gut bereitzulegen: warum das Projekt gebraucht wird" in antwort.text
    for privat in (organisation.name, cast.schule.name, str(Antrag.objects.get().partner.get().organisation)):
        assert privat not in antwort.text


def test_questions_of_the_short_application_are_marked(client, cast, adresse):
    fragen = reverse("auskunft:fragen", args=[cast.harz.slug])
    assert "auch auf der kurzen Seite" not in client.get(fragen).text
    Betragsband.objects.create(regel=cast.harz.foerderregeln.get(), bis="500.00", umfang="kurz")
    antwort = client.get(fragen)
    assert "Bis 500,00\xa0€ genügt ein kurzer Antrag auf einer Seite" in antwort.text
    kurz = {f.label: f.kurz for teil in antwort.context["teile"] for f in [*teil.zeilen, *teil.fragen]}
    assert (kurz["Titel"], kurz["Wofür"], kurz["Was bleibt"], kurz["Organisation"]) == (True, True, False, False)


def test_every_section_says_what_to_have_at_hand():
    assert BEREITZULEGEN.keys() == ABSCHNITTE.keys()


def test_the_blank_form_is_accessible_and_made_once(client, cast, adresse, monkeypatch):
    cache.clear()
    url = reverse("auskunft:fragen_pdf", args=[cast.harz.slug])
    antwort = client.get(url)
    assert antwort["Content-Type"] == "application/pdf"
    assert failures(antwort.content) == []
    monkeypatch.setattr(pdf, "as_pdf", lambda html: pytest.fail("made a second time"))
    assert client.get(url).content == antwort.content


def test_where_no_pdf_can_be_made_the_page_is_printed(client, cast, adresse, monkeypatch):
    def scheitern(html):
        raise PdfGescheitert

    cache.clear()
    monkeypatch.setattr(pdf, "as_pdf", scheitern)
    antwort = client.get(reverse("auskunft:fragen_pdf", args=[cast.harz.slug]), follow=True)
    assert "Sie können diese Seite ausdrucken." in antwort.text


def test_nonsense_in_the_query_leaves_a_page(cast, als):
    for seite in ("beratungen:neu", "antraege:neu"):
        antwort = als(cast.lehrkraft).get(
            reverse(seite), {"schule": "\0", "thema": "x" * 500, "betrag": "1e400", "beginn": str(date.min)}
        )
        assert antwort.status_code == 200
