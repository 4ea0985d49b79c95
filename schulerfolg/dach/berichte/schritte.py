"""The two steps of a report and what their pages say."""

from schulerfolg.ablauf.seite import StepPage, StepPages
from schulerfolg.dach.berichte import services
from schulerfolg.dach.berichte.machine import BERICHT

SCHRITTE = StepPages(
    BERICHT,
    "dach/berichte/schritt.html",
    {
        "veroeffentlichen": StepPage(
            services.veroeffentlichen,
            "Der Bericht ist veröffentlicht, seine Zahlen stehen fest. Das PDF folgt gleich.",
            "Der Bericht ist danach für alle zu lesen. Text und Zahlen ändern sich nicht mehr; zurückziehen können Sie "
            "ihn jederzeit.",
        ),
        "zurueckziehen": StepPage(
            services.zurueckziehen,
            "Der Bericht ist zurückgezogen. Seine Adresse nennt Ihre Begründung.",
            "Der Bericht ist danach nicht mehr zu lesen. Seine Adresse bleibt und nennt Ihre Begründung.",
            reason="Der Satz steht öffentlich an der Stelle des Berichts.",
        ),
    },
    home=lambda bericht: bericht.arbeitsadresse,
)
