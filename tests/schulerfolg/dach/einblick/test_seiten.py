"""„Wer kann das sehen, und warum“: the lists say of everybody what the permissions say; who reads which names."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import TextChoices
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from angebote.antrag import lesende as lesende_antrag
from angebote.antrag.lesende import lesende
from angebote.antrag.permissions import RECHTE
from angebote.models import Antrag
from gremien.abstimmung.lage import read_saal
from gremien.befangenheit import services as befangenheit
from gremien.befangenheit.lesende import GRUND as GRUND_SITZUNG
from gremien.befangenheit.lesende import MITGLIED, VORLAGE, beteiligte, papiere, zum_antrag, zur_sitzung
from gremien.models import Mitgliedschaft, Sitzung
from gremien.sitzung.permissions import Zugang, mitgliedschaft, rollen, zugang
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.akte.services import keep_look
from schulerfolg.dach.einblick import seite as einblick
from schulerfolg.dach.gegenstaende import modules_named
from schulerfolg.konten.lesende import Lesende, Teil
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import LANDESROLLEN, STELLENROLLEN, Rolle
from tests.factories import make_person, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in


def on_the_lists(faelle):
    """Every pair of a person and a case that the page would tell as open."""
    faelle = faelle.select_related("schule", "netzwerkstelle")
    return {(zeile.person.pk, fall.pk) for fall in faelle for zeile in lesende(fall) if zeile.offen}


def truly_visible():
    menschen = Person.objects.filter(is_active=True)
    return {(p.pk, pk) for p in menschen for pk in Antrag.objects.visible_to(p).values_list("pk", flat=True)}


def test_everybody_on_the_list_of_a_case_can_open_it_and_nobody_else(demowelt, monkeypatch):
    Netzwerkstelle.objects.filter(slug__in=["harz", "stendal"]).update(teilt_inhalte=True)
    seen = truly_visible()
    assert on_the_lists(Antrag.objects.all()) == seen
    assert len(seen) > 1000
    monkeypatch.setattr(lesende_antrag, "was_zaehlt", lambda antrag, **huete: set().union(*huete.values()))
    entwuerfe = Antrag.objects.filter(nummer=None)[:10]
    assert not on_the_lists(entwuerfe) <= seen  # a list with rules of its own is noticed


def test_everybody_on_the_list_of_a_meeting_can_read_its_papers_and_nobody_else(demowelt):
    Netzwerkstelle.objects.filter(slug="stendal").update(teilt_inhalte=True)
    told, true, menschen = set(), set(), list(Person.objects.filter(is_active=True))
    sichtbar = {p.pk: set(Sitzung.objects.visible_to(p).values_list("pk", flat=True)) for p in menschen}
    for sitzung in Sitzung.objects.for_page():
        punkte, lage = papiere(sitzung), read_saal(sitzung)
        wer = beteiligte([sitzung.gremium])[sitzung.gremium_id]
        offen = {(b.person.pk, punkt.pk) for b in wer for punkt in punkte if b.zugang(punkt) == Zugang.OFFEN}
        told |= offen
        if punkte:  # one line for each, open as soon as one paper is
            auf_der_seite = {zeile.person.pk for zeile in zur_sitzung(sitzung).lesende if zeile.offen}
            assert auf_der_seite == {person for person, _ in offen}
        for person in (p for p in menschen if sitzung.pk in sichtbar[p.pk]):
            hats, sitz = rollen(person, sitzung.gremium), mitgliedschaft(person, sitzung.gremium)
            for punkt in punkte:
                befangen = bool(sitz) and sitz.pk in lage.befangen(punkt)
                if zugang(hats, sitz, sitzung, befangen=befangen) == Zugang.OFFEN:
                    true.add((person.pk, punkt.pk))
    assert told == true
    assert len(true) > 100
    mitglieder = set(Mitgliedschaft.objects.gueltig().values_list("gremium", "person"))
    for fall in Antrag.objects.filter(tagesordnungspunkte__isnull=False).distinct():
        punkte = fall.tagesordnungspunkte.values_list("pk", "sitzung__gremium")
        lesen = [p for punkt, gremium in punkte for p, wo in true if wo == punkt and (gremium, p) in mitglieder]
        assert sorted(lesen) == sorted(zeile.person.pk for zeile in zum_antrag(fall).lesende if zeile.offen)


def test_every_hat_that_may_read_has_its_reason_in_words():
    assert set(lesende_antrag.GRUND) == set(RECHTE["ansehen"].roles)
    assert set(GRUND_SITZUNG) == {*STELLENROLLEN, *LANDESROLLEN}
    mit_sitz = set(Zugang) - {Zugang.KEINER}
    assert (set(VORLAGE), set(MITGLIED)) == (mit_sitz, mit_sitz - {Zugang.BEFANGEN})


def test_a_new_subject_with_papers_of_its_own_is_on_the_page(cast, als, monkeypatch):
    """What it offers is enough: a section, and looks in the record."""
    antrag = make_antrag_in("eingereicht", cast)
    Art = TextChoices("Art", {"BELEG": ("beleg", "Beleg")})
    wer = make_person("Klara", "Kassenwart")
    lesende = [Lesende(wer, Rolle.GREMIUM, "Kasse", grund, grund == "zahlt aus") for grund in ("zahlt aus", "ruht")]
    neu = SimpleNamespace(
        TEILE={"antrag": lambda antrag: Teil(lesende, "An der Kasse", "Nur Belege.")},
        EINSICHTEN={"antrag": lambda antrag: {Art.BELEG: [7]}},
    )
    monkeypatch.setattr(einblick, "modules_named", lambda file: [*modules_named(file), neu])
    keep_look(wer=cast.leitung, art="beleg", nummer=7, was="Quittung", hut="Leitung", stelle="HZ")
    stelle = text(als(cast.leitung).get(seite(antrag)))
    assert f"An der Kasse Nur Belege. Kasse zahlt aus {wer} Kasse ruht {wer}" in stelle
    assert "Sie , Leitung Beleg: Quittung" in stelle
    schule = text(als(cast.lehrkraft).get(seite(antrag)))
    assert "Kasse zahlt aus 1 Person" in schule
    assert [wort for wort in ("ruht", "Klara") if wort in schule] == []


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def seite(antrag):
    return reverse("einblick:antrag", args=[antrag.pk])


def test_the_page_of_a_case_says_who_and_why(cast, als):
    antrag = make_antrag_in("eingereicht", cast)
    gelesen = text(als(cast.sachbearbeitung).get(seite(antrag)))
    assert "6 Personen können den Antrag öffnen" in gelesen
    for satz in (
        "Kollegium der Schule, die den Antrag stellt; hat ihn geschrieben",
        "Leitung der Schule, die den Antrag stellt",
        "Sachbearbeitung der zuständigen Netzwerkstelle",
        "Leitung der zuständigen Netzwerkstelle",
        "Freigabe beim Träger der zuständigen Netzwerkstelle",
        "Prüfung, liest und ändert nichts",
        "Die Netzwerkstelle teilt ihre Inhalte nicht; zu sehen sind Zahlen und Stände",
    ):
        assert satz in gelesen
    assert als(cast.nachbarin).get(seite(antrag)).status_code == 404
    assert als(cast.koordination).get(seite(antrag)).status_code == 404


def test_a_draft_that_is_not_shared(cast, als):
    entwurf = make_antrag_in("entwurf", cast)
    gelesen = text(als(cast.lehrkraft).get(seite(entwurf)))
    assert "2 Personen können den Antrag öffnen" in gelesen
    assert gelesen.count("Die Schule teilt den Entwurf nicht") == 3
    assert "Entwürfe gehören der Schule; offen erst nach der Einreichung" in gelesen


@pytest.fixture
def im_gremium(cast):
    """A case before a running Gremium: one member biased, one not obliged to secrecy."""
    saal = make_saal(cast)
    make_mitglied(saal.gremium, make_person("Udo", "Unverpflichtet"), verschwiegen_am=None)
    sitzung = make_sitzung_in("laufend", cast, saal)
    punkt = sitzung.punkte.get()
    befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="Arbeitgeber")
    return saal, sitzung, punkt


def test_the_gremium_reads_the_paper_and_the_school_reads_no_names_of_it(cast, als, im_gremium):
    _, sitzung, punkt = im_gremium
    stelle = text(als(cast.leitung).get(seite(punkt.antrag)))
    wo = f"(TOP 1, Sitzung {sitzung.nummer})"
    assert f"liest die Vorlage {wo[:-1]}), zur Verschwiegenheit verpflichtet" in stelle
    assert f"liest die Vorlage nicht {wo}: befangen (oder noch offen)" in stelle
    assert f"liest die Vorlage nicht {wo}: noch nicht verpflichtet" in stelle
    # Short words, many to a line.
    assert {name for name in ("Vera Vorsitz", "Mia Mitglied 1", "Udo Unverpflichtet") if name in stelle} == {
        "Vera Vorsitz", "Mia Mitglied 1", "Udo Unverpflichtet",
    }  # fmt: skip
    schule = text(als(cast.lehrkraft).get(seite(punkt.antrag)))
    assert "2 Personen" in schule
    assert [wort for wort in ("Vera", "Mia", "Udo", "befangen", "noch nicht verpflichtet") if wort in schule] == []


def test_the_page_of_a_meeting_says_who_and_why(cast, als, im_gremium):
    saal, sitzung, _ = im_gremium
    adresse = reverse("einblick:sitzung", args=[sitzung.pk])
    gelesen = text(als(saal.vorsitz.person).get(adresse))
    for satz in (
        "gehört zum Gremium, zur Verschwiegenheit verpflichtet Mia Mitglied 2, Mia Mitglied 3",
        "gehört zum Gremium, zur Verschwiegenheit verpflichtet; befangen (oder noch offen): TOP 1",
        "gehört zum Gremium, ist aber noch nicht zur Verschwiegenheit verpflichtet Udo Unverpflichtet",
        "Leitung der Netzwerkstelle, bereitet die Sitzung vor",
        "Die Netzwerkstelle teilt ihre Inhalte nicht; zu sehen sind Termine, Stände und Zahlen",
    ):
        assert satz in gelesen
    people = ("leitung", "freigabe", "pruefung", "koordination", "lehrkraft", "nachbarin")
    codes = {name: als(getattr(cast, name)).get(adresse).status_code for name in people}
    # Short words, many to a line.
    assert codes == {
        "leitung": 200, "freigabe": 200, "pruefung": 200, "koordination": 403, "lehrkraft": 404, "nachbarin": 404,
    }  # fmt: skip


def test_names_of_those_who_looked_are_for_those_who_answer_for_it(cast, als, im_gremium):
    saal, sitzung, punkt = im_gremium
    antrag = punkt.antrag
    als(cast.sachbearbeitung).get(antrag.get_absolute_url())
    als(saal.vorsitz.person).get(reverse("sitzungen:punkt", args=[sitzung.pk, punkt.pk]))
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    gelesen = {
        name: "Vera Vorsitz , Vorsitz" in _zuletzt(als, cast, name, antrag)
        for name in ("leitung", "pruefung", "koordination", "freigabe", "sachbearbeitung", "lehrkraft")
    }
    # Short words, many to a line.
    assert gelesen == {
        "leitung": True, "pruefung": True, "koordination": True, "freigabe": False, "sachbearbeitung": False,
        "lehrkraft": False,
    }  # fmt: skip
    assert "Sie , Sachbearbeitung" in _zuletzt(als, cast, "sachbearbeitung", antrag)
    ohne = _zuletzt(als, cast, "lehrkraft", antrag)
    assert f"Sachbearbeitung, {cast.harz.name} Antrag" in ohne
    assert f"Vorsitz, {saal.gremium.name} Beschlussvorlage" in ohne


def _zuletzt(als, cast, name, antrag):
    return text(als(getattr(cast, name)).get(seite(antrag))).partition("Zuletzt geöffnet")[2]


def test_the_queries_do_not_grow(cast, als, im_gremium):
    saal, sitzung, punkt = im_gremium
    client = als(cast.leitung)
    adressen = (seite(punkt.antrag), reverse("einblick:sitzung", args=[sitzung.pk]))

    def zahlen():
        counted = []
        for adresse in adressen:
            with CaptureQueriesContext(connection) as anfragen:
                assert client.get(adresse).status_code == 200
            counted.append(len(anfragen))
        return counted

    zahlen()
    assert zahlen() == [13, 11]
    for _ in range(8):
        make_mitglied(saal.gremium)
        make_zugehoerigkeit(cast.schule)
        als(make_zugehoerigkeit(cast.schule).person).get(punkt.antrag.get_absolute_url())
    client = als(cast.leitung)
    assert zahlen() == [13, 11]
