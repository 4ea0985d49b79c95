"""The steps of an Antrag: what each writes, who hears of it, who sees it, and what stays as it was."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from angebote.antrag.abschnitte import ERKLAERUNGEN
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung
from angebote.antrag.permissions import RECHTE, rollen
from angebote.antrag.services import (
    VersionKonflikt,
    abschnitt_speichern,
    anlegen,
    einreichen,
    fremden_verwerfen,
    selbst_einreichen,
    teilen,
    weitergeben,
    zurueckgeben,
)
from angebote.entscheidung.services import zurueckziehen
from angebote.pruefung import services as pruefung
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import once
from schulerfolg.kalender import naechster_werktag
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person, make_zugehoerigkeit
from tests.factories_antrag import (
    make_antrag,
    make_antrag_in,
    make_kostenposten,
    make_regel,
    unterschreiben,
)


def post(cast):
    """The outbox: who is written to, by the names of the cast, and the subject."""
    namen = {wer.email: name for name, wer in vars(cast).items() if hasattr(wer, "email") and hasattr(wer, "vorname")}
    return [(namen.get(n.an, n.an), n.betreff) for n in Mail.objects.order_by("pk")]


def nach(cast, tun):
    """The mails of one step alone."""
    Mail.objects.all().delete()
    antrag = tun()
    return antrag, post(cast)


def test_every_step_tells_these_people(cast):
    titel = "Gemeinsam statt einsam"
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    antrag, briefe = nach(cast, lambda: weitergeben(antrag, by=cast.lehrkraft))
    assert briefe == [("schulleitung", f"Bitte prüfen und unterschreiben: {titel}")]
    antrag, briefe = nach(cast, lambda: zurueckgeben(antrag, by=cast.schulleitung, begruendung="Bitte kürzen."))
    assert briefe == [("lehrkraft", f"Der Entwurf ist zurück: {titel}")]
    weitergeben(antrag, by=cast.lehrkraft)
    antrag, briefe = nach(cast, lambda: einreichen(antrag, by=cast.schulleitung))
    nummer = antrag.nummer
    neu = f"Neuer Antrag {nummer}: {titel}"
    assert briefe == [("sachbearbeitung", neu), ("leitung", neu)]
    antrag, briefe = nach(cast, lambda: pruefung.uebernehmen(antrag, by=cast.sachbearbeitung))
    assert briefe == []
    frist = naechster_werktag(timezone.localdate() + timedelta(days=14))
    antrag, briefe = nach(
        cast, lambda: pruefung.nachfordern(antrag, by=cast.sachbearbeitung, fragen=["Was?", "Wann?"], frist=frist)
    )
    [betreff] = {betreff for _, betreff in briefe}
    assert [name for name, _ in briefe] == ["lehrkraft", "schulleitung"]
    assert f"{frist:%d.%m.}" in betreff
    assert nummer in betreff
    antworten = {frage.pk: "So." for frage in antrag.nachforderungen.get().rueckfragen.all()}
    antrag, briefe = nach(cast, lambda: pruefung.nachreichen(antrag, by=cast.schulleitung, antworten=antworten))
    assert [name for name, _ in briefe] == ["sachbearbeitung"]
    antrag, briefe = nach(
        cast,
        lambda: unterschreiben(antrag, "formal_ablehnen", by=cast.leitung, begruendung="Das Projekt hat begonnen."),
    )
    letter, told = ["lehrkraft", "schulleitung"], ["sachbearbeitung", "lehrkraft", "schulleitung"]
    assert [name for name, _ in briefe] == letter + told
    assert antrag.status == "abgelehnt"


def test_a_withdrawal_tells_school_and_office(cast):
    antrag = make_antrag_in("formalpruefung", cast)
    _, briefe = nach(cast, lambda: zurueckziehen(antrag, by=cast.schulleitung))
    assert [name for name, _ in briefe] == ["sachbearbeitung", "lehrkraft"]


def test_a_draft_dropped_is_nobodys_business_at_the_office(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    antrag, briefe = nach(cast, lambda: fremden_verwerfen(antrag, by=cast.schulleitung, begruendung="Zu früh."))
    assert [name for name, _ in briefe] == ["lehrkraft"]
    assert rollen(cast.sachbearbeitung, antrag) == rollen(cast.pruefung, antrag) == set()
    assert not Antrag.objects.visible_to(cast.sachbearbeitung).exists()
    assert not Antrag.objects.visible_to(cast.pruefung).exists()
    assert Antrag.objects.visible_to(cast.lehrkraft).get() == antrag


def test_whoever_left_hears_nothing(cast):
    antrag = make_antrag_in("formalpruefung", cast)
    gestern = timezone.localdate() - timedelta(days=1)
    cast.lehrkraft.schulzugehoerigkeiten.update(bis=gestern)
    cast.sachbearbeitung.mitarbeiten.update(bis=gestern)
    _, briefe = nach(cast, lambda: zurueckziehen(antrag, by=cast.schulleitung))
    assert [name for name, _ in briefe] == ["leitung"]


@pytest.mark.parametrize(
    ("wer", "entwurf", "geteilt", "eingereicht"),
    [
        ("lehrkraft", True, True, True),
        ("schulleitung", True, True, True),
        ("sachbearbeitung", False, True, True),
        ("leitung", False, True, True),
        ("freigabe", False, True, True),
        ("nachbarin", False, False, False),
        ("koordination", False, False, False),
        ("pruefung", False, False, True),
        ("fremd", False, False, False),
    ],
)
def test_who_sees_what(cast, wer, entwurf, geteilt, eingereicht):
    person = getattr(cast, wer)
    antrag = make_antrag(cast.schule, cast.lehrkraft)

    def sieht():
        antrag.refresh_from_db()
        gesehen = Antrag.objects.visible_to(person).filter(pk=antrag.pk).exists()
        assert gesehen == bool(rollen(person, antrag))
        return gesehen

    assert sieht() is entwurf
    teilen(antrag, by=cast.lehrkraft, geteilt=True)
    assert sieht() is geteilt
    teilen(antrag, by=cast.lehrkraft, geteilt=False)
    assert sieht() is entwurf
    einreichen(antrag, by=cast.schulleitung)
    assert sieht() is eingereicht


def test_the_coordination_reads_where_the_office_allows_it(cast):
    antrag = make_antrag_in("eingereicht", cast)
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    antrag.refresh_from_db()
    assert Antrag.objects.visible_to(cast.koordination).get() == antrag
    assert rollen(cast.koordination, antrag) == {Rolle.KOORDINATION}


def test_a_draft_of_the_office_is_seen_and_edited_by_both(cast):
    antrag = anlegen(cast.schule, by=cast.sachbearbeitung, im_auftrag=True, titel="Für die Schule")
    assert RECHTE.may(rollen(cast.sachbearbeitung, antrag), "bearbeiten", antrag)
    assert RECHTE.may(rollen(cast.lehrkraft, antrag), "bearbeiten", antrag)
    assert Antragsereignis.objects.get().rolle == f"Sachbearbeitung, {cast.harz.name}"


def test_a_shared_draft_is_read_not_edited_by_the_office(cast):
    antrag = teilen(make_antrag(cast.schule, cast.lehrkraft), by=cast.lehrkraft, geteilt=True)
    assert RECHTE.may(rollen(cast.sachbearbeitung, antrag), "ansehen", antrag)
    assert not RECHTE.may(rollen(cast.sachbearbeitung, antrag), "bearbeiten", antrag)


def test_the_snapshot_never_changes(cast):
    antrag = make_antrag_in("eingereicht", cast, titel="So eingereicht")
    fassung = Antragsfassung.objects.get()
    for tun in (
        lambda: Antragsfassung.objects.update(inhalt=[]),
        lambda: Antragsfassung.objects.all().delete(),
        lambda: Antragsereignis.objects.update(text="anders"),
        lambda: Antragsereignis.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            tun()
    Antrag.objects.filter(pk=antrag.pk).update(titel="Später")
    fassung.refresh_from_db()
    assert ["Titel", "So eingereicht"] in fassung.inhalt[2]["zeilen"]
    # Short words, many to a line.
    assert [abschnitt["name"] for abschnitt in fassung.inhalt] == [
        "schule", "kooperation", "projekt", "zeitraum", "kosten", "erklaerungen", "regel",
    ]  # fmt: skip


def test_a_step_that_asks_for_a_reason_gets_one(cast):
    antrag = make_antrag_in("freigabe_sl", cast)
    with pytest.raises(ValidationError, match=r"Bitte begründen Sie diesen Schritt\."):
        zurueckgeben(antrag, by=cast.schulleitung, begruendung="  ")
    assert Antrag.objects.get().status == "freigabe_sl"


def test_the_loser_reads_what_happened(cast):
    antrag = make_antrag_in("eingereicht", cast)
    pruefung.uebernehmen(antrag, by=cast.sachbearbeitung)
    with pytest.raises(
        TransitionNotAllowed,
        match=r"^Kim Beispiel hat den Antrag zur Prüfung übernommen \(heute um \d+:\d\d Uhr\)\. "
        r"Der Stand ist jetzt „Formale Prüfung“\.$",
    ):
        pruefung.uebernehmen(antrag, by=cast.leitung)


def test_the_hat_comes_before_the_moment(cast):
    antrag = make_antrag_in("eingereicht", cast)
    with pytest.raises(PermissionDenied):
        einreichen(antrag, by=cast.lehrkraft)
    with pytest.raises(PermissionDenied):
        pruefung.pruefpunkte_speichern(antrag, by=cast.lehrkraft, urteile={})
    with pytest.raises(TransitionNotAllowed):
        pruefung.pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile={})


def test_a_failed_step_leaves_nothing_behind(cast):
    antrag = make_antrag_in("nachforderung", cast)
    vorher = (Antragsereignis.objects.count(), Mail.objects.count(), Antragsfassung.objects.count())
    frage, _ = antrag.nachforderungen.get().rueckfragen.all()
    with pytest.raises(ValidationError, match=r"Bitte beantworten Sie jede Rückfrage\."):
        pruefung.nachreichen(antrag, by=cast.lehrkraft, antworten={frage.pk: "Nur eine."})
    frage.refresh_from_db()
    assert (Antrag.objects.get().status, frage.antwort) == ("nachforderung", "")
    assert (Antragsereignis.objects.count(), Mail.objects.count(), Antragsfassung.objects.count()) == vorher


def test_two_people_one_draft(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    neu = abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"titel": "Erste"})
    assert neu.version == 2
    with pytest.raises(VersionKonflikt) as konflikt:
        abschnitt_speichern(antrag, by=cast.schulleitung, version=1, felder={"titel": "Zweite"})
    assert konflikt.value.antrag.titel == "Erste"
    assert Antrag.objects.get().titel == "Erste"


def test_the_requested_sum_follows_from_the_rows(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft, erklaerungen_fassung={})
    zeilen = [make_kostenposten(make_antrag(cast.schule, cast.lehrkraft), menge=3, einzelpreis="33.33")]
    antrag = abschnitt_speichern(
        antrag,
        by=cast.lehrkraft,
        version=1,
        kosten=zeilen,
        felder={"eigenmittel": Decimal(50), "mit_drittmitteln": True, "drittmittel": Decimal("9.99")},
    )
    antrag.refresh_from_db()
    assert str(antrag.beantragt) == "40.00"
    assert antrag.erklaerungen_fassung == {}
    antrag = abschnitt_speichern(antrag, by=cast.lehrkraft, version=2, felder=dict.fromkeys(ERKLAERUNGEN, True))
    assert antrag.erklaerungen_fassung == dict.fromkeys(ERKLAERUNGEN, "2026-12")


def test_nothing_is_edited_after_the_draft(cast):
    antrag = make_antrag_in("freigabe_sl", cast)
    with pytest.raises(TransitionNotAllowed, match="Wartet auf die Schulleitung"):
        abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"titel": "Spät"})


def test_who_may_give_the_second_signature(cast):
    antrag = make_antrag_in("gremienreif", cast)
    assert pruefung.wer_kann_zeichnen(antrag) == [cast.freigabe]
    zweite = make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG, zeichnungsbefugt=True).person
    make_mitarbeit(cast.harz, Rolle.LEITUNG, person=zweite, zeichnungsbefugt=True)
    ohne_befugnis = make_mitarbeit(cast.harz, Rolle.SACHBEARBEITUNG).person
    an_der_schule = make_mitarbeit(cast.harz, Rolle.LEITUNG, zeichnungsbefugt=True).person
    make_zugehoerigkeit(cast.schule, person=an_der_schule)
    gegangen = make_mitarbeit(cast.harz, Rolle.LEITUNG, zeichnungsbefugt=True, person=make_person(is_active=False))
    kann = pruefung.wer_kann_zeichnen(antrag)
    assert kann == [cast.freigabe, zweite]
    assert not {ohne_befugnis, an_der_schule, gegangen.person, cast.leitung, cast.nachbarin} & set(kann)


def test_one_form_one_answer(cast):
    make_regel(cast.harz, mitzeichnung=False)
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    schluessel = uuid.uuid4()

    def absenden():
        return once(
            lambda: selbst_einreichen(antrag, by=cast.lehrkraft).nummer,
            person_id=cast.lehrkraft.pk,
            schluessel=schluessel,
        )

    assert absenden() == absenden() == Antrag.objects.get().nummer
    assert Antragsereignis.objects.count() == 1


def test_a_colleague_who_only_reads_saves_nothing(cast):
    """Whatever page or key it comes by: the service asks itself who writes here."""
    antrag, kollegin = make_antrag(cast.schule, cast.lehrkraft), make_zugehoerigkeit(cast.schule).person
    with pytest.raises(TransitionNotAllowed, match="Diesen Entwurf schreibt"):
        abschnitt_speichern(antrag, by=kollegin, version=1, felder={"titel": "Von mir"})
    antrag.refresh_from_db()
    assert antrag.titel != "Von mir"
