"""What becomes of one item beside a vote on a case: put off, heard, a text resolved; and what a biased member reads."""

import pytest
from django.db import IntegrityError, transaction

from gremien.abstimmung import services
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.models import Beschluss, Tagesordnungspunkt
from gremien.niederschrift.pdf import inhalt
from gremien.sitzung import services as sitzungen
from tests.factories_gremium import heute, make_mitglied, make_sitzung_in
from tests.formulare import formulare


@pytest.fixture
def frei(cast, saal):
    """An item of its own in a running meeting; everybody is there."""
    sitzung = make_sitzung_in("geplant", cast, saal)
    sitzungen.punkt_hinzufuegen(sitzung, by=cast.leitung, titel="Arbeitsplan 2027")
    sitzung = heute(befangenheit.einladen(sitzung, by=cast.leitung))
    sitzung = befangenheit.eroeffnen(sitzung, by=saal.vorsitz.person)
    for mitglied in saal.alle:
        sitzungen.anwesend(sitzung, mitglied, by=saal.vorsitz.person, da=True)
    return sitzung.punkte.get(art="sonstiges")


def absenden(client, seite, **worte):
    """Fill in the one form of a page and send it."""
    formular = next(f for f in formulare(client.get(seite).text, seite) if f.ziel == seite)
    return client.post(formular.ziel, formular.felder | worte, follow=True)


def test_putting_off_is_asked_first_and_says_why_in_the_minutes(als, saal, laufend):
    client, punkt = als(saal.vorsitz.person), laufend.punkte.get()
    seite = client.get(punkt.get_absolute_url()).text
    assert f'href="{punkt.get_absolute_url()}vertagen/"' in seite
    client.get(f"{punkt.get_absolute_url()}vertagen/")
    punkt.refresh_from_db()
    assert punkt.offen
    absenden(client, f"{punkt.get_absolute_url()}vertagen/", warum="Der Kostenplan ist nicht klar.")
    punkt.refresh_from_db()
    assert (punkt.ausgang, punkt.warum) == ("vertagt", "Der Kostenplan ist nicht klar.")
    assert punkt.antrag.ereignisse.filter(schritt="von_tagesordnung").get().begruendung == punkt.warum
    assert "Grund: Der Kostenplan ist nicht klar." in client.get(punkt.get_absolute_url()).text
    assert inhalt(laufend)["punkte"][0]["punkt"].warum == punkt.warum


def test_an_item_of_another_kind_is_heard_after_a_question(als, saal, frei):
    client = als(saal.vorsitz.person)
    assert "erledigt" in client.get(frei.sitzung.get_absolute_url()).text
    seite = f"{frei.get_absolute_url()}kenntnis/"
    client.get(seite)
    frei.refresh_from_db()
    assert frei.offen
    assert "Ergebnis: zur Kenntnis genommen" in absenden(client, seite).text


def test_a_gremium_resolves_a_text_of_its_own(als, saal, frei):
    """Number, count and minutes as for a case; nothing is carried out, and no case is named."""
    client, seite = als(saal.vorsitz.person), frei.get_absolute_url()
    formular = next(f for f in formulare(client.get(seite).text, seite) if f.ziel == f"{seite}abstimmung/")
    assert "antrag_auf" not in formular.felder
    stimmen = dict.fromkeys((f"stimme_{m.pk}" for m in saal.alle), "ja") | {f"stimme_{saal.vorsitz.pk}": "enthaltung"}
    daten = formular.felder | stimmen | {"text": "Das Gremium tagt 2027 viermal."}
    daten.pop("zaehlen", None)
    client.post(formular.ziel, daten | {"feststellen": "1"})
    beschluss = Beschluss.objects.get()
    assert (beschluss.wortlaut, beschluss.ausgang, beschluss.antrag) == (daten["text"], "annehmen", None)
    assert (beschluss.stimmenzahl, beschluss.nummer[:5]) == ("3 Ja, 0 Nein, 1 Enthaltung", "HZ-B-")
    text = client.get(seite).text
    assert f"Beschluss {beschluss.nummer}: angenommen" in text
    zeile = next(z for z in inhalt(frei.sitzung)["punkte"] if z["punkt"] == frei)
    assert zeile["beschluss"] == beschluss


def test_a_lost_text_is_recorded_as_not_carried(saal, frei):
    stimmen = {m.pk: "nein" for m in saal.alle}
    beschluss = services.feststellen(frei, by=saal.vorsitz.person, stimmen=stimmen, antrag_auf="annehmen", text="Mehr.")
    assert (beschluss.ausgang, beschluss.wortlaut) == ("verwerfen", "Nicht angenommen: Mehr.")


def test_a_resolution_on_a_text_names_no_case(saal, frei):
    vorschlag = frei.vorschlaege.create(antrag_auf="annehmen", text="Mehr.", durch=saal.vorsitz.person)
    # Short values, side by side.
    werte = {
        "punkt": frei, "vorschlag": vorschlag, "nummer": "HZ-B-1/1", "ausgang": "annehmen", "wortlaut": "Mehr.",
        "beschlussfaehigkeit": "b", "festgestellt_durch": saal.vorsitz.person, "stimmberechtigt": 4, "anwesend": 4,
        "ausgeschlossen": 0, "ja": 4, "nein": 0, "enthaltung": 0,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="beschluss_"), transaction.atomic():
        Beschluss.objects.create(**werte, antrag=frei.sitzung.punkte.get(art="antrag").antrag)
    assert Beschluss.objects.create(**werte).pk


def test_an_item_only_heard_is_never_voted_on(als, saal, laufend):
    punkt = Tagesordnungspunkt.objects.create(sitzung=laufend, position=2, art="kenntnisnahme", titel="Bericht")
    client = als(saal.vorsitz.person)
    assert "Stimmen zählen" not in client.get(punkt.get_absolute_url()).text
    antwort = client.post(f"{punkt.get_absolute_url()}abstimmung/", {"text": "Wir beschließen das trotzdem."})
    assert (antwort.status_code, "Wir beschließen das trotzdem." in antwort.text) == (409, True)


# what the Gremium decided, and whether the item is over → what the biased member reads
GELESEN = [
    (None, False, "Bis das Gremium ohne Sie entschieden hat, ob Sie befangen sind"),
    ("befangen", False, "Das Gremium hat entschieden, dass Sie befangen sind."),
    ("befangen", True, "Dieser Punkt ist behandelt; das Ergebnis steht auf der Seite der Sitzung."),
    (None, True, "Dieser Punkt ist behandelt; das Ergebnis steht auf der Seite der Sitzung."),
]


@pytest.mark.parametrize(("entscheidung", "vorbei", "satz"), GELESEN)
def test_a_biased_member_reads_what_is_true_now(als, saal, laufend, entscheidung, vorbei, satz):
    punkt, person = laufend.punkte.get(), saal.mitglieder[0].person
    zeile = befangenheit.erklaeren(punkt, by=person, grad="p20", grund="Arbeitgeber")
    if entscheidung:
        befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung=entscheidung, hat_verlassen=True)
    if vorbei:
        services.vertagen(punkt, by=saal.vorsitz.person)
    text = als(person).get(punkt.get_absolute_url()).text
    assert {s for *_, s in GELESEN if s in text} == {satz}


def test_whoever_decides_about_a_bias_reads_its_reason(als, saal, laufend):
    schrift = make_mitglied(saal.gremium, rolle="schriftfuehrung").person
    punkt = laufend.punkte.get()
    befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="Ihr Bruder leitet den Verein")
    gelesen = {}
    for name, person in (("schrift", schrift), ("mitglied", saal.mitglieder[1].person)):
        text = als(person).get(punkt.get_absolute_url()).text
        gelesen[name] = ("Ihr Bruder leitet den Verein" in text, "Entscheidung festhalten" in text)
    assert gelesen == {"schrift": (True, True), "mitglied": (False, False)}


def test_a_counted_vote_of_somebody_who_left_is_told(als, saal, laufend):
    punkt = laufend.punkte.get()
    stimmen = {m.pk: "ja" for m in saal.alle}
    services.abstimmen(punkt, by=saal.vorsitz.person, stimmen=stimmen, antrag_auf="bewilligen", betrag=1200)
    sitzungen.anwesend(laufend, saal.mitglieder[0], by=saal.vorsitz.person, da=False)
    text = als(saal.vorsitz.person).get(punkt.get_absolute_url()).text
    assert "nicht mehr gezählt: die Stimme von Mia Mitglied 1 (nicht anwesend)." in text
    assert read_lage(punkt).zahlen.ja == 3
