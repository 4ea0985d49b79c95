"""Accounts of the demo world. The password is hashed once; everybody shares it."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from demo.konten import KONTEN
from demo.namen import NACHNAMEN, TELEFON, VORNAMEN
from netzwerkstellen.models import Mitarbeit
from schulerfolg.konten.demo import GEHEIMNIS, PASSWORT
from schulerfolg.konten.models import Landesrolle, Person
from schulerfolg.konten.permissions import LANDESROLLEN, MIT_ZWEITEM_FAKTOR, Rolle


class Menschen:
    """Collects people while the world is thought out; `speichern` writes all of them at once."""

    def __init__(self, welt):
        self.welt = welt
        self.personen: dict[str, Person] = {}
        self.mit_faktor: set[str] = set()
        self._passwort = make_password(PASSWORT)
        paare = [(vorname, nachname) for vorname in VORNAMEN for nachname in NACHNAMEN]
        welt.zufall.shuffle(paare)
        self._namen = iter(paare)

    def fest(self, konto) -> Person:
        """One of the accounts of `konten.KONTEN`."""
        if konto.zweiter_faktor:
            self.mit_faktor.add(konto.email)
        return self._neu(konto.email, konto.vorname, konto.nachname, konto.funktion, konto.stelle, konto.aktiv)

    def irgendwer(self, funktion: str, kuerzel: str, email: str = "") -> Person:
        """Somebody with a name that nobody else has."""
        vorname, nachname = next(self._namen)
        email = email or f"{_ascii(vorname)}.{_ascii(nachname)}@demo.example"
        return self._neu(email, vorname, nachname, funktion, kuerzel)

    def noch_einmal(self, email: str, person: Person, kuerzel: str) -> Person:
        """A second account of somebody who has one already, as it happens."""
        return self._neu(email, person.vorname, person.nachname, person.funktion, kuerzel)

    def name(self) -> tuple[str, str]:
        """A name for somebody who has no account yet."""
        return next(self._namen)

    def _neu(self, email, vorname, nachname, funktion, kuerzel, aktiv=True) -> Person:
        marke = (lambda: self.welt.marken.fuer(self.welt.stellen[kuerzel])) if kuerzel else str
        person = Person(
            email=email,
            vorname=vorname,
            nachname=f"{nachname}{marke()}",
            funktion=f"{funktion}{marke()}",
            telefon=TELEFON.format(len(self.personen) % 1000),
            password=self._passwort,
            is_active=aktiv,
        )
        self.personen[email] = person
        return person

    def speichern(self) -> None:
        personen = Person.objects.bulk_create(self.personen.values())
        EmailAddress.objects.bulk_create(
            [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in personen]
        )
        verschluesselt = get_adapter().encrypt(GEHEIMNIS)
        Authenticator.objects.bulk_create(
            [
                Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": verschluesselt})
                for person in personen
                if person.email in self.mit_faktor
            ]
        )


def _ascii(name: str) -> str:
    for umlaut, ersatz in {"ä": "ae", "ö": "oe", "ü": "ue", "ı": "i"}.items():
        name = name.lower().replace(umlaut, ersatz)
    return slugify(name)


def mitarbeiten(welt, menschen: Menschen) -> tuple[list[Mitarbeit], list[Landesrolle]]:
    """Who works where: the fixed accounts, at each of the other offices two people; and everywhere the Träger signs."""
    hier, landesweit = [], []
    for konto in KONTEN:
        person = menschen.fest(konto)
        if konto.rolle in LANDESROLLEN:
            landesweit.append(_landesrolle(welt, person, konto.rolle))
        elif konto.rolle in MIT_ZWEITEM_FAKTOR:
            bis = None if konto.aktiv else welt.heute - timedelta(days=60)
            hier.append(_mitarbeit(welt, person, konto.stelle, konto.rolle, konto.zeichnungsbefugt, bis))
    for kuerzel, stelle in welt.stellen.items():
        if not any(mitarbeit.netzwerkstelle == stelle for mitarbeit in hier):
            hier += _zwei_kollegen(welt, menschen, kuerzel, stelle.slug)
        if not any(m.netzwerkstelle == stelle and m.rolle == Rolle.TRAEGER_FREIGABE for m in hier):
            hier.append(_freigabe(welt, menschen, kuerzel, stelle.slug))
    return hier, landesweit


def _zwei_kollegen(welt, menschen, kuerzel, slug):
    for name, rolle in {"leitung": Rolle.LEITUNG, "sachbearbeitung": Rolle.SACHBEARBEITUNG}.items():
        person = menschen.irgendwer(name.capitalize(), kuerzel, f"{name}.{slug}@demo.example")
        menschen.mit_faktor.add(person.email)
        yield _mitarbeit(welt, person, kuerzel, rolle, rolle == Rolle.LEITUNG)


def _freigabe(welt, menschen, kuerzel, slug) -> Mitarbeit:
    """With author and confirmer of an opinion in a team of two, the signature is left to the Träger."""
    person = menschen.irgendwer("Freigabe beim Träger", kuerzel, f"freigabe.{slug}@demo.example")
    menschen.mit_faktor.add(person.email)
    return _mitarbeit(welt, person, kuerzel, Rolle.TRAEGER_FREIGABE, zeichnungsbefugt=True)


def _mitarbeit(welt, person, kuerzel, rolle, zeichnungsbefugt, bis: date | None = None) -> Mitarbeit:
    return Mitarbeit(
        person=person,
        netzwerkstelle=welt.stellen[kuerzel],
        rolle=rolle,
        zeichnungsbefugt=zeichnungsbefugt,
        von=welt.schuljahr(-3),
        bis=bis,
    )


def _landesrolle(welt, person, rolle) -> Landesrolle:
    """An auditor comes for a while; the coordination office stays."""
    if rolle == Rolle.PRUEFUNG:
        return Landesrolle(
            person=person, rolle=rolle, von=welt.heute - timedelta(days=14), bis=welt.heute + timedelta(days=180)
        )
    return Landesrolle(person=person, rolle=rolle, von=welt.schuljahr(-3))
