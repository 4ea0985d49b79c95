"""What becomes of an Antrag, in plain words: station by station, for the school and for the office."""

from datetime import timedelta

import pytest
from django.utils import timezone

from angebote.antrag.dauer import Dauer
from angebote.antrag.workflow import Status
from gremien.abstimmung.models import Beschluss
from schulerfolg.dach.vorgang import weg
from schulerfolg.kalender import naechster_werktag
from schulerfolg.zeit import datum
from tests.factories_antrag import make_antrag_in, unterschreiben
from tests.factories_entscheidung import make_beschlossen, make_budget
from tests.factories_gremium import bewilligen, make_saal, make_sitzung, make_sitzung_in


def stationen(client, antrag):
    return {station.titel: station for station in client.get(antrag.get_absolute_url()).context["weg"].stationen}


def lagen(client, antrag):
    return " ".join(station.lage for station in stationen(client, antrag).values())


# A table, to be read in columns.
# fmt: off
WEGE = [
    (Status.EINGEREICHT,     "fertig jetzt spaeter spaeter spaeter spaeter spaeter"),
    (Status.NACHFORDERUNG,   "fertig jetzt spaeter spaeter spaeter spaeter spaeter"),
    (Status.FACHPRUEFUNG,    "fertig jetzt spaeter spaeter spaeter spaeter spaeter"),
    (Status.GREMIENREIF,     "fertig fertig jetzt spaeter spaeter spaeter spaeter"),
    (Status.ABGELEHNT,       "fertig fertig fertig fertig"),
    (Status.ZURUECKGEZOGEN,  "fertig fertig"),
]
# fmt: on


@pytest.mark.parametrize(("status", "erwartet"), WEGE)
def test_done_now_and_later(cast, als, status, erwartet):
    antrag = make_antrag_in(status, cast)
    assert [lagen(als(wer), antrag) for wer in (cast.lehrkraft, cast.leitung)] == [erwartet, erwartet]


def test_each_station_says_when_and_who(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    heute = datum(timezone.now())
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert "Was wird aus meinem Antrag?" in seite
    assert f"erledigt am {heute} · {cast.schulleitung}, Schulleitung" in seite
    assert f"jetzt, seit dem {heute}" in seite
    assert f"{cast.sachbearbeitung} prüft die Angaben und Anlagen." in seite
    assert weg.NOCH_KEINE_DAUER in seite
    assert "Es entscheidet das Gremium in einer Sitzung." in seite
    assert "Wie das Geld kommt, steht im Schreiben." in seite
    assert "Der Weg dieses Antrags" in als(cast.leitung).get(antrag.get_absolute_url()).text


def test_how_long_it_usually_takes_is_said_from_how_many(cast, als, monkeypatch):
    monkeypatch.setattr(weg, "uebliche_dauer", lambda stelle: Dauer(20, 7))
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    bis = datum(timezone.localdate() + timedelta(days=20))
    assert stationen(als(cast.lehrkraft), antrag)["Prüfung"].bis == (
        "Vom Eingang bis zum Schreiben dauert es bei dieser Netzwerkstelle meist rund 20 Tage, ohne die Zeit, in der "
        f"die Schule antwortet (7 entschiedene Anträge). Das wäre etwa bis zum {bis}."
    )


def test_the_school_is_asked_until_a_day(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    station = stationen(als(cast.lehrkraft), antrag)["Prüfung"]
    assert station.satz == "Sie sind gefragt: Die Netzwerkstelle hat noch Fragen an die Schule."
    assert station.bis == f"Antwort bis {datum(antrag.nachforderungen.get().frist)}"
    assert "<strong>Sie sind gefragt</strong>" in als(cast.lehrkraft).get("/antraege/").text
    assert "Sie sind gefragt" not in als(cast.sachbearbeitung).get("/antraege/").text


def test_the_next_meeting_is_named(cast, als):
    antrag, client = make_antrag_in(Status.GREMIENREIF, cast), als(cast.lehrkraft)
    assert stationen(client, antrag)["Tagesordnung"].bis == "Der Tag der nächsten Sitzung steht noch nicht fest."
    sitzung = make_sitzung(make_saal(cast).gremium, cast.leitung)
    assert stationen(client, antrag)["Tagesordnung"].bis == f"Die nächste Sitzung ist am {datum(sitzung.beginn)}."


def test_on_an_agenda_the_day_of_its_meeting(cast, als):
    sitzung = make_sitzung_in("eingeladen", cast, make_saal(cast))
    antrag = sitzung.punkte.get().antrag
    entscheidung = stationen(als(cast.lehrkraft), antrag)["Entscheidung"]
    assert (entscheidung.lage, entscheidung.satz) == ("jetzt", "Das Gremium berät und beschließt.")
    assert entscheidung.bis == f"Das Gremium tagt am {datum(sitzung.beginn)}."


def test_what_is_not_signed_is_not_told_to_the_school_and_the_count_never(cast, als):
    saal = make_saal(cast)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    bewilligen(punkt, saal)
    schule, stelle = (stationen(als(wer), punkt.antrag) for wer in (cast.lehrkraft, cast.leitung))
    assert (schule["Entscheidung"].lage, stelle["Entscheidung"].lage) == ("jetzt", "fertig")
    assert "bewilligt" not in f"{schule['Entscheidung']}".lower()
    assert Beschluss.objects.get().stimmenzahl in stelle["Entscheidung"].satz
    unterschreiben(punkt.antrag, "bewilligen", by=cast.freigabe)
    schule = stationen(als(cast.lehrkraft), punkt.antrag)
    assert schule["Entscheidung"].satz.replace("\xa0", " ") == "Bewilligt: 1.000,00 € (beantragt 1.200,00 €)"
    assert schule["Entscheidung"].wer == "das Gremium"


def test_the_letter_stands_at_the_top_with_the_day_of_the_proof(cast, als):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    antrag = unterschreiben(antrag, "bewilligen", by=cast.freigabe)
    bis = naechster_werktag(antrag.ende + timedelta(days=56))
    text = als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    kasten = text[text.index('<section class="dran"') : text.index('<section class="vorgangsweg"')]
    brief = antrag.schriftstuecke.get(art="vertrag")
    assert f'href="/antraege/{antrag.pk}/schriftstuecke/{brief.pk}/" download' in kasten
    assert f"{datum(bis)}.</strong> Bewahren Sie bis dahin Rechnungen und Belege auf." in kasten
    assert stationen(als(cast.lehrkraft), antrag)["Verwendungsnachweis"].satz.startswith(
        f"Bis zum {datum(bis)}. Folgt:"
    )
    assert lagen(als(cast.lehrkraft), antrag) == "fertig fertig fertig fertig fertig spaeter spaeter"


def test_no_draft_has_a_way_yet(cast, als):
    assert "weg" not in (als(cast.lehrkraft).get(make_antrag_in(Status.ENTWURF, cast).get_absolute_url()).context or {})
