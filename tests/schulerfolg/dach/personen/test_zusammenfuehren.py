"""Two accounts become one: dated, whole or not at all, and never past the four eyes."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from angebote.antrag.workflow import Status
from angebote.beratung.services import beraten
from angebote.pruefung import services as pruefung
from netzwerkstellen.einladung.queries import person_mit_adresse
from netzwerkstellen.models import Mitarbeit, Registrierung
from netzwerkstellen.registrierung.services import freigeben
from schulerfolg.dach.personen.doppelte import vorschlaege
from schulerfolg.dach.personen.zusammenfuehren import zusammenfuehren
from schulerfolg.konten.models import Abwesenheit, Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person, make_registrierung, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in, make_beratung
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung

HEUTE, EIN_TAG = timezone.localdate(), timedelta(days=1)


def tag(tage):
    return None if tage is None else HEUTE + tage * EIN_TAG


@pytest.fixture
def doppelt(cast):
    """Anja Kern of the office, and her second account."""
    Person.objects.filter(pk=cast.sachbearbeitung.pk).update(vorname="Anja", nachname="Kern")
    cast.sachbearbeitung.refresh_from_db()
    return make_person("Anja", "Kern-Vogt", email="anja.kern@schule.example")


def zeilen(person):
    return list(person.mitarbeiten.order_by("von").values_list("von", "bis"))


def test_everything_moves_and_the_other_account_closes(cast, doppelt):
    bleibt, geht = cast.sachbearbeitung, doppelt
    make_zugehoerigkeit(cast.schule, person=geht, von=tag(-9))
    antrag = make_antrag_in(Status.ENTWURF, cast)
    type(antrag).objects.filter(pk=antrag.pk).update(verfasst_durch=geht)
    zusammenfuehren(bleibt, geht, by=cast.koordination)
    geht.refresh_from_db()
    antrag.refresh_from_db()
    assert (geht.is_active, geht.has_usable_password(), geht.zusammengefuehrt_mit) == (False, False, bleibt)
    assert antrag.verfasst_durch == bleibt
    assert bleibt.schulzugehoerigkeiten.get().von == tag(-9)
    assert not geht.emailaddress_set.exists()
    assert person_mit_adresse(geht.email) == bleibt
    konten = f"Konto {geht.pk} von Anja Kern-Vogt (heute: Anja Kern)", f"Konto {bleibt.pk} von Anja Kern"
    satz = " zusammengeführt mit ".join(konten)
    assert [person.kontoereignisse.get().in_worten for person in (bleibt, geht)] == [satz, satz]
    assert cast.harz.ereignisse.get().in_worten == satz
    assert Mail.objects.get(an=bleibt.email).betreff == "Ihre beiden Konten sind jetzt eines"


@pytest.mark.parametrize(
    ("seine", "ihre", "ergebnis"),
    [
        ((-9, -5), (-3, None), [(-9, -5), (-3, None)]),
        ((-9, None), (-3, None), [(-9, -4), (-3, None)]),
        ((-9, 9), (-3, 3), [(-9, -4), (-3, 3), (4, 9)]),
        ((-3, 3), (-9, 9), [(-9, 9)]),
        ((None, None), (-3, -2), [(None, -4), (-3, -2), (-1, None)]),
    ],
    ids=["nacheinander", "früher begonnen", "umschließt", "enthalten", "ohne Tage"],
)
def test_the_same_hat_in_both_accounts_is_worn_once(cast, seine, ihre, ergebnis):
    bleibt, geht = make_person(), make_person()
    make_mitarbeit(cast.harz, person=bleibt, von=tag(ihre[0]), bis=tag(ihre[1]))
    make_mitarbeit(cast.harz, person=geht, von=tag(seine[0]), bis=tag(seine[1]), zeichnungsbefugt=True)
    zusammenfuehren(bleibt, geht, by=cast.koordination)
    assert sorted(zeilen(bleibt), key=str) == sorted(((tag(von), tag(bis)) for von, bis in ergebnis), key=str)
    darf = Mitarbeit.objects.filter(person=bleibt, zeichnungsbefugt=True).values_list("von", "bis")
    assert (tag(ihre[0]), tag(ihre[1])) not in list(darf)


def test_what_never_changes_keeps_its_name_and_says_who_that_is_today(als, cast, doppelt):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    mitarbeit = make_mitarbeit(cast.harz, person=doppelt)
    pruefung.nachfordern(antrag, by=doppelt, **_rueckfrage())
    zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)
    ereignis = antrag.ereignisse.order_by("-pk").first()
    assert (ereignis.durch, str(ereignis.durch)) == (doppelt, "Anja Kern-Vogt")
    assert Person.objects.get(pk=doppelt.pk).damals_und_heute == "Anja Kern-Vogt (heute: Anja Kern)"
    assert not Mitarbeit.objects.filter(pk=mitarbeit.pk).exists()


def test_histories_say_who_that_is_today(als, cast, doppelt):
    make_mitarbeit(cast.harz, person=doppelt)
    beratung = make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    beraten(beratung, by=doppelt, tag=HEUTE, weg="telefon", ergebnis="Bitte beantragen.")
    sitzung = make_sitzung(make_saal(cast).gremium, doppelt)
    zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)
    for seite in (f"/beratungen/{beratung.pk}/", f"/sitzungen/{sitzung.pk}/"):
        assert "Anja Kern-Vogt (heute: Anja Kern)" in als(cast.leitung).get(seite).text


def _rueckfrage():
    return {"warum": "Bitte ergänzen.", "frist": HEUTE + 14 * EIN_TAG, "fragen": ["Was kostet der Bus?"]}


def test_a_decision_stays_with_its_old_name_while_other_rows_move(cast, doppelt):
    make_mitarbeit(cast.harz, person=doppelt)
    entschieden = make_registrierung(cast.schule, make_person())
    freigeben(entschieden, by=doppelt)
    offen = make_registrierung(cast.fremdschule, doppelt)
    zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)
    assert Registrierung.objects.get(pk=entschieden.pk).entschieden_durch == doppelt
    assert Registrierung.objects.get(pk=offen.pk).person == cast.sachbearbeitung


def test_four_eyes_stay_four(cast, doppelt):
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    stellung = {"text": "Gut.", "empfehlung": "zustimmen", "betrag": antrag.beantragt}
    pruefung.stellung_nehmen(antrag, by=cast.sachbearbeitung, **stellung)
    make_mitarbeit(cast.harz, Rolle.LEITUNG, person=doppelt)
    pruefung.bestaetigen(antrag, by=doppelt)
    with pytest.raises(ValidationError, match="Stellungnahme bestätigt und Stellungnahme verfasst"):
        zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)
    doppelt.refresh_from_db()
    assert (doppelt.is_active, doppelt.mitarbeiten.count(), cast.sachbearbeitung.mitarbeiten.count()) == (True, 1, 1)


def test_one_person_has_one_seat(cast, doppelt):
    saal = make_saal(cast)
    for person in (doppelt, cast.sachbearbeitung):
        make_mitglied(saal.gremium, person=person)
    with pytest.raises(ValidationError, match="zur selben Zeit zum Gremium"):
        zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)


def test_days_away_do_not_contradict_each_other(cast, doppelt):
    make_mitarbeit(cast.harz, person=doppelt)
    tage = {"von": HEUTE, "bis": HEUTE + 5 * EIN_TAG, "eingetragen_durch": cast.leitung}
    Abwesenheit.objects.create(person=cast.sachbearbeitung, vertretung=doppelt, **tage)
    Abwesenheit.objects.create(person=doppelt, vertretung=cast.leitung, **tage)
    Abwesenheit.objects.create(person=cast.leitung, vertretung=doppelt, **tage)
    zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)
    assert list(Abwesenheit.objects.filter(vertretung=cast.sachbearbeitung).values_list("person", flat=True)) == [
        cast.leitung.pk
    ]
    assert not Abwesenheit.objects.filter(person=doppelt).exists()


@pytest.mark.parametrize("wer", ["leitung", "pruefung", "schulleitung", "fremd"])
def test_only_the_coordination_office_joins_accounts(cast, doppelt, wer):
    with pytest.raises(PermissionDenied):
        zusammenfuehren(cast.sachbearbeitung, doppelt, by=getattr(cast, wer))
    with pytest.raises(PermissionDenied):
        zusammenfuehren(cast.koordination, doppelt, by=cast.koordination)


def test_an_account_is_joined_once_and_only_into_an_open_one(cast, doppelt):
    zusammenfuehren(cast.sachbearbeitung, doppelt, by=cast.koordination)
    for paar in [(cast.leitung, doppelt), (doppelt, cast.leitung)]:
        with pytest.raises(ValidationError, match="schon mit einem anderen zusammengeführt"):
            zusammenfuehren(*paar, by=cast.koordination)
    zu = make_person(is_active=False)
    with pytest.raises(ValidationError, match="ist gesperrt"):
        zusammenfuehren(zu, cast.leitung, by=cast.koordination)
    zusammenfuehren(cast.leitung, cast.sachbearbeitung, by=cast.koordination)
    doppelt.refresh_from_db()
    assert doppelt.zusammengefuehrt_mit == cast.leitung


def test_what_looks_like_one_person(cast):
    eine = make_person("Zoë", "Özer", email="zoe.oezer@schule.example")
    namensgleich = make_person("Zoe", "Ozer", email="z@schule.example")
    kollegin = make_person("Zoe", "Özer", email="zoe@schule.example")
    for person in (eine, kollegin):
        make_zugehoerigkeit(cast.schule, person=person)
    make_person("Lena", "Ritter", email="l.ritter@schule.example")
    make_person("L.", "Ritter", email="lritter@anders.example")
    gefunden = [
        (paar.eine, paar.andere, paar.grund)
        for paar in vorschlaege()
        if {paar.eine.nachname, paar.andere.nachname} & {"Özer", "Ozer"}
    ]
    assert gefunden[0] == (eine, kollegin, f"gleicher Name, beide: {cast.schule.name}")
    assert {frozenset((a, b)) for a, b, _ in gefunden} == {
        frozenset((eine, kollegin)),
        frozenset((eine, namensgleich)),
        frozenset((namensgleich, kollegin)),
    }
    assert [p.grund for p in vorschlaege() if p.eine.nachname == "Ritter"] == ["ähnliche Adresse, gleicher Nachname"]


def test_side_by_side_and_confirmed_by_typing(als, cast, doppelt):
    client, seite = als(cast.koordination), f"/personen/{cast.sachbearbeitung.pk}/zusammenfuehren/{doppelt.pk}/"
    assert "anja.kern@schule.example" in client.get(seite).text
    antwort = client.post(seite, {"adresse": cast.sachbearbeitung.email})
    assert "Das ist nicht die Adresse des Kontos, das aufgeht" in antwort.text
    antwort = client.post(seite, {"adresse": " Anja.Kern@schule.example"}, follow=True)
    assert "Die Konten sind zusammengeführt." in antwort.text
    assert re.search(r"Dieses Konto ist aufgegangen in", client.get(f"/personen/{doppelt.pk}/").text)
    assert als(cast.leitung).get(seite).status_code == 404
    assert als(cast.leitung).get("/personen/doppelt/").status_code == 403
