"""How a status reads: what it means, whose turn it is and what they do then. Data; the steps stand in workflow.py."""

from dataclasses import dataclass

from angebote.antrag.workflow import KOPF, SCHULE, STELLE, ZEICHNENDE, Status
from schulerfolg.konten.permissions import Rolle

S = Status


@dataclass(frozen=True, slots=True)
class Stand:
    label: str
    art: str
    """Colour and icon of the badge: info, success, warning or danger; the words stand beside it."""
    satz: str
    """What it means, in a sentence for everybody."""
    wer: str = ""
    """Whose turn it is, in words; empty when nothing more comes."""
    rollen: tuple[Rolle, ...] = ()
    """The hats whose turn it is; names are looked up from them."""
    tun: str = ""
    """What they do now."""


def _stand(status, art, satz, wer="", rollen=(), tun=""):
    return status, Stand(S(status).label, art, satz, wer, tuple(rollen), tun)


# A table, to be read in columns.
# fmt: off
STAENDE = dict([
    _stand(S.ENTWURF,         "info",    "Der Antrag wird noch geschrieben.", "die Schule", SCHULE, "füllt den Antrag aus und gibt ihn weiter"),
    _stand(S.FREIGABE_SL,     "warning", "Der Antrag ist geschrieben. Es fehlt die Unterschrift der Schulleitung.", "die Schulleitung", KOPF, "liest den Antrag und reicht ihn ein"),
    _stand(S.EINGEREICHT,     "info",    "Der Antrag ist eingegangen.", "die Netzwerkstelle", STELLE, "übernimmt den Antrag"),
    _stand(S.FORMALPRUEFUNG,  "info",    "Die Netzwerkstelle prüft, ob alles da ist und passt.", "die Netzwerkstelle", STELLE, "prüft die Angaben und Anlagen"),
    _stand(S.NACHFORDERUNG,   "warning", "Die Netzwerkstelle hat noch Fragen an die Schule.", "die Schule", SCHULE, "beantwortet die Rückfragen"),
    _stand(S.FACHPRUEFUNG,    "info",    "Formal ist alles in Ordnung. Die Netzwerkstelle prüft den Antrag fachlich.", "die Netzwerkstelle", STELLE, "schreibt ihre fachliche Stellungnahme"),
    _stand(S.GREMIENREIF,     "info",    "Die Prüfung ist fertig. Der Antrag wartet auf die nächste Sitzung.", "die Netzwerkstelle", STELLE, "setzt den Antrag auf eine Tagesordnung"),
    _stand(S.IM_GREMIUM,      "info",    "Der Antrag steht auf der Tagesordnung einer Sitzung.", "das Gremium", (), "berät und beschließt"),
    _stand(S.ZURUECKGESTELLT, "warning", "Das Gremium hat die Entscheidung verschoben.", "die Netzwerkstelle", STELLE, "klärt, was dem Gremium noch fehlt"),
    _stand(S.BESCHLOSSEN,     "info",    "Die Bewilligung ist beschlossen. Es fehlt die zweite Unterschrift.", "eine zweite Person der Netzwerkstelle", ZEICHNENDE, "prüft den Beschluss und unterschreibt"),
    _stand(S.ABLEHNUNG_BESCHLOSSEN, "info", "Die Ablehnung ist beschlossen. Es fehlt die zweite Unterschrift.", "eine zweite Person der Netzwerkstelle", ZEICHNENDE, "prüft den Beschluss und unterschreibt"),
    _stand(S.BEWILLIGT,       "success", "Der Antrag ist bewilligt."),
    _stand(S.ABGELEHNT,       "danger",  "Der Antrag ist abgelehnt. Ein neuer Antrag ist jederzeit möglich."),
    _stand(S.ZURUECKGEZOGEN,  "info",    "Der Antrag ist beendet. Ein neuer Antrag ist jederzeit möglich."),
    _stand(S.VERWORFEN,       "info",    "Der Entwurf wird nicht weitergeschrieben; eingereicht wurde er nicht. Lesen können Sie ihn weiter."),
])
# fmt: on

IN_AUSFERTIGUNG = Stand(
    "Entscheidung in Vorbereitung",
    "info",
    "Über den Antrag ist beraten worden. Die Netzwerkstelle bereitet ihr Schreiben an die Schule vor.",
    "die Netzwerkstelle",
    tuple(ZEICHNENDE),
    "unterschreibt die Entscheidung und schickt sie Ihnen",
)
NOCH_NICHT_BEKANNT = (S.BESCHLOSSEN, S.ABLEHNUNG_BESCHLOSSEN)
"""A decision is not told to the school before the second signature: it reads IN_AUSFERTIGUNG instead."""

NUR_INTERN = {
    "stellung_nehmen": "",
    "stellungnahme_zurueckgeben": "",
    "bestaetigen": "hat die fachliche Stellungnahme bestätigt",
    "selbst_entscheiden": "hat über den Antrag entschieden",
    "beschliessen": "hat über den Antrag beraten",
    "ablehnung_beschliessen": "hat über den Antrag beraten",
    "freigabe_verweigern": "",
    "vorzeitig_antworten": "",
}
"""Steps the school reads in other words, or not at all."""

NUR_IN_DER_SCHULE = ("zurueckgeben", "korrekturen_zurueckgeben", "fremden_verwerfen", "an_sich_nehmen")
"""Steps whose reason no office ever reads: the head wrote it to her own people."""

ZULETZT = (
    "freigabe_verweigern",
    "formal_ablehnen",
    "ohne_antwort_beenden",
    "zurueckgeben",
    "korrekturen_zurueckgeben",
    "verwerfen",
    "fremden_verwerfen",
    "zurueckziehen",
)
"""Steps that end a case or send it back stand behind those that bring it forward."""

PHASEN = {
    "in Prüfung": (S.EINGEREICHT, S.FORMALPRUEFUNG, S.NACHFORDERUNG, S.FACHPRUEFUNG),
    "beim Gremium": (S.GREMIENREIF, S.IM_GREMIUM, S.ZURUECKGESTELLT, *NOCH_NICHT_BEKANNT),
    "bewilligt": (S.BEWILLIGT,),
    "abgelehnt": (S.ABGELEHNT,),
    "zurückgezogen": (S.ZURUECKGEZOGEN,),
}
"""The submitted cases in five columns, for figures that everybody reads."""

INTERNE_PHASEN = {
    "in Prüfung": PHASEN["in Prüfung"],
    "beim Gremium": (S.GREMIENREIF, S.IM_GREMIUM, S.ZURUECKGESTELLT),
    "zu unterschreiben": NOCH_NICHT_BEKANNT,
} | {name: PHASEN[name] for name in ("bewilligt", "abgelehnt", "zurückgezogen")}
"""The same for whoever may know what is decided and not yet signed."""


def stand_fuer(status, intern: bool) -> Stand:
    """How this status reads for the office (`intern`) or for the school."""
    if not intern and status in NOCH_NICHT_BEKANNT:
        return IN_AUSFERTIGUNG
    return STAENDE[status]


def staende_zur_wahl(intern: bool) -> list[tuple[str, str]]:
    """The statuses as choices: those that read the same are one."""
    verborgen = () if intern else NOCH_NICHT_BEKANNT[1:]
    return [(status.value, stand_fuer(status, intern).label) for status in Status if status not in verborgen]


def gleich_lautende(gewaehlt: list[str], intern: bool) -> list[str]:
    """These statuses, and those that read the same for this person."""
    if intern or NOCH_NICHT_BEKANNT[0] not in gewaehlt:
        return gewaehlt
    return [*gewaehlt, *NOCH_NICHT_BEKANNT[1:]]


def ist_gefragt(antrag, person, huete) -> bool:
    """Whether a row of a list waits for this person: by the hats of its school, at its office by whose case it is."""
    if antrag.status == S.ENTWURF:
        return person.pk == antrag.verfasst_durch_id
    rollen = STAENDE[antrag.status].rollen
    if antrag.status not in NOCH_NICHT_BEKANNT and set(rollen) & set(STELLE):
        return person.pk == antrag.zustaendig_id
    hier = ("schulzugehoerigkeiten", antrag.schule_id)
    return any(hut.rolle in rollen and hut.wo == hier for hut in huete)


def mit_stand(antraege, intern: set[int] | None) -> list:
    """The rows of a page, each with `stand`: how its status reads for this person."""
    antraege = list(antraege)
    for antrag in antraege:
        antrag.stand = stand_fuer(antrag.status, intern is None or antrag.netzwerkstelle_id in intern)
    return antraege
