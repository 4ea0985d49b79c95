"""What the database itself refuses, and how a Dokument keeps its bytes."""

import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from netzwerkstellen.stelle.models import Stellenereignis
from schulerfolg.akte.models import APPEND_ONLY, Dokument, Idempotenz
from tests.factories import make_netzwerkstelle


def make_ereignis():
    """An event of one of the workflows; every one of them inherits from the same base."""
    netzwerkstelle = make_netzwerkstelle()
    return Stellenereignis.objects.create(
        netzwerkstelle=netzwerkstelle, schritt="aendern", text="Die Adresse ist geändert.", rolle="Sachbearbeitung"
    )


def make_dokument(inhalt=b"%PDF-1.7 Bescheid"):
    return Dokument.objects.create(art="bescheid", name="Bescheid.pdf", medientyp="application/pdf", inhalt=inhalt)


@pytest.mark.django_db
def test_an_event_is_written_once_and_never_changed():
    make_ereignis()
    tabelle = "netzwerkstellen_stellenereignis"
    with pytest.raises(DatabaseError, match=f"Cannot update or delete rows from {tabelle}"), transaction.atomic():
        Stellenereignis.objects.update(text="Es war ganz anders.")
    with pytest.raises(DatabaseError, match=f"Cannot update or delete rows from {tabelle}"), transaction.atomic():
        Stellenereignis.objects.all().delete()
    with pytest.raises(DatabaseError, match=f"append-only: {tabelle} is never truncated"), transaction.atomic():
        connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {tabelle}")
    assert [str(row) for row in Stellenereignis.objects.all()] == ["Die Adresse ist geändert."]


def test_the_three_refusals_have_names():
    assert [trigger.name for trigger in APPEND_ONLY] == ["keine_aenderung", "kein_leeren"]


def test_every_event_inherits_them():
    assert Stellenereignis._meta.triggers == APPEND_ONLY


@pytest.mark.django_db
def test_a_document_knows_its_size_and_checksum():
    dokument = make_dokument(b"Brief")
    assert (dokument.groesse, dokument.sha256) == (5, hashlib.sha256(b"Brief").hexdigest())


@pytest.mark.django_db
def test_a_document_is_never_changed_nor_swept_away():
    make_dokument()
    with pytest.raises(DatabaseError, match="Cannot update rows from akte_dokument"), transaction.atomic():
        Dokument.objects.update(name="anders.pdf")
    with pytest.raises(DatabaseError, match="append-only: akte_dokument is never truncated"), transaction.atomic():
        connection.cursor().execute("TRUNCATE akte_dokument CASCADE")


@pytest.mark.django_db
def test_a_checksum_that_is_wrong_is_refused_by_name():
    dokument = Dokument(art="bescheid", name="b.pdf", medientyp="application/pdf", inhalt=b"echt", groesse=4)
    dokument.sha256 = hashlib.sha256(b"gefaelscht").hexdigest()
    with pytest.raises(IntegrityError, match="dokument_pruefsumme_stimmt"), transaction.atomic():
        Dokument.objects.bulk_create([dokument])


@pytest.mark.django_db
def test_one_answer_per_person_and_form():
    erste = Idempotenz.objects.create(person=1, schluessel="00000000-0000-4000-8000-000000000001")
    with pytest.raises(IntegrityError, match="idempotenz_einmal_je_person"), transaction.atomic():
        Idempotenz.objects.create(person=1, schluessel=erste.schluessel)
