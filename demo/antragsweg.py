"""When each step of a demo application was taken, by whom and with which words."""

from datetime import timedelta

from angebote.antrag.workflow import ABLAUF, Status
from demo.vorhaben import ABLEHNUNGEN, RUECKZUEGE
from schulerfolg.konten.permissions import Rolle

SCHULE = ["weitergeben", "einreichen"]
FRAGEN = ["nachfordern", "nachreichen"]
WEGE = {
    Status.ENTWURF: [],
    Status.FREIGABE_SL: ["weitergeben"],
    Status.EINGEREICHT: SCHULE,
    Status.FORMALPRUEFUNG: [*SCHULE, "uebernehmen"],
    Status.NACHFORDERUNG: [*SCHULE, "uebernehmen", "nachfordern"],
    Status.FACHPRUEFUNG: [*SCHULE, "uebernehmen", "weiter_zur_fachpruefung"],
    Status.GREMIENREIF: [*SCHULE, "uebernehmen", "weiter_zur_fachpruefung", "bestaetigen"],
    Status.ABGELEHNT: [*SCHULE, "uebernehmen", "formal_ablehnen"],
    Status.ZURUECKGEZOGEN: [*SCHULE, "uebernehmen", "zurueckziehen"],
}
# Days between a step and the one before it
DAUER = {
    "weitergeben": (1, 9), "zurueckgeben": (1, 3), "einreichen": (1, 4), "selbst_einreichen": (2, 9),
    "uebernehmen": (1, 5), "nachfordern": (1, 6), "nachreichen": (2, 10), "weiter_zur_fachpruefung": (2, 8),
    "bestaetigen": (2, 9), "formal_ablehnen": (2, 8), "zurueckziehen": (1, 12),
}  # fmt: skip
# How many days ago the last step was taken
HER = {Status.ABGELEHNT: (6, 120), Status.ZURUECKGEZOGEN: (6, 120), Status.GREMIENREIF: (2, 90)}
# How often each state occurs, at one glance.
OFT = {
    Status.ENTWURF: 12, Status.FREIGABE_SL: 6, Status.EINGEREICHT: 13, Status.FORMALPRUEFUNG: 13,
    Status.NACHFORDERUNG: 9, Status.FACHPRUEFUNG: 13, Status.GREMIENREIF: 20, Status.ABGELEHNT: 7,
    Status.ZURUECKGEZOGEN: 7,
}  # fmt: skip


def schritte(welt, status, *, mitzeichnung, selbst) -> list[str]:
    """The names of the steps that lead here; `selbst`: the head wrote it."""
    namen = list(WEGE[status])
    if not mitzeichnung and "einreichen" in namen:
        namen[:2] = ["selbst_einreichen"]
    elif selbst and namen:
        namen.remove("weitergeben")
    elif "weitergeben" in namen and welt.zufall.random() < 0.1:
        namen[:1] = ["weitergeben", "zurueckgeben", "weitergeben"]
    if "weiter_zur_fachpruefung" in namen and welt.zufall.random() < 0.35:
        stelle = namen.index("weiter_zur_fachpruefung")
        namen[stelle:stelle] = FRAGEN
    return namen


def zeiten(welt, status, namen) -> list:
    """The moment of the first draft and of every step, all in office hours and before today."""
    zufall = welt.zufall
    dauern = [zufall.randint(*DAUER[name]) for name in namen]
    tag = welt.jetzt - timedelta(days=zufall.randint(*HER.get(status, (1, 16))) + sum(dauern))
    momente = [tag]
    for dauer in dauern:
        momente.append(momente[-1] + timedelta(days=dauer))
    return [m.replace(hour=zufall.randint(7, 14), minute=zufall.randint(0, 59), second=0) for m in momente]


def wer(name, beteiligte):
    """Person and hat for a step: the author, the head, the Sachbearbeitung or the Leitung of the office."""
    rolle = {
        **dict.fromkeys(["einreichen", "zurueckgeben", "zurueckziehen"], "kopf"),
        **dict.fromkeys(["weitergeben", "selbst_einreichen", "nachreichen", "anlegen"], "verfasst"),
        **dict.fromkeys(["bestaetigen", "formal_ablehnen"], "leitung"),
    }.get(name, "sachbearbeitung")
    return beteiligte[rolle]


def begruendung(welt, name) -> str:
    texte = {
        "zurueckgeben": ["Bitte beschreiben Sie noch, wer die Gruppe in den Pausen betreut."],
        "formal_ablehnen": ABLEHNUNGEN,
        "zurueckziehen": RUECKZUEGE,
        "nachfordern": ["Damit wir die Kosten und den Ablauf prüfen können."],
    }
    return welt.zufall.choice(texte[name]) if name in texte else ""


def uebergaenge(namen) -> list[tuple]:
    """Step, words for the history, from, to; the first is the draft itself."""
    liste: list[tuple] = [("anlegen", "hat den Entwurf angelegt", "", Status.ENTWURF)]
    stand: str = Status.ENTWURF
    for name in namen:
        schritt = ABLAUF.transitions[name]
        liste.append((name, schritt.past, stand, schritt.target))
        stand = schritt.target
    return liste


def hut(rolle, schule, stelle) -> str:
    """The hat and its place, as `take_step` writes it."""
    ort = stelle.name if rolle in (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG) else schule.name
    return f"{Rolle(rolle).label}, {ort}"[:120]
