"""Which letter, from whom, to whom, and what it says."""

import pytest

from angebote.entscheidung import services
from angebote.entscheidung.brief import brief, briefart
from angebote.entscheidung.pdf import VORLAGEN, bescheid_pdf, rendern
from netzwerkstellen.models import Organisation, Traegerschaft
from schulerfolg.akte.services import do_jobs
from schulerfolg.konten.models import Mail
from tests.angebote.antrag.test_pdf import als_text, offen
from tests.factories import make_organisation
from tests.factories_antrag import make_antrag_in
from tests.factories_entscheidung import make_ablehnung_beschlossen, make_beschlossen, make_budget


def traegerschaft(cast, art="oeffentlich", **fields):
    adresse = {"strasse": "Voigtei 37", "plz": "38820", "ort": "Halberstadt"}
    name = {"name": "Landkreis Harz", "einheit": "Jugendamt"} | adresse | fields
    traeger = make_organisation(art=art, **name)
    Traegerschaft.objects.create(netzwerkstelle=cast.harz, organisation=traeger)
    return traeger


# A table, to be read in columns.
# fmt: off
TABELLE = [
    # Träger         zahlweg          recipient                          → Brief
    ("oeffentlich", "schultraeger",  ("Stadt Halberstadt", ""),           "bescheid"),
    ("oeffentlich", "schultraeger",  ("Landkreis Harz", "Schulamt"),      "kostenuebernahme"),
    ("oeffentlich", "schultraeger",  None,                                "bescheid"),
    ("oeffentlich", "foerderverein", ("Förderverein der Schule e.V.", ""), "bescheid"),
    ("oeffentlich", "partner",       ("Theater am Markt", ""),            "bescheid"),
    ("oeffentlich", "stelle",        None,                                "kostenuebernahme"),
    ("frei",        "schultraeger",  ("Stadt Halberstadt", ""),           "vertrag"),
    ("frei",        "foerderverein", ("Förderverein der Schule e.V.", ""), "vertrag"),
    ("frei",        "stelle",        None,                                "kostenuebernahme"),
    ("kirchlich",   "partner",       ("Theater am Markt", ""),            "vertrag"),
    ("kirchlich",   "stelle",        None,                                "kostenuebernahme"),
    (None,          "schultraeger",  ("Stadt Halberstadt", ""),           "vertrag"),
]
# fmt: on


@pytest.mark.parametrize(("traeger", "zahlweg", "empfaenger", "art"), TABELLE)
def test_the_form_follows_traeger_and_recipient(cast, traeger, zahlweg, empfaenger, art):
    if traeger:
        traegerschaft(cast, art=traeger)
    organisation = None
    if empfaenger:
        name, einheit = empfaenger
        organisation = Organisation.objects.create(name=name, einheit=einheit, art="oeffentlich")
    cast.schule.schultraeger = organisation if zahlweg == "schultraeger" else None
    cast.schule.save()
    zahlung_an = None if zahlweg == "schultraeger" else organisation
    assert briefart(make_antrag_in("entwurf", cast, zahlweg=zahlweg, zahlung_an=zahlung_an)) == art


@pytest.fixture
def bewilligt(cast):
    traegerschaft(cast)
    cast.schule.schultraeger = make_organisation(name="Stadt Halberstadt", art="oeffentlich")
    cast.schule.save()
    make_budget(cast)
    return services.bewilligen(make_beschlossen(cast, auflagen="Ein Bericht je Klasse.\n"), by=cast.freigabe)


def test_a_bescheid_says_all_that_the_law_asks_for(cast, bewilligt):
    b = brief(bewilligt)
    assert (b.art, b.titel, b.betrag) == ("bescheid", "Zuwendungsbescheid", "1.000,00\N{NO-BREAK SPACE}€")
    assert b.absender == ["Landkreis Harz", "Jugendamt", cast.harz.name, "Voigtei 37", "38820 Halberstadt"]
    assert b.anschrift == ["Stadt Halberstadt", "über", cast.schule.name, "Schulleitung", "Halberstadt"]
    assert b.auflagen == ["Ein Bericht je Klasse."]
    assert b.rechtsbehelf == (
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch erheben. Der Widerspruch "
        "ist schriftlich oder zur Niederschrift einzulegen bei: Landkreis Harz, Jugendamt, Voigtei 37, 38820 "
        "Halberstadt."
    )
    assert b.unterschriften[0] == f"Kim Beispiel, Freigabe beim Träger, {cast.harz.name}"
    assert "(Nummer HZ-B-2027/01)" in b.grundlage
    assert b.publizitaet[0].count("Kofinanziert von der Europäischen Union") == 1
    assert "A3" in b.publizitaet[1]


def test_a_contract_tells_of_no_objection(cast):
    traegerschaft(cast, art="frei", name="Verein Harz e.V.")
    make_budget(cast)
    b = brief(services.bewilligen(make_beschlossen(cast), by=cast.freigabe))
    assert (b.art, b.titel, b.rechtsbehelf) == ("vertrag", "Fördervertrag", "")


def test_a_refusal_gives_reasons_and_a_way_on(cast):
    traegerschaft(cast)
    b = brief(services.ablehnen(make_ablehnung_beschlossen(cast), by=cast.freigabe))
    assert (b.art, b.titel, b.betrag, b.publizitaet) == ("ablehnung", "Ablehnungsbescheid", "", [])
    assert b.gruende == "Das Vorhaben ist schon anderweitig gefördert."
    assert "jederzeit möglich" in b.weiter[1]
    assert b.rechtsbehelf.startswith("Gegen diesen Bescheid können Sie innerhalb eines Monats")


def test_a_formal_refusal_has_its_letter_too(cast):
    traegerschaft(cast, art="frei", name="Verein Harz e.V.")
    b = brief(make_antrag_in("abgelehnt", cast))
    assert (b.titel, b.gruende, b.rechtsbehelf) == ("Ablehnung", "Das Projekt hat schon begonnen.", "")
    assert b.unterschriften[0] == f"Kim Beispiel, Leitung der Netzwerkstelle, {cast.harz.name}"


def test_every_kind_has_a_template():
    assert VORLAGEN == {
        "bescheid": "pdf/bescheid.html",
        "vertrag": "pdf/vertrag.html",
        "kostenuebernahme": "pdf/kostenuebernahme.html",
        "ablehnung": "pdf/ablehnung.html",
    }


def test_the_letter_is_a_tagged_pdf_in_german(bewilligt):
    pdf = offen(rendern(brief(bewilligt)))
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/Lang (de)" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part" in pdf
    assert als_text(f"Zuwendungsbescheid {bewilligt.nummer}") in pdf


def test_the_letter_is_made_once_and_sent_to_author_and_head(cast, bewilligt):
    Mail.objects.all().delete()
    do_jobs()
    schriftstueck = bewilligt.schriftstuecke.get(art="bescheid")
    erster = (schriftstueck.dokument_id, schriftstueck.dokument.sha256)
    bescheid_pdf(bewilligt.pk)
    schriftstueck = bewilligt.schriftstuecke.get(art="bescheid")
    assert (schriftstueck.dokument_id, schriftstueck.dokument.sha256) == erster
    briefe = Mail.objects.filter(schluessel__startswith="brief:")
    assert {(n.an, n.betreff) for n in briefe} == {
        (person.email, f"Zuwendungsbescheid zu Ihrem Antrag {bewilligt.nummer}")
        for person in (cast.lehrkraft, cast.schulleitung)
    }
    assert {n.anlagen.get().name for n in briefe} == {f"Zuwendungsbescheid-{bewilligt.nummer}.pdf"}


def test_before_the_signature_there_is_no_letter(cast):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    bescheid_pdf(antrag.pk)
    assert not antrag.schriftstuecke.exclude(art="antrag").exists()
