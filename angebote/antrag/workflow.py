"""The way of an Antrag, from the draft to the decision. One row, one step (fachdossier 3.4, 3.5: T1–T18, T28)."""

from django.db.models import TextChoices

from schulerfolg.ablauf.tabelle import Transition, Workflow
from schulerfolg.konten.permissions import Rolle


class Status(TextChoices):
    ENTWURF = "entwurf", "Entwurf"
    FREIGABE_SL = "freigabe_sl", "Wartet auf die Schulleitung"
    EINGEREICHT = "eingereicht", "Eingereicht"
    FORMALPRUEFUNG = "formalpruefung", "Formale Prüfung"
    NACHFORDERUNG = "nachforderung", "Rückfragen an die Schule"
    FACHPRUEFUNG = "fachpruefung", "Fachliche Prüfung"
    GREMIENREIF = "gremienreif", "Bereit für das Gremium"
    IM_GREMIUM = "im_gremium", "Auf der Tagesordnung"
    ZURUECKGESTELLT = "zurueckgestellt", "Zurückgestellt"
    BESCHLOSSEN = "beschlossen", "Beschlossen, Unterschrift steht aus"
    ABLEHNUNG_BESCHLOSSEN = "ablehnung_beschlossen", "Ablehnung beschlossen, Unterschrift steht aus"
    BEWILLIGT = "bewilligt", "Bewilligt"
    ABGELEHNT = "abgelehnt", "Abgelehnt"
    ZURUECKGEZOGEN = "zurueckgezogen", "Zurückgezogen"
    VERWORFEN = "verworfen", "Verworfen"


# Its page in docs/: file, title, and the words above the table.
SEITE = (
    "ablauf-antrag.md",
    "Der Weg eines Antrags",
    """\
Ein Antrag hat immer genau einen Stand. Jede Zeile der Tabelle ist ein Schritt: von welchem Stand er ausgeht, wohin er
führt, wer ihn macht, wer davon per E-Mail erfährt und was vorher erfüllt sein muss. Einen anderen Weg gibt es nicht.

Das Wort in der ersten Spalte steht auch in der Adresse des Schritts: `/antraege/<Nummer>/<Schritt>/`. Nach dem
Einreichen und nach jeder Antwort auf Rückfragen erhalten, wer den Antrag geschrieben hat, und die Schulleitung eine
Eingangsbestätigung mit dem Antrag als PDF, sobald es erstellt ist. Von einem Entwurf, den die Schule nicht geteilt hat,
erfährt die Netzwerkstelle nichts, auch nicht, wenn er verworfen wird. Warum die Schulleitung einen Entwurf zurückgibt
oder den einer Kollegin verwirft, bleibt immer in der Schule.""",
)

S, R = Status, Rolle
SCHULE = [R.SCHULE_MITARBEIT, R.SCHULSOZIALARBEIT, R.SCHULE_STELLVERTRETUNG, R.SCHULE_LEITUNG]
KOPF = [R.SCHULE_LEITUNG, R.SCHULE_STELLVERTRETUNG]
STELLE = [R.SACHBEARBEITUNG, R.LEITUNG]
ZEICHNENDE = [R.LEITUNG, R.TRAEGER_FREIGABE, R.SACHBEARBEITUNG]
BIS_BEWILLIGT = [
    S.EINGEREICHT,
    S.FORMALPRUEFUNG,
    S.NACHFORDERUNG,
    S.FACHPRUEFUNG,
    S.GREMIENREIF,
    S.IM_GREMIUM,
    S.ZURUECKGESTELLT,
    S.BESCHLOSSEN,
    S.ABLEHNUNG_BESCHLOSSEN,
]

# A table, to be read in columns.
# fmt: off
ABLAUF = Workflow(Status, S.ENTWURF, [
    #           Schritt                  Beschriftung                                 in der Geschichte                              von                               nach                     wer darf        Nachricht an
    Transition("weitergeben",           "An die Schulleitung weitergeben",           "hat den Antrag an die Schulleitung gegeben",   [S.ENTWURF],                      S.FREIGABE_SL,           SCHULE,         KOPF,            needs="alle Pflichtangaben; wer den Entwurf schreibt; die Schulleitung nur, was sie nicht selbst unterschreiben darf"),
    Transition("zurueckholen",          "Zurückholen und weiter ändern",             "hat den Antrag zurückgeholt",                  [S.FREIGABE_SL],                  S.ENTWURF,               SCHULE,         KOPF,            needs="wer den Antrag geschrieben, mitgeschrieben oder weitergegeben hat"),
    Transition("zurueckgeben",          "Zur Überarbeitung zurückgeben",             "hat den Antrag zur Überarbeitung gegeben",     [S.FREIGABE_SL],                  S.ENTWURF,               KOPF,           SCHULE,          needs_reason=True),
    Transition("einreichen",            "Verbindlich einreichen",                    "hat den Antrag eingereicht",                   [S.ENTWURF, S.FREIGABE_SL],       S.EINGEREICHT,           KOPF,           STELLE,          needs="Beratung, alle Pflichtangaben, verlangte Anlagen, Vorlauf, Höchstbetrag, offene Förderrunde"),
    Transition("selbst_einreichen",     "Verbindlich einreichen",                    "hat den Antrag eingereicht",                   [S.ENTWURF],                      S.EINGEREICHT,           SCHULE[:2],     STELLE,          needs="wie „einreichen“; wer den Entwurf schreibt; nur wo die Förderregel keine Mitzeichnung der Schulleitung verlangt"),
    Transition("uebernehmen",           "Antrag übernehmen",                         "hat den Antrag zur Prüfung übernommen",        [S.EINGEREICHT],                  S.FORMALPRUEFUNG,        STELLE),
    Transition("nachfordern",           "Rückfragen stellen",                        "hat Rückfragen gestellt",                      [S.FORMALPRUEFUNG, S.FACHPRUEFUNG], S.NACHFORDERUNG,        STELLE,         SCHULE,          needs="was (Fragen, markierte Angaben), warum, bis wann"),
    Transition("nachreichen",           "Antworten abschicken",                      "hat die Rückfragen beantwortet",               [S.NACHFORDERUNG],                S.FORMALPRUEFUNG,        SCHULE,         STELLE,          needs="eine Antwort auf jede Rückfrage, zu jeder markierten Angabe eine Korrektur oder ein Satz; gefragt wurde in der formalen Prüfung; wo sich Summe, Partner oder Empfänger ändern, unterschreibt die Schulleitung"),
    Transition("nachreichen_fachlich",  "Antworten abschicken",                      "hat die Rückfragen beantwortet",               [S.NACHFORDERUNG],                S.FACHPRUEFUNG,          SCHULE,         STELLE,          needs="wie „nachreichen“; gefragt wurde in der fachlichen Prüfung"),
    Transition("korrekturen_vorlegen",  "An die Schulleitung geben",                 "hat die Korrekturen der Schulleitung vorgelegt", [S.NACHFORDERUNG],              S.NACHFORDERUNG,         SCHULE,         KOPF,            needs="wo sich die beantragte Summe, ein Kooperationspartner oder der Empfänger ändert und die Förderregel die Mitzeichnung verlangt"),
    Transition("korrekturen_zurueckgeben", "Korrekturen zurückgeben",                "hat die Korrekturen zur Überarbeitung gegeben", [S.NACHFORDERUNG],               S.NACHFORDERUNG,         KOPF,           SCHULE,          needs_reason=True, needs="Korrekturen, die zur Unterschrift vorliegen"),
    Transition("ohne_antwort_beenden",  "Ohne Antwort beenden",                      "hat den Antrag ohne Antwort beendet",          [S.NACHFORDERUNG],                S.ZURUECKGEZOGEN,        STELLE,         SCHULE,          needs_reason=True, needs="die Frist ist vorbei"),
    Transition("formal_ablehnen",       "Aus formalen Gründen ablehnen",             "hat den Antrag aus formalen Gründen abgelehnt",[S.FORMALPRUEFUNG, S.NACHFORDERUNG], S.ABGELEHNT,          ZEICHNENDE,     SCHULE + STELLE, needs_reason=True, needs="zweite Person: nicht, wer den Antrag übernommen hat; Schreiben angesehen, Anschriften vollständig"),
    Transition("weiter_zur_fachpruefung", "Formal in Ordnung: fachlich prüfen",      "hat die formale Prüfung abgeschlossen",        [S.FORMALPRUEFUNG],               S.FACHPRUEFUNG,          STELLE,                          needs="jeder Punkt der Prüfliste ist beantwortet"),
    Transition("bestaetigen",           "Stellungnahme bestätigen",                  "hat die fachliche Stellungnahme bestätigt",    [S.FACHPRUEFUNG],                 S.GREMIENREIF,           ZEICHNENDE,     STELLE,          needs="Stellungnahme mit Empfehlung und Betrag, höchstens wie beantragt; zweite Person: nicht, wer sie geschrieben hat"),
    Transition("stellungnahme_zurueckgeben", "Mit Kommentar zurückgeben",        "hat die fachliche Stellungnahme mit einem Kommentar zurückgegeben", [S.FACHPRUEFUNG], S.FACHPRUEFUNG,   ZEICHNENDE,     STELLE,          needs_reason=True, needs="eine Stellungnahme, die auf ihre Bestätigung wartet; zweite Person: nicht, wer sie geschrieben hat"),
    Transition("auf_tagesordnung",      "Auf die Tagesordnung setzen",               "hat den Antrag auf die Tagesordnung gesetzt",  [S.GREMIENREIF],                  S.IM_GREMIUM,            [*STELLE, R.GREMIUM],            url=False, needs="eine Sitzung mit offener Tagesordnung"),
    Transition("von_tagesordnung",      "Von der Tagesordnung nehmen",               "hat den Antrag von der Tagesordnung genommen", [S.IM_GREMIUM],                   S.GREMIENREIF,           [*STELLE, R.GREMIUM],            url=False),
    Transition("beschliessen",          "Bewilligung beschließen",                   "hat die Bewilligung beschlossen",              [S.IM_GREMIUM],                   S.BESCHLOSSEN,           [R.GREMIUM],    STELLE,          asks="bewilligen", url=False, needs="gültiger Beschluss; Betrag höchstens wie beantragt; Budget reicht"),
    Transition("ablehnung_beschliessen", "Ablehnung beschließen",                    "hat die Ablehnung beschlossen",                [S.IM_GREMIUM],                   S.ABLEHNUNG_BESCHLOSSEN, [R.GREMIUM],    STELLE,          asks="ablehnen", url=False, needs_reason=True, needs="gültiger Beschluss mit Gründen"),
    Transition("zurueckstellen",        "Zurückstellen",                             "hat den Antrag zurückgestellt",                [S.IM_GREMIUM],                   S.ZURUECKGESTELLT,       [R.GREMIUM],    SCHULE + STELLE, url=False, needs_reason=True),
    Transition("wiederaufnehmen",       "Wieder aufnehmen",                          "hat den Antrag wieder aufgenommen",            [S.ZURUECKGESTELLT],              S.FACHPRUEFUNG,          STELLE,         SCHULE,          needs_reason=True),
    Transition("selbst_entscheiden",    "Als Netzwerkstelle bewilligen",             "hat als Netzwerkstelle entschieden",           [S.GREMIENREIF],                  S.BESCHLOSSEN,           [R.LEITUNG],    STELLE,          asks="bewilligen", needs="Entscheidungsweg oder Betragsband „Stelle“, Betrag in ihrer Grenze, Budget reicht; Bericht an die nächste Sitzung"),
    Transition("bewilligen",            "Bewilligung freigeben",                     "hat die Bewilligung freigegeben",              [S.BESCHLOSSEN],                  S.BEWILLIGT,             ZEICHNENDE,     SCHULE + STELLE, needs="zeichnungsbefugt, nicht befangen; hat weder Stellungnahme geschrieben noch bestätigt; Budget reicht; Schreiben angesehen, Anschriften vollständig"),
    Transition("freigabe_verweigern",   "Freigabe verweigern",                       "hat die Freigabe verweigert",                  [S.BESCHLOSSEN, S.ABLEHNUNG_BESCHLOSSEN], S.GREMIENREIF,   ZEICHNENDE,     STELLE,          needs_reason=True, needs="zeichnungsbefugt; die Reservierung wird frei"),
    Transition("ablehnen",              "Ablehnung freigeben",                       "hat die Ablehnung freigegeben",                [S.ABLEHNUNG_BESCHLOSSEN],        S.ABGELEHNT,             ZEICHNENDE,     SCHULE + STELLE, needs="zeichnungsbefugt, nicht befangen; hat weder Stellungnahme geschrieben noch bestätigt; Schreiben angesehen, Anschriften vollständig"),
    Transition("verwerfen",             "Entwurf verwerfen",                         "hat den Entwurf verworfen",                    [S.ENTWURF, S.FREIGABE_SL],       S.VERWORFEN,             SCHULE + STELLE, SCHULE + STELLE, needs="eine Bestätigung; wer den Entwurf geschrieben hat"),
    Transition("fremden_verwerfen",     "Entwurf verwerfen",                         "hat den Entwurf verworfen",                    [S.ENTWURF, S.FREIGABE_SL],       S.VERWORFEN,             KOPF,           SCHULE,          needs_reason=True, needs="nicht der eigene Entwurf"),
    Transition("entwurf_wiederaufnehmen", "Entwurf wieder aufnehmen",                "hat den Entwurf wieder aufgenommen",           [S.VERWORFEN],                    S.ENTWURF,               SCHULE + STELLE, SCHULE + STELLE, needs="wer ihn verworfen hat, 30 Tage lang; aus der Beratung ist kein anderer Antrag geworden"),
    Transition("zurueckziehen",         "Antrag zurückziehen",                       "hat den Antrag zurückgezogen",                 BIS_BEWILLIGT,                    S.ZURUECKGEZOGEN,        KOPF,            SCHULE + STELLE, needs="eine Bestätigung"),
], excludes={
    "weitergeben":              ["angebote.antrag.bedingungen.leitung_reicht_selbst_ein", "angebote.antrag.bedingungen.wer_schreibt"],
    "einreichen":               ["angebote.antrag.bedingungen.vertretung_unterschreibt_eigenes"],
    "selbst_einreichen":        ["angebote.antrag.bedingungen.mitzeichnung_nicht_verlangt", "angebote.antrag.bedingungen.wer_schreibt"],
    "zurueckholen":             ["angebote.antrag.bedingungen.wer_schrieb_holt_zurueck"],
    "verwerfen":                ["angebote.antrag.bedingungen.eigener_entwurf"],
    "fremden_verwerfen":        ["angebote.antrag.bedingungen.fremder_entwurf"],
    "entwurf_wiederaufnehmen":  ["angebote.antrag.bedingungen.wer_verwarf_nimmt_wieder_auf"],
    "nachreichen":              ["angebote.pruefung.bedingungen.formal_gefragt"],
    "nachreichen_fachlich":     ["angebote.pruefung.bedingungen.fachlich_gefragt"],
    "korrekturen_vorlegen":     ["angebote.pruefung.bedingungen.ohne_unterschrift_absenden"],
    "korrekturen_zurueckgeben": ["angebote.pruefung.bedingungen.nicht_vorgelegt"],
    "formal_ablehnen":          ["angebote.pruefung.bedingungen.formal_gefragt"],
    "stellungnahme_zurueckgeben": ["angebote.pruefung.bedingungen.wer_schrieb_bestaetigt_nicht", "angebote.pruefung.bedingungen.empfehlung_passt_zum_antrag"],
    "selbst_entscheiden":       ["angebote.entscheidung.bedingungen.regel_laesst_stelle_entscheiden"],
}, requires={
    "weitergeben":              ["angebote.antrag.bedingungen.nichts_spricht_dagegen"],
    "einreichen":               ["angebote.antrag.bedingungen.nichts_spricht_dagegen"],
    "selbst_einreichen":        ["angebote.antrag.bedingungen.nichts_spricht_dagegen"],
    "entwurf_wiederaufnehmen":  ["angebote.antrag.bedingungen.kein_anderer_aus_der_beratung"],
    "nachreichen":              ["angebote.pruefung.bedingungen.korrekturen_vollstaendig", "angebote.pruefung.bedingungen.korrekturen_unterschreibt_die_richtige"],
    "nachreichen_fachlich":     ["angebote.pruefung.bedingungen.korrekturen_vollstaendig", "angebote.pruefung.bedingungen.korrekturen_unterschreibt_die_richtige"],
    "korrekturen_vorlegen":     ["angebote.pruefung.bedingungen.korrekturen_vollstaendig"],
    "ohne_antwort_beenden":     ["angebote.pruefung.bedingungen.frist_ist_vorbei"],
    "formal_ablehnen":          ["angebote.pruefung.bedingungen.wer_uebernahm_lehnt_nicht_ab"],
    "weiter_zur_fachpruefung":  ["angebote.pruefung.bedingungen.liste_ist_vollstaendig"],
    "bestaetigen":              ["angebote.pruefung.bedingungen.wer_schrieb_bestaetigt_nicht"],
    "selbst_entscheiden":       ["angebote.entscheidung.bedingungen.stelle_darf_entscheiden"],
    "bewilligen":               ["angebote.entscheidung.bedingungen.darf_zeichnen"],
    "freigabe_verweigern":      ["angebote.entscheidung.bedingungen.darf_zeichnen"],
    "ablehnen":                 ["angebote.entscheidung.bedingungen.darf_zeichnen"],
}, shows={
    "weitergeben":              "angebote.antrag.abbild.vorgelegt",
    "einreichen":               "angebote.antrag.abbild.vorgelegt",
    "selbst_einreichen":        "angebote.antrag.abbild.vorgelegt",
    "selbst_entscheiden":       "angebote.entscheidung.queries.empfehlung_gezeigt",
    "bewilligen":               "angebote.entscheidung.queries.entscheidung_gezeigt",
    "freigabe_verweigern":      "angebote.entscheidung.queries.entscheidung_gezeigt",
    "ablehnen":                 "angebote.entscheidung.queries.entscheidung_gezeigt",
    "fremden_verwerfen":        "angebote.antrag.abbild.vorgelegt",
    "zurueckziehen":            "angebote.antrag.abbild.stand_gezeigt",
    "weiter_zur_fachpruefung":  "angebote.pruefung.queries.gezeigte_pruefliste",
    "bestaetigen":              "angebote.pruefung.queries.was_bestaetigt_wird",
    "stellungnahme_zurueckgeben": "angebote.pruefung.queries.was_bestaetigt_wird",
}, tells={
    "stellungnahme_zurueckgeben": ("wer die Stellungnahme geschrieben hat", "angebote.pruefung.bedingungen.wer_geschrieben_hat"),
})
# fmt: on

SCHULINTERN = [S.ENTWURF, S.FREIGABE_SL]
"""Not yet submitted: the office sees these only if the school shares them or the office made them."""
NIE_EINGEREICHT = [*SCHULINTERN, S.VERWORFEN]
"""Without a number: no office counts these."""
VOR_DEM_GREMIUM = [S.GREMIENREIF, S.IM_GREMIUM]
"""Where the day of a meeting says when it goes on."""
ENTSCHEIDEN = ("selbst_entscheiden", "beschliessen", "ablehnung_beschliessen")
"""The steps with which somebody decides, or declares how the Gremium did."""
ENTSCHIEDEN = [S.BEWILLIGT, S.ABGELEHNT]
OHNE_ENTSCHEIDUNG = [S.ZURUECKGEZOGEN, S.VERWORFEN]
"""Ended before anybody decided: nobody waits for an answer there."""
ABGESCHLOSSEN = [S.ABGELEHNT, *OHNE_ENTSCHEIDUNG]
