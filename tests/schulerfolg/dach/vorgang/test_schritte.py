"""Every step over HTTP: what it changes, who is told, and that a form is answered once. Who may: `test_wer_darf`."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from angebote.antrag.workflow import ABLAUF, Status
from angebote.entscheidung.services import beschluss_umsetzen
from angebote.pruefung import services as pruefung
from angebote.pruefung.pruefliste import PRUEFLISTE
from schulerfolg.dach.vorgang.schritte import SCHRITTE
from schulerfolg.kalender import naechster_werktag
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag_in, vor_augen
from tests.factories_entscheidung import make_im_gremium


def adresse(antrag, schritt):
    return reverse("antraege:schritt", args=[antrag.pk, schritt])


def tun(client, antrag, schritt, **daten):
    return client.post(adresse(antrag, schritt), formular(antrag, schritt) | daten)


def formular(antrag, schritt):
    """The hidden values of the page of this step."""
    antrag.refresh_from_db()
    return {"schluessel": str(uuid4()), "version": ABLAUF.version(schritt, antrag)}


def test_every_step_of_the_table_has_a_page():
    assert {step.name for step in ABLAUF if step.url} == SCHRITTE.keys()


@pytest.mark.parametrize("wort", ["beschliessen", "auf_tagesordnung", "loeschen"])
def test_no_other_word_is_the_address_of_a_step(wort):
    with pytest.raises(Resolver404):
        resolve(f"/antraege/1/{wort}/")


def test_the_wrong_hat_reads_whose_step_it_is(cast, als):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    text = als(cast.lehrkraft).get(adresse(antrag, "uebernehmen")).content.decode()
    assert "„Antrag übernehmen“ macht: Sachbearbeitung, Leitung der Netzwerkstelle. Zuständig hier:" in text


# from, step, who, what is sent, to, who is told, subject of their mail (the number is always HZ-<year>-0001)
WEGE = [
    ("entwurf", "weitergeben", "lehrkraft", {}, "freigabe_sl", ["schulleitung"],
     "Bitte prüfen und unterschreiben: Gemeinsam statt einsam"),
    ("freigabe_sl", "zurueckgeben", "schulleitung", {"begruendung": "Kosten genauer."}, "entwurf", ["lehrkraft"],
     "Der Entwurf ist zurück: Gemeinsam statt einsam"),
    ("freigabe_sl", "zurueckholen", "lehrkraft", {}, "entwurf", ["schulleitung"],
     "Zurückgeholt, Sie müssen nichts tun: Gemeinsam statt einsam"),
    ("freigabe_sl", "verwerfen", "lehrkraft", {"bestaetigt": "on"}, "verworfen", ["schulleitung"],
     "Entwurf verworfen: Gemeinsam statt einsam"),
    ("entwurf", "fremden_verwerfen", "schulleitung", {"begruendung": "Zu früh."}, "verworfen", ["lehrkraft"],
     "Entwurf verworfen: Gemeinsam statt einsam"),
    ("verworfen", "entwurf_wiederaufnehmen", "lehrkraft", {}, "entwurf", ["schulleitung"],
     "Entwurf wieder aufgenommen: Gemeinsam statt einsam"),
    ("freigabe_sl", "einreichen", "schulleitung", {"gelesen": "on"}, "eingereicht", ["sachbearbeitung", "leitung"],
     "Neuer Antrag {nummer}: Gemeinsam statt einsam"),
    ("eingereicht", "uebernehmen", "leitung", {}, "formalpruefung", [], ""),
    ("nachforderung", "formal_ablehnen", "leitung", {"begruendung": "Nicht förderfähig."}, "abgelehnt",
     ["lehrkraft", "schulleitung", "sachbearbeitung"], "Entscheidung zu Antrag {nummer}"),
    ("fachpruefung", "zurueckziehen", "schulleitung", {"bestaetigt": "on"}, "zurueckgezogen",
     ["lehrkraft", "sachbearbeitung"], "Antrag {nummer} zurückgezogen: Gemeinsam statt einsam"),
]  # fmt: skip


@pytest.mark.parametrize(("von", "schritt", "wer", "daten", "nach", "an", "betreff"), WEGE)
def test_a_step_takes_effect_and_tells_people(cast, als, von, schritt, wer, daten, nach, an, betreff):
    antrag = make_antrag_in(von, cast)
    if schritt == "formal_ablehnen":
        daten = daten | {"schreiben": vor_augen(antrag, schritt, getattr(cast, wer), **daten)}
    Mail.objects.all().delete()
    antwort = tun(als(getattr(cast, wer)), antrag, schritt, **daten)
    assert (antwort.status_code, antwort.url) == (302, f"/antraege/{antrag.pk}/")
    antrag.refresh_from_db()
    assert antrag.status == nach
    post = {(n.an, n.betreff) for n in Mail.objects.exclude(schluessel__startswith="brief:")}
    assert post == {(getattr(cast, name).email, betreff.format(nummer=antrag.nummer)) for name in an}
    assert antrag.ereignisse.first().durch == getattr(cast, wer)


def test_a_postponed_case_comes_back(cast, als):
    # Short values, side by side.
    antrag = beschluss_umsetzen(
        make_im_gremium(cast), by=cast.leitung, ergebnis="zurueckstellen", nummer="HZ-B-2027/03", am=None,
        gruende="Bitte den Kostenplan nachreichen.",
    )  # fmt: skip
    tun(als(cast.sachbearbeitung), antrag, "wiederaufnehmen", begruendung="Der Kostenplan liegt jetzt vor.")
    antrag.refresh_from_db()
    assert antrag.status == "fachpruefung"
    assert antrag.ereignisse.first().begruendung == "Der Kostenplan liegt jetzt vor."


def test_asking_back_and_answering(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    Mail.objects.all().delete()
    frist = naechster_werktag(timezone.localdate() + timedelta(days=20))
    # Short values, side by side.
    daten = {
        "frage_1": "Wie viele Stunden?", "abschnitt_1": "kosten", "frage_3": "Wer betreut die Pausen?",
        "warum": "Für die Prüfung der Kosten.", "frist": frist.isoformat(),
    }  # fmt: skip
    tun(als(cast.sachbearbeitung), antrag, "nachfordern", **daten)
    fragen = list(pruefung.offene_nachforderung(antrag).rueckfragen.all())
    assert [(f.frage, f.abschnitt) for f in fragen] == [
        ("Wie viele Stunden?", "kosten"),
        ("Wer betreut die Pausen?", ""),
    ]
    antrag.refresh_from_db()
    assert {(n.an, n.betreff) for n in Mail.objects.all()} == {
        (person.email, f"Bitte bis {frist:%d.%m.} antworten: zwei Rückfragen zu Antrag {antrag.nummer}")
        for person in (cast.lehrkraft, cast.schulleitung)
    }
    Mail.objects.all().delete()
    antworten = {f"antwort_{fragen[0].pk}": "24 Stunden", f"antwort_{fragen[1].pk}": "Zwei Lehrkräfte"}
    tun(als(cast.lehrkraft), antrag, "nachreichen", **antworten)
    antrag.refresh_from_db()
    assert antrag.status == "formalpruefung"
    assert antrag.fassungen.first().inhalt[0]["zeilen"] == [
        ["Wie viele Stunden?", "24 Stunden"],
        ["Wer betreut die Pausen?", "Zwei Lehrkräfte"],
    ]
    assert {(n.an, n.betreff) for n in Mail.objects.all()} == {
        (cast.sachbearbeitung.email, f"Antworten zu Antrag {antrag.nummer} sind da")
    }


def test_a_deadline_at_a_weekend_ends_on_the_next_working_day(cast):
    """VwVfG § 31 (3); asked for by the service itself, for whoever else calls it."""
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    pruefung.nachfordern(antrag, by=cast.sachbearbeitung, fragen=["Wie viele?"], frist=date(2030, 12, 25))
    assert pruefung.offene_nachforderung(antrag).frist == date(2030, 12, 27)


def test_every_question_needs_an_answer(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    erste = pruefung.offene_nachforderung(antrag).rueckfragen.first()
    antwort = tun(als(cast.lehrkraft), antrag, "nachreichen", **{f"antwort_{erste.pk}": "24 Stunden"})
    assert list(antwort.context["form"].errors.values()) == [["Bitte beantworten Sie diese Rückfrage."]]
    antrag.refresh_from_db()
    assert antrag.status == "nachforderung"


def test_the_same_form_takes_the_step_once(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    client, daten = als(cast.schulleitung), formular(antrag, "einreichen") | {"gelesen": "on"}
    erste = client.post(adresse(antrag, "einreichen"), daten)
    zweite = client.post(adresse(antrag, "einreichen"), daten)
    assert [(a.status_code, a.url) for a in (erste, zweite)] == [(302, f"/antraege/{antrag.pk}/")] * 2
    assert antrag.ereignisse.filter(schritt="einreichen").count() == 1


def test_another_form_comes_too_late_and_says_what_happened(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    client = als(cast.schulleitung)
    tun(client, antrag, "einreichen", gelesen="on")
    spaet = client.post(adresse(antrag, "einreichen"), formular(antrag, "einreichen") | {"gelesen": "on"}, follow=True)
    assert spaet.redirect_chain == [(f"/antraege/{antrag.pk}/", 302)]
    satz = [str(m) for m in spaet.context["messages"]][-1]
    assert satz.startswith("Kim Beispiel hat den Antrag eingereicht (")
    assert satz.endswith("Der Stand ist jetzt „Eingereicht“.")
    assert antrag.ereignisse.filter(schritt="einreichen").count() == 1


def test_two_colleagues_take_one_case_over(cast, als):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    tun(als(cast.sachbearbeitung), antrag, "uebernehmen")
    antwort = als(cast.leitung).post(adresse(antrag, "uebernehmen"), {"schluessel": str(uuid4())}, follow=True)
    assert "hat den Antrag zur Prüfung übernommen" in str(next(iter(antwort.context["messages"])))
    antrag.refresh_from_db()
    assert antrag.zustaendig == cast.sachbearbeitung


def test_whoever_took_the_case_over_does_not_refuse_it(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    seite = als(cast.sachbearbeitung).get(adresse(antrag, "formal_ablehnen")).content.decode()
    assert "Die Ablehnung braucht eine zweite Person." in seite
    antwort = tun(als(cast.sachbearbeitung), antrag, "formal_ablehnen", begruendung="Nicht förderfähig.")
    assert antwort.context["form"].non_field_errors() == [
        "Sie haben diesen Antrag übernommen. Die Ablehnung braucht eine zweite Person."
    ]
    antrag.refresh_from_db()
    assert antrag.status == "formalpruefung"


def test_the_check_list_comes_before_the_opinion(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client = als(cast.sachbearbeitung)

    def weiter():
        seite = client.get(adresse(antrag, "weiter_zur_fachpruefung"))
        return tun(client, antrag, "weiter_zur_fachpruefung", version=seite.context["form"]["version"].value())

    offen = weiter()
    assert offen.context["form"].non_field_errors() == ["In der Prüfliste sind noch 10 Punkte offen."]
    urteile = dict.fromkeys(PRUEFLISTE, ("ja", "")) | {"kosten": ("nein", "")}
    pruefung.pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile=urteile)
    nein = weiter()
    assert nein.context["form"].non_field_errors() == [
        "Ein Punkt der Prüfliste ist nicht in Ordnung. Stellen Sie Rückfragen, oder lehnen Sie ab."
    ]
    pruefung.pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile={"kosten": ("entfaellt", "")})
    assert weiter().status_code == 302


@pytest.mark.parametrize("punkte", [list(PRUEFLISTE)[:1], list(PRUEFLISTE)], ids=["one", "all"])
def test_the_check_list_is_saved_in_one_question_however_long(cast, punkte, django_assert_num_queries):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    pruefung.pruefpunkte_speichern(antrag, by=cast.leitung, urteile=dict.fromkeys(punkte, ("nein", "fehlt")))
    with django_assert_num_queries(7):
        pruefung.pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile=dict.fromkeys(punkte, ("ja", "")))
    gespeichert = antrag.pruefpunkte.values_list("schluessel", "urteil", "notiz", "durch")
    assert list(gespeichert) == [(punkt, "ja", "", cast.sachbearbeitung.pk) for punkt in punkte]


def test_a_case_is_not_closed_while_the_deadline_runs(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    client = als(cast.sachbearbeitung)
    antwort = tun(client, antrag, "ohne_antwort_beenden", begruendung="Keine Antwort.")
    frist = antrag.nachforderungen.get().frist
    assert antwort.context["form"].non_field_errors() == [
        f"Die Frist der Rückfragen läuft noch bis zum {frist:%d.%m.%Y}."
    ]
    antrag.nachforderungen.update(frist=timezone.localdate() - timedelta(days=1))
    assert tun(client, antrag, "ohne_antwort_beenden", begruendung="Keine Antwort.").status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == "zurueckgezogen"


def test_submitting_without_having_read_is_refused(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    antwort = tun(als(cast.schulleitung), antrag, "einreichen")
    assert antwort.context["form"].errors == {"gelesen": ["Bitte bestätigen Sie, dass Sie den Antrag gelesen haben."]}


def test_the_page_of_the_signature_says_who_signs_as_what(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    text = als(cast.schulleitung).get(adresse(antrag, "einreichen")).content.decode()
    assert "Es unterschreibt: Kim Beispiel, Schulleitung. Danach ändert niemand mehr den Text." in text
    assert "Zwei Klassen wurden zusammengelegt." in text
