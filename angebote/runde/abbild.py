"""How a call reads, in words: its page, its versions and the difference between two of them say the same."""

from dataclasses import dataclass

from angebote.foerderung.models import Anlagenart
from angebote.runde.models import Foerderrunde, Rundenfassung
from schulerfolg.geld import euro
from schulerfolg.zeit import in_worten


@dataclass(frozen=True, slots=True)
class Unterschied:
    label: str
    vorher: str
    nachher: str


def abbild(runde: Foerderrunde) -> list[list[str]]:
    """Pairs of label and text, fit for JSON."""
    zahl = runde.hoechstens_je_schule
    return [
        ["Name", runde.name],
        ["Worum es geht", runde.ausschreibung],
        ["Themen", ", ".join(str(thema) for thema in runde.themen.all()) or "alle"],
        ["Anträge möglich", f"ab {in_worten(runde.beginn)}, {runde.bis_in_worten}"],
        ["Geld in dieser Förderrunde", euro(runde.betrag) if runde.betrag else "keine eigene Summe"],
        ["Anträge je Schule", f"höchstens {zahl}" if zahl else "so viele, wie Sie möchten"],
        [
            "Nötige Anlagen",
            ", ".join(Anlagenart(art).label for art in runde.anlagen) or "nur, was die Förderregel verlangt",
        ],
        [
            "Nächste Entscheidung",
            in_worten(runde.naechste_entscheidung) if runde.naechste_entscheidung else "steht noch nicht fest",
        ],
    ]


def unterschiede(alt: Rundenfassung, neu: Rundenfassung) -> list[Unterschied]:
    vorher = dict(alt.inhalt)
    return [Unterschied(label, vorher.get(label, ""), text) for label, text in neu.inhalt if vorher.get(label) != text]


def verlauf(fassungen: list[Rundenfassung]) -> list[tuple[Rundenfassung, list[Unterschied]]]:
    """The versions, newest first, each with what it changed; the first one changed nothing."""
    aeltere = [*fassungen[1:], None][: len(fassungen)]
    return [(neu, unterschiede(alt, neu) if alt else []) for neu, alt in zip(fassungen, aeltere, strict=True)]
