"""The demo world: everybody the checks from outside rely on, the same world for the same seed, never in production."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from angebote.antrag.stand import NOCH_NICHT_BEKANNT
from angebote.models import Antrag, Buchung
from angebote.pruefung.services import wer_kann_zeichnen
from demo.konten import DEMO_KONTEN
from gremien.models import Beschluss, Sitzung
from netzwerkstellen.models import (
    Einladung,
    Mitarbeit,
    Netzwerkstelle,
    Schule,
    Schulsozialarbeit,
    Schulzugehoerigkeit,
    Stellenereignis,
)
from schulerfolg.kalender import warum_frei
from schulerfolg.konten import demo
from schulerfolg.konten.models import Landesrolle, Person
from tests.factories import make_person

PASSWORT = "demo-Schulerfolg-2026"
MIT_ZWEITEM_FAKTOR = [
    "sachbearbeitung.harz@demo.example",
    "leitung.harz@demo.example",
    "freigabe.harz@demo.example",
    "sachbearbeitung.boerde@demo.example",
    "leitung.boerde@demo.example",
    "freigabe.boerde@demo.example",
    "vorsitz.harz@demo.example",
    "stellvorsitz.harz@demo.example",
    "koordination@demo.example",
    "koordination2@demo.example",
    "pruefung@demo.example",
]
OHNE = [
    "lehrkraft.a@demo.example",
    "leitung.a@demo.example",
    "vertretung.a@demo.example",
    "sozialarbeit.a@demo.example",
    "lehrkraft.b@demo.example",
    "leitung.b@demo.example",
    "gremium.harz@demo.example",
    "gremium2.harz@demo.example",
    "gremium3.harz@demo.example",
    "doppelrolle@demo.example",
]


def bauen(**options):
    call_command("demodaten", **{"seed": 7, "antraege": 0, "verbosity": 0} | options)


def abbild():
    """Everything of the world that does not depend on the clock."""
    return [
        list(Person.objects.order_by("pk").values_list("pk", "email", "vorname", "nachname", "funktion", "telefon")),
        list(Schule.objects.order_by("pk").values_list("schulnummer", "name", "ort", "strasse", "schultraeger__name")),
        list(Schulsozialarbeit.objects.order_by("pk").values_list("schule", "traeger__name", "von")),
        list(Schulzugehoerigkeit.objects.order_by("pk").values_list("person", "schule", "rolle", "arbeitgeber")),
        list(Mitarbeit.objects.order_by("pk").values_list("person", "netzwerkstelle", "rolle", "von", "bis")),
        list(Einladung.objects.order_by("pk").values_list("email", "nachname", "rolle", "pruefsumme")),
        list(Stellenereignis.objects.order_by("pk").values_list("text", "durch", "rolle")),
    ]


@pytest.mark.parametrize("email", MIT_ZWEITEM_FAKTOR + OHNE)
def test_every_identity_signs_in_with_the_password(demowelt, email):
    person = authenticate(None, email=email, password=PASSWORT)
    assert person is not None
    assert EmailAddress.objects.get(user=person).verified
    assert Authenticator.objects.filter(user=person, type="totp").exists() == (email in MIT_ZWEITEM_FAKTOR)


def test_whoever_left_is_shut_out(demowelt):
    ehemalig = Person.objects.get(email="ehemalig@demo.example")
    assert ehemalig.is_active is False
    assert ehemalig.mitarbeiten.count() == 1
    assert not ehemalig.mitarbeiten.gueltig().exists()


def test_the_second_factor_takes_the_code_that_the_demo_shows(demowelt):
    faktor = Authenticator.objects.get(user__email="leitung.harz@demo.example")
    assert demo.GEHEIMNIS == "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert demo.GEHEIMNIS not in str(faktor.data)
    assert faktor.wrap().validate_code(demo.demo_code())


def test_everybody_wears_the_hat_of_their_name(demowelt):
    huete = {
        (m.person.email.partition("@")[0], m.netzwerkstelle.slug, m.rolle, m.zeichnungsbefugt)
        for m in Mitarbeit.objects.gueltig().filter(netzwerkstelle__slug__in=["harz", "boerde"])
    }
    assert huete == {
        ("sachbearbeitung.harz", "harz", "sachbearbeitung", False),
        ("leitung.harz", "harz", "leitung", True),
        ("freigabe.harz", "harz", "traeger_freigabe", True),
        ("sachbearbeitung.boerde", "boerde", "sachbearbeitung", False),
        ("leitung.boerde", "boerde", "leitung", True),
        ("freigabe.boerde", "boerde", "traeger_freigabe", True),
    }
    schule_a = Schulzugehoerigkeit.objects.filter(schule__schulnummer="DEMO-0001", person__email__in=OHNE)
    assert {(z.person.email.partition("@")[0], z.rolle, bool(z.arbeitgeber)) for z in schule_a} == {
        ("lehrkraft.a", "schule_mitarbeit", False),
        ("leitung.a", "schule_leitung", False),
        ("vertretung.a", "schule_stellvertretung", False),
        ("sozialarbeit.a", "schulsozialarbeit", True),
        ("doppelrolle", "schule_mitarbeit", False),
    }
    schule_b = Schulzugehoerigkeit.objects.filter(schule__schulnummer="DEMO-0002", person__email__in=OHNE)
    assert {(z.person.email.partition("@")[0], z.rolle) for z in schule_b} == {
        ("lehrkraft.b", "schule_mitarbeit"),
        ("leitung.b", "schule_leitung"),
    }


def test_the_auditor_comes_for_a_while_and_the_coordination_stays(demowelt):
    pruefung = Landesrolle.objects.gueltig().get(person__email="pruefung@demo.example")
    assert (pruefung.rolle, pruefung.bis is not None) == ("pruefung", True)
    koordination = Landesrolle.objects.gueltig().get(person__email="koordination@demo.example")
    assert (koordination.rolle, koordination.bis) == ("koordination", None)


def test_sixty_schools_around_the_fourteen_offices(demowelt):
    assert Schule.objects.count() == 60
    for stelle in Netzwerkstelle.objects.all():
        assert stelle.schulen.count() == (6 if stelle.slug in ("harz", "boerde") else 4)
        assert stelle.mitarbeiten.gueltig().filter(rolle="leitung", zeichnungsbefugt=True).count() == 1
        orte = set(stelle.schulen.values_list("ort", flat=True))
        assert orte <= set(stelle.gemeinden.values_list("name", flat=True))
    assert not Schule.objects.exclude(zugehoerigkeiten__rolle="schule_leitung").exists()
    a, b = Schule.objects.order_by("schulnummer")[:2]
    assert (a.ort, a.netzwerkstelle.slug) == ("Halberstadt", "harz")
    assert (b.ort, b.netzwerkstelle.slug) == ("Haldensleben", "boerde")


def test_no_mail_of_the_demo_world_reaches_anybody(demowelt):
    adressen = [
        *Person.objects.values_list("email", flat=True),
        *Schule.objects.values_list("email", flat=True),
        *Einladung.objects.values_list("email", flat=True),
        *EmailAddress.objects.values_list("email", flat=True),
    ]
    assert [adresse for adresse in adressen if not adresse.endswith(".example")] == []
    assert [
        email for email in Person.objects.values_list("email", flat=True) if not email.endswith("@demo.example")
    ] == []


def test_the_same_seed_builds_the_same_world(db):
    bauen()
    erste = abbild()
    bauen()
    assert abbild() == erste
    bauen(seed=8)
    assert abbild() != erste


def test_a_new_world_replaces_the_old_one(db):
    bauen()
    person = Person.objects.get(email="leitung.harz@demo.example")
    Netzwerkstelle.objects.filter(slug="harz").update(beschreibung="probiert", bearbeitet_durch=person)
    bauen()
    assert Person.objects.filter(email="leitung.harz@demo.example").count() == 1
    assert Netzwerkstelle.objects.get(slug="harz").beschreibung == ""


def test_the_demo_world_never_replaces_production(demowelt, settings):
    settings.PRODUCTION = True
    vorher = abbild()
    with pytest.raises(CommandError, match="läuft deshalb nicht im Betrieb"):
        bauen()
    assert abbild() == vorher


def test_the_demo_world_never_replaces_real_accounts(db):
    make_person(email="kontakt@amt.test")
    with pytest.raises(CommandError, match="Konten echter Menschen"):
        bauen()
    assert list(Person.objects.values_list("email", flat=True)) == ["kontakt@amt.test"]


def test_the_command_says_what_it_built(db, capsys):
    bauen(antraege=3, verbosity=1)
    assert re.fullmatch(
        r"Demo-Welt: 14 Netzwerkstellen, 60 Schulen, \d{3} Personen, 3 Anträge\n"
        r"Das Passwort aller Konten ist demo-Schulerfolg-2026\n",
        capsys.readouterr().out,
    )


def test_the_sign_in_page_and_the_world_know_the_same_accounts():
    assert [email for email, _wer in DEMO_KONTEN] == [email for email, _wer, _faktor in demo.DEMO_KONTEN]
    assert {email for email, _wer, faktor in demo.DEMO_KONTEN if faktor} == set(MIT_ZWEITEM_FAKTOR)


def test_with_kanarien_every_free_text_is_marked_once(demowelt):
    harz = Netzwerkstelle.objects.get(slug="harz")
    assert re.search(r"KNR-PUB-\d+$", harz.beschreibung)
    assert re.search(r" KNR-HZ-\d+$", harz.traegerschaften.get().quelle)
    assert re.search(r" KNR-HZ-\d+$", Person.objects.get(email="lehrkraft.a@demo.example").nachname)
    assert re.search(r" KNR-BK-\d+$", Person.objects.get(email="lehrkraft.b@demo.example").funktion)
    texte = [
        *Person.objects.filter(landesrollen=None).values_list("nachname", flat=True),
        *Person.objects.filter(landesrollen=None).values_list("funktion", flat=True),
        *Schule.objects.values_list("name", flat=True),
        *Einladung.objects.values_list("nachname", flat=True),
        *Stellenereignis.objects.values_list("text", flat=True),
    ]
    marken = [re.findall(r"KNR-(?:PUB|[A-Z]{2,3})-\d+", text) for text in texte]
    assert [text for text, gefunden in zip(texte, marken, strict=True) if not gefunden] == []
    eigene = [gefunden[-1] for gefunden in marken]
    assert len(eigene) == len(set(eigene))


def test_without_kanarien_there_is_no_mark(db):
    bauen()
    assert not Person.objects.filter(nachname__contains="KNR-").exists()
    assert not Schule.objects.filter(name__contains="KNR-").exists()


def test_days_agree_and_every_case_can_go_on(demowelt):
    """Resolution, booking and meeting name the same day, nobody meets on a holiday, and somebody is left to sign."""
    tage = {b.nummer: timezone.localdate(b.am) for b in Beschluss.objects.all()}
    gebucht = Buchung.objects.filter(beschluss_nummer__in=tage)
    assert gebucht.count() > 10
    assert [b for b in gebucht if b.beschluss_am != tage[b.beschluss_nummer]] == []
    assert {warum_frei(timezone.localdate(s.beginn)) for s in Sitzung.objects.exclude(status="laufend")} == {""}
    offen = Antrag.objects.filter(status__in=NOCH_NICHT_BEKANNT)
    assert [antrag.nummer for antrag in offen if not wer_kann_zeichnen(antrag)] == []
    reif = Antrag.objects.filter(status__in=["gremienreif", "im_gremium"])
    spaeteste = timezone.localdate() + timedelta(days=40)
    assert reif.filter(beginn__lt=spaeteste).exclude(schule__schulnummer="DEMO-0001").count() == 0
    assert reif.filter(beginn__lt=spaeteste).exists()  # one that shows the warning


def test_no_mailbox_of_a_real_person_is_in_the_invented_world(demowelt):
    verborgen = Netzwerkstelle.objects.exclude(email="").filter(email_oeffentlich=False)
    assert verborgen
    assert {stelle.email.rpartition(".")[2] for stelle in verborgen} == {"example"}
