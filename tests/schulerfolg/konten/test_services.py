"""The outbox against a real mail server: once, complete, through outages, past bad addresses, by many hands."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from schulerfolg.akte.models import Dokument
from schulerfolg.konten.models import Mail
from schulerfolg.konten.services import as_email, notify, send_mails, write_mail
from tests.factories import make_person
from tests.gleichzeitig import gleichzeitig, verbindung_kappen


def make_mail(nummer=1, **felder):
    vorgabe = {"an": f"person{nummer}@schule.example", "betreff": "Ihr Antrag", "text": "Guten Tag,\n\nalles da."}
    return write_mail(**vorgabe | {"schluessel": f"antrag:{nummer}"} | felder)


def faellig_machen():
    Mail.objects.filter(aufgegeben_am=None).update(naechster_versuch_am=timezone.now() - timedelta(seconds=1))


def stand(nachricht):
    nachricht.refresh_from_db()
    return nachricht.versuche, nachricht.versandt_am is not None, nachricht.aufgegeben_am is not None


@pytest.mark.django_db
def test_one_mail_leaves_once_complete_and_with_a_constant_id(postamt):
    brief = Dokument.objects.create(art="brief", name="Bescheid.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
    text = "Guten Tag,\n\nbitte öffnen: https://portal.example/konto/\n\nO'Neil & Söhne <Träger>"
    nachricht = make_mail(betreff="Ihr Antrag\nist da", text=text, anlagen=[brief])
    assert send_mails() == 1
    assert send_mails() == 0
    [(an, mail)] = postamt.eingang
    assert an == "person1@schule.example"
    assert mail["Subject"] == "Ihr Antrag ist da"
    assert mail["Message-ID"] == f"<mail-{nachricht.pk}@portal.example>"
    assert mail["Message-ID"] == as_email(nachricht).message()["Message-ID"]
    teile = {teil.get_content_type(): teil for teil in mail.walk()}
    klartext = teile["text/plain"].get_content()
    assert "O'Neil & Söhne <Träger>" in klartext
    assert "Kofinanziert von der Europäischen Union" in klartext
    html = teile["text/html"].get_content()
    assert '<a href="https://portal.example/konto/">https://portal.example/konto/</a>' in html
    assert "O&#x27;Neil &amp; Söhne &lt;Träger&gt;" in html
    assert 'src="cid:eu-emblem"' in html
    assert "Kofinanziert von der Europäischen Union" in html
    assert teile["image/png"]["Content-ID"] == "<eu-emblem>"
    assert teile["application/pdf"].get_filename() == "Bescheid.pdf"
    assert teile["application/pdf"].get_content() == b"%PDF-1.7"


@pytest.mark.django_db
def test_a_mail_that_belongs_to_a_decision_which_is_taken_back_never_existed(postamt):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_mail().pk / 0
    assert send_mails() == 0
    assert postamt.eingang == []


@pytest.mark.django_db
def test_without_a_server_mail_waits_and_leaves_once_when_it_is_back(postamt):
    nachrichten = [make_mail(nummer) for nummer in range(3)]
    postamt.schliessen()
    for _ in range(20):
        faellig_machen()
        assert send_mails() == 0
    assert [stand(nachricht) for nachricht in nachrichten] == [(0, False, False)] * 3
    assert "Connection refused" in nachrichten[2].letzter_fehler
    assert nachrichten[2].naechster_versuch_am > timezone.now() + timedelta(seconds=50)
    postamt.oeffnen()
    faellig_machen()
    assert send_mails() == 3
    assert send_mails() == 0
    assert postamt.adressen == ["person0@schule.example", "person1@schule.example", "person2@schule.example"]
    assert stand(nachrichten[0]) == (0, True, False)


@pytest.mark.django_db
def test_one_bad_address_blocks_no_other_and_is_given_up_after_ten_tries(postamt):
    postamt.abgelehnt = {"gift@schule.example"}
    gift = make_mail(1, an="gift@schule.example")
    make_mail(2)
    assert send_mails() == 1
    assert postamt.adressen == ["person2@schule.example"]
    assert stand(gift) == (1, False, False)
    assert "550" in gift.letzter_fehler
    for _ in range(9):
        faellig_machen()
        send_mails()
    assert stand(gift) == (10, False, True)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_left_while_the_database_fell_is_noted_later_and_not_sent_again(postamt):
    nachrichten = [make_mail(nummer) for nummer in range(2)]
    postamt.danach = verbindung_kappen()
    with pytest.raises(OperationalError):
        send_mails()
    connection.close()
    assert stand(nachrichten[0]) == (0, False, False)
    assert send_mails() == 1
    assert stand(nachrichten[0]) == (0, True, False)
    assert postamt.adressen == ["person0@schule.example", "person1@schule.example"]


@pytest.mark.django_db
def test_the_same_event_never_writes_twice_to_the_same_person():
    eva, uwe = make_person(), make_person()
    vorlage = "account/email/password_changed_subject.txt"
    for _ in range(2):
        notify([eva, uwe], vorlage, {}, ereignis="antrag:12:4")
    schluessel = Mail.objects.order_by("pk").values_list("schluessel", flat=True)
    assert list(schluessel) == [f"antrag:12:4:{eva.pk}", f"antrag:12:4:{uwe.pk}"]


def zweimal_versenden(versenden):
    for nummer in range(40):
        make_mail(nummer)
    gleichzeitig(lambda worker: versenden(), mal=2, faeden=2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_of_40_mails_once(postamt):
    zweimal_versenden(send_mails)
    assert postamt.adressen == sorted(f"person{nummer}@schule.example" for nummer in range(40))
    assert Mail.objects.filter(versandt_am=None).count() == 0


BEIDE_HABEN_GESEHEN = Barrier(2)


def ohne_sperre_versenden():
    """How it must not be done: look whether it is unsent, send, note it."""
    for pk in list(Mail.objects.zu_senden().order_by("pk").values_list("pk", flat=True)):
        nachricht = Mail.objects.zu_senden().filter(pk=pk).first()
        if nachricht:
            BEIDE_HABEN_GESEHEN.wait()
            as_email(nachricht).send()
            Mail.objects.filter(pk=pk).update(versandt_am=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_counter_test_without_the_lock_mails_leave_twice(postamt):
    zweimal_versenden(ohne_sperre_versenden)
    assert len(postamt.adressen) == 80
