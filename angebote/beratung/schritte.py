"""The two steps of a Beratung and what their pages say."""

from angebote.beratung import services
from angebote.beratung.forms import AbsagenForm, BeratenForm
from angebote.beratung.machine import BERATUNG
from schulerfolg.ablauf.seite import StepPage, StepPages

SCHRITTE = StepPages(
    BERATUNG,
    "angebote/beratung/schritt.html",
    {
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
    },
)
