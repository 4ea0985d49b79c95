"""What is kept about everybody with an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from schulerfolg.akte.verarbeitung import (
    AUFGABE,
    EINVERSTAENDNIS,
    EREIGNIS,
    EREIGNIS_OHNE,
    NACHWEIS,
    SCHRITT,
    SICHERHEIT,
    Datenart,
    Verarbeitung,
)
from schulerfolg.konten.models import Abwesenheit, Eingabe, Kontoereignis, Landesrolle, Mail, Person, Postwunsch

ROLLE = Datenart(
    "Ihre Rolle an einer Schule, an einer Netzwerkstelle oder in einem Gremium, von wann bis wann",
    "damit nur sieht und entscheidet, wer dazu befugt ist",
)
VERARBEITUNGEN = [
    Verarbeitung(
        Datenart(
            "Name, E-Mail-Adresse; wenn Sie mögen Telefon und Funktion",
            "damit Sie sich anmelden können und die Beteiligten wissen, mit wem sie sprechen",
        ),
        {Person: "email vorname nachname telefon funktion zusammengefuehrt_mit", EmailAddress: "email"},
        AUFGABE,
        "konto",
        "Beteiligte derselben Vorgänge, Koordinierungsstelle",
    ),
    Verarbeitung(ROLLE, {Landesrolle: "person"}, AUFGABE, "konto", "Koordinierungsstelle"),
    Verarbeitung(
        Datenart(
            "Passwort als Prüfwert, Schlüssel des zweiten Faktors verschlüsselt",
            "damit niemand anders Ihr Konto benutzt",
        ),
        {Person: "password", Authenticator: "data", SocialAccount: "uid extra_data"},
        SICHERHEIT,
        "konto",
        "niemand; nur das Portal",
    ),
    Verarbeitung(
        SCHRITT,
        {Kontoereignis: f"person {EREIGNIS}"},
        SICHERHEIT,
        "konto",
        "die Person selbst, Koordinierungsstelle, Leitung der Netzwerkstelle, Prüfung",
    ),
    Verarbeitung(
        Datenart("Von wann bis wann Sie abwesend sind und wer Sie vertritt", "damit nichts liegen bleibt"),
        {Abwesenheit: "person vertretung notiz eingetragen_durch"},
        AUFGABE,
        "konto",
        "Vertretung, Leitung und Team derselben Stelle oder Schule",
    ),
    Verarbeitung(
        Datenart(
            "Browser und Adresse des Anschlusses, solange Sie angemeldet sind",
            "damit Sie sehen, wo Sie angemeldet sind, und eine fremde Anmeldung beenden können",
        ),
        {UserSession: "ip user_agent"},
        SICHERHEIT,
        "anmeldung",
        "nur Sie selbst",
    ),
    Verarbeitung(
        Datenart("Welche Mails Sie sofort, gesammelt oder gar nicht möchten", "damit Sie bekommen, was Sie brauchen"),
        {Postwunsch: "person art weg"},
        EINVERSTAENDNIS,
        "konto",
        "nur Sie selbst",
    ),
    Verarbeitung(
        Datenart(
            "Was Sie in ein Formular geschrieben haben, wenn Ihre Anmeldung vor dem Absenden endet",
            "damit es nach der nächsten Anmeldung wieder dasteht",
        ),
        {Eingabe: "person seite ziel felder"},
        AUFGABE,
        "eingabe",
        "nur Sie selbst",
    ),
    Verarbeitung(
        Datenart(
            "Mails, die das Portal an Sie schickt",
            "damit keine verloren geht und nachweisbar ist, was mitgeteilt wurde",
        ),
        {Mail: "an empfaenger betreff text"},
        NACHWEIS,
        "foerderakte",
        "die angeschriebene Person, in Abwesenheit ihre Vertretung",
    ),
]
OHNE_PERSONENBEZUG = {Kontoereignis: EREIGNIS_OHNE, Mail: "schluessel letzter_fehler sammeln gesammelt_in"}
