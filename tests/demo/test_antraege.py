"""The applications of the demo world: complete, consistent, and something to do for everybody."""

import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count, F
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.antrag.bedingungen import einwaende
from angebote.antrag.machine import take_step
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung
from angebote.antrag.models_zeilen import Antragspartner, Kostenposten
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import ABLAUF, Status
from angebote.beratung.models import Beratung
from angebote.budget.models import Buchung
from angebote.foerderung.models import Foerderregel
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme
from angebote.runde.models import Foerderrunde
from demo.antragspruefung import kleines_pdf
from gremien.models import Beschluss
from schulerfolg.akte.models import Auftrag, Dokument, Zaehler
from schulerfolg.konten.models import Person

# Short words, many to a line.
BIS_ZUM_GREMIUM = {
    "entwurf", "freigabe_sl", "eingereicht", "formalpruefung", "nachforderung", "fachpruefung", "gremienreif",
    "abgelehnt", "zurueckgezogen",
}  # fmt: skip


def person(name):
    return Person.objects.get(email=f"{name}@demo.example")


def test_every_status_that_exists_is_there(demowelt):
    zahlen = Antrag.objects.counts_by_status()
    assert sum(zahlen.values()) == 200
    assert set(zahlen) >= BIS_ZUM_GREMIUM
    assert min(zahlen[status] for status in BIS_ZUM_GREMIUM) >= 3
    assert Antrag.objects.values("netzwerkstelle").distinct().count() == 14


def test_the_two_schools_of_the_story(demowelt):
    a = Antrag.objects.filter(schule__schulnummer="DEMO-0001")
    assert a.counts_by_status().keys() >= BIS_ZUM_GREMIUM - {"gremienreif"}
    b = Antrag.objects.filter(schule__schulnummer="DEMO-0002")
    assert b.counts_by_status().keys() >= {"entwurf", "freigabe_sl", "eingereicht", "nachforderung"}


@pytest.mark.parametrize(
    ("name", "schritt"),
    [
        ("lehrkraft.a", "nachreichen"),
        ("sozialarbeit.a", "weitergeben"),
        ("leitung.a", "einreichen"),
        ("lehrkraft.b", "weitergeben"),
        ("leitung.b", "einreichen"),
        ("sachbearbeitung.harz", "uebernehmen"),
        ("leitung.harz", "bestaetigen"),
        ("freigabe.harz", "bestaetigen"),
        ("sachbearbeitung.boerde", "uebernehmen"),
        ("leitung.boerde", "bestaetigen"),
    ],
)
def test_everybody_has_something_to_do(demowelt, name, schritt):
    wer = person(name)
    sichtbar = Antrag.objects.visible_to(wer)
    moeglich = {s.name for antrag in sichtbar for s in ABLAUF.offered(antrag, wer, rollen(wer, antrag))}
    assert schritt in moeglich


def test_what_waits_for_the_head_can_be_submitted(demowelt):
    heute = timezone.localdate()
    for antrag in Antrag.objects.filter(status=Status.FREIGABE_SL):
        regel = Foerderregel.objects.filter(netzwerkstelle=antrag.netzwerkstelle).gueltig(heute).get()
        harte = [einwand.satz for einwand in einwaende(antrag, regel, am=heute) if einwand.hart]
        ohne_anlage = [satz for satz in harte if not satz.startswith(("Es fehlt noch", "Je "))]
        assert ohne_anlage == []


def test_numbers_follow_the_submission_without_gaps(demowelt):
    nummern = list(
        Antrag.objects.exclude(nummer=None).order_by("eingereicht_am").values_list("nummer", "netzwerkstelle__kuerzel")
    )
    je_reihe = {}
    for nummer, kuerzel in nummern:
        reihe, _, zahl = nummer.rpartition("-")
        assert re.fullmatch(rf"{kuerzel}-20\d\d", reihe)
        je_reihe.setdefault(reihe, []).append(int(zahl))
    assert all(zahlen == list(range(1, len(zahlen) + 1)) for zahlen in je_reihe.values())
    assert dict(Zaehler.objects.filter(schluessel__startswith="antrag:").values_list("schluessel", "letzte")) == {
        f"antrag:{reihe.replace('-', ':')}": len(zahlen) for reihe, zahlen in je_reihe.items()
    }


def test_the_history_leads_to_the_status(demowelt):
    for antrag in Antrag.objects.prefetch_related("ereignisse"):
        ereignisse = list(reversed(antrag.ereignisse.all()))
        assert ereignisse[0].schritt == "anlegen"
        assert [e.von for e in ereignisse[1:]] == [e.nach for e in ereignisse[:-1]]
        assert ereignisse[-1].nach == antrag.status
        assert ereignisse[-1].am < timezone.now()
        assert antrag.status not in BIS_ZUM_GREMIUM - {"gremienreif"} or ereignisse[-1].am == antrag.geaendert_am
        assert antrag.erstellt_am == ereignisse[0].am
        assert [e.am for e in ereignisse] == sorted(e.am for e in ereignisse)


def test_what_was_submitted_is_on_record(demowelt):
    eingereicht = Antrag.objects.exclude(nummer=None)
    assert not eingereicht.filter(regel=None).exists()
    assert not eingereicht.annotate(n=Count("fassungen")).filter(n=0).exists()
    assert not Antragsfassung.objects.filter(antrag__nummer=None).exists()
    assert not Antragsfassung.objects.filter(nummer=1).exclude(erstellt_am=F("antrag__eingereicht_am")).exists()
    assert Antragsfassung.objects.filter(nummer=2).exists()
    fragen = Nachforderung.objects.filter(beantwortet_am=None)
    assert set(fragen.values_list("antrag__status", flat=True)) == {"nachforderung"}
    assert not Antrag.objects.filter(status="gremienreif").exclude(stellungnahmen__bestaetigt_am__isnull=False).exists()


def test_the_caps_hold(demowelt):
    """Binding ones; at Salzlandkreis the limit is a recommendation."""
    laufend = Antrag.objects.exclude(status__in=["entwurf", "freigabe_sl", "abgelehnt", "zurueckgezogen"])
    for antrag in laufend.select_related("regel").filter(regel__hoechstbetrag_hart=True):
        assert antrag.beantragt <= antrag.regel.hoechstbetrag


def test_the_rules_are_marked_and_known(demowelt):
    heute = timezone.localdate()
    assert not Foerderregel.objects.filter(beispiel=False).exists()
    regeln = {r.netzwerkstelle.slug: r for r in Foerderregel.objects.gueltig(heute).select_related("netzwerkstelle")}
    assert len(regeln) == 14
    assert [int(regeln[slug].hoechstbetrag) for slug in ("wittenberg", "dessau-rosslau", "magdeburg")] == [2000] * 3
    assert regeln["anhalt-bitterfeld"].mitzeichnung is False
    assert (regeln["saalekreis"].entscheidungsweg, int(regeln["saalekreis"].stelle_bis)) == ("stelle", 1000)
    assert regeln["boerde"].hoechstbetrag_im == "schuljahr"
    runde = Foerderrunde.objects.get(netzwerkstelle__slug="magdeburg")
    assert (runde.netzwerkstelle.slug, runde.antragsschluss > heute) == ("magdeburg", True)
    assert [fassung.nummer for fassung in runde.fassungen.all()] == [2, 1]


def test_salzlandkreis_raised_its_limit(demowelt):
    zeilen = Foerderregel.objects.filter(netzwerkstelle__slug="salzlandkreis").order_by("von")
    assert [(int(r.hoechstbetrag), r.hoechstbetrag_hart, r.bis and r.bis.isoformat()) for r in zeilen] == [
        (2000, False, "2026-01-19"),
        (3000, False, None),
    ]
    assert zeilen[1].von.isoformat() == "2026-01-20"


def test_some_ideas_wait_for_an_answer(demowelt):
    wartend = Counter(Beratung.objects.filter(status="angefragt").values_list("netzwerkstelle__slug", flat=True))
    assert (wartend["harz"], wartend["boerde"], len(wartend)) == (2, 2, 14)
    verabredet = Beratung.objects.filter(status="verabredet").values_list("netzwerkstelle__slug", flat=True)
    assert set(verabredet) == {"harz", "boerde"}


def test_the_texts_differ(demowelt):
    titel = Antrag.objects.values_list("titel", flat=True)
    assert len(set(titel)) >= 40
    assert len(set(Antrag.objects.values_list("kurzbeschreibung", "ausgangslage", "ablauf"))) >= 130


def test_the_story_goes_on_with_the_real_services(demowelt):
    antrag = Antrag.objects.filter(schule__schulnummer="DEMO-0001", status="eingereicht").first()
    wer = person("sachbearbeitung.harz")
    assert take_step(antrag, "uebernehmen", by=wer, zustaendig=wer).status == "formalpruefung"


def test_the_worker_makes_the_papers_of_the_two_schools(demowelt):
    faellig = Auftrag.objects.filter(art="antrag_pdf")
    fassungen = Antragsfassung.objects.filter(antrag__schule__schulnummer__in=["DEMO-0001", "DEMO-0002"])
    assert {a.nutzlast["fassung"] for a in faellig} == set(fassungen.values_list("pk", flat=True))


def test_the_same_seed_gives_the_same_applications(db):
    def abbild():
        call_command("demodaten", seed=7, antraege=20, verbosity=0)
        return list(Antrag.objects.order_by("pk").values_list("nummer", "titel", "status", "beantragt", "ziele__ziel"))

    assert abbild() == abbild()


def test_a_smaller_world_is_possible(db):
    call_command("demodaten", seed=7, antraege=3, verbosity=0)
    assert Antrag.objects.count() == 3


MARKIERT = [
    (Antrag, ["titel", "kurzbeschreibung", "ort", "klassenstufen"], "netzwerkstelle__kuerzel"),
    (Antragspartner, ["aufgabe"], "antrag__netzwerkstelle__kuerzel"),
    (Kostenposten, ["beschreibung"], "antrag__netzwerkstelle__kuerzel"),
    (Rueckfrage, ["frage"], "nachforderung__antrag__netzwerkstelle__kuerzel"),
    (Nachforderung, ["warum"], "antrag__netzwerkstelle__kuerzel"),
    (Stellungnahme, ["text"], "antrag__netzwerkstelle__kuerzel"),
    (Beratung, ["titel", "was", "warum"], "netzwerkstelle__kuerzel"),
    (Foerderregel, ["grundlage"], "netzwerkstelle__kuerzel"),
    (Anlage, ["dokument__name"], "antrag__netzwerkstelle__kuerzel"),
]


def test_with_kanarien_every_text_names_its_office(demowelt):
    for model, felder, stelle in MARKIERT:
        zeilen = list(model.objects.values_list(stelle, *felder))
        assert zeilen
        for kuerzel, *texte in zeilen:
            for text in filter(None, texte):
                marke = "PUB" if model is Foerderregel else kuerzel  # the rule of an office is public
                assert re.search(rf"[ -]KNR-{marke}-\d+(\.pdf)?$", text), text
    for ereignis in Antragsereignis.objects.exclude(begruendung="").select_related("antrag__netzwerkstelle"):
        assert f" KNR-{ereignis.antrag.netzwerkstelle.kuerzel}-" in ereignis.begruendung
    assert all(b"KNR-" in bytes(inhalt) for inhalt in Dokument.objects.values_list("inhalt", flat=True))
    assert not Pruefpunkt.objects.exclude(notiz="").exclude(notiz__contains="KNR-").exists()


def test_the_smallest_pdf_is_one():
    datei = kleines_pdf("Konzept (Entwurf) KNR-HZ-1")
    assert datei.startswith(b"%PDF-1.4")
    assert datei.rstrip().endswith(b"%%EOF")
    start = int(re.search(rb"startxref\n(\d+)", datei).group(1))
    assert datei[start : start + 4] == b"xref"


def test_no_booking_without_its_decision(demowelt):
    """Every number in the ledger is that of a Beschluss about this case, or stands in the office's own decision."""
    mit_nummer = Buchung.objects.exclude(beschluss_nummer="").values_list("antrag", "beschluss_nummer").distinct()
    beschlossen = set(Beschluss.objects.values_list("antrag", "nummer"))
    eigene = dict(Antragsereignis.objects.filter(schritt="selbst_entscheiden").values_list("antrag", "text"))
    assert {art.split("-")[1] for _, art in mit_nummer} == {"B", "N"}
    assert [
        (antrag, nummer)
        for antrag, nummer in mit_nummer
        if (antrag, nummer) not in beschlossen and f"({nummer})" not in eigene.get(antrag, "")
    ] == []
