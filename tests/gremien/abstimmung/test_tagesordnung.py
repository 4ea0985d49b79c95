"""From the page of a case onto an agenda and off again, and who is told that a case waits for one."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.models import Antrag
from gremien.abstimmung import services
from gremien.models import Tagesordnungspunkt
from gremien.sitzung import services as sitzungen
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_gremium, make_sitzung, make_sitzung_in
from tests.formulare import formulare

AUF = "Auf die Tagesordnung der Sitzung am"


@pytest.fixture
def bereit(cast):
    return make_antrag_in("gremienreif", cast)


def knoepfe(client, antrag):
    seite = antrag.get_absolute_url()
    return [f for f in formulare(client.get(seite).text, seite) if f.ziel.endswith("/aufnehmen/")]


def test_one_click_puts_a_case_on_the_next_agenda(als, cast, saal, bereit):
    """The second click on the same page gets the first answer."""
    sitzung, client = make_sitzung(saal.gremium, cast.leitung), als(cast.sachbearbeitung)
    assert f"{AUF} {timezone.localtime(sitzung.beginn):%d.%m.%Y}" in client.get(bereit.get_absolute_url()).text
    (knopf,) = knoepfe(client, bereit)
    for _ in range(2):
        antwort = client.post(knopf.ziel, knopf.felder)
        assert (antwort.status_code, antwort.url) == (302, bereit.get_absolute_url())
    bereit.refresh_from_db()
    assert (bereit.status, sitzung.punkte.get().antrag) == ("im_gremium", bereit)
    assert knoepfe(client, bereit) == []


def test_off_again_with_a_reason_that_stands_in_its_history(als, cast, saal):
    sitzung = make_sitzung_in("geplant", cast, saal)
    antrag, client = sitzung.punkte.get().antrag, als(cast.leitung)
    seite = f"{sitzung.punkte.get().get_absolute_url()}entfernen/"
    with pytest.raises(ValidationError, match="warum der Antrag nicht in diese Sitzung kommt"):
        sitzungen.punkt_entfernen(sitzung.punkte.get(), by=cast.leitung)
    for von in (antrag.get_absolute_url(), sitzung.get_absolute_url()):
        assert f'href="{seite}"' in client.get(von).text
    formular = next(f for f in formulare(client.get(seite).text, seite) if f.ziel == seite)
    assert "Bitte" in client.post(seite, formular.felder | {"begruendung": " "}).text
    assert Antrag.objects.get().status == "im_gremium"
    client.post(seite, formular.felder | {"begruendung": "Die Schule will den Beginn verschieben."})
    assert (Antrag.objects.get().status, sitzung.punkte.count()) == ("gremienreif", 0)
    ereignis = antrag.ereignisse.get(schritt="von_tagesordnung")
    assert ereignis.begruendung == "Die Schule will den Beginn verschieben."


def test_nothing_leaves_the_agenda_after_the_invitation(als, cast, saal):
    sitzung = make_sitzung_in("eingeladen", cast, saal)
    punkt, client = sitzung.punkte.get(), als(cast.leitung)
    assert "entfernen/" not in client.get(punkt.antrag.get_absolute_url()).text
    client.post(f"{punkt.get_absolute_url()}entfernen/", {"begruendung": "Doch nicht."})
    assert Tagesordnungspunkt.objects.count() == 1


def test_only_fitting_meetings_are_offered(als, cast, saal, bereit):
    """Planned, still to come, of a Gremium of this office that decides on applications; else the way to plan one."""
    client = als(cast.sachbearbeitung)
    text = client.get(bereit.get_absolute_url()).text
    assert f'href="/gremien/{saal.gremium.pk}/sitzungen/neu/"' in text
    make_sitzung(make_gremium(cast.harz, name="Arbeitskreis", beschliesst=False), cast.leitung)
    vorbei = make_sitzung(saal.gremium, cast.leitung)
    type(vorbei).objects.filter(pk=vorbei.pk).update(beginn=timezone.now() - timedelta(days=1))
    assert knoepfe(client, bereit) == []
    passend = [make_sitzung(saal.gremium, cast.leitung, beginn=timezone.now() + timedelta(days=n)) for n in (20, 40)]
    assert [k.ziel for k in knoepfe(client, bereit)] == [f"{s.get_absolute_url()}aufnehmen/" for s in passend]


def test_a_foreign_case_is_not_there(als, cast, saal, bereit):
    sitzung = make_sitzung(saal.gremium, cast.leitung)
    client = als(saal.vorsitz.person)  # makes the agenda, and does not see the case
    antwort = client.post(f"{sitzung.get_absolute_url()}aufnehmen/", {"antrag": bereit.pk, "schluessel": uuid.uuid4()})
    assert (antwort.status_code, sitzung.punkte.count()) == (404, 0)


def test_a_project_that_begins_before_the_meeting_is_a_hint_no_refusal(als, cast, saal):
    antrag = make_antrag_in("gremienreif", cast, beginn=timezone.localdate() + timedelta(days=30))
    sitzung, client = (
        make_sitzung(saal.gremium, cast.leitung, beginn=timezone.now() + timedelta(days=40)),
        als(cast.leitung),
    )
    assert "nicht erst nach der Sitzung am" in client.get(antrag.get_absolute_url()).text
    (knopf,) = knoepfe(client, antrag)
    client.post(knopf.ziel, knopf.felder)
    for seite in (sitzung.get_absolute_url(), sitzung.punkte.get().get_absolute_url()):
        assert "beginnen, nicht erst nach dieser Sitzung." in client.get(seite).text
    spaeter = make_antrag_in("gremienreif", cast, beginn=timezone.localdate() + timedelta(days=41))
    assert "nicht erst nach der Sitzung am" not in client.get(spaeter.get_absolute_url()).text


# who → the cards of a case that is ready, and of one that was put off
KARTEN = {
    "leitung": ["Bereit für das Gremium", "Vom Gremium zurückgestellt"],
    "sachbearbeitung": ["Bereit für das Gremium", "Vom Gremium zurückgestellt"],
    "nachbarin": [],
    "freigabe": [],
    "koordination": [],
    "lehrkraft": [],
}


def test_who_may_put_it_on_an_agenda_has_a_card_for_it(als, cast, saal):
    punkt = make_sitzung_in("laufend", cast, saal, kosten=[("Honorare", "x", 1, "", "80.00")]).punkte.get()
    stimmen = {m.pk: "ja" for m in saal.alle}
    # Short values, side by side.
    services.feststellen(
        punkt, by=saal.vorsitz.person, stimmen=stimmen, antrag_auf="zurueckstellen", gruende="Es fehlt der Kostenplan.",
    )  # fmt: skip
    make_antrag_in("gremienreif", cast, kosten=[("Honorare", "x", 1, "", "80.00")])
    titel = set(KARTEN["leitung"])
    gefunden = {
        wer: [g.titel for g in als(getattr(cast, wer)).get("/uebersicht/").context["gruppen"] if g.titel in titel]
        for wer in KARTEN
    }
    assert gefunden == KARTEN


def test_moving_an_item_keeps_the_place_on_the_page(als, cast, saal):
    """The same button of the same item, wherever it stands now: pressed again it moves on."""
    sitzung, client = make_sitzung(saal.gremium, cast.leitung), als(cast.leitung)
    erster, zweiter = (sitzungen.punkt_hinzufuegen(sitzung, by=cast.leitung, titel=titel) for titel in ("A", "B"))
    antwort = client.post(f"{zweiter.get_absolute_url()}hoch/")
    assert antwort.url == f"{sitzung.get_absolute_url()}#hoch-{zweiter.pk}"
    assert f'id="hoch-{zweiter.pk}"' in client.get(sitzung.get_absolute_url()).text
    assert [p.pk for p in sitzung.punkte.order_by("position")] == [zweiter.pk, erster.pk]
