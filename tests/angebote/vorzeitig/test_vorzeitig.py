"""An early start: asked by the school, answered by one, signed by a second, sent as a letter that promises no money."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.antrag import services as antragsservices
from angebote.antrag.bedingungen import einwaende
from angebote.vorzeitig import services
from angebote.vorzeitig.pdf import vorzeitig_pdf
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.formular.konflikt import Veraltet
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel
from tests.formulare import schrittformulare

HEUTE = timezone.localdate()
GRUND = "Der Bus muss bis Freitag gebucht sein."


def eingereicht(cast, **regel):
    make_regel(cast.harz, **{"vorzeitig": True} | regel)
    return make_antrag_in("eingereicht", cast)


def beantragt(cast):
    antrag = eingereicht(cast)
    return antrag, services.beantragen(antrag, by=cast.lehrkraft, ab=HEUTE, grund=GRUND)


def adresse(antrag, ende=""):
    return f"/antraege/{antrag.pk}/vorzeitig/{ende}"


def senden(client, antrag, ende="", **felder):
    """Fill in the form of the page that goes there, and send it."""
    formulare = schrittformulare(client.get(adresse(antrag)))
    [formular] = [f for f in formulare if f.ziel == adresse(antrag, ende)]
    return client.post(formular.ziel, formular.felder | felder)


def test_from_the_request_to_the_letter(cast, als):
    antrag = eingereicht(cast)
    assert adresse(antrag) in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert senden(als(cast.lehrkraft), antrag, ab=HEUTE.isoformat(), grund=GRUND).url == adresse(antrag)
    assert "Vorzeitiger Beginn: Antwort fehlt" in als(cast.sachbearbeitung).get("/uebersicht/").text
    werte = {"zugelassen": "ja", "zugelassen_ab": HEUTE.isoformat(), "antwort": "Nur der Bus."}
    assert senden(als(cast.sachbearbeitung), antrag, "antwort/", **werte).url == adresse(antrag)
    assert "Nur der Bus." not in als(cast.lehrkraft).get(adresse(antrag)).text
    assert (
        "hat die Antwort zum vorzeitigen Beginn geschrieben"
        not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    )
    assert senden(als(cast.freigabe), antrag, "unterschrift/").url == adresse(antrag)
    [zeile] = antrag.vorzeitige.all()
    assert (zeile.geschrieben_durch, zeile.beantwortet_durch) == (cast.sachbearbeitung, cast.freigabe)
    assert "keine Zusage von Geld" in zeile.schreiben
    assert "trägt die Schule die Kosten selbst" in zeile.schreiben
    for _ in range(2):
        vorzeitig_pdf(zeile.pk)
    [schriftstueck] = antrag.schriftstuecke.filter(titel="Zulassung des vorzeitigen Beginns")
    assert bytes(schriftstueck.dokument.inhalt).startswith(b"%PDF")
    an = Mail.objects.filter(betreff__startswith="Sie dürfen vorzeitig beginnen").values_list("an", flat=True)
    assert sorted(an) == sorted([cast.lehrkraft.email, cast.schulleitung.email])
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert f"Zugelassen ab dem {HEUTE:%d.%m.%Y}. Das ist keine Zusage von Geld." in seite
    assert f"hat den Beginn ab dem {HEUTE:%d.%m.%Y} zugelassen" in seite
    assert adresse(antrag) in als(cast.leitung).get(antrag.get_absolute_url()).text


def test_whoever_wrote_the_answer_does_not_sign_it(cast, als):
    antrag, zeile = beantragt(cast)
    zeile = services.antworten(zeile, by=cast.leitung, version="0", zugelassen=False, antwort="Das kann warten.")
    assert "Unterschreiben und verschicken" not in als(cast.leitung).get(adresse(antrag)).text
    with pytest.raises(ValidationError, match="zweite, zeichnungsbefugte Person"):
        services.bestaetigen(zeile, by=cast.leitung, version="1")
    with pytest.raises(PermissionDenied):
        services.bestaetigen(zeile, by=cast.schulleitung, version="1")
    assert services.bestaetigen(zeile, by=cast.freigabe, version="1").beantwortet_am


def test_an_answer_that_was_written_anew_is_not_signed_unread(cast):
    _antrag, zeile = beantragt(cast)
    services.antworten(zeile, by=cast.sachbearbeitung, version="0", zugelassen=True, zugelassen_ab=HEUTE)
    services.antworten(zeile, by=cast.sachbearbeitung, version="1", zugelassen=False, antwort="Doch nicht.")
    with pytest.raises(Veraltet):
        services.bestaetigen(zeile, by=cast.freigabe, version="1")


def test_a_day_that_is_over_is_not_allowed_any_more(cast):
    _antrag, zeile = beantragt(cast)
    gestern = HEUTE - timedelta(days=1)
    services.antworten(zeile, by=cast.sachbearbeitung, version="0", zugelassen=True, zugelassen_ab=gestern)
    with pytest.raises(ValidationError, match="ist vorbei"):
        services.bestaetigen(zeile, by=cast.freigabe, version="1")


def test_one_request_at_a_time_and_another_one_after_a_refusal(cast):
    antrag, zeile = beantragt(cast)
    with pytest.raises(TransitionNotAllowed, match="schon beantragt"):
        services.beantragen(antrag, by=cast.schulleitung, ab=HEUTE, grund=GRUND)
    services.antworten(zeile, by=cast.sachbearbeitung, version="0", zugelassen=False, antwort="Das kann warten.")
    zeile = services.bestaetigen(zeile, by=cast.freigabe, version="1")
    assert "können wir leider nicht zulassen" in zeile.schreiben
    assert services.beantragen(antrag, by=cast.schulleitung, ab=HEUTE, grund=GRUND).pk != zeile.pk


def test_an_answer_that_was_sent_never_changes(cast):
    _antrag, zeile = beantragt(cast)
    services.antworten(zeile, by=cast.sachbearbeitung, version="0", zugelassen=False, antwort="Das kann warten.")
    zeile = services.bestaetigen(zeile, by=cast.freigabe, version="1")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        type(zeile).objects.filter(pk=zeile.pk).update(zugelassen=True, zugelassen_ab=HEUTE)


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"ab": (HEUTE - timedelta(days=1)).isoformat(), "grund": GRUND}, "ab"),
        ({"ab": HEUTE.isoformat(), "grund": " "}, "grund"),
    ],
)
def test_a_request_says_a_day_and_a_reason(cast, als, felder, feld):
    antwort = senden(als(cast.lehrkraft), eingereicht(cast), **felder)
    assert list(antwort.context["form"].errors) == [feld]


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"zugelassen": "nein", "antwort": ""}, "antwort"),
        ({"zugelassen": "ja", "zugelassen_ab": ""}, "zugelassen_ab"),
        ({"zugelassen": "ja", "zugelassen_ab": (HEUTE - timedelta(days=1)).isoformat()}, "zugelassen_ab"),
    ],
)
def test_an_answer_is_whole(cast, als, felder, feld):
    antrag, _zeile = beantragt(cast)
    antwort = senden(als(cast.sachbearbeitung), antrag, "antwort/", **felder)
    assert list(antwort.context["antwort"].errors) == [feld]


def test_where_the_rule_has_none_it_says_what_that_means_and_whom_to_ask(cast, als):
    antrag = eingereicht(cast, vorzeitig=False)
    assert adresse(antrag) not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    seite = als(cast.lehrkraft).get(adresse(antrag)).text
    assert "sieht keinen vorzeitigen Beginn vor" in seite
    assert cast.harz.get_absolute_url() in seite
    assert als(cast.lehrkraft).post(adresse(antrag), {"ab": HEUTE.isoformat(), "grund": GRUND}).status_code == 403
    with pytest.raises(PermissionDenied):
        services.beantragen(antrag, by=cast.lehrkraft, ab=HEUTE, grund=GRUND)


@pytest.mark.parametrize(("vorzeitig", "satz"), [(True, "Gleich nach dem Einreichen"), (False, "erst, wenn Sie eine")])
def test_what_is_already_ordered_can_be_said_honestly(cast, als, vorzeitig, satz):
    """Instead of the declaration; it is submitted, its readers see it, and the school is told to ask first."""
    make_regel(cast.harz, vorzeitig=vorzeitig)
    antrag = make_antrag(
        cast.schule, cast.lehrkraft, begonnen="ja", begonnen_was="Bus, seit 2. März", erklaert_beginn=False
    )
    seite = als(cast.lehrkraft).get(f"/antraege/{antrag.pk}/abschnitt/erklaerungen/").text
    assert satz in seite
    assert f"sagt Ihnen Ihre Netzwerkstelle: {cast.harz}" in seite
    [hinweis] = [e for e in einwaende(antrag, antrag.regel_heute, am=HEUTE) if e.feld == "begonnen"]
    assert (hinweis.hart, "kann meist nicht gefördert werden" in hinweis.satz) == (False, True)
    antrag = antragsservices.einreichen(antrag, by=cast.schulleitung)
    zeilen = dict(next(teil for teil in antrag.fassungen.get().inhalt if teil["name"] == "erklaerungen")["zeilen"])
    assert zeilen["Was schon bestellt oder gebucht ist, und seit wann"] == "Bus, seit 2. März"
    assert "Das Projekt hat noch nicht begonnen." not in zeilen
