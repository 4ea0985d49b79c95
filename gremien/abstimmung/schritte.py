"""The four steps of a meeting and what their pages say."""

from gremien.befangenheit import services as befangenheit
from gremien.sitzung import services as sitzungen
from gremien.sitzung.forms import EinladenForm
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
        "eroeffnen": StepPage(
            befangenheit.eroeffnen,
            "Die Sitzung läuft. Halten Sie jetzt fest, wer da ist.",
            "Von jetzt an halten Sie fest, wer da ist, und stimmen über die Punkte ab. Bitte fragen Sie zu Beginn, ob "
            "alle geladen wurden und ob jemand befangen ist.",
        ),
        "schliessen": StepPage(
            sitzungen.schliessen,
            "Die Sitzung ist geschlossen. Die Niederschrift finden Sie hier, sobald sie erstellt ist.",
            "Danach lässt sich nichts mehr ändern. Das Portal schreibt die Niederschrift aus dem, was in der Sitzung "
            "festgehalten wurde; sie steht kurz danach auf der Seite der Sitzung.",
        ),
        "absagen": StepPage(
            sitzungen.absagen,
            "Die Sitzung ist abgesagt. Ihre Anträge sind wieder bereit für das Gremium.",
            "Die Anträge auf der Tagesordnung sind danach wieder bereit für die nächste Sitzung. Wer schon eingeladen "
            "ist, bekommt eine Mail mit Ihrer Begründung.",
            reason="Alle Eingeladenen lesen diesen Text in der Mail.",
        ),
    },
)
