"""Which letter, from whom, to whom, and what it says."""

from datetime import date, timedelta

import pytest

from angebote.entscheidung.brief import VORLAGEN, als_html, brief, briefart
from netzwerkstellen.models import Organisation, Traegerschaft
from schulerfolg.pdf import as_pdf
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
    geld_an = None if zahlweg == "schultraeger" else organisation
    assert briefart(make_antrag_in("entwurf", cast, zahlweg=zahlweg, zahlung_an=geld_an, foerderverein=geld_an)) == art


AM = date(2027, 5, 3)


def bewilligung(antrag, cast):
    return brief(antrag, "bewilligen", by=cast.freigabe, am=AM)


@pytest.fixture
def beschlossen(cast):
    traegerschaft(cast)
    cast.schule.schultraeger = make_organisation(name="Stadt Halberstadt", art="oeffentlich")
    cast.schule.save()
    make_budget(cast)
    return make_beschlossen(cast, auflagen="Ein Bericht je Klasse.\n")


def test_a_bescheid_says_all_that_the_law_asks_for(cast, beschlossen):
    b = bewilligung(beschlossen, cast)
    assert (b.art, b.titel, b.betrag) == ("bescheid", "Zuwendungsbescheid", "1.000,00\N{NO-BREAK SPACE}€")
    assert b.absender == ["Landkreis Harz", "Jugendamt", cast.harz.name, "Voigtei 37", "38820 Halberstadt"]
    assert b.anschrift == [
        "Stadt Halberstadt",
        "über",
        cast.schule.name,
        "Schulleitung",
        "Am See 1",
        "38820 Halberstadt",
    ]
    assert b.auflagen == ["Ein Bericht je Klasse."]
    assert b.rechtsbehelf == (
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch erheben. Der Widerspruch "
        "ist schriftlich oder zur Niederschrift einzulegen bei: Landkreis Harz, Jugendamt, Voigtei 37, 38820 "
        "Halberstadt."
    )
    hut = f"Kim Beispiel, Freigabe beim Träger, {cast.harz.name}"
    assert b.unterschriften == [hut, "freigegeben im Portal am 3. Mai 2027"]
    assert (b.datum, b.kontakt.name, b.kontakt.telefon) == (AM, str(cast.sachbearbeitung), "03941 100")
    assert "(Nummer HZ-B-2027/01)" in b.grundlage
    assert b.publizitaet[0].count("Kofinanziert von der Europäischen Union") == 1
    assert "A3" in b.publizitaet[1]


def test_a_contract_tells_of_no_objection(cast):
    traegerschaft(cast, art="frei", name="Verein Harz e.V.")
    make_budget(cast)
    b = bewilligung(make_beschlossen(cast), cast)
    assert (b.art, b.titel, b.rechtsbehelf) == ("vertrag", "Fördervertrag", "")


def test_a_refusal_gives_reasons_and_a_way_on(cast):
    traegerschaft(cast)
    b = brief(make_ablehnung_beschlossen(cast), "ablehnen", by=cast.freigabe, am=AM)
    assert (b.art, b.titel, b.betrag, b.publizitaet) == ("ablehnung", "Ablehnungsbescheid", "", [])
    assert b.gruende == "Das Vorhaben ist schon anderweitig gefördert."
    assert "jederzeit möglich" in b.weiter[1]
    assert b.rechtsbehelf.startswith("Gegen diesen Bescheid können Sie innerhalb eines Monats")


def test_a_formal_refusal_has_its_letter_too(cast):
    traegerschaft(cast, art="frei", name="Verein Harz e.V.")
    antrag = make_antrag_in("formalpruefung", cast)
    b = brief(antrag, "formal_ablehnen", by=cast.leitung, am=AM, begruendung="Das Projekt hat schon begonnen.")
    assert b.grundlage == f"Die {cast.harz.name} hat Ihren Antrag am 3. Mai 2027 geprüft."
    assert (b.titel, b.gruende, b.rechtsbehelf) == ("Ablehnung", "Das Projekt hat schon begonnen.", "")
    assert b.unterschriften[0] == f"Kim Beispiel, Leitung der Netzwerkstelle, {cast.harz.name}"


def test_every_kind_has_a_template():
    assert VORLAGEN == {
        "bescheid": "pdf/bescheid.html",
        "vertrag": "pdf/vertrag.html",
        "kostenuebernahme": "pdf/kostenuebernahme.html",
        "ablehnung": "pdf/ablehnung.html",
    }


def test_the_letter_is_a_tagged_pdf_in_german(cast, beschlossen):
    pdf = offen(as_pdf(als_html(bewilligung(beschlossen, cast))))
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/Lang (de)" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part" in pdf
    assert als_text(f"Zuwendungsbescheid {beschlossen.nummer}") in pdf


def test_one_day_reads_as_a_day(cast, beschlossen):
    beschlossen.beginn, beschlossen.ende = AM, AM
    assert bewilligung(beschlossen, cast).zeitraum == "am 3. Mai 2027"
    beschlossen.ende = AM + timedelta(days=2)
    assert bewilligung(beschlossen, cast).zeitraum == "vom 3. Mai 2027 bis zum 5. Mai 2027"
    assert "am 3. Mai 2027" in als_html(bewilligung(beschlossen, cast))


def test_a_sender_without_an_address_writes_from_the_hauptsitz(cast, beschlossen):
    Organisation.objects.filter(name="Landkreis Harz").update(plz="")
    b = bewilligung(beschlossen, cast)
    assert b.absender == ["Landkreis Harz", "Jugendamt", cast.harz.name, "Voigtei 37", "38820 Halberstadt"]
