"""The letter lies before whoever signs it: made by the worker, looked at, and then exactly these bytes are sent."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.antrag.machine import take_step
from angebote.entscheidung import services
from angebote.entscheidung.models import Briefvorschau
from netzwerkstellen.models import Schule, Traegerschaft
from schulerfolg import pdf
from schulerfolg.akte.models import Dokument
from schulerfolg.akte.services import do_jobs
from schulerfolg.konten.models import Mail
from tests.factories import make_hauptsitz, make_mitarbeit, make_organisation
from tests.factories_antrag import make_antrag_in, vor_augen
from tests.factories_entscheidung import AM, make_ablehnung_beschlossen, make_beschlossen, make_budget
from tests.formulare import schrittformulare

NEU = "Bitte sehen Sie es noch einmal an."


@pytest.fixture
def seite(als, cast):
    """`seite(person, antrag, schritt)`: the page of the step, reached from the page of the case."""

    def oeffnen(person, antrag, schritt):
        client, adresse = als(person), f"/antraege/{antrag.pk}/{schritt}/"
        assert f'href="{adresse}"' in client.get(antrag.get_absolute_url()).text
        return client.get(adresse)

    return oeffnen


def absenden(client, antwort, knopf, **felder):
    """Press a button of the form: where it names its own address, the form goes there."""
    [formular] = schrittformulare(antwort)
    assert f'value="{knopf}"' in antwort.text
    ziel = f"{formular.ziel}schreiben/" if knopf.startswith("Schreiben") else formular.ziel
    return client.post(ziel, formular.felder | felder, follow=True)


FAELLE = {
    "bewilligen": (make_beschlossen, "freigabe", "Bewilligung freigeben"),
    "ablehnen": (make_ablehnung_beschlossen, "freigabe", "Ablehnung freigeben"),
    "formal_ablehnen": (partial(make_antrag_in, "formalpruefung"), "leitung", "Aus formalen Gründen ablehnen"),
}


@pytest.mark.parametrize("schritt", FAELLE)
def test_looked_at_and_signed(cast, client, seite, schritt):
    """Through the pages: have it made, wait, look at it, sign; the school gets the bytes that were looked at."""
    make, name, knopf = FAELLE[schritt]
    make_budget(cast)
    antrag, wer = make(cast), getattr(cast, name)
    gruende = {"begruendung": "Das Vorhaben hat schon begonnen."} if schritt == "formal_ablehnen" else {}
    vorher = seite(wer, antrag, schritt)
    assert f'value="{knopf}"' not in vorher.text
    wartet = absenden(client, vorher, "Schreiben ansehen", **gruende)
    assert wartet.redirect_chain == [(f"/antraege/{antrag.pk}/{schritt}/", 302)]
    assert "Das Schreiben wird erstellt" in wartet.text
    assert schrittformulare(wartet) == []
    do_jobs()
    fertig = client.get(wartet.wsgi_request.path)
    adresse = f"/antraege/{antrag.pk}/{schritt}/schreiben/"
    assert f'href="{adresse}"' in fertig.text
    gesehen = client.get(adresse).content
    assert gesehen.startswith(b"%PDF-1.7")
    Mail.objects.all().delete()
    absenden(client, fertig, knopf)
    antrag.refresh_from_db()
    assert antrag.status in ("bewilligt", "abgelehnt")
    brief = antrag.schriftstuecke.exclude(art="antrag").get().dokument
    assert bytes(brief.inhalt) == gesehen
    post = Mail.objects.filter(schluessel__startswith="brief:")
    assert {mail.an for mail in post} == {cast.lehrkraft.email, cast.schulleitung.email}
    assert {mail.anlagen.get() for mail in post} == {brief}
    assert not Briefvorschau.objects.filter(antrag=antrag).exists()


def test_without_a_letter_nobody_signs(cast, vergeben):
    with pytest.raises(ValidationError, match=NEU):
        services.bewilligen(vergeben.antrag, by=cast.freigabe, schreiben="")
    vorschau = services.vorschau_bestellen(vergeben.antrag, "bewilligen", by=cast.freigabe)
    assert vorschau == services.vorschau_bestellen(vergeben.antrag, "bewilligen", by=cast.freigabe)
    with pytest.raises(ValidationError, match=NEU):
        services.bewilligen(vergeben.antrag, by=cast.freigabe, schreiben="")


def anderer_traeger(cast):
    Traegerschaft.objects.create(netzwerkstelle=cast.harz, organisation=make_organisation(name="Verein Harz e.V."))


def anderer_name(cast):
    cast.freigabe.nachname = "Neuname"
    cast.freigabe.save()


def andere_strasse(cast):
    Schule.objects.filter(pk=cast.schule.pk).update(strasse="Seeweg 2")


@pytest.mark.parametrize("aendern", [anderer_traeger, anderer_name, andere_strasse])
def test_what_changed_after_the_look_is_looked_at_anew(cast, client, seite, vergeben, aendern):
    """Träger, names and addresses are those of the signature, and nobody signs what they did not see."""
    alt = vor_augen(vergeben.antrag, "bewilligen", cast.freigabe)
    offen = seite(cast.freigabe, vergeben.antrag, "bewilligen")
    aendern(cast)
    antwort = absenden(client, offen, "Bewilligung freigeben")
    assert NEU in antwort.text
    vergeben.antrag.refresh_from_db()
    assert vergeben.antrag.status == "beschlossen"
    text = client.get(offen.wsgi_request.path).text
    assert "hat sich etwas darin geändert" in text
    absenden(client, antwort, "Schreiben neu ansehen")
    assert not Dokument.objects.filter(sha256=alt).exists()
    neu = vor_augen(vergeben.antrag, "bewilligen", cast.freigabe)
    assert services.bewilligen(vergeben.antrag, by=cast.freigabe, schreiben=neu).status == "bewilligt"


def test_a_letter_is_signed_on_its_day(cast, vergeben, monkeypatch):
    schreiben = vor_augen(vergeben.antrag, "bewilligen", cast.freigabe)
    morgen = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: morgen)
    with pytest.raises(ValidationError, match=NEU):
        services.bewilligen(vergeben.antrag, by=cast.freigabe, schreiben=schreiben)


def test_nobody_signs_with_the_letter_of_another(cast, als, vergeben):
    """Neither by its hash nor by looking at it: it names its signer."""
    dritte = make_mitarbeit(cast.harz, "sachbearbeitung", zeichnungsbefugt=True).person
    schreiben = vor_augen(vergeben.antrag, "bewilligen", cast.freigabe)
    with pytest.raises(ValidationError, match=NEU):
        services.bewilligen(vergeben.antrag, by=dritte, schreiben=schreiben)
    for person in (dritte, cast.leitung, cast.schulleitung, cast.pruefung, cast.nachbarin):
        adresse = f"/antraege/{vergeben.antrag.pk}/bewilligen/schreiben/"
        assert als(person).get(adresse).status_code == 404


def test_other_reasons_are_another_letter(cast, client, seite):
    antrag = make_antrag_in("formalpruefung", cast)
    vor_augen(antrag, "formal_ablehnen", cast.leitung, begruendung="Schon begonnen.")
    offen = seite(cast.leitung, antrag, "formal_ablehnen")
    antwort = absenden(client, offen, "Aus formalen Gründen ablehnen", begruendung="Nicht förderfähig.")
    assert NEU in antwort.text
    assert "Nicht förderfähig." in antwort.text
    antrag.refresh_from_db()
    assert antrag.status == "formalpruefung"


@pytest.mark.parametrize(
    ("schritt", "knopf"), [("bewilligen", "Bewilligung freigeben"), ("freigabe_verweigern", "Freigabe verweigern")]
)
def test_an_old_page_does_not_decide_over_another_resolution(cast, client, seite, vergeben, schritt, knopf):
    """Refused in another tab and resolved anew, with another amount: the old page signs neither and refuses neither."""
    vor_augen(vergeben.antrag, "bewilligen", cast.freigabe)
    alt = seite(cast.freigabe, vergeben.antrag, schritt)
    services.freigabe_verweigern(vergeben.antrag, by=cast.freigabe, begruendung="Bitte weniger.")
    antrag = take_step(vergeben.antrag, "auf_tagesordnung", by=cast.leitung)
    # Short values, side by side.
    services.beschluss_umsetzen(
        antrag, by=cast.leitung, ergebnis="bewilligen", nummer="HZ-B-2027/02", am=AM, betrag=Decimal(900),
    )  # fmt: skip
    vor_augen(vergeben.antrag, "bewilligen", cast.freigabe)
    text = absenden(client, alt, knopf, begruendung="Bitte noch einmal.").text
    assert "Seit Sie diese Seite geöffnet haben, hat sich etwas geändert." in text
    assert "Bewilligung von 900,00" in text
    vergeben.antrag.refresh_from_db()
    assert vergeben.antrag.status == "beschlossen"


@pytest.mark.parametrize("feld", ["plz", "strasse"])
def test_an_incomplete_address_of_the_school_holds_the_letter(cast, client, seite, vergeben, feld):
    Schule.objects.filter(pk=cast.schule.pk).update(**{feld: ""})
    text = seite(cast.freigabe, vergeben.antrag, "bewilligen").text
    assert "Das Schreiben kann noch nicht hinaus" in text
    assert f"fehlt: {'Postleitzahl' if feld == 'plz' else 'Straße'}." in text
    assert "Zuständig hier:" in text  # the Träger mends no school; whoever may is named
    with pytest.raises(ValidationError, match="Das Schreiben kann noch nicht hinaus"):
        services.vorschau_bestellen(vergeben.antrag, "bewilligen", by=cast.freigabe)


@pytest.mark.parametrize(("feld", "satz"), [("plz", "Absenders fehlt: Postleitzahl"), ("telefon", "Telefon")])
def test_whoever_may_mend_the_address_is_led_there(cast, client, seite, feld, satz):
    antrag = make_antrag_in("formalpruefung", cast)
    sitz = make_hauptsitz(cast.harz)
    setattr(sitz, feld, "")
    sitz.save()
    text = seite(cast.leitung, antrag, "formal_ablehnen").text
    assert satz in text
    adresse = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/standorte/{sitz.pk}/"
    assert f'href="{adresse}"' in text
    assert client.get(adresse).status_code == 200


def test_a_machine_that_makes_no_pdf_says_so(cast, client, seite, vergeben, monkeypatch):
    services.vorschau_bestellen(vergeben.antrag, "bewilligen", by=cast.freigabe)
    Briefvorschau.objects.update(bestellt_am=timezone.now() - timedelta(minutes=3))
    monkeypatch.setitem(pdf.PAKETE, "libfehlt.so.0", "libfehlt0")
    do_jobs()
    text = seite(cast.freigabe, vergeben.antrag, "bewilligen").text
    assert "libfehlt0" in text
    assert "Bewilligung freigeben</span></button>" not in text
