"""The steps of a Beratung and what their pages say."""

from angebote.beratung import services
from angebote.beratung.forms import AbsagenForm, BeratenForm, VerabredenForm
from angebote.beratung.machine import BERATUNG
from schulerfolg.ablauf.seite import StepPage, StepPages

SCHRITTE = StepPages(
    BERATUNG,
    "angebote/beratung/schritt.html",
    {
        "verabreden": StepPage(
            services.verabreden,
            "Der Termin ist vereinbart. Die Schule bekommt ihn per Mail, mit einer Datei für den Kalender.",
            "Die Schule bekommt ihn per Mail, mit einer Datei für den Kalender. Verschieben können Sie ihn jederzeit.",
            form=VerabredenForm,
        ),
        "beraten": StepPage(
            services.beraten,
            "Die Beratung ist festgehalten. Die Schule weiß Bescheid und kann jetzt ihren Antrag beginnen.",
            "Danach kann die Schule ihren Antrag beginnen.",
            form=BeratenForm,
        ),
        "absagen": StepPage(
            services.absagen,
            "Die Anfrage ist beendet. Die Schule bekommt Ihre Begründung per Mail.",
            "Die Schule bekommt eine Mail mit Ihrer Begründung.",
            reason="Die Schule liest diesen Text. Bitte schreiben Sie ihr, was stattdessen möglich ist.",
            form=AbsagenForm,
        ),
        "zurueckziehen": StepPage(
            services.zurueckziehen,
            "Ihre Anfrage ist zurückgezogen. Die Netzwerkstelle weiß Bescheid.",
            "Die Netzwerkstelle bekommt eine Mail und ruft nicht mehr an. Eine neue Idee ist jederzeit willkommen.",
        ),
    },
)
