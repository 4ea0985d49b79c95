"""Nobody's name stands under what she did not see: the page of a signature carries the version it showed."""

import re

import pytest

from angebote.anlage.services import entfernen
from angebote.antrag import services
from angebote.antrag.models_akte import Antragsfassung
from angebote.antrag.workflow import ABLAUF, Status
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.formular.konflikt import Veraltet
from tests.angebote.anlage.test_views import anhaengen
from tests.angebote.antrag.test_views import schluessel
from tests.factories import make_person, make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel
from tests.gleichzeitig import gleichzeitig

NEU = "Zirkus statt Theater"


def versteckt(seite) -> dict:
    """The hidden values of the form on this page, as a browser sends them back."""
    felder = re.findall(r'<input type="hidden" name="(version|schluessel)" value="([^"]+)"', seite.text)
    assert "version" in dict(felder)
    return dict(felder)


def schreiben(antrag, by):
    antrag.refresh_from_db()
    services.abschnitt_speichern(antrag, by=by, version=antrag.version, felder={"titel": NEU})


def datei_dazu(antrag, by):
    anhaengen(antrag, by, "Neues Angebot.pdf")


@pytest.mark.parametrize(("aendern", "darin"), [(schreiben, NEU), (datei_dazu, "Neues Angebot.pdf")])
@pytest.mark.parametrize("schritt", ["einreichen", "selbst_einreichen", "weitergeben"])
def test_who_signs_what_a_colleague_just_changed_reads_it_first(cast, als, schritt, aendern, darin):
    kollegin = make_zugehoerigkeit(cast.schule, person=make_person("Jana", "Petersen")).person
    make_regel(cast.harz, mitzeichnung=schritt != "selbst_einreichen")
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    antrag.mitschreibende.create(person=kollegin)
    person = als(cast.schulleitung if schritt == "einreichen" else cast.lehrkraft)
    adresse = f"/antraege/{antrag.pk}/{schritt}/"
    gesehen = versteckt(person.get(adresse)) | {"gelesen": "on"}
    aendern(antrag, kollegin)
    seite = person.post(adresse, gesehen)
    assert seite.status_code == 200
    assert "Seit Sie diese Seite geöffnet haben, hat sich etwas geändert." in seite.text
    assert darin in seite.text
    assert not re.search(r'name="gelesen"[^>]*checked', seite.text)
    assert re.search(r"Zuletzt geändert</dt><dd>[\d., :]+ Uhr: Jana Petersen hat am Entwurf gearbeitet", seite.text)
    antrag.refresh_from_db()
    assert antrag.status == "entwurf"
    assert person.post(adresse, versteckt(seite) | {"gelesen": "on"}).status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == ABLAUF.transitions[schritt].target


def test_a_file_taken_out_meanwhile_changes_what_is_signed(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage = anhaengen(antrag, cast.lehrkraft)
    adresse = f"/antraege/{antrag.pk}/einreichen/"
    gesehen = versteckt(als(cast.schulleitung).get(adresse)) | {"gelesen": "on"}
    entfernen(anlage, by=cast.lehrkraft)
    assert "hat sich etwas geändert" in als(cast.schulleitung).post(adresse, gesehen).text
    antrag.refresh_from_db()
    assert antrag.status == "entwurf"


def test_a_form_without_the_version_is_no_signature(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    adresse = f"/antraege/{antrag.pk}/einreichen/"
    for daten in ({}, {"version": "x" * 32}):
        assert als(cast.schulleitung).post(adresse, {"gelesen": "on"} | schluessel() | daten).status_code == 200
    antrag.refresh_from_db()
    assert antrag.status == "entwurf"


def test_a_draft_that_went_back_and_came_again_is_another_one(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    vertretung = make_zugehoerigkeit(cast.schule, "schule_stellvertretung").person
    adresse = f"/antraege/{antrag.pk}/einreichen/"
    alt = versteckt(als(cast.schulleitung).get(adresse)) | {"gelesen": "on"}
    services.zurueckgeben(antrag, by=vertretung, begruendung="Bitte kürzer.")
    schreiben(antrag, cast.lehrkraft)
    services.weitergeben(antrag, by=cast.lehrkraft)
    assert NEU in als(cast.schulleitung).post(adresse, alt).text
    antrag.refresh_from_db()
    assert antrag.status == "freigabe_sl"


@pytest.mark.django_db(transaction=True)
def test_a_signature_against_a_colleague_who_saves(cast):
    """Whoever wins, what was submitted is what was seen; without the version the newer text would be signed."""
    for _ in range(8):
        antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=[("Honorare", "Zirkus", 1, "Tag", "10.00")])
        gesehen = ABLAUF.version("einreichen", antrag)

        def versuchen(nummer, antrag=antrag, gesehen=gesehen):
            try:
                if nummer:
                    return services.einreichen(antrag, by=cast.schulleitung, version=gesehen).status
                return services.abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"titel": NEU}).titel
            except (Veraltet, TransitionNotAllowed) as error:
                return type(error).__name__

        antworten = gleichzeitig(versuchen, mal=2, faeden=2)
        assert antworten in ([NEU, "Veraltet"], ["TransitionNotAllowed", "eingereicht"])
        assert not any(NEU in str(fassung.inhalt) for fassung in Antragsfassung.objects.all())


def test_the_new_head_signs_what_was_handed_to_the_former_one(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    cast.schulleitung.schulzugehoerigkeiten.all().delete()
    neue = make_zugehoerigkeit(cast.schule, "schule_leitung").person
    adresse = f"/antraege/{antrag.pk}/einreichen/"
    assert als(cast.schulleitung).get(adresse).status_code == 404
    karten = {g.titel: [k.titel for k in g.karten] for g in als(neue).get("/uebersicht/").context["gruppen"]}
    assert karten["Warten auf Ihre Unterschrift"] == [antrag.titel]
    assert als(neue).post(adresse, versteckt(als(neue).get(adresse)) | {"gelesen": "on"}).status_code == 302
    assert Antragsfassung.objects.get().durch == neue


def test_a_head_of_another_school_has_no_hat_here(cast, als):
    """Each hat counts at its own school: nothing is seen, returned, dropped or signed with one of elsewhere."""
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    nachbar = make_zugehoerigkeit(cast.fremdschule, "schule_leitung").person
    hier = make_zugehoerigkeit(cast.schule, "schule_mitarbeit", person=nachbar)
    for schritt in ("einreichen", "zurueckgeben", "fremden_verwerfen"):
        assert als(nachbar).get(f"/antraege/{antrag.pk}/{schritt}/").status_code == 403
    text = als(nachbar).get(f"/antraege/{antrag.pk}/verwerfen/").text
    assert "Einen Entwurf verwirft, wer ihn geschrieben hat" in text
    hier.delete()
    assert als(nachbar).get(antrag.get_absolute_url()).status_code == 404
