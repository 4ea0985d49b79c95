"""What an application tells of people: who leads, wrote, signed and looks after it, and who is paid."""

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung, Schriftstueck
from angebote.antrag.models_zeilen import Antragspartner, Jahresanteil, Kostenposten, Projektziel, Zielgruppenzahl
from angebote.beratung.personenbezug import ERREICHEN
from netzwerkstellen.organisation.personenbezug import HONORARKRAFT
from schulerfolg.akte.verarbeitung import EREIGNIS, NACHWEIS, SCHRITT, SCHRITT_OHNE, Verarbeitung, frist_in_worten

BETEILIGTE = "Schule, Netzwerkstelle, Prüfung; die Koordinierungsstelle, wo die Netzwerkstelle Inhalte teilt"
VERARBEITUNGEN = [
    Verarbeitung(
        ERREICHEN,
        {Antrag: "projektleitung projektleitung_email projektleitung_telefon", Antragsfassung: "inhalt"},
        NACHWEIS,
        "foerderakte",
        f"{BETEILIGTE}; den Namen auch das Gremium",
        "Die eingereichte Fassung ist ein Schriftstück und behält den Wortlaut; muss ein Name daraus gelöscht werden, "
        "wird sie in einem festgehaltenen Verfahren ersetzt. Abgelehnte und zurückgezogene Anträge: "
        f"{frist_in_worten('abgelehnt')}.",
    ),
    Verarbeitung(
        HONORARKRAFT,
        {Antrag: "foerderverein zahlung_an", Antragspartner: "organisation aufgabe", Kostenposten: "beschreibung"},
        NACHWEIS,
        "foerderakte",
        f"{BETEILIGTE}; Gremium",
    ),
    Verarbeitung(
        SCHRITT,
        {Antrag: "verfasst_durch zustaendig", Antragsfassung: "durch", Antragsereignis: EREIGNIS},
        NACHWEIS,
        "foerderakte",
        BETEILIGTE,
    ),
]
OHNE_PERSONENBEZUG = {
    Antrag: "nummer titel begonnen_was kurzbeschreibung ausgangslage ablauf nachhaltigkeit oeffentlichkeit "
    "grundsaetze ort klassenstufen drittmittel_von erklaerungen_fassung auflagen",
    Antragsereignis: SCHRITT_OHNE,
    Antragsfassung: "zeichnung",
    Jahresanteil: "",
    Kostenposten: "einheit begruendung",
    Projektziel: "ziel indikator nachweis",
    Zielgruppenzahl: "",
    Schriftstueck: "art titel",
}
