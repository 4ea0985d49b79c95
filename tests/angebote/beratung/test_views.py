"""The pages below /beratungen/: a school tells of its idea, the office notes the conversation."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.beratung import services
from angebote.beratung.models import Beratung
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_schule, make_zugehoerigkeit
from tests.factories_antrag import make_beratung

IDEE = {
    "titel": "Streit schlichten lernen",
    "was": "Acht Nachmittage mit einer Trainerin.",
    "fuer_wen": "Zwölf Kinder aus den Klassen 5 und 6.",
    "warum": "Weniger Streit auf dem Schulhof.",
    "wie": "telefon",
    "telefon": "03941 5970-22",
    "wunsch": "dienstags ab 13 Uhr",
}


def schluessel():
    return {"schluessel": str(uuid4())}


def tun(client, beratung, schritt, **felder):
    """Open the page of this step and send its form."""
    adresse = reverse("beratungen:schritt", args=[beratung.pk, schritt])
    form = client.get(adresse).context["form"]
    gezeigt = {name: form[name].value() for name in ("version", "schluessel") if name in form.fields}
    return client.post(adresse, gezeigt | felder)


def test_a_teacher_tells_of_an_idea_and_the_office_hears_of_it(cast, als):
    antwort = als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel())
    beratung = Beratung.objects.get()
    assert antwort.status_code == 302
    assert antwort.url == f"/beratungen/{beratung.pk}/"
    assert (beratung.schule, beratung.netzwerkstelle, beratung.status) == (cast.schule, cast.harz, "angefragt")
    assert beratung.warum == "Weniger Streit auf dem Schulhof."
    an = sorted(Mail.objects.values_list("an", flat=True))
    assert an == sorted([cast.sachbearbeitung.email, cast.leitung.email, cast.lehrkraft.email])
    post = {mail.an: mail for mail in Mail.objects.all()}
    assert post[cast.leitung.email].betreff == "Eine Schule hat eine Idee: Streit schlichten lernen"
    assert "Telefon: 03941 5970-22" in post[cast.leitung.email].text
    assert post[cast.lehrkraft.email].betreff == "Ihre Idee ist angekommen: Streit schlichten lernen"
    seite = als(cast.leitung).get(beratung.get_absolute_url()).text
    assert '<a href="tel:03941597022">03941 5970-22</a>' in seite
    assert f'href="mailto:{cast.lehrkraft.email}"' in seite


def test_the_same_form_sent_twice_asks_once(cast, als):
    daten = IDEE | schluessel()
    erste = als(cast.lehrkraft).post(reverse("beratungen:neu"), daten)
    zweite = als(cast.lehrkraft).post(reverse("beratungen:neu"), daten)
    assert erste.url == zweite.url
    assert Beratung.objects.count() == 1


def test_with_two_schools_the_school_is_asked_for(cast, als):
    zweite = make_schule(netzwerkstelle=cast.harz, name="Grundschule am Wald")
    make_zugehoerigkeit(zweite, person=cast.lehrkraft)
    antwort = als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel())
    assert antwort.status_code == 200
    assert "Grundschule am Wald" in antwort.text
    als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel() | {"schule": zweite.pk})
    assert Beratung.objects.get().schule == zweite


def test_a_school_of_others_cannot_be_chosen(cast, als):
    make_zugehoerigkeit(make_schule(netzwerkstelle=cast.harz), person=cast.lehrkraft)
    daten = IDEE | schluessel() | {"schule": cast.fremdschule.pk}
    antwort = als(cast.lehrkraft).post(reverse("beratungen:neu"), daten)
    assert "Bitte wählen Sie eine Schule aus der Liste." in antwort.text
    assert not Beratung.objects.exists()


def test_the_office_notes_what_came_of_it(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    daten = {"tag": "2026-03-04", "weg": "telefon", "ergebnis": "Passt. Bitte Angebot einholen."}
    antwort = tun(als(cast.sachbearbeitung), beratung, "beraten", **daten)
    beratung.refresh_from_db()
    assert antwort.url == f"/beratungen/{beratung.pk}/"
    assert (beratung.status, beratung.beraten_durch) == ("beraten", cast.sachbearbeitung)
    nachricht = Mail.objects.get()
    assert nachricht.an == cast.lehrkraft.email
    assert nachricht.betreff == "Sie können Ihren Antrag beginnen: Gemeinsam statt einsam"
    assert "Passt. Bitte Angebot einholen." in nachricht.text


def test_a_conversation_in_the_future_is_refused(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    morgen = timezone.localdate() + timedelta(days=1)
    daten = {"tag": morgen.isoformat(), "weg": "telefon", "ergebnis": "Passt."}
    antwort = tun(als(cast.sachbearbeitung), beratung, "beraten", **daten)
    assert "Der Tag liegt in der Zukunft." in antwort.text
    beratung.refresh_from_db()
    assert beratung.status == "angefragt"


def test_a_request_can_be_ended_with_a_reason(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    assert "Bitte begründen Sie diesen Schritt." in tun(als(cast.leitung), beratung, "absagen").text
    tun(als(cast.leitung), beratung, "absagen", begruendung="Dafür gibt es das Startchancen-Programm.")
    beratung.refresh_from_db()
    assert beratung.status == "abgesagt"
    assert "Startchancen-Programm" in Mail.objects.get().text


def test_a_step_that_came_too_late_says_so(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    services.absagen(beratung, by=cast.sachbearbeitung, begruendung="Dafür gibt es das Startchancen-Programm.")
    antwort = als(cast.leitung).get(reverse("beratungen:schritt", args=[beratung.pk, "absagen"]), follow=True)
    assert antwort.redirect_chain == [(f"/beratungen/{beratung.pk}/", 302)]
    assert re.search(r"Kim Beispiel hat die Anfrage beendet \(heute um \d+:\d\d Uhr\)\. Der Stand ist", antwort.text)


def test_the_office_notes_a_conversation_nobody_asked_for(cast, als):
    daten = {"titel": "Medienabend", "tag": "2026-02-03", "weg": "vor_ort", "ergebnis": "Gute Idee, bitte beantragen."}
    antwort = als(cast.sachbearbeitung).post(reverse("beratungen:notieren"), daten | schluessel())
    beratung = Beratung.objects.get()
    assert antwort.status_code == 302
    assert (beratung.status, beratung.schule, beratung.angefragt_durch) == (
        "beraten",
        cast.schule,
        cast.sachbearbeitung,
    )
    mail = Mail.objects.get()
    assert mail.an == cast.schulleitung.email
    assert "hat ein Gespräch mit Ihrer Schule vom 03.02.2026 festgehalten" in mail.text


def test_whoever_asked_and_left_hears_nothing_and_the_head_does(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    cast.lehrkraft.schulzugehoerigkeiten.update(bis=timezone.localdate() - timedelta(days=1))
    services.beraten(beratung, by=cast.leitung, tag=timezone.localdate(), ergebnis="Passt.")
    assert [mail.an for mail in Mail.objects.all()] == [cast.schulleitung.email]


FUER_DIE_SCHULE = [
    "Ihre Idee ist angekommen",
    "Was haben Sie vor?",
    "Für wen ist es?",
    "Was soll sich verändern?",
    "Drei Sätze genügen",
    "Ich habe eine Idee",
    "meldet sich bei Ihnen",
]
FUER_DIE_STELLE = ["Die Schule wartet auf", "Was die Schule vorhat", "Gespräch festhalten", "rufen Sie gleich an"]


@pytest.mark.parametrize("wer", ["lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe"])
def test_each_side_reads_the_words_written_for_it(cast, als, wer):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    text = "".join(als(getattr(cast, wer)).get(seite).text for seite in ("/beratungen/", beratung.get_absolute_url()))
    schule = wer in ("lehrkraft", "schulleitung")
    assert [satz for satz in (FUER_DIE_STELLE if schule else FUER_DIE_SCHULE) if satz in text] == []
    assert any(satz in text for satz in (FUER_DIE_SCHULE if schule else FUER_DIE_STELLE))


def test_an_antrag_is_begun_once_from_the_page_of_the_beratung(cast, als):
    beratung = make_beratung(cast.schule, cast.lehrkraft)
    seite = als(cast.lehrkraft).get(reverse("beratungen:beratung", args=[beratung.pk]))
    assert "Antrag daraus beginnen" in seite.text
    assert not Antrag.objects.exists()
    als(cast.lehrkraft).post(reverse("antraege:neu"), {"beratung": beratung.pk} | schluessel())
    antrag = Antrag.objects.get()
    seite = als(cast.lehrkraft).get(reverse("beratungen:beratung", args=[beratung.pk]))
    assert "Antrag daraus beginnen" not in seite.text
    assert f'href="/antraege/{antrag.pk}/"' in seite.text


def test_requests_that_wait_come_first(cast, als):
    make_beratung(cast.schule, cast.lehrkraft, status="angefragt", titel="wartet lange")
    make_beratung(cast.schule, cast.lehrkraft, titel="schon beraten")
    make_beratung(cast.schule, cast.lehrkraft, status="angefragt", titel="wartet kurz")
    seite = als(cast.sachbearbeitung).get(reverse("beratungen:liste"))
    assert [b.titel for b in seite.context["page"]] == ["wartet lange", "wartet kurz", "schon beraten"]


@pytest.mark.parametrize(
    ("suche", "gefunden"),
    [
        ("?status=beraten", ["Zirkus"]),
        ("?q=musik", ["Musik"]),
        ("?q=halberstadt", ["Musik", "Zirkus"]),
        ("?status=quatsch", ["Musik", "Zirkus"]),
        ("?q=%00", ["Musik", "Zirkus"]),
        ("?q=%ED%A0%80", []),
        ("?q=" + "a" * 4000, ["Musik", "Zirkus"]),
        ("?nach=99999999999999999999", ["Musik", "Zirkus"]),
    ],
)
def test_the_list_can_be_searched_with_anything(cast, als, suche, gefunden):
    make_beratung(cast.schule, cast.lehrkraft, status="angefragt", titel="Musik")
    make_beratung(cast.schule, cast.lehrkraft, titel="Zirkus")
    seite = als(cast.sachbearbeitung).get(reverse("beratungen:liste") + suche)
    assert seite.status_code == 200
    assert [b.titel for b in seite.context["page"]] == gefunden


LEUTE = [
    "lehrkraft",
    "schulleitung",
    "sachbearbeitung",
    "leitung",
    "freigabe",
    "nachbarin",
    "koordination",
    "pruefung",
    "fremd",
]
SCHULE = {"lehrkraft": 200, "schulleitung": 200}
BERATEND = {"sachbearbeitung": 200, "leitung": 200}
HIER = SCHULE | BERATEND | {"freigabe": 200}
NIEMAND = dict.fromkeys(LEUTE, 403)
SCHRITT = BERATEND | {"lehrkraft": 403, "schulleitung": 403, "freigabe": 403}
MATRIX = {
    # page: who → status; everybody else gets 404
    "liste": dict.fromkeys(LEUTE, 200),
    "neu": NIEMAND | SCHULE,
    "notieren": NIEMAND | BERATEND | {"nachbarin": 200},
    "beratung": HIER,
    "beraten": SCHRITT,
    "absagen": SCHRITT,
    "verabreden": SCHRITT,
    "zurueckziehen": SCHULE | {"sachbearbeitung": 403, "leitung": 403, "freigabe": 403},
    "aendern": SCHULE | {"sachbearbeitung": 403, "leitung": 403, "freigabe": 403},
    "quatsch": {},
}


@pytest.mark.parametrize("seite", MATRIX)
@pytest.mark.parametrize("wer", LEUTE)
def test_who_sees_which_page(cast, als, seite, wer):
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    adressen = {"liste": "", "neu": "neu/", "notieren": "notieren/", "beratung": f"{beratung.pk}/"}
    adresse = "/beratungen/" + adressen.get(seite, f"{beratung.pk}/{seite}/")
    assert als(getattr(cast, wer)).get(adresse).status_code == MATRIX[seite].get(wer, 404)
    assert Beratung.objects.get().status == "angefragt"


def test_everything_needs_a_sign_in(cast, client):
    for adresse in ("/beratungen/", "/beratungen/neu/", "/beratungen/notieren/", "/beratungen/1/"):
        assert client.get(adresse).status_code == 302


@pytest.mark.parametrize("unsinn", ["\x00", "a" * 100_000, "\ud800".encode("utf-8", "surrogatepass")])
@pytest.mark.parametrize("feld", ["titel", "was", "schule", "schluessel"])
def test_bad_input_is_answered_in_german(cast, als, feld, unsinn):
    make_zugehoerigkeit(make_schule(netzwerkstelle=cast.harz), Rolle.SCHULE_LEITUNG, person=cast.lehrkraft)
    antwort = als(cast.lehrkraft).post(reverse("beratungen:neu"), IDEE | schluessel() | {feld: unsinn})
    assert antwort.status_code == 200
    assert "Bitte prüfen Sie Ihre Eingaben" in antwort.text
    assert not Beratung.objects.exists()


@pytest.mark.parametrize("zahl", [1, 50])
def test_the_list_asks_the_database_equally_often(cast, als, django_assert_num_queries, zahl):
    for nummer in range(zahl):
        make_beratung(cast.schule, cast.lehrkraft, titel=f"Idee {nummer}")
    seite = als(cast.sachbearbeitung)
    with django_assert_num_queries(6):
        seite.get(reverse("beratungen:liste"))
