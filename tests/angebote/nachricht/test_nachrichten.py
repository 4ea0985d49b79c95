"""School and office write to each other in a case: who is asked, who has read, and until when somebody answers."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from angebote.nachricht import services
from angebote.nachricht.aufgaben import aufgaben
from angebote.nachricht.models import Lesevermerk, Nachricht
from demo.antragspruefung import kleines_pdf
from schulerfolg.konten.models import Abwesenheit, Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit
from tests.factories_antrag import make_antrag_in
from tests.formulare import formulare

FRAGE = "Dürfen wir den Zeitraum noch verschieben?"


@pytest.fixture
def antrag(faelle, cast):
    for person, name in ((cast.sachbearbeitung, "Anja Kern"), (cast.leitung, "Petra Vogt")):
        person.vorname, person.nachname = name.split()
        person.save()
    antrag = faelle["formalpruefung"]
    type(antrag).objects.filter(pk=antrag.pk).update(zustaendig=cast.sachbearbeitung)
    return type(antrag).objects.get(pk=antrag.pk)


def seite(als, person, antrag):
    return als(person).get(antrag.get_absolute_url())


def schreibe(als, person, antrag, text=FRAGE, *, form="/nachrichten/", feld="text", **mehr):
    """On the page of the case, with the form that stands there."""
    response = seite(als, person, antrag)
    [formular] = [f for f in formulare(response.content.decode(), "") if f.ziel.endswith(form)]
    felder = formular.felder | {feld: [text], "antwort_bis": [""]} | {name: [wert] for name, wert in mehr.items()}
    if "datei" not in mehr:
        felder.pop("datei", None)
    return als(person).post(formular.ziel, felder)


def test_a_school_asks_and_reads_the_answer(als, cast, antrag):
    response = schreibe(als, cast.lehrkraft, antrag)
    assert response.status_code == 302
    assert response["Location"] == f"/antraege/{antrag.pk}/#nachrichten"
    nachricht = Nachricht.objects.get()
    assert (nachricht.art, nachricht.erbeten) == ("an_stelle", False)
    assert nachricht.rolle == f"Lehrkraft, {cast.schule.name}"
    mail = Mail.objects.get(schluessel__startswith=f"nachricht:{nachricht.pk}:")
    assert mail.empfaenger == cast.sachbearbeitung
    assert FRAGE not in mail.text + mail.betreff
    assert f"/antraege/{antrag.pk}/nachrichten/" in mail.text
    selbst = seite(als, cast.lehrkraft, antrag).content.decode()
    assert "Noch ungelesen" in selbst
    assert f"Ihre Nachricht beantwortet {cast.sachbearbeitung}" in selbst

    uebersicht = als(cast.sachbearbeitung).get("/uebersicht/").content.decode()
    assert "Nachrichten, auf die Sie antworten" in uebersicht
    assert "ungelesen" in uebersicht
    assert "ungelesene Nachricht" in als(cast.leitung).get(reverse("antraege:liste")).content.decode()
    assert "Nachrichten, auf die Sie antworten" not in als(cast.leitung).get("/uebersicht/").content.decode()
    gelesen = seite(als, cast.sachbearbeitung, antrag).content.decode()
    assert 'class="nachricht__neu">neu' in gelesen
    assert "Die Schule hat geschrieben." in gelesen
    assert f"Gelesen von {cast.sachbearbeitung}" in seite(als, cast.lehrkraft, antrag).content.decode()

    schreibe(als, cast.sachbearbeitung, antrag, "Ja, gern.")
    assert "Nachrichten, auf die Sie antworten" not in als(cast.sachbearbeitung).get("/uebersicht/").content.decode()
    assert "Ungelesene Nachrichten an Sie" in als(cast.lehrkraft).get("/uebersicht/").content.decode()
    assert "Ja, gern." in seite(als, cast.lehrkraft, antrag).content.decode()
    assert "Ungelesene Nachrichten an Sie" not in als(cast.lehrkraft).get("/uebersicht/").content.decode()


def test_the_office_asks_for_an_answer_until_somebody_gives_one_or_it_takes_that_back(als, cast, antrag):
    morgen = timezone.localdate() + timedelta(days=1)
    schreibe(als, cast.sachbearbeitung, antrag, "Wie viele nehmen teil?", antwort_bis=f"{morgen}")
    frage = Nachricht.objects.get()
    assert Mail.objects.filter(betreff__startswith="Bitte bis ").count() == 2  # author and head
    for person in (cast.lehrkraft, cast.schulleitung):
        assert "Ihre Netzwerkstelle wartet auf Ihre Antwort" in als(person).get("/uebersicht/").content.decode()
    dort = seite(als, cast.sachbearbeitung, antrag).content.decode()
    assert "Sie warten auf eine Antwort der Schule" in dort
    fremd = als(cast.lehrkraft).post(f"/antraege/{antrag.pk}/nachrichten/{frage.pk}/erledigen/", follow=True)
    assert "Auf diese Nachricht wartet niemand mehr" in fremd.content.decode()  # only who asked takes it back
    assert Nachricht.objects.offen().get() == frage
    als(cast.sachbearbeitung).post(f"/antraege/{antrag.pk}/nachrichten/{frage.pk}/erledigen/")
    assert not Nachricht.objects.offen().exists()
    assert "wartet auf Ihre Antwort" not in seite(als, cast.lehrkraft, antrag).content.decode()


def test_a_refused_file_is_named_and_the_words_stay(als, cast, antrag):
    antwort = schreibe(als, cast.lehrkraft, antrag, datei=SimpleUploadedFile("Plan.docx", b"{\\rtf1"))
    assert antwort.context["form"].errors["datei"][0].startswith("„Plan.docx“: Ein Word-Dokument können wir nicht")
    assert FRAGE in antwort.text
    assert not Nachricht.objects.exists()


def test_an_internal_note_never_leaves_the_office(als, cast, antrag, faelle):
    geheim = "Telefonat: Schulleitung ist verreist"
    schreibe(als, cast.sachbearbeitung, antrag, geheim, form="/notiz/", feld="text")
    notiz = Nachricht.objects.get(art="intern")
    pfade = [antrag.get_absolute_url(), f"/antraege/{antrag.pk}/nachrichten/", "/antraege/?suche=Telefonat"]
    for person in (cast.lehrkraft, cast.schulleitung, cast.koordination, cast.nachbarin, cast.fremd):
        for pfad in pfade:
            assert geheim not in als(person).get(pfad).content.decode(), (person, pfad)
    for person in (cast.leitung, cast.freigabe, cast.pruefung):
        dort = als(person).get(antrag.get_absolute_url()).content.decode()
        assert geheim in dort
        assert "nur für Ihre Netzwerkstelle" in dort
    assert not Mail.objects.filter(schluessel__startswith="nachricht:").exists()
    assert not antrag.ereignisse.filter(text__contains="Telefonat").exists()
    for tat in ("datei", "erledigen", "zuruecknehmen"):
        pfad = f"/antraege/{antrag.pk}/nachrichten/{notiz.pk}/{tat}/"
        assert (als(cast.lehrkraft).get if tat == "datei" else als(cast.lehrkraft).post)(pfad).status_code == 404


def test_the_coordination_office_reads_notes_only_where_contents_are_shared(als, cast, antrag):
    schreibe(als, cast.sachbearbeitung, antrag, "Intern gesagt.", form="/notiz/")
    assert als(cast.koordination).get(antrag.get_absolute_url()).status_code == 404
    type(cast.harz).objects.filter(pk=cast.harz.pk).update(teilt_inhalte=True)
    response = als(cast.koordination).get(antrag.get_absolute_url())
    assert "Intern gesagt." in response.content.decode()
    assert "/nachrichten/" not in [f.ziel for f in formulare(response.content.decode(), "")]
    assert als(cast.koordination).post(f"/antraege/{antrag.pk}/nachrichten/", {"text": "x"}).status_code == 403
    assert not Lesevermerk.objects.exists()


def test_a_school_may_write_no_note_and_strangers_find_nothing(als, cast, antrag):
    assert als(cast.lehrkraft).post(f"/antraege/{antrag.pk}/nachrichten/notiz/", {"text": "x"}).status_code == 403
    for person in (cast.nachbarin, cast.fremd):
        assert als(person).get(f"/antraege/{antrag.pk}/nachrichten/").status_code == 404
        assert als(person).post(f"/antraege/{antrag.pk}/nachrichten/", {"text": "x"}).status_code == 404


def test_of_a_draft_nobody_writes_unless_the_office_reads_it(als, cast, faelle):
    entwurf = faelle["entwurf"]
    pfad = f"/antraege/{entwurf.pk}/nachrichten/"
    assert als(cast.leitung).get(pfad).status_code == 404
    assert 'name="text"' not in als(cast.lehrkraft).get(pfad).content.decode()
    assert als(cast.lehrkraft).post(pfad, {"text": "x"}).status_code == 403
    type(entwurf).objects.filter(pk=entwurf.pk).update(geteilt=True)
    assert pfad in als(cast.lehrkraft).get(entwurf.get_absolute_url()).content.decode()
    [form] = [f for f in formulare(als(cast.lehrkraft).get(pfad).content.decode(), "") if f.ziel == pfad]
    felder = form.felder | {"text": ["Passt das so?"], "antwort_bis": [""]}
    felder.pop("datei", None)
    assert als(cast.lehrkraft).post(pfad, felder)["Location"] == pfad
    assert "Passt das so?" in als(cast.leitung).get(pfad).content.decode()


def test_what_nobody_has_read_is_taken_back_within_ten_minutes(als, cast, antrag):
    schreibe(als, cast.lehrkraft, antrag, "Das war die falsche Datei.")
    nachricht = Nachricht.objects.get()
    weg = f"/antraege/{antrag.pk}/nachrichten/{nachricht.pk}/zuruecknehmen/"
    assert weg in [f.ziel for f in formulare(seite(als, cast.lehrkraft, antrag).content.decode(), "")]
    als(cast.schulleitung).post(weg)
    assert Nachricht.objects.geltend().count() == 1  # only whoever wrote it
    als(cast.lehrkraft).post(weg)
    assert Nachricht.objects.get().zurueckgenommen_am
    dort = seite(als, cast.sachbearbeitung, antrag).content.decode()
    assert "zurückgenommen" in dort
    assert "falsche Datei" not in dort
    assert "Nachrichten, auf die Sie antworten" not in als(cast.sachbearbeitung).get("/uebersicht/").content.decode()

    schreibe(als, cast.lehrkraft, antrag, "Noch eine.")
    zweite = Nachricht.objects.geltend().get()
    seite(als, cast.sachbearbeitung, antrag)
    als(cast.lehrkraft).post(weg.replace(f"/{nachricht.pk}/", f"/{zweite.pk}/"))
    assert Nachricht.objects.geltend().get() == zweite  # it was read
    with pytest.raises(DatabaseError), transaction.atomic():
        Nachricht.objects.filter(pk=zweite.pk).update(text="anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        Nachricht.objects.filter(pk=zweite.pk).update(zurueckgenommen_am=timezone.now())


def test_after_the_day_is_over_the_deputy_hears_once(als, cast, antrag):
    frist = timezone.localdate() - timedelta(days=1)
    Nachricht.objects.create(antrag=antrag, art="an_stelle", text=FRAGE, durch=cast.lehrkraft, frist=frist)
    gesagt = []
    for _ in range(2):
        call_command("faelligkeiten", stdout=(ausgabe := StringIO()))
        gesagt += [zeile for zeile in ausgabe.getvalue().splitlines() if "Nachrichten" in zeile]
    assert gesagt == ["1 Nachrichten ohne Antwort, deren Frist vorbei ist"] * 2
    mail = Mail.objects.get(betreff__startswith="Bitte einspringen")
    assert mail.empfaenger == cast.leitung
    assert FRAGE not in mail.text
    assert f"zuständig: {cast.sachbearbeitung}" in als(cast.leitung).get("/uebersicht/").content.decode()
    assert "dieser Tag ist vorbei" in seite(als, cast.lehrkraft, antrag).content.decode()


def test_whoever_stands_in_comes_before_the_leitung(cast, antrag):
    kollegin, heute = make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG).person, timezone.localdate()
    Abwesenheit.objects.create(
        person=cast.sachbearbeitung, vertretung=kollegin, von=heute, bis=heute, eingetragen_durch=cast.leitung
    )
    gestern = heute - timedelta(days=1)
    Nachricht.objects.create(antrag=antrag, art="an_stelle", text=FRAGE, durch=cast.lehrkraft, frist=gestern)
    call_command("faelligkeiten", stdout=StringIO())
    assert Mail.objects.get(betreff__startswith="Bitte einspringen").empfaenger == kollegin


def test_five_working_days_skip_the_weekend_and_the_holiday(als, cast, antrag, monkeypatch):
    ort = timezone.get_current_timezone()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 3, 24, 10, tzinfo=ort))
    schreibe(als, cast.lehrkraft, antrag)
    # Wed 24 March; Good Friday 26 and Easter Monday 29 do not count.
    assert Nachricht.objects.get().frist == date(2027, 4, 2)


def test_words_stay_when_the_day_is_wrong(als, cast, antrag):
    response = schreibe(als, cast.lehrkraft, antrag, antwort_bis="01.01.2020")
    assert response.status_code == 200
    assert "Bitte wählen Sie einen Tag ab morgen." in response.content.decode()
    assert FRAGE in response.content.decode()
    assert not Nachricht.objects.exists()


@pytest.mark.parametrize("zahl", [1, 3])
def test_the_overview_asks_equally_often_where_nobody_has_the_cases(cast, django_assert_num_queries, zahl):
    spaet, heute = timezone.localdate() - timedelta(days=1), timezone.localdate()
    for frist in (spaet, heute):
        for _ in range(zahl):
            fall = make_antrag_in("eingereicht", cast, kosten=[("Honorare", "x", 1, "", "10.00")])
            Nachricht.objects.create(antrag=fall, art="an_stelle", text=FRAGE, durch=cast.lehrkraft, frist=frist)
    with django_assert_num_queries(8):
        gruppen = {gruppe.titel: len(gruppe.karten) for gruppe in aufgaben(cast.leitung) if gruppe.karten}
    assert gruppen == {"Nachrichten, auf die Sie antworten": 2 * zahl}


def test_of_a_draft_that_is_no_longer_shared_nobody_is_reminded(cast, faelle):
    entwurf, gestern = faelle["entwurf"], timezone.localdate() - timedelta(days=1)
    Nachricht.objects.create(antrag=entwurf, art="an_stelle", text=FRAGE, durch=cast.lehrkraft, frist=gestern)
    assert services.unbeantwortetes_melden(timezone.localdate()) == 0
    type(entwurf).objects.filter(pk=entwurf.pk).update(geteilt=True)
    assert services.unbeantwortetes_melden(timezone.localdate()) == 1


def test_a_file_reaches_the_other_side_byte_for_byte(als, cast, antrag):
    inhalt = kleines_pdf("Ablaufplan")
    response = schreibe(als, cast.lehrkraft, antrag, datei=SimpleUploadedFile("Ablauf.pdf", inhalt, "application/pdf"))
    assert response.status_code == 302
    weg = f"/antraege/{antrag.pk}/nachrichten/{Nachricht.objects.get().pk}/datei/"
    assert weg in seite(als, cast.sachbearbeitung, antrag).content.decode()
    datei = als(cast.sachbearbeitung).get(weg)
    assert b"".join(datei) == inhalt
    assert "Ablauf.pdf" in datei["Content-Disposition"]
    assert als(cast.nachbarin).get(weg).status_code == 404
