"""The first page of a teacher: what is missing in a draft, who has the others, and until when."""

from datetime import timedelta

from django.utils import timezone

from angebote.antrag import services
from angebote.antrag.workflow import Status
from schulerfolg.konten.permissions import Rolle
from schulerfolg.zeit import datum
from tests.factories import make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel
from tests.factories_entscheidung import make_im_gremium
from tests.factories_gremium import make_gremium, make_saal, make_sitzung, make_sitzung_in

SEITE = "/uebersicht/"


def karte(client, titel):
    [gruppe] = [gruppe for gruppe in client.get(SEITE).context["gruppen"] if gruppe.titel == titel]
    [karte] = gruppe.karten
    return karte


def test_a_draft_says_what_is_missing_who_changed_it_and_leads_there(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=None, kosten=[])
    services.abschnitt_speichern(antrag, by=cast.schulleitung, version=1, felder={"titel": "Neu"})
    gezeigt = karte(als(cast.lehrkraft), "Ihre Entwürfe")
    assert gezeigt.zeit.startswith("noch 2 Abschnitte offen; zuletzt geändert heute um ")
    assert gezeigt.zeit.endswith(f"von {cast.schulleitung}")
    assert (gezeigt.knopf, gezeigt.schritt) == (
        "Weiter mit „Zeitraum und Zielgruppen“",
        f"/antraege/{antrag.pk}/abschnitt/zeitraum/",
    )


def test_a_complete_draft_leads_to_the_check(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    gezeigt = karte(als(cast.lehrkraft), "Ihre Entwürfe")
    assert (gezeigt.knopf, gezeigt.schritt) == ("Prüfen und Absenden", f"/antraege/{antrag.pk}/abschnitt/pruefen/")


def test_what_came_back_shows_the_words_of_the_head(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    services.zurueckgeben(antrag, by=cast.schulleitung, begruendung="Bitte die Kosten genauer.")
    seite = als(cast.lehrkraft).get(SEITE).text
    assert "Bitte die Kosten genauer." in seite
    assert f"von {cast.schulleitung}, heute um" in seite


def test_what_the_head_has_is_on_the_page_of_who_wrote_it(cast, als):
    make_antrag_in(Status.FREIGABE_SL, cast)
    assert (
        "die Schulleitung liest den Antrag und reicht ihn ein"
        in karte(als(cast.lehrkraft), "Ihre laufenden Anträge").zeit
    )


def test_what_waits_for_the_gremium_names_the_next_meeting(cast, als):
    make_antrag_in(Status.GREMIENREIF, cast)
    person = als(cast.lehrkraft)
    assert "die nächste Sitzung" not in karte(person, "Ihre laufenden Anträge").zeit
    sitzung = make_sitzung(make_saal(cast).gremium, cast.leitung)
    assert karte(person, "Ihre laufenden Anträge").zeit.endswith(f"die nächste Sitzung ist am {datum(sitzung.beginn)}")


def test_a_meeting_that_runs_or_only_advises_is_not_the_next_one(cast, als):
    make_sitzung_in("laufend", cast, make_saal(cast), kosten=[("Honorare", "Zirkus", 1, "Tag", "100.00")])
    make_sitzung(make_gremium(cast.harz, name="Beirat", beschliesst=False), cast.leitung)
    make_antrag_in(Status.GREMIENREIF, cast)
    [gruppe] = [g for g in als(cast.lehrkraft).get(SEITE).context["gruppen"] if g.titel == "Ihre laufenden Anträge"]
    zeiten = sorted(karte.zeit for karte in gruppe.karten)
    assert [zeit.startswith("Als Nächstes: das Gremium berät und beschließt am") for zeit in zeiten] == [True, False]
    assert "die nächste Sitzung" not in zeiten[1]


def test_what_is_on_an_agenda_names_its_own_meeting(cast, als):
    make_im_gremium(cast)
    zeit = karte(als(cast.lehrkraft), "Ihre laufenden Anträge").zeit
    assert zeit.startswith("Als Nächstes: das Gremium berät und beschließt")


def test_a_decision_stays_for_sixty_days(cast, als):
    antrag = make_antrag_in(Status.ABGELEHNT, cast)
    assert karte(als(cast.lehrkraft), "Zuletzt entschieden").zeit.startswith("Abgelehnt am ")
    type(antrag).objects.filter(pk=antrag.pk).update(geaendert_am=timezone.now() - timedelta(days=61))
    assert "Zuletzt entschieden" not in als(cast.lehrkraft).get(SEITE).text


def test_a_head_who_wrote_it_reads_who_signs(cast, als):
    antrag = make_antrag(cast.schule, cast.schulleitung)
    kopf = als(cast.schulleitung)
    assert "Sie dürfen ihn auch selbst unterschreiben" in kopf.get(antrag.get_absolute_url()).text
    type(antrag.regel_heute).objects.all().delete()
    make_regel(cast.harz, vertretung_bei_eigenem=True)
    assert "im Portal ist dafür noch niemand eingetragen" in kopf.get(antrag.get_absolute_url()).text
    vertretung = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_STELLVERTRETUNG).person
    seite = " ".join(kopf.get(antrag.get_absolute_url()).text.split())
    assert f"sondern: <strong>{vertretung}</strong>" in seite
    kopf.get(f"/antraege/{antrag.pk}/weitergeben/")
    services.weitergeben(antrag, by=cast.schulleitung)
    assert karte(als(vertretung), "Warten auf Ihre Unterschrift").titel == antrag.titel
