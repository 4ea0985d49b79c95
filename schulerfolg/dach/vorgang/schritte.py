"""Every step of an Antrag that a person takes on a page: the service that takes it, its form, and what the page says.

The names are those of `antrag.workflow.ABLAUF`. A step that is not listed here has no address.
"""

from dataclasses import replace
from functools import partial

from django.utils import timezone

from angebote.antrag import services as schule
from angebote.antrag.bedingungen import Einwand, einwaende
from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.inhalt import antworten, was_verloren_geht, zur_unterschrift
from angebote.antrag.machine import ANTRAG
from angebote.antrag.permissions import RECHTE
from angebote.antrag.services import zeichnung
from angebote.antrag.stand import stand_fuer
from angebote.antrag.workflow import ABLAUF
from angebote.entscheidung import services as entscheidung
from angebote.entscheidung.bedingungen import wer_noch
from angebote.entscheidung.queries import empfehlung_von, was_entschieden_ist
from angebote.entscheidung.seite import luecken_fuer, vorschau_von
from angebote.pruefung import services as pruefung
from angebote.pruefung import vorlegen
from angebote.pruefung.bedingungen import korrekturvorschau
from angebote.pruefung.inhalt import frist, pruefstand, was_zu_lesen_ist, wer_bleibt
from angebote.pruefung.queries import offene_nachforderung
from gremien.sitzung.models import Sitzung
from schulerfolg.ablauf.seite import StepPage, StepPages
from schulerfolg.dach.vorgang.forms import (
    EinreichenForm,
    FremdenVerwerfenForm,
    KommentarForm,
    NachfordernForm,
    NachreichenForm,
    UnterschriftForm,
    VerwerfenForm,
    VorschauForm,
    ZurueckziehenForm,
)
from schulerfolg.zeit import datum

EINREICHEN = ("einreichen", "selbst_einreichen")
VORLEGEN = ("weitergeben", *EINREICHEN)
PRUEFEN = ("bestaetigen", "stellungnahme_zurueckgeben")
ZEICHNEN = ("bewilligen", "ablehnen", "freigabe_verweigern")
GRUND = "Die Schule liest diesen Text in ihrer Mail und auf der Seite des Antrags."

ZUR_UNTERSCHRIFT = "dach/vorgang/unterschreiben.html"
NACHREICHEN = partial(
    StepPage,
    done="Was Sie geschrieben haben, ist bei der Netzwerkstelle. Sie prüft jetzt weiter.",
    intro="Was Sie absenden, wird Teil des Antrags. Danach prüft die Netzwerkstelle weiter.",
    form=NachreichenForm,
    link="Rückfragen beantworten",
)
VERWORFEN = (
    "Der Entwurf endet: Niemand schreibt ihn weiter, und eingereicht wird er nicht. 30 Tage lang können Sie ihn wieder "
    "aufnehmen. Was geschrieben ist, bleibt auch danach lesbar."
)
FRAGEN = ("nachreichen", "nachreichen_fachlich", "ohne_antwort_beenden")
KORREKTUREN = (*FRAGEN[:2], "korrekturen_vorlegen", "korrekturen_zurueckgeben")

SEITEN = {
    "weitergeben": StepPage(
        schule.weitergeben,
        "Der Antrag liegt jetzt bei der Schulleitung. Sie bekommt eine Mail und reicht ihn ein.",
        "Die Schulleitung bekommt eine Mail, liest den Antrag und reicht ihn ein. Solange sie das nicht getan hat, "
        "können Sie ihn zurückholen und weiter ändern.",
    ),
    "zurueckholen": StepPage(
        schule.zurueckholen,
        "Der Antrag ist wieder bei Ihnen. Ändern Sie, was Sie möchten, und geben Sie ihn danach noch einmal weiter.",
        "Der Antrag wird wieder zum Entwurf, und Sie können ihn ändern. Die Schulleitung bekommt eine Mail und muss "
        "nichts tun, bis Sie ihn wieder weitergeben.",
    ),
    "zurueckgeben": StepPage(
        schule.zurueckgeben,
        "Der Antrag ist wieder ein Entwurf. Wer ihn geschrieben hat, bekommt eine Mail mit Ihrer Begründung.",
        "Der Antrag wird wieder zum Entwurf und kann geändert werden.",
        reason="Was soll sich ändern? Wer den Antrag geschrieben hat, liest diesen Text in einer Mail.",
    ),
    "einreichen": StepPage(
        schule.einreichen,
        "Der Antrag ist eingereicht. Die Netzwerkstelle übernimmt ihn und meldet sich, wenn etwas fehlt.",
        "Mit diesem Schritt geht der Antrag an Ihre Netzwerkstelle. Danach ändert niemand mehr den Text.",
        form=EinreichenForm,
        link="Lesen und einreichen",
        template=ZUR_UNTERSCHRIFT,
    ),
    "selbst_einreichen": StepPage(
        schule.selbst_einreichen,
        "Der Antrag ist eingereicht. Die Netzwerkstelle übernimmt ihn und meldet sich, wenn etwas fehlt.",
        "In Ihrer Region braucht der Antrag keine Unterschrift der Schulleitung. Mit diesem Schritt geht er an Ihre "
        "Netzwerkstelle. Danach ändert niemand mehr den Text.",
        form=EinreichenForm,
        link="Lesen und einreichen",
        template=ZUR_UNTERSCHRIFT,
    ),
    "uebernehmen": StepPage(
        pruefung.uebernehmen,
        "Sie haben den Antrag übernommen. Als Nächstes füllen Sie die Prüfliste aus.",
        "Sie werden zuständig für diesen Antrag. Die Schule sieht Ihren Namen.",
    ),
    "nachfordern": StepPage(
        pruefung.nachfordern,
        "Die Rückfragen sind gestellt. Die Schule bekommt eine Mail und antwortet hier im Portal.",
        "Genau die Angaben, die Sie markieren, öffnen sich für die Schule; alles andere bleibt, wie es ist.",
        form=NachfordernForm,
    ),
    "nachreichen": NACHREICHEN(pruefung.nachreichen),
    "nachreichen_fachlich": NACHREICHEN(pruefung.nachreichen_fachlich),
    "korrekturen_vorlegen": StepPage(
        vorlegen.korrekturen_vorlegen,
        "Die Korrekturen liegen jetzt bei der Schulleitung. Sie liest sie und sendet sie ab.",
        "Die Schulleitung liest die Korrekturen, unterschreibt und sendet sie ab. Bis dahin können Sie weiter ändern.",
    ),
    "korrekturen_zurueckgeben": StepPage(
        vorlegen.korrekturen_zurueckgeben,
        "Wer den Antrag geschrieben hat, bekommt eine Mail mit Ihrer Begründung und überarbeitet die Korrekturen.",
        "Sie senden noch nicht ab. Wer den Antrag geschrieben hat, überarbeitet die Korrekturen zuerst.",
        reason="Was soll sich ändern? Dieser Text bleibt in Ihrer Schule.",
    ),
    "ohne_antwort_beenden": StepPage(
        pruefung.ohne_antwort_beenden,
        "Der Antrag ist beendet. Die Schule bekommt eine Mail mit Ihrer Begründung.",
        "Die Schule hat in der Frist nicht geantwortet. Der Antrag endet, ohne dass über ihn entschieden wird.",
        reason=GRUND,
    ),
    "formal_ablehnen": StepPage(
        entscheidung.formal_ablehnen,
        "Der Antrag ist abgelehnt. Die Schule bekommt eine Mail und das Schreiben mit Ihren Gründen.",
        "Der Antrag endet hier, bevor das Gremium ihn berät. Wer ihn übernommen hat, lehnt ihn nicht selbst ab: Dafür "
        "braucht es eine zweite Person. Ihr Name steht im Schreiben.",
        form=UnterschriftForm,
        reason="Nennen Sie die Gründe so, dass die Schule sie versteht. Sie stehen im Schreiben und in der Mail.",
        fresh=True,
    ),
    "weiter_zur_fachpruefung": StepPage(
        pruefung.weiter_zur_fachpruefung,
        "Die formale Prüfung ist abgeschlossen. Als Nächstes schreiben Sie die fachliche Stellungnahme.",
        "Damit ist die Prüfliste abgeschlossen und ändert sich nicht mehr. Danach folgt die fachliche Stellungnahme.",
    ),
    "bestaetigen": StepPage(
        pruefung.bestaetigen,
        "Die Stellungnahme ist bestätigt. Der Antrag ist bereit für das Gremium.",
        "Lesen Sie Stellungnahme, Prüfliste und Antrag. Als zweite Person bestätigen Sie Empfehlung und Betrag; danach "
        "ändert sich die Stellungnahme nicht mehr.",
        link="Stellungnahme lesen und bestätigen",
    ),
    "stellungnahme_zurueckgeben": StepPage(
        pruefung.stellungnahme_zurueckgeben,
        "Die Stellungnahme ist zurückgegeben. Wer sie geschrieben hat, bekommt eine Mail mit Ihrem Kommentar.",
        "Was soll sich ändern? Die Stellungnahme bleibt offen und wird überarbeitet; danach wird sie neu gelesen.",
        form=KommentarForm,
        reason="Wer die Stellungnahme geschrieben hat, liest diesen Text in einer Mail. Die Schule sieht ihn nicht.",
    ),
    "wiederaufnehmen": StepPage(
        pruefung.wiederaufnehmen,
        "Der Antrag ist wieder aufgenommen. Als Nächstes schreiben Sie eine neue fachliche Stellungnahme.",
        "Der Antrag kommt zurück in die fachliche Prüfung und danach noch einmal in das Gremium.",
        reason=GRUND,
    ),
    "selbst_entscheiden": StepPage(
        entscheidung.selbst_entscheiden,
        "Die Entscheidung ist festgehalten, das Geld ist reserviert. Jetzt fehlt die zweite Unterschrift.",
        "Ihre Netzwerkstelle entscheidet bis zu ihrer Grenze selbst. Der empfohlene Betrag wird reserviert; eine "
        "zweite Person unterschreibt, und das Gremium nimmt die Entscheidung in seiner nächsten Sitzung zur Kenntnis.",
        fresh=True,
    ),
    "bewilligen": StepPage(
        entscheidung.bewilligen,
        "Die Bewilligung ist freigegeben. Die Schule bekommt das Schreiben als PDF.",
        "Mit Ihrer Unterschrift wird die Bewilligung verbindlich: Das reservierte Geld ist vergeben, und die Schule "
        "bekommt ihr Schreiben. Ihr Name steht darin.",
        form=UnterschriftForm,
        fresh=True,
    ),
    "ablehnen": StepPage(
        entscheidung.ablehnen,
        "Die Ablehnung ist freigegeben. Die Schule bekommt das Schreiben mit den Gründen als PDF.",
        "Mit Ihrer Unterschrift wird die Ablehnung verbindlich, und die Schule bekommt ihr Schreiben mit den Gründen. "
        "Ihr Name steht darin.",
        form=UnterschriftForm,
        fresh=True,
    ),
    "freigabe_verweigern": StepPage(
        entscheidung.freigabe_verweigern,
        "Die Freigabe ist verweigert. Der Antrag ist wieder bereit für das Gremium; die Netzwerkstelle weiß Bescheid "
        "und setzt ihn auf eine neue Tagesordnung.",
        "Die Entscheidung wird nicht umgesetzt, und der Antrag ist wieder bereit für das Gremium.",
        reason="Warum unterschreiben Sie nicht? Die Netzwerkstelle liest diesen Text in ihrer Mail; die Schule nicht.",
        fresh=True,
    ),
    "verwerfen": StepPage(
        schule.verwerfen,
        "Der Entwurf ist verworfen. Sie können ihn 30 Tage lang wieder aufnehmen; lesen können Sie ihn auch danach.",
        VERWORFEN,
        form=VerwerfenForm,
    ),
    "fremden_verwerfen": StepPage(
        schule.fremden_verwerfen,
        "Der Entwurf ist verworfen. Wer ihn geschrieben hat, bekommt eine Mail mit Ihrer Begründung.",
        VERWORFEN,
        form=FremdenVerwerfenForm,
        reason="Wer den Entwurf geschrieben hat, liest diesen Text in einer Mail. Er bleibt in Ihrer Schule.",
    ),
    "entwurf_wiederaufnehmen": StepPage(
        schule.entwurf_wiederaufnehmen,
        "Der Entwurf ist wieder da, so wie er war. Sie können gleich weiterschreiben.",
        "Der Entwurf kommt zurück, so wie er verworfen wurde, mit Kostenplan und Anlagen.",
    ),
    "zurueckziehen": StepPage(
        entscheidung.zurueckziehen,
        "Der Antrag ist zurückgezogen. Ein neuer Antrag ist jederzeit möglich.",
        "Der Antrag endet; niemand prüft ihn weiter. Was geschrieben ist, bleibt lesbar.",
        form=ZurueckziehenForm,
    ),
}


SCHREIBEN = {
    name: StepPage(
        partial(entscheidung.vorschau_bestellen, schritt=name),
        "Bitte sehen Sie das Schreiben an, bevor Sie unterschreiben.",
        SEITEN[name].intro,
        form=VorschauForm,
        reason=SEITEN[name].reason,
    )
    for name in entscheidung.MIT_BRIEF
}
"""The same page when it has the letter made that is signed there."""


def vor_dem_schritt(antrag, step, person, hats) -> dict:
    """What the page of a step says beforehand: from where to where, who is told, what is signed or handed in."""
    intern = RECHTE.may(hats, "internes_lesen", antrag)
    einreichen, vorlegen = step.name in EINREICHEN, step.name in VORLEGEN
    return {
        "von": stand_fuer(antrag.status, intern),
        "nach": stand_fuer(step.target, intern),
        "erfahren": [str(p) for p in ANTRAG.recipients(antrag, step) if p != person] if step.notifies else [],
        **_vor_der_unterschrift(antrag, step, person),
        "einwaende": _zu_klaeren(antrag) if einreichen else [],
        "kann_zurueckgeben": einreichen and any(s.name == "zurueckgeben" for s in ABLAUF.offered(antrag, person, hats)),
        "zeichnung": f"{person}, {zeichnung(antrag, person)}" if einreichen else "",
        "antworten": antworten(antrag, [], False) if vorlegen else [],
        "anlagen": antrag.anlagen.geltend() if vorlegen else [],
        **(zur_unterschrift(antrag) if einreichen else {}),
        "verloren": was_verloren_geht(antrag) if step.name == "zurueckziehen" else [],
        "zuletzt": antrag.ereignisse.for_list().first() if vorlegen else None,
        **_zu_lesen(antrag, step, person),
        **_frist(antrag, step, hats),
        "korrekturen": korrekturvorschau(antrag) if step.name in KORREKTUREN else None,
    }


def _vor_der_unterschrift(antrag, step, person) -> dict:
    """What was decided or is about to be, the letter about it, and who else may sign."""
    mit_brief = step.name in entscheidung.MIT_BRIEF
    return {
        "entscheidung": was_entschieden_ist(antrag) if step.name in ZEICHNEN else None,
        "empfehlung": empfehlung_von(antrag) if step.name == "selbst_entscheiden" else None,
        "wer_noch": wer_noch(antrag, person) if step.name in ZEICHNEN else "",
        "vorschau": vorschau_von(antrag, step.name, person) if mit_brief else None,
        "luecken": luecken_fuer(antrag, person) if mit_brief else [],
    }


def _zu_lesen(antrag, step, person) -> dict:
    """What an opinion rests on, for whoever confirms it or sends it back."""
    if step.name in ("weiter_zur_fachpruefung", "formal_ablehnen"):
        return pruefstand(antrag)
    return {"zu_lesen": True, **was_zu_lesen_ist(antrag), **wer_bleibt(antrag, person)} if step.name in PRUEFEN else {}


def _frist(antrag, step, hats) -> dict:
    """Until when the school answers, or that this day is over and what is possible now."""
    return frist(offene_nachforderung(antrag), hats) if step.name in FRAGEN else {}


def _zu_klaeren(antrag) -> list[Einwand]:
    """What speaks against submitting today; at the end, as a note, that the Gremium meets after the project begins."""
    liste = einwaende(antrag, antrag.regel_heute, am=timezone.localdate())
    naechste = Sitzung.objects.naechste(antrag.netzwerkstelle_id).first()
    if naechste and antrag.beginn and antrag.beginn <= timezone.localdate(naechste.beginn):
        satz = (
            f"Das Projekt beginnt am {datum(antrag.beginn)}; das Gremium tagt das nächste Mal am "
            f"{datum(naechste.beginn)}. Vorher ist meist nicht entschieden."
        )
        liste.append(Einwand("zeitraum", "beginn", satz, hart=False))
    return sorted(liste, key=lambda einwand: not einwand.hart)


SCHRITTE = StepPages(ANTRAG, "dach/vorgang/schritt.html", SEITEN, context=vor_dem_schritt, seen=antrag_eingesehen)
VORSCHAUEN = replace(SCHRITTE, pages=SCHREIBEN)
