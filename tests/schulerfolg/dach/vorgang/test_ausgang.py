"""How it came out: the reasons and the way on after a refusal, a smaller sum and why, what withdrawing costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from angebote.antrag.workflow import Status
from angebote.entscheidung.brief import brief
from angebote.entscheidung.services import beschluss_umsetzen
from schulerfolg.konten.models import Mail
from schulerfolg.zeit import datum
from tests.factories_antrag import make_antrag_in, unterschreiben, vor_augen
from tests.factories_entscheidung import AM, make_beschlossen, make_budget, make_im_gremium
from tests.factories_gremium import make_saal, make_sitzung_in


def kasten(client, antrag):
    text = " ".join(client.get(antrag.get_absolute_url()).text.split()).replace("\xa0", " ")
    return text[text.index('<section class="dran"') : text.index('<section class="vorgangsweg"')]


def test_a_refusal_says_why_and_what_is_possible_now(cast, als):
    antrag = make_antrag_in(Status.ABGELEHNT, cast)
    gesagt = kasten(als(cast.lehrkraft), antrag)
    frueh = timezone.localdate() + timedelta(days=28)
    for satz in (
        "<strong>Warum abgelehnt wurde:</strong> Das Projekt hat schon begonnen.",
        "Sie sagt Ihnen, was sich an dem Antrag ändern müsste",
        "Vielleicht gibt es anderes Geld: vom Schulträger",
        "Vielleicht gibt es in Ihrer Region auch schon ein Angebot",
        f"könnte das Projekt ab dem {datum(frueh)} beginnen.",
        f"Fragen beantwortet {cast.sachbearbeitung}, Telefon",
        'href="/beratungen/neu/"',
        'href="/antraege/neu/uebernehmen/"',
    ):
        assert satz in gesagt, satz
    assert "Was jetzt möglich ist" not in kasten(als(cast.leitung), antrag)


def test_the_letter_of_a_refusal_says_until_when(cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    vor_augen(antrag, "formal_ablehnen", cast.leitung, begruendung="Nein.")
    heute = timezone.localdate()
    zuletzt = brief(antrag, "formal_ablehnen", by=cast.leitung, am=heute, begruendung="Nein.").weiter[-1]
    assert zuletzt.startswith("Zwischen Antrag und erstem Projekttag liegen mindestens 28 Tage: Am ")


def test_a_smaller_sum_says_why_on_the_page_and_in_the_letter(cast, als):
    make_budget(cast)
    gruende = "Die Fahrtkosten sind nicht förderfähig."
    # Short values, side by side.
    antrag = beschluss_umsetzen(
        make_im_gremium(cast), by=cast.leitung, ergebnis="bewilligen", nummer="HZ-B-2027/01", am=AM, betrag=1000,
        gruende=gruende,
    )  # fmt: skip
    assert gruende not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert brief(antrag, "bewilligen", by=cast.freigabe, am=AM).gruende == gruende
    antrag = unterschreiben(antrag, "bewilligen", by=cast.freigabe)
    gesagt = kasten(als(cast.lehrkraft), antrag)
    assert "Bewilligt sind <strong>1.000,00 €</strong> von 1.200,00 €, die beantragt waren." in gesagt
    assert f"<strong>Warum es weniger ist:</strong> {gruende}" in gesagt


def test_where_nobody_wrote_why_somebody_explains_it(cast, als):
    make_budget(cast)
    antrag = unterschreiben(make_beschlossen(cast), "bewilligen", by=cast.freigabe)
    gesagt = kasten(als(cast.lehrkraft), antrag)
    assert f"Warum es weniger ist als beantragt, erklärt Ihnen gern {cast.sachbearbeitung}" in gesagt


def test_list_and_overview_show_the_sum_that_was_granted(cast, als):
    make_budget(cast)
    antrag, client = make_beschlossen(cast), als(cast.lehrkraft)
    assert "1.000,00" not in client.get("/antraege/").text
    unterschreiben(antrag, "bewilligen", by=cast.freigabe)
    liste, uebersicht = (client.get(seite).text.replace("\xa0", " ") for seite in ("/antraege/", "/uebersicht/"))
    assert "<p>1.000,00 €</p>" in liste
    assert "bewilligt von 1.200,00 €" in liste
    assert f"Bewilligt am {datum(timezone.now())}: 1.000,00 €" in uebersicht


@pytest.mark.parametrize("grund", ["", "Die Klasse fährt nun doch nicht."])
def test_withdrawing_says_what_is_lost_and_takes_a_reason_or_none(cast, als, grund):
    antrag = make_sitzung_in("eingeladen", cast, make_saal(cast)).punkte.get().antrag
    kopf, adresse = als(cast.schulleitung), f"/antraege/{antrag.pk}/zurueckziehen/"
    seite = kopf.get(adresse)
    assert "Der Platz auf der Tagesordnung der Sitzung fällt weg." in seite.text
    assert f"Eingang und Nummer ({antrag.nummer} vom {datum(antrag.eingereicht_am)}) gelten nicht weiter" in seite.text
    form = seite.context["form"]
    daten = {name: form[name].value() for name in ("schluessel", "version")}
    assert kopf.post(adresse, {**daten, "bestaetigt": "on", "begruendung": grund}).status_code == 302
    assert antrag.ereignisse.first().begruendung == grund
    mail = Mail.objects.filter(betreff__startswith=f"Antrag {antrag.nummer} zurückgezogen").first()
    assert ("Begründung:" in mail.text) == bool(grund)


def test_withdrawing_tells_of_no_decision_that_is_not_signed(cast, als):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    text = als(cast.schulleitung).get(f"/antraege/{antrag.pk}/zurueckziehen/").text
    assert "Über den Antrag ist schon beraten." in text
    assert "1.000,00" not in text
