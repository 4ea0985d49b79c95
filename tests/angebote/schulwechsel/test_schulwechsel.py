"""Schools that move, close, are renamed or merged: what is open follows, what was submitted stays and says so."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag import services as antraege
from angebote.beratung.models import Beratung
from angebote.runde.models import Foerderrunde
from netzwerkstellen.models import Einladung, Schule
from schulerfolg.formular.konflikt import version_of
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_registrierung, make_schule, make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in, make_beratung, make_regel


def adresse(schule, wort):
    return reverse(f"schulwechsel:{wort}", args=[schule.netzwerkstelle.slug, schule.pk])


def aendern(client, schule, **felder):
    """Through the form of the school, as it stands, with these fields changed."""
    schule.refresh_from_db()
    # Short values, side by side.
    daten = {
        "name": schule.name, "schulnummer": schule.schulnummer, "schulform": schule.schulform_id, "ort": schule.ort,
        "netzwerkstelle": schule.netzwerkstelle_id, "aktiv": "on", "version": version_of(schule), "schluessel": uuid4(),
    } | felder  # fmt: skip
    daten = {name: wert for name, wert in daten.items() if wert is not None}
    antwort = client.post(adresse(schule, "bearbeiten"), daten, follow=True)
    assert antwort.redirect_chain, antwort.context["form"].errors
    return antwort


def zusammenlegen(client, schule, neu):
    daten = {"nachfolgerin": neu.pk, "bestaetigt": "on", "schluessel": uuid4()}
    return client.post(adresse(schule, "zusammenlegen"), daten, follow=True)


@pytest.fixture
def offen(cast):
    """A shared draft, one that waits for the head, a request for advice, and a case that was submitted."""
    make_regel(cast.harz, hoechstbetrag=99999)
    make_regel(cast.boerde, hoechstbetrag=99999)
    cast.entwurf = make_antrag(cast.schule, cast.lehrkraft, titel="Entwurf", geteilt=True)
    cast.wartet = make_antrag_in("freigabe_sl", cast, titel="Wartet")
    cast.frage = make_beratung(cast.schule, cast.lehrkraft, status="angefragt", titel="Eine Frage")
    cast.eingereicht = make_antrag_in("eingereicht", cast, titel="Eingereicht")
    Mail.objects.all().delete()
    return cast


def neu_geladen(*zeilen):
    for zeile in zeilen:
        zeile.refresh_from_db()
    return zeilen


def test_a_school_that_moves_takes_along_what_is_open(offen, als):
    heute = timezone.localdate()
    alt = Foerderrunde.objects.create(netzwerkstelle=offen.harz, name="Alt", beginn=heute)
    neu = Foerderrunde.objects.create(netzwerkstelle=offen.boerde, name="Neu", beginn=heute)
    antraege.Antrag.objects.update(runde=alt)
    hart, seite = offen.harz, als(offen.koordination).get(adresse(offen.schule, "bearbeiten")).text
    assert "Entwürfe und offene Beratungen mit" in seite
    aendern(als(offen.koordination), offen.schule, netzwerkstelle=offen.boerde.pk)
    entwurf, wartet, frage, eingereicht = neu_geladen(offen.entwurf, offen.wartet, offen.frage, offen.eingereicht)
    assert {zeile.netzwerkstelle for zeile in (entwurf, wartet, frage, entwurf.beratung)} == {offen.boerde}
    assert (entwurf.runde, entwurf.geteilt, entwurf.version, wartet.status) == (neu, False, 2, "freigabe_sl")
    assert (eingereicht.netzwerkstelle, eingereicht.runde, eingereicht.beratung.netzwerkstelle) == (hart, alt, hart)
    text = f"hat die Schule einer anderen Stelle zugeordnet: bisher {offen.harz}, jetzt {offen.boerde}"
    for zeile in (entwurf, wartet, frage):
        ereignis = zeile.ereignisse.first()
        assert (ereignis.in_worten, ereignis.rolle) == (text, "Koordinierungsstelle")
    assert not eingereicht.ereignisse.filter(schritt="schule_geaendert").exists()
    post = {mail.an: mail.betreff for mail in Mail.objects.all()}
    assert post == {
        offen.lehrkraft.email: f"Ihre Schule hat sich im Portal geändert: {offen.schule}",
        offen.schulleitung.email: f"Ihre Schule hat sich im Portal geändert: {offen.schule}",
        offen.nachbarin.email: "Eine Bitte um Beratung ist jetzt bei Ihnen: Eine Frage",
    }
    assert als(offen.nachbarin).get(frage.get_absolute_url()).status_code == 200
    assert als(offen.leitung).get(entwurf.get_absolute_url()).status_code == 404
    for wer in (offen.lehrkraft, offen.leitung):
        assert (
            "Dieser Antrag bleibt bei der Stelle, die ihn bekommen hat"
            in als(wer).get(eingereicht.get_absolute_url()).text
        )
    assert als(offen.nachbarin).get(eingereicht.get_absolute_url()).status_code == 404


def test_who_opened_the_signature_before_the_move_reads_it_again(offen, als):
    from tests.angebote.antrag.test_gesehen import versteckt  # noqa: PLC0415 -- only here

    seite = f"/antraege/{offen.wartet.pk}/einreichen/"
    alt = versteckt(als(offen.schulleitung).get(seite)) | {"gelesen": "on"}
    aendern(als(offen.koordination), offen.schule, netzwerkstelle=offen.boerde.pk)
    assert "hat sich etwas geändert" in als(offen.schulleitung).post(seite, alt).text
    als(offen.schulleitung).post(seite, versteckt(als(offen.schulleitung).get(seite)) | {"gelesen": "on"})
    offen.wartet.refresh_from_db()
    assert offen.wartet.nummer.startswith("BK-")


def test_a_closed_school_submits_nothing_and_reads_what_to_do(offen, als):
    aendern(als(offen.leitung), offen.schule, aktiv=None)
    assert offen.entwurf.ereignisse.first().in_worten == "hat die Schule geschlossen"
    assert "Einreichen lässt sich von dieser Schule nichts mehr." in Mail.objects.get(an=offen.lehrkraft.email).text
    seite = als(offen.schulleitung).get(f"/antraege/{offen.wartet.pk}/einreichen/")
    assert "Diese Schule arbeitet nicht mehr mit dem Portal" in seite.text
    assert 'name="gelesen"' not in seite.text
    for wer, antrag in ((offen.lehrkraft, offen.entwurf), (offen.schulleitung, offen.wartet)):
        text = als(wer).get(antrag.get_absolute_url()).text
        assert "Diese Schule arbeitet nicht mehr mit dem Portal" in text
        assert "/beratungen/neu/" not in text
    for seite in ("/uebersicht/", "/antraege/", "/beratungen/"):
        assert "Ich habe eine Idee" not in als(offen.lehrkraft).get(seite).text
    assert "nicht mehr in Betrieb" in als(offen.leitung).get(offen.eingereicht.get_absolute_url()).text
    aendern(als(offen.leitung), offen.schule)
    assert offen.entwurf.ereignisse.first().in_worten == "hat die Schule wieder geöffnet"
    assert "Ich habe eine Idee" in als(offen.lehrkraft).get("/beratungen/").text


def test_the_head_hears_of_it_where_nothing_is_open(cast, als):
    aendern(als(cast.leitung), cast.schule, aktiv=None)
    mail = Mail.objects.get(an=cast.schulleitung.email)
    assert "Einreichen lässt sich von dieser Schule nichts mehr." in mail.text
    assert "Das ist bei Ihnen offen" not in mail.text
    assert not Mail.objects.filter(an=cast.lehrkraft.email).exists()


def test_a_renamed_school_is_named_in_the_history_as_it_was(offen, als):
    alter_name = str(offen.schule)
    aendern(als(offen.leitung), offen.schule, name="Sekundarschule Neuer Name")
    offen.schule.refresh_from_db()
    assert offen.entwurf.ereignisse.first().in_worten == (
        f"hat die Schule umbenannt: bisher „{alter_name}“, jetzt „{offen.schule}“"
    )
    verlauf = als(offen.lehrkraft).get(offen.eingereicht.get_absolute_url())
    teil = next(t for t in verlauf.context["teile"]["schluss"] if "verlauf" in t.inhalt)
    eingereicht = next(e for e in teil.inhalt["verlauf"] if "eingereicht" in e.in_worten)
    assert eingereicht.rolle == f"Schulleitung, {alter_name.rpartition(',')[0]}"
    assert alter_name in verlauf.text


def test_a_change_of_a_telephone_number_tells_nobody(offen, als):
    aendern(als(offen.leitung), offen.schule, telefon="03941 123456")
    assert not Mail.objects.exists()
    assert not offen.entwurf.ereignisse.filter(schritt="schule_geaendert").exists()


@pytest.mark.parametrize("anderswo", [False, True])
def test_two_schools_become_one(offen, als, anderswo):
    ziel = offen.fremdschule if anderswo else make_schule(netzwerkstelle=offen.harz, name="Neue Schule")
    kollegin = make_zugehoerigkeit(offen.schule, Rolle.SCHULSOZIALARBEIT).person
    make_einladung(offen.harz, offen.leitung, offen.schule, rolle=Rolle.SCHULE_MITARBEIT, email="neu@schule.example")
    make_einladung(offen.harz, offen.leitung, offen.schule, rolle=Rolle.SCHULE_LEITUNG, email="kopf@schule.example")
    anfrage = make_registrierung(offen.schule, person=offen.fremd)
    mitantrag = make_antrag(make_schule(netzwerkstelle=offen.harz), offen.lehrkraft)
    mitantrag.weitere_schulen.add(offen.schule)
    wer = offen.koordination if anderswo else offen.leitung
    seite = als(wer).get(reverse("netzwerkstellen:schule", args=[offen.harz.slug, offen.schule.pk]))
    assert adresse(offen.schule, "zusammenlegen") in seite.text
    vorher = als(wer).get(adresse(offen.schule, "zusammenlegen")).text
    if not anderswo:
        assert ">Entwurf</span>" in vorher
        assert ">eingereicht</span>" in vorher
        assert "Wartet" not in vorher
    assert "Diese Schule ist jetzt: <a" in zusammenlegen(als(wer), offen.schule, ziel).text
    alt = Schule.objects.get(pk=offen.schule.pk)
    assert (alt.aktiv, alt.nachfolgerin) == (False, ziel)
    entwurf, wartet, frage, eingereicht = neu_geladen(offen.entwurf, offen.wartet, offen.frage, offen.eingereicht)
    assert {zeile.schule for zeile in (entwurf, wartet, frage)} == {ziel}
    assert {zeile.netzwerkstelle for zeile in (entwurf, wartet, frage)} == {ziel.netzwerkstelle}
    assert (eingereicht.schule, eingereicht.netzwerkstelle) == (alt, offen.harz)
    rollen = {(z.person, z.rolle) for z in ziel.zugehoerigkeiten.gueltig()}
    # One role a pair, side by side.
    assert {
        (offen.lehrkraft, "schule_mitarbeit"), (offen.schulleitung, "schule_mitarbeit"), (kollegin, "schulsozialarbeit")
    } <= rollen  # fmt: skip
    assert not ziel.zugehoerigkeiten.filter(person=offen.schulleitung, rolle="schule_leitung").exists()
    assert als(offen.schulleitung).get(eingereicht.get_absolute_url()).status_code == 200
    assert f"Die Schule ist jetzt: {ziel}." in als(offen.lehrkraft).get(eingereicht.get_absolute_url()).text
    assert [e.schule for e in Einladung.objects.offen()] == [ziel]
    anfrage.refresh_from_db()
    assert (anfrage.schule, anfrage.wartet) == (ziel, True)
    assert [str(s) for s in mitantrag.weitere_schulen.all()] == [str(ziel)]
    assert entwurf.ereignisse.first().in_worten == f"hat die Schule „{alt}“ mit „{ziel}“ zusammengelegt"
    assert offen.lehrkraft.email in {mail.an for mail in Mail.objects.all()}


def test_what_cannot_be_merged(offen, als):
    ziel = make_schule(netzwerkstelle=offen.harz)
    assert (
        "Bitte wählen Sie eine Schule aus der Liste."
        in zusammenlegen(als(offen.leitung), offen.schule, offen.fremdschule).text
    )
    zusammenlegen(als(offen.leitung), offen.schule, ziel)
    assert (
        "Bitte wählen Sie eine andere Schule"
        in zusammenlegen(als(offen.leitung), offen.schule, make_schule(netzwerkstelle=offen.harz)).text
    )
    assert Schule.objects.get(pk=offen.schule.pk).nachfolgerin == ziel
    daten = {"name": "x", "schulnummer": "1", "schulform": offen.schule.schulform_id, "ort": "y", "aktiv": "on"}
    daten |= {"version": version_of(Schule.objects.get(pk=offen.schule.pk)), "schluessel": uuid4()}
    antwort = als(offen.leitung).post(adresse(offen.schule, "bearbeiten"), daten)
    assert "Diese Schule ist in einer anderen aufgegangen und bleibt geschlossen." in antwort.text
    assert als(offen.lehrkraft).get(adresse(offen.schule, "zusammenlegen")).status_code == 404


def test_a_draft_begun_while_the_school_moved_belongs_to_its_new_office(offen, als):
    veraltet = Schule.objects.select_related("netzwerkstelle").get(pk=offen.schule.pk)
    aendern(als(offen.koordination), offen.schule, netzwerkstelle=offen.boerde.pk)
    assert antraege.anlegen(veraltet, by=offen.lehrkraft).netzwerkstelle == offen.boerde
    assert Beratung.objects.get(pk=offen.frage.pk).netzwerkstelle == offen.boerde
