"""What went wrong elsewhere with permissions, thread by thread, and that it does not go wrong here.

`docs/sicherheit.md` lists every thread with the test that answers it; here stand those no other file asks.
"""

import pytest
from django.urls import reverse

from angebote.antrag.workflow import ABLAUF
from angebote.models import Antrag
from tests.factories import make_einladung, make_registrierung
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import bewilligen, make_gremium, make_mitglied, make_saal, make_sitzung_in
from tests.test_kanarien import crawl, marks_in
from tests.test_matrix import objekte, sign_in

__all__ = ["objekte"]


def test_demarches_13886_who_leads_one_group_does_not_manage_another(cast, als):
    """Scope by the group of the object, in both directions."""
    gremien = {cast.leitung: make_gremium(cast.harz), cast.nachbarin: make_gremium(cast.boerde)}
    mitglieder = {person: make_mitglied(gremium) for person, gremium in gremien.items()}
    seiten = ("", "regeln/", "mitglieder/neu/", "mitglieder/{mitglied}/", "mitglieder/{mitglied}/beenden/")

    def codes(wer, wessen):
        adressen = [f"/gremien/{gremien[wessen].pk}/{s.format(mitglied=mitglieder[wessen].pk)}" for s in seiten]
        return {als(wer).get(adresse).status_code for adresse in adressen}

    assert codes(cast.leitung, cast.leitung) == {200}
    assert codes(cast.leitung, cast.nachbarin) == codes(cast.nachbarin, cast.leitung) == {404}


def test_demarches_12988_a_chain_of_two_allowed_rows_that_do_not_belong_together(cast, als):
    """A file is looked up inside its case, a member inside its Gremium, a colleague inside the office."""
    eins, zwei = make_gremium(cast.harz), make_gremium(cast.harz, name="Beirat Harz", art="beirat")
    mitglied = make_mitglied(eins)
    client = als(cast.leitung)
    assert client.get(reverse("gremien:mitglied", args=[eins.pk, mitglied.pk])).status_code == 200
    assert client.get(reverse("gremien:mitglied", args=[zwei.pk, mitglied.pk])).status_code == 404


def test_hypha_2169_a_setting_holds_on_every_page_not_only_where_it_was_thought_of(cast, als):
    """`geteilt` and `teilt_inhalte` decide on list, search, page, overview and figures alike."""
    entwurf = make_antrag_in("entwurf", cast, titel="Regenbogenwerkstatt")
    fall = make_antrag_in("eingereicht", cast, titel="Sternwarte", kosten=[("Honorare", "x", 1, "", "10.00")])

    def sieht(person, antrag):
        seiten = ["/antraege/", f"/antraege/?q={antrag.titel}", f"/antraege/{antrag.pk}/", "/uebersicht/"]
        seiten.append(f"/antraege/{antrag.pk}/einblick/")
        client = als(person)
        return [f">{antrag.titel}" in client.get(seite).text.replace("?q=", "") for seite in seiten]

    assert not any(sieht(cast.sachbearbeitung, entwurf))
    assert not any(sieht(cast.koordination, fall))
    Antrag.objects.filter(pk=entwurf.pk).update(geteilt=True)
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    assert sieht(cast.sachbearbeitung, entwurf)[:3] == [True, True, True]
    assert sieht(cast.koordination, fall)[:3] == [True, True, True]


def test_hypha_1287_applicants_read_no_names_of_those_who_judge(objekte):
    """No page that a school opens names a member of the Gremium; none that a member opens tells how to reach people."""
    mitglieder = marks_in(["konten_person"], "id IN (SELECT person_id FROM gremien_mitgliedschaft)")
    mitglieder -= marks_in(["konten_person"], "id IN (SELECT person_id FROM netzwerkstellen_schulzugehoerigkeit)")
    for person in ("lehrkraft.a", "leitung.a"):
        _, found = crawl(sign_in(person))
        assert {mark for marks in found.values() for mark in marks} & mitglieder == set()
    assert mitglieder


def test_hypha_1287_members_read_no_addresses_of_applicants(cast, als):
    saal = make_saal(cast)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    seite = als(saal.mitglieder[0].person).get(reverse("sitzungen:punkt", args=[punkt.sitzung_id, punkt.pk])).text
    assert "Jana Petersen" in seite
    assert "jana.petersen@schule.example" not in seite


def test_hypha_1287_how_each_member_voted_is_not_told_to_the_school(cast, als):
    saal = make_saal(cast)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    bewilligen(punkt, saal)
    for person in (cast.lehrkraft, cast.schulleitung):
        seite = als(person).get(punkt.antrag.get_absolute_url()).text
        assert [wort for wort in ("Vera Vorsitz", "Mia Mitglied", "Ja-Stimm") if wort in seite] == []


def test_hypha_1287_whoever_comes_too_late_reads_no_decision_that_is_not_signed_yet(cast, als):
    """The sentence for a missed step names nobody of the Gremium and nothing the page keeps back."""
    saal = make_saal(cast)
    punkt = make_sitzung_in("laufend", cast, saal).punkte.get()
    bewilligen(punkt, saal)
    for person, wohin in ((cast.lehrkraft, "abschnitt/projekt/"), (cast.schulleitung, "einreichen/")):
        seite = als(person).get(f"/antraege/{punkt.antrag_id}/{wohin}", follow=True).text
        assert "Dieser Schritt ist nicht mehr möglich." in seite
        assert [wort for wort in ("Vera Vorsitz", "beschlossen", "Bewilligung") if wort in seite] == []


def test_hypha_3153_two_hats_neither_lock_out_nor_add_up(cast, als):
    """A teacher in Harz who sits in the Gremium of Börde: both, and nothing that neither hat gives."""
    doppelt = cast.lehrkraft
    eigener = make_antrag_in("eingereicht", cast)
    boerde = make_mitglied(make_gremium(cast.boerde), doppelt).gremium
    harz = make_saal(cast)
    sitzung = make_sitzung_in("eingeladen", cast, harz, kosten=[("Honorare", "x", 1, "", "10.00")])
    client = als(doppelt)
    codes = {
        seite: client.get(seite).status_code
        for seite in (
            f"/antraege/{eigener.pk}/", f"/gremien/{boerde.pk}/", f"/gremien/{harz.gremium.pk}/",
            f"/sitzungen/{sitzung.pk}/", "/budget/", f"/gremien/{boerde.pk}/regeln/", "/uebersicht/",
        )
    }  # fmt: skip
    assert list(codes.values()) == [200, 200, 404, 404, 403, 403, 200]


@pytest.mark.parametrize("art", ["einladung", "registrierung"])
def test_open_forms_28803_a_link_opens_what_it_was_made_for_and_nothing_else(cast, client, art):
    """The token of one purpose at the page of another is as unknown as one that was never sent."""
    make_einladung(cast.harz, cast.leitung, token="token-der-einladung")
    make_registrierung(cast.schule, token="token-der-registrierung")
    seiten = {
        "einladung": "/einladung/{}/",
        "registrierung": "/registrieren/bestaetigen/{}/",
        "passwort": "/konto/passwort/vergessen/schluessel/{}/",
        "adresse": "/konto/adresse/bestaetigen/{}/",
    }

    def antwort(zweck, token):
        response = client.get(seiten[zweck].format(token), follow=True)
        return response.status_code, response.templates[0].name

    anders = {zweck for zweck in seiten if antwort(zweck, f"token-der-{art}") != antwort(zweck, "token-von-niemand")}
    assert anders == {art}


def test_open_forms_64515_what_a_page_does_not_offer_is_refused_too(cast, als):
    """A step without a button, sent by hand, changes nothing: the table is asked again on the server."""
    antrag = make_antrag_in("eingereicht", cast)
    client = als(cast.lehrkraft)
    seite = client.get(antrag.get_absolute_url()).text
    for step in ABLAUF:
        adresse = f"/antraege/{antrag.pk}/{step.name}/"
        if adresse not in seite:
            assert client.post(adresse, {"begruendung": "Weil."}).status_code in (302, 403, 404)
    antrag.refresh_from_db()
    assert antrag.status == "eingereicht"
