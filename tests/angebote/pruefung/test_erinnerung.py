"""The ladder of reminders: before the deadline, on its day and after it, each once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from angebote.antrag.workflow import Status
from angebote.pruefung import services
from angebote.pruefung.erinnerung import an_antworten_erinnern
from angebote.pruefung.queries import offene_nachforderung
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag_in

FRIST = date(2027, 3, 19)
GESTELLT = datetime(2027, 3, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def betreffs():
    mails = Mail.objects.filter(schluessel__startswith="erinnerung_antwort").order_by("pk")
    return list(dict.fromkeys(mail.betreff.split(":")[0] for mail in mails))


def test_each_rung_is_written_once_to_the_school_and_nothing_after_the_answer(cast):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    antrag.nachforderungen.update(frist=FRIST, gestellt_am=GESTELLT)
    tage = [FRIST + timedelta(days=tag) for tag in (-4, -3, -3, -2, 0, 0, 1, 5)]
    assert [an_antworten_erinnern(tag) for tag in tage] == [0, 1, 0, 0, 1, 0, 1, 0]
    assert betreffs() == ["Bitte bis 19.03. antworten", "Bitte heute antworten", "Die Frist war am 19.03."]
    an = set(Mail.objects.filter(schluessel__startswith="erinnerung_antwort").values_list("empfaenger", flat=True))
    assert an == {cast.lehrkraft.pk, cast.schulleitung.pk}


def test_a_run_that_was_left_out_writes_only_the_latest(cast):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    antrag.nachforderungen.update(frist=FRIST, gestellt_am=GESTELLT)
    assert an_antworten_erinnern(FRIST + timedelta(days=2)) == 1
    assert betreffs() == ["Die Frist war am 19.03."]


def test_nobody_is_reminded_of_what_was_answered_or_asked_today(cast):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    antrag.nachforderungen.update(frist=FRIST, gestellt_am=GESTELLT)
    assert an_antworten_erinnern(GESTELLT.date()) == 0
    fragen = offene_nachforderung(antrag).rueckfragen.all()
    services.nachreichen(antrag, by=cast.lehrkraft, antworten={frage.pk: "Ja." for frage in fragen})
    assert an_antworten_erinnern(FRIST) == 0
