"""The office marks places of a submitted Antrag, exactly these open, and nothing else can change."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.abbild import abbild
from angebote.antrag.abschnitte import ERKLAERUNGEN
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.korrektur.models import Markierung
from angebote.korrektur.services import Marke
from angebote.pruefung import services
from angebote.pruefung.queries import offene_nachforderung
from schulerfolg.kalender import naechster_werktag
from tests.factories_antrag import make_antrag_in
from tests.schulerfolg.datei.proben import foto_mit_ort, pdf


def frist():
    return naechster_werktag(timezone.localdate() + timedelta(days=9))


def markieren(antrag, cast, *stellen, fragen=()):
    marken = [Marke(stelle, "falsch", "Bitte prüfen Sie das noch einmal.") for stelle in stellen]
    services.nachfordern(antrag, by=cast.sachbearbeitung, fragen=list(fragen), frist=frist(), marken=marken)
    antrag.refresh_from_db()
    return antrag


@pytest.fixture
def antrag(cast):
    return make_antrag_in(Status.FORMALPRUEFUNG, cast)


def schluessel():
    return {"schluessel": str(uuid4())}


def kosten(posten, menge):
    """The row as the browser sends it, with another quantity."""
    werte = {"kostenart": str(posten.kostenart_id), "beschreibung": "Theaterpädagogik", "einheit": "Stunden"}
    werte |= {"menge": menge, "einzelpreis": "50,00"}
    return {f"kostenposten-{posten.pk}-{name}": wert for name, wert in werte.items()}


def knopf(client, antrag, label):
    seite = client.get(antrag.get_absolute_url())
    return next((a.adresse for a in seite.context["aktionen"] if a.label == label and not a.hindernis), None)


def korrigieren(client, antrag, **werte):
    adresse = reverse("antraege:korrekturen", args=[antrag.pk])
    version = client.get(adresse).context["form"].version
    return client.post(adresse, {"version": version} | werte)


def absenden(client, antrag, **werte):
    offen = offene_nachforderung(antrag)
    adresse = reverse("antraege:schritt", args=[antrag.pk, offen.schritt])
    form = client.get(adresse).context["form"]
    version = form["version"].value() if "version" in form.fields else ""
    return client.post(adresse, {"schluessel": str(uuid4()), "version": version} | werte)


def test_the_whole_way_from_the_mark_to_the_difference(cast, als, antrag):
    client = als(cast.sachbearbeitung)
    daten = {"grund_ziele": "unvollstaendig", "satz_ziele": "Woran merken Sie es?", "frist": frist().isoformat()}
    assert client.post(knopf(client, antrag, "Rückfragen stellen"), daten | schluessel()).status_code == 302
    client = als(cast.lehrkraft)
    adresse = knopf(client, antrag, "Angaben korrigieren")
    seite = client.get(adresse).text
    assert "Woran merken Sie es?" in seite
    assert "Die Klasse arbeitet als Team." in seite
    assert 'name="titel"' not in seite
    neu = "Die Klasse arbeitet als Team. Das merken wir an den Klassenratsprotokollen."
    antwort = korrigieren(client, antrag, ziel_1=neu, indikator_1="Weniger Streit", nachweis_1="Liste", weiter="ja")
    antrag.refresh_from_db()
    assert antrag.ziele.get().ziel == "Die Klasse arbeitet als Team."
    assert "Klassenratsprotokollen" in client.get(antwort.url).text
    assert "Klassenratsprotokollen" not in als(cast.sachbearbeitung).get(antrag.get_absolute_url()).text
    client = als(cast.lehrkraft)
    assert absenden(client, antrag).url == antrag.get_absolute_url()
    antrag.refresh_from_db()
    assert (antrag.status, antrag.ziele.get().ziel, antrag.fassungen.count()) == ("formalpruefung", neu, 2)
    assert antrag.ereignisse.first().text == "hat eine Angabe bearbeitet"
    seite = als(cast.sachbearbeitung).get(antrag.get_absolute_url()).text
    assert "Das merken wir an den Klassenratsprotokollen." in seite
    vergleich = als(cast.sachbearbeitung).get(reverse("antraege:fassungen", args=[antrag.pk])).context["abschnitte"]
    assert [(titel, [z.label for z in zeilen]) for titel, zeilen in vergleich] == [
        ("Korrigierte Angaben", ["Ziele"]),
        ("Projekt", ["Ziel"]),
    ]


def alles(antrag):
    """Every answer of the Antrag, with the rows it has."""
    antrag = Antrag.objects.for_page().get(pk=antrag.pk)
    zeilen = [*antrag.kostenposten.values_list("pk", "betrag"), *antrag.partner.values_list("pk", "aufgabe")]
    return abbild(antrag), zeilen, [a.pk for a in antrag.anlagen.all()]


def anderes(antrag) -> dict:
    """Something else for every field of every section, as any browser could send it."""
    # Short values, side by side.
    werte = {
        "titel": "Fremd", "kurzbeschreibung": "Fremd", "ausgangslage": "Fremd", "ablauf": "Fremd",
        "ziel_1": "Fremd", "indikator_1": "Fremd", "nachweis_1": "Fremd",
        "nachhaltigkeit": "Fremd", "format": "ag", "themen": "", "beginn": "2030-05-06", "ende": "2030-05-07",
        "ort": "Fremd",  "klassenstufen": "1", "projektleitung": "Fremd",
        "projektleitung_email": "fremd@schule.example", "projektleitung_telefon": "03941 1", "weitere_schulen": "",
        "eigenmittel": "100,00", "mit_teilnahmebeitraegen": "on", "teilnahmebeitraege": "5", "mit_drittmitteln": "on",
        "drittmittel": "5", "drittmittel_von": "Fremd",
        "zahlweg": "stelle", "zahlung_an": "", "foerderverein": "", "foerderverein_neu": "Fremd", "externe": "nein",
        "mit_anderen_schulen": "on", "beantragt": "1", "nummer": "X",
        "status": "bewilligt",
    }  # fmt: skip
    werte |= {f"gruppe_{zeile.zielgruppe_id}": "7" for zeile in antrag.gruppen.all()}
    for posten in antrag.kostenposten.all():
        werte |= {f"kostenposten-{posten.pk}-{name}": "3" for name in ("menge", "einzelpreis", "beschreibung")}
        werte[f"kostenposten-{posten.pk}-kostenart"] = str(posten.kostenart_id)
    for partner in antrag.partner.all():
        werte |= {
            f"partner-{partner.pk}-aufgabe": "Fremd",
            f"partner-{partner.pk}-organisation": str(partner.organisation_id),
        }
    art = antrag.kostenposten.first().kostenart_id
    neu = {"kostenart": str(art), "beschreibung": "Fremd", "menge": "1", "einzelpreis": "5"}
    werte |= {f"kostenposten-neu-0-{name}": wert for name, wert in neu.items()}
    werte |= {
        "partner-neu-0-neuer_name": "Fremd e. V.",
        "partner-neu-0-art": "verein",
        "partner-neu-0-aufgabe": "Fremd",
    }
    return werte | {"kosten-TOTAL_FORMS": "1", "kosten-INITIAL_FORMS": "0", "kosten-0-beschreibung": "Fremd"}


# the only place that is open → what of the Antrag may differ afterwards
NUR = {
    "titel": {"Titel"},
    "ende": {"Ende"},
    "themen": {"Themen"},
    "zielgruppen": {"Zielgruppen", "Teilnehmende (geplant)"},
    "ziele": {"Ziel"},
    "projektleitung": {"Projektleitung"},
    "eigenmittel": {"Eigenmittel", "Beantragte Förderung"},
    "mit_drittmitteln": {"Geld von anderen", "Beantragte Förderung"},
    "zahlweg": {"Wer das Geld erhält"},
    "externe": {"Arbeiten Externe mit Kindern?", ERKLAERUNGEN["erklaert_fuehrungszeugnis"].satz},
    "kostenposten": {"Honorare: Theaterpädagogik", "Honorare: 3", "Ausgaben zusammen", "Beantragte Förderung"},
    "kostenposten-neu": {"Honorare: Fremd", "Ausgaben zusammen", "Beantragte Förderung"},
    "partner": {"*"},
}


@pytest.mark.parametrize("stelle", NUR)
def test_whatever_is_posted_only_the_marked_place_changes(cast, als, antrag, stelle):
    vorher = alles(antrag)
    zeile = getattr(antrag, stelle).first() if stelle in ("kostenposten", "partner") else None
    markieren(antrag, cast, f"{stelle}-{zeile.pk}" if zeile else stelle)
    client = als(cast.schulleitung)
    korrigieren(client, antrag, **anderes(antrag))
    assert alles(antrag) == vorher
    # Where what was typed can't be sent, a sentence says why, and it still changed nothing.
    absenden(client, antrag, gelesen="on", **anderes(antrag))
    tabelle = [
        {label: text for teil in inhalt[0] for label, text in teil["zeilen"]} for inhalt in (vorher, alles(antrag))
    ]
    partner = {str(p.organisation) for p in antrag.partner.all()}
    erlaubt = partner if NUR[stelle] == {"*"} else NUR[stelle]
    anders = {
        label for label in tabelle[0].keys() | tabelle[1].keys() if tabelle[0].get(label) != tabelle[1].get(label)
    }
    # What comes from which budget year follows from the days and the sum.
    assert {label for label in anders if not label.startswith("Davon aus")} <= erlaubt
    antrag.refresh_from_db()
    if antrag.status == "formalpruefung":
        assert anders
    else:
        assert stelle in ("ende", "themen")


def test_without_a_mark_nothing_is_open(cast, als, antrag):
    markieren(antrag, cast, fragen=["Wer?"])
    adresse = reverse("antraege:korrekturen", args=[antrag.pk])
    assert als(cast.lehrkraft).get(adresse).status_code == 302
    assert als(cast.sachbearbeitung).get(adresse).status_code == 403
    assert als(cast.nachbarin).get(adresse).status_code == 404
    assert Markierung.objects.count() == 0


def test_every_place_is_corrected_or_explained_before_it_is_sent(cast, als, antrag):
    markieren(antrag, cast, "titel", "ort")
    client = als(cast.lehrkraft)
    korrigieren(client, antrag, titel="Gemeinsam stark", ort=antrag.ort)
    assert knopf(client, antrag, "Rückfragen beantworten") is None
    ort = Markierung.objects.get(stelle="ort")
    korrigieren(client, antrag, titel="Gemeinsam stark", ort=antrag.ort, **{f"antwort_{ort.pk}": "Das stimmt so."})
    absenden(client, antrag)
    antrag.refresh_from_db()
    assert (antrag.titel, antrag.status) == ("Gemeinsam stark", "formalpruefung")


def test_a_sum_is_signed_by_the_head_who_reads_it_first(cast, als, antrag):
    [posten] = antrag.kostenposten.all()
    markieren(antrag, cast, f"kostenposten-{posten.pk}")
    neu = kosten(posten, menge="26")
    client = als(cast.lehrkraft)
    korrigieren(client, antrag, **neu)
    with pytest.raises(ValidationError, match=r"von 1\.200,00.*auf 1\.300,00"):
        services.nachreichen(antrag, by=cast.lehrkraft, antworten={})
    vorlegen = knopf(client, antrag, "An die Schulleitung geben")
    assert client.post(vorlegen, {"schluessel": str(uuid4())}).status_code == 302
    leitung = als(cast.schulleitung)
    assert "Korrekturen lesen und absenden" in leitung.get("/uebersicht/").text
    adresse = reverse("antraege:schritt", args=[antrag.pk, "nachreichen"])
    gelesen = leitung.get(adresse).context["form"]["version"].value()
    # Meanwhile the teacher writes another sum: what the head read is not what would be sent.
    korrigieren(als(cast.lehrkraft), antrag, **kosten(posten, menge="30"))
    leitung = als(cast.schulleitung)
    daten = {"schluessel": str(uuid4()), "version": gelesen, "gelesen": "on"}
    antwort = leitung.post(adresse, daten)
    [(gezeigt, _)] = antwort.context["korrekturen"].zeilen
    assert "30 Stunden" in gezeigt.nachher
    antrag.refresh_from_db()
    assert (antrag.status, antrag.beantragt) == ("nachforderung", 1200)
    absenden(leitung, antrag, gelesen="on")
    antrag.refresh_from_db()
    assert (antrag.status, antrag.beantragt) == ("formalpruefung", 1500)
    assert antrag.fassungen.first().zeichnung == "Schulleitung"


def test_more_than_the_cap_is_refused_with_the_sentence_of_the_submission(cast, als, antrag):
    [posten] = antrag.kostenposten.all()
    markieren(antrag, cast, f"kostenposten-{posten.pk}")
    neu = kosten(posten, menge="60")
    client = als(cast.schulleitung)
    korrigieren(client, antrag, **neu)
    with pytest.raises(ValidationError, match=r"noch 2\.000,00.*frei\. Sie beantragen 3\.000,00"):
        services.nachreichen(antrag, by=cast.schulleitung, antworten={})
    antrag.refresh_from_db()
    assert (antrag.status, antrag.beantragt) == ("nachforderung", 1200)


def test_two_people_never_write_over_each_other(cast, als, antrag):
    markieren(antrag, cast, "titel", "ort")
    adresse = reverse("antraege:korrekturen", args=[antrag.pk])
    version = als(cast.lehrkraft).get(adresse).context["form"].version
    als(cast.schulleitung).post(adresse, {"version": version, "titel": "Von der Leitung", "ort": "Aula"})
    client = als(cast.lehrkraft)
    antwort = client.post(adresse, {"version": version, "titel": "Von der Lehrkraft", "ort": antrag.ort})
    assert "Von der Leitung" in antwort.context["form"].konflikt
    assert 'value="Von der Lehrkraft"' in antwort.text
    assert 'value="Aula"' in antwort.text
    noch_einmal = {"version": antwort.context["form"].version, "titel": "Von der Lehrkraft", "ort": "Aula"}
    client.post(adresse, noch_einmal)
    eingaben = dict(Markierung.objects.values_list("stelle", "eingabe"))
    assert eingaben == {"titel": {"titel": ["Von der Lehrkraft"]}, "ort": {"ort": ["Aula"]}}


def test_a_file_is_replaced_and_the_old_one_stays_readable(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    markieren(antrag, cast, "fehlt-konzept")
    client = als(cast.lehrkraft)
    [m] = Markierung.objects.all()
    korrigieren(client, antrag, **{f"datei_{m.pk}": SimpleUploadedFile("Konzept.pdf", pdf())})
    assert antrag.anlagen.count() == 0
    assert "Konzept.pdf" in client.get(reverse("antraege:korrekturen", args=[antrag.pk])).text
    absenden(client, antrag)
    [erste] = antrag.anlagen.select_related("dokument")
    assert (erste.art, erste.dokument.name) == ("konzept", "Konzept.pdf")
    antrag.refresh_from_db()
    markieren(antrag, cast, f"anlage-{erste.pk}")
    m = Markierung.objects.last()
    korrigieren(client, antrag, **{f"datei_{m.pk}": SimpleUploadedFile("Konzept-neu.jpg", foto_mit_ort())})
    absenden(client, antrag)
    erste.refresh_from_db()
    assert erste.ersetzt_durch.dokument.name == "Konzept-neu.jpg"
    assert client.get(reverse("antraege:anlage", args=[antrag.pk, erste.pk])).status_code == 200


def test_what_cannot_be_read_is_kept_and_said(cast, als, antrag):
    markieren(antrag, cast, "beginn")
    client = als(cast.lehrkraft)
    antwort = korrigieren(client, antrag, beginn="irgendwann")
    assert antwort.status_code == 200
    assert Markierung.objects.get().eingabe == {"beginn": ["irgendwann"]}
    assert knopf(client, antrag, "Rückfragen beantworten") is None


def test_a_word_that_is_too_long_is_kept_whole_and_said_at_its_field(cast, als, antrag):
    markieren(antrag, cast, "titel")
    client, m = als(cast.lehrkraft), Markierung.objects.get()
    warum = "Der Titel steht schon auf den Plakaten. " * 30
    antwort = korrigieren(client, antrag, titel=antrag.titel, **{f"antwort_{m.pk}": warum})
    assert f'id="id_antwort_{m.pk}_error"' in antwort.text
    assert "Bitte kürzen Sie auf 1000 Zeichen" in antwort.text
    m.refresh_from_db()
    assert m.antwort == warum.strip()
    assert knopf(client, antrag, "Rückfragen beantworten") is None
    with pytest.raises(ValidationError, match="Die Bemerkung zu „Titel“ ist zu lang"):
        services.nachreichen(antrag, by=cast.lehrkraft, antworten={})


def test_a_file_that_is_not_taken_is_named_at_its_field(cast, als, antrag):
    markieren(antrag, cast, "fehlt-konzept")
    m = Markierung.objects.get()
    antwort = korrigieren(als(cast.lehrkraft), antrag, **{f"datei_{m.pk}": SimpleUploadedFile("Liste.csv", b"a;b")})
    [fehler] = antwort.context["form"].beigaben[m.pk].errors[f"datei_{m.pk}"]
    assert fehler.startswith("„Liste.csv“: ")
    assert f'id="id_datei_{m.pk}_error"' in antwort.text


@pytest.mark.parametrize(
    ("grund", "satz", "feld"), [("falsch", "", "satz_titel"), ("", "Der Titel fehlt.", "grund_titel")]
)
def test_a_mark_has_a_reason_and_a_sentence(cast, als, antrag, grund, satz, feld):
    client = als(cast.sachbearbeitung)
    daten = {"schluessel": str(uuid4()), "frist": frist().isoformat(), "grund_titel": grund, "satz_titel": satz}
    assert feld in client.post(knopf(client, antrag, "Rückfragen stellen"), daten).context["form"].errors
