"""A call is published, changed, closed; its deadline and its limit hold for everybody in the same way."""

from datetime import date, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.services import einreichen, weitergeben
from angebote.runde import services
from angebote.runde.models import Foerderrunde
from angebote.zusammenarbeit.models import Mitschreibende
from schulerfolg.formular.konflikt import version_of
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import mail_text
from tests.factories import make_zugehoerigkeit
from tests.factories_antrag import make_antrag, make_regel
from tests.gleichzeitig import gleichzeitig

HEUTE = timezone.localdate()
# A table, to be read in columns.
# fmt: off
LEUTE = ("lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "nachbarin", "koordination", "pruefung", "fremd")
DARF = {
    #              lehrk schull sachb leit nachb koord pruef fremd
    "liste":       (403, 403,   200,  200, 200,  200,  200,  403),
    "neu":         (404, 404,   403,  200, 404,  200,  403,  404),
    "runde":       (200, 200,   200,  200, 200,  200,  200,  200),
    "aendern":     (404, 404,   403,  200, 404,  200,  403,  404),
    "schliessen":  (404, 404,   403,  200, 404,  200,  403,  404),
}
# fmt: on


def make_runde(cast, **werte):
    werte = {
        "name": "Winter",
        "ausschreibung": "Für alle.",
        "beginn": HEUTE,
        "antragsschluss": HEUTE + timedelta(days=60),
    } | werte
    return services.oeffnen(cast.harz, by=cast.leitung, **werte)


def daten(**werte):
    return {
        "schluessel": str(uuid4()),
        "name": "Winter",
        "ausschreibung": "Für alle.",
        "beginn": HEUTE.isoformat(),
        "antragsschluss": (HEUTE + timedelta(days=60)).isoformat(),
        "uhrzeit": "12:00",
    } | werte


@pytest.mark.parametrize("seite", DARF)
def test_who_opens_which_page(cast, als, seite):
    args = {"liste": [], "neu": [cast.harz.slug]}.get(seite, [make_runde(cast).pk])
    url = reverse(f"foerderrunden:{seite}", args=args)
    assert tuple(als(getattr(cast, name)).get(url).status_code for name in LEUTE) == DARF[seite]


def test_a_call_is_opened_and_everybody_reads_it(cast, als):
    leitung = als(cast.leitung)
    verwaltung = leitung.get(reverse("netzwerkstellen:verwaltung", args=[cast.harz.slug])).text
    assert reverse("foerderrunden:liste") in verwaltung
    neu = reverse("foerderrunden:neu", args=[cast.harz.slug])
    assert neu in leitung.get(reverse("foerderrunden:liste")).text
    antwort = leitung.post(neu, daten(betrag="12.000", antragsschluss="2027-03-12", hoechstens_je_schule="1"))
    runde = Foerderrunde.objects.get()
    assert (antwort.status_code, antwort.url) == (302, f"/foerderrunden/{runde.pk}/")
    stelle = Client().get(reverse("netzwerkstellen:stelle_seite", args=[cast.harz.slug])).text
    assert "bis Freitag, 12. März 2027, 12:00 Uhr" in stelle
    assert antwort.url in stelle
    seite = Client().get(antwort.url).text
    assert "bis Freitag, 12. März 2027, 12:00 Uhr" in seite
    assert "Anmelden und beginnen" in seite
    assert f"/antraege/neu/?runde={runde.pk}" in als(cast.lehrkraft).get(antwort.url).text
    assert "bis Freitag, 12. März 2027, 12:00 Uhr" in als(cast.lehrkraft).get(reverse("antraege:neu")).text


def test_the_named_minute_still_counts(cast):
    runde = Foerderrunde(beginn=date(2027, 1, 1), antragsschluss=date(2027, 3, 12), uhrzeit=time(12))
    assert runde.offen(runde.frist + timedelta(seconds=59))
    assert not runde.offen(runde.frist + timedelta(seconds=60))


def test_a_change_keeps_what_was_said_and_tells_who_writes(cast, als):
    runde = make_runde(cast)
    make_antrag(cast.schule, cast.lehrkraft, runde=runde)
    adresse = reverse("foerderrunden:aendern", args=[runde.pk])
    form = als(cast.leitung).get(adresse).context["form"]
    assert form.fields["antragsschluss"].help_text.endswith("Die Frist lässt sich nur verlängern.")
    version = form["version"].value()
    kuerzer = daten(version=version, antragsschluss=(HEUTE + timedelta(days=20)).isoformat())
    assert "nur länger" in als(cast.leitung).post(adresse, kuerzer).text
    assert not Mail.objects.filter(betreff__contains="Förderrunde").exists()
    laenger = daten(version=version, antragsschluss=(HEUTE + timedelta(days=90)).isoformat(), betrag="500")
    assert als(cast.leitung).post(adresse, laenger).status_code == 302
    assert Mail.objects.get(betreff="Die Förderrunde „Winter“ hat sich geändert").an == cast.lehrkraft.email
    seite = Client().get(reverse("foerderrunden:runde", args=[runde.pk])).text
    assert "vorher „keine eigene Summe“" in seite
    assert "Fassung 1 im Wortlaut" in seite
    alt = als(cast.koordination).post(adresse, daten(version=version, name="Alt")).text
    assert "inzwischen geändert" in alt


def test_a_change_reaches_who_writes_along_and_the_head_whose_signature_is_missing(cast):
    runde = make_runde(cast)
    kollege = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_MITARBEIT).person
    antrag = make_antrag(cast.schule, cast.lehrkraft, runde=runde)
    Mitschreibende.objects.create(antrag=antrag, person=kollege)

    def liest(name):
        vorher = set(Mail.objects.values_list("pk", flat=True))
        services.aendern(runde, by=cast.leitung, version=version_of(Foerderrunde.objects.get()), name=name)
        return set(Mail.objects.exclude(pk__in=vorher).values_list("an", flat=True))

    assert liest("Winter 1") == {cast.lehrkraft.email, kollege.email}
    weitergeben(antrag, by=cast.lehrkraft)
    assert liest("Winter 2") == {cast.lehrkraft.email, kollege.email, cast.schulleitung.email}
    cast.lehrkraft.schulzugehoerigkeiten.update(bis=HEUTE - timedelta(days=1))
    assert liest("Winter 3") == {kollege.email, cast.schulleitung.email}


def test_the_mail_reads():
    runde = Foerderrunde(pk=3, name="Winter", antragsschluss=date(2027, 3, 12), uhrzeit=time(12))
    person = Person(vorname="Kim", nachname="Beispiel")
    was = ["Anträge möglich", "Nötige Anlagen"]
    assert mail_text("angebote/runde/geaendert.txt", {"person": person, "runde": runde, "was": was}) == (
        "Die Förderrunde „Winter“ hat sich geändert",
        """\
Guten Tag Kim Beispiel,

die Förderrunde „Winter“ hat sich geändert. Zu ihr gibt es einen Entwurf, an dem Sie schreiben oder der auf Ihre \
Unterschrift wartet. Betroffen ist: Anträge möglich, Nötige Anlagen. Anträge sind möglich bis Freitag, 12. März \
2027, 12:00 Uhr.

Was vorher dastand und was jetzt gilt, lesen Sie hier:
https://portal.example/foerderrunden/3/""",
    )


def test_a_call_without_a_version_reads_as_well(cast):
    runde = Foerderrunde.objects.create(netzwerkstelle=cast.harz, name="Alt", beginn=HEUTE)
    seite = Client().get(reverse("foerderrunden:runde", args=[runde.pk]))
    assert (seite.status_code, "Was sich geändert hat" in seite.text) == (200, False)


def test_the_database_shortens_no_deadline_while_there_are_drafts(cast):
    runde = make_runde(cast)
    kuerzer = {"antragsschluss": HEUTE + timedelta(days=1)}
    Foerderrunde.objects.update(**kuerzer)
    Foerderrunde.objects.update(antragsschluss=HEUTE + timedelta(days=60))
    make_antrag(cast.schule, cast.lehrkraft, runde=runde)
    for werte in (kuerzer, {"uhrzeit": time(8)}, {"geschlossen_am": timezone.now()}):
        with pytest.raises(IntegrityError, match="nur_laenger"), transaction.atomic():
            Foerderrunde.objects.update(**werte)


def test_a_call_is_closed_when_nobody_writes_for_it(cast, als):
    runde = make_runde(cast)
    antrag = make_antrag(cast.schule, cast.lehrkraft, runde=runde)
    adresse = reverse("foerderrunden:schliessen", args=[runde.pk])

    def gezeigt() -> dict:
        form = als(cast.leitung).get(adresse).context["form"]
        return {name: form[name].value() for name in ("schluessel", "version")}

    assert "gibt es Entwürfe" in als(cast.leitung).post(adresse, gezeigt()).text
    einreichen(antrag, by=cast.schulleitung)
    alt = gezeigt()
    Foerderrunde.objects.filter(pk=runde.pk).update(bearbeitet_am=timezone.now())
    assert "hat sich etwas geändert" in als(cast.leitung).post(adresse, alt).text
    assert als(cast.leitung).post(adresse, gezeigt()).status_code == 302
    spaeter = make_antrag(cast.schule, cast.lehrkraft, runde=runde)
    with pytest.raises(ValidationError, match="ist geschlossen und nimmt keine Anträge mehr an"):
        einreichen(spaeter, by=cast.schulleitung)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_too_many(cast):
    make_regel(cast.harz, hoechstbetrag=Decimal(90000))
    runde = make_runde(cast, hoechstens_je_schule=1)
    antraege = [make_antrag(cast.schule, cast.lehrkraft, runde=runde) for _ in range(4)]

    def tun(nummer):
        try:
            return einreichen(antraege[nummer], by=cast.schulleitung).status
        except ValidationError as error:
            return " ".join(error.messages)

    antworten = sorted(gleichzeitig(tun, mal=4, faeden=4))
    assert antworten[3] == "eingereicht"
    assert all("je Schule höchstens ein Antrag möglich" in satz for satz in antworten[:3])
    assert Antrag.objects.filter(status="eingereicht").count() == 1
