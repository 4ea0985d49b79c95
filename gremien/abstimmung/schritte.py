"""The five steps of a meeting and what their pages say."""

from gremien.abstimmung import services as abstimmung
from gremien.befangenheit import services as befangenheit
from gremien.sitzung import ladung
from gremien.sitzung import services as sitzungen
from gremien.sitzung.forms import EinladenForm, EroeffnenForm, SchliessenForm, VerlegenForm
from gremien.sitzung.machine import SITZUNG
from schulerfolg.ablauf.seite import StepPage, StepPages

SCHRITTE = StepPages(
    SITZUNG,
    "gremien/sitzung/schritt.html",
    {
        "einladen": StepPage(
            befangenheit.einladen,
            "Alle Mitglieder werden eingeladen; bei jedem sehen Sie, wann die Einladung versandt ist.",
            "Alle Mitglieder bekommen die Einladung mit der Tagesordnung als PDF. Danach stehen Tagesordnung und "
            "Unterlagen fest.",
            form=EinladenForm,
        ),
        "verlegen": StepPage(
            ladung.verlegen,
            "Der Termin ist verlegt. Alle bekommen eine neue Einladung.",
            "Alle Eingeladenen bekommen eine neue Einladung als PDF; sie lesen darin den neuen Termin und Ihren Grund. "
            "Nummer, Tagesordnung und Unterlagen bleiben. Die bisherige Einladung bleibt in der Geschichte stehen.",
            form=VerlegenForm,
            reason="Alle Eingeladenen lesen diesen Text in der Mail.",
        ),
        "eroeffnen": StepPage(
            befangenheit.eroeffnen,
            "Die Sitzung läuft. Halten Sie jetzt fest, wer da ist.",
            "Von jetzt an halten Sie fest, wer da ist und was zu den Punkten geschieht. Bitte fragen Sie zu Beginn, ob "
            "alle geladen wurden und ob jemand befangen ist.",
            form=EroeffnenForm,
        ),
        "schliessen": StepPage(
            abstimmung.schliessen,
            "Die Sitzung ist geschlossen. Die Niederschrift finden Sie hier, sobald sie erstellt ist.",
            "Danach lässt sich nichts mehr ändern. Das Portal schreibt die Niederschrift aus dem, was in der Sitzung "
            "festgehalten wurde; sie steht kurz danach auf der Seite der Sitzung.",
            form=SchliessenForm,
        ),
        "absagen": StepPage(
            sitzungen.absagen,
            "Die Sitzung ist abgesagt.",
            "Wer schon eingeladen ist, bekommt eine Mail mit Ihrer Begründung.",
            reason="Alle Eingeladenen lesen diesen Text in der Mail.",
        ),
    },
)
