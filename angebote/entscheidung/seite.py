"""What the page of a signature shows of its letter: whether it was looked at, is being made, or is due again."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.entscheidung.bedingungen import luecken
from angebote.entscheidung.brief import als_html, brief
from angebote.entscheidung.models import Briefvorschau
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.models import Person

WARTET = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Vorschau:
    """The preview this person has of the letter, and whether it is still the letter they would sign now."""

    zeile: Briefvorschau | None
    gilt: bool

    @property
    def dokument(self) -> Dokument | None:
        return self.zeile.dokument if self.zeile and self.gilt else None

    @property
    def entsteht(self) -> bool:
        return self.gilt and self.dokument is None

    @property
    def veraltet(self) -> bool:
        return self.zeile is not None and not self.gilt

    @property
    def eben_bestellt(self) -> bool:
        """Then it takes a moment and the page looks again by itself; later something is wrong."""
        return self.zeile is not None and self.entsteht and timezone.now() - self.zeile.bestellt_am < WARTET

    @property
    def sha256(self) -> str:
        return self.dokument.sha256 if self.dokument else ""

    @property
    def begruendung(self) -> str:
        return self.zeile.begruendung if self.zeile else ""


def vorschau_von(antrag: Antrag, schritt: str, person: Person) -> Vorschau:
    zeilen = antrag.briefvorschauen.filter(fuer=person, schritt=schritt)
    zeile = zeilen.select_related("dokument").defer("dokument__inhalt").first()
    if zeile is None:
        return Vorschau(None, gilt=False)
    heute = brief(antrag, schritt, by=person, am=timezone.localdate(), begruendung=zeile.begruendung)
    return Vorschau(zeile, gilt=als_html(heute) == zeile.text)


def luecken_fuer(antrag: Antrag, person: Person) -> list[dict]:
    return [luecke.fuer(person, antrag.netzwerkstelle) for luecke in luecken(antrag)]
