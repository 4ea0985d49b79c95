"""What went wrong elsewhere with permissions, thread by thread, and that it does not go wrong here.

`docs/sicherheit.md` lists every thread with the test that answers it; here stand those no other file asks.
"""

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags

from angebote.antrag.workflow import ABLAUF
from angebote.models import Antrag
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_mitarbeit, make_registrierung
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import bewilligen, make_gremium, make_mitglied, make_saal, make_sitzung_in
from tests.marken import HUETE, SCHULE, leaks, names_of_judges, office


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
    gremien = make_gremium(cast.harz), make_gremium(cast.harz, name="Beirat Harz", art="beirat")
    faelle = [make_antrag_in("eingereicht", cast, kosten=[("Honorare", "x", 1, "", "10.00")]) for _ in range(2)]
    dokument = Dokument.objects.create(art="anlage", name="a.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
    datei = faelle[0].anlagen.create(art="angebot", dokument=dokument, hochgeladen_durch=cast.lehrkraft)
    kollegin = cast.sachbearbeitung.mitarbeiten.get()
    make_mitarbeit(cast.boerde, Rolle.LEITUNG, person=cast.leitung)
    ketten = {
        "gremien:mitglied": ([gremium.pk for gremium in gremien], make_mitglied(gremien[0])),
        "antraege:anlage": ([fall.pk for fall in faelle], datei),
        "netzwerkstellen:mitarbeit_bearbeiten": ([cast.harz.slug, cast.boerde.slug], kollegin),
    }
    client = als(cast.leitung)
    codes = {
        name: [client.get(reverse(name, args=[ort, zeile.pk])).status_code for ort in orte]
        for name, (orte, zeile) in ketten.items()
    }
    assert codes == {name: [200, 404] for name in ketten}


def test_hypha_2169_a_setting_holds_on_every_page_not_only_where_it_was_thought_of(cast, als):
    """`geteilt` and `teilt_inhalte` decide on list, search, page and who reads it alike.

    Neither brings a title to the overview, where it would ask to be done, and neither changes what is counted.
    """
    entwurf = make_antrag_in("entwurf", cast, titel="Regenbogenwerkstatt")
    fall = make_antrag_in("eingereicht", cast, titel="Sternwarte", kosten=[("Honorare", "x", 1, "", "10.00")])

    def sieht(person, antrag):
        """On which pages the title can be read; the word somebody searched for stands in attributes alone."""
        seiten = {
            "list": "/antraege/",
            "search": f"/antraege/?q={antrag.titel}",
            "page": f"/antraege/{antrag.pk}/",
            "who reads it": f"/antraege/{antrag.pk}/einblick/",
            "overview": "/uebersicht/",
        }
        client = als(person)
        return {name for name, seite in seiten.items() if antrag.titel in strip_tags(client.get(seite).text)}

    def counted():
        return dict(als(cast.koordination).get("/antraege/").context["zahlen"]["staende"])

    assert (sieht(cast.sachbearbeitung, entwurf), sieht(cast.koordination, fall)) == (set(), set())
    assert "overview" in sieht(cast.sachbearbeitung, fall)
    assert counted() == {"Eingereicht": 1}
    Antrag.objects.filter(pk=entwurf.pk).update(geteilt=True)
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    offen = {"list", "search", "page", "who reads it"}
    assert (sieht(cast.sachbearbeitung, entwurf), sieht(cast.koordination, fall)) == (offen, offen)
    assert counted() == {"Eingereicht": 1}


def test_hypha_1287_applicants_read_no_names_of_those_who_judge(volle_welt):
    """Held on every page of every school by the walk in `test_matrix`; here that it notices the name of a member."""
    for person in SCHULE:
        [stelle] = HUETE[person]
        name = next(mark for mark in sorted(names_of_judges()) if office(mark) == stelle)
        assert leaks(person, {"/antraege/": HttpResponse(f"<p>Vorsitz: {name}</p>")}) == {"/antraege/": [name]}
        assert leaks("sachbearbeitung." + {"HZ": "harz", "BK": "boerde"}[stelle], {"/": HttpResponse(name)}) == {}


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
    worte = ["Vera Vorsitz", "4 Ja, 0 Nein"]

    def gelesen(person, seite):
        text = als(person).get(seite).text
        return [wort for wort in [*worte, "Mia Mitglied"] if wort in text]

    assert gelesen(saal.vorsitz.person, reverse("sitzungen:punkt", args=[punkt.sitzung_id, punkt.pk])) == worte
    for person in (cast.lehrkraft, cast.schulleitung):
        assert gelesen(person, punkt.antrag.get_absolute_url()) == []


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
    # Short addresses, side by side.
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
