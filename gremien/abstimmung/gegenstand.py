"""The kinds of items on which a Gremium resolves: how each is put to the vote, and who carries its Beschluss out.

A new kind brings a class of its own in its subject and one line in `GEGENSTAENDE`; the vote, the quorum, the number and
the minutes are the same for all. Named in full, for such a class may stand in a higher subject.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.module_loading import import_string

from gremien.abstimmung.models import Ausgang, Beschluss, Beschlussvorschlag
from gremien.sitzung.models import Tagesordnungspunkt

Art = Tagesordnungspunkt.Art

GEGENSTAENDE = {
    Art.ANTRAG: "gremien.abstimmung.zum_antrag.ZumAntrag",
    Art.SONSTIGES: "gremien.abstimmung.frei.Frei",
}
"""What is not in it, such as a Kenntnisnahme, is heard or put off, never voted on."""


class Gegenstand:
    """One kind of item. Of the functions with an item each gets one that is locked with its meeting."""

    antraege: ClassVar[Mapping[Ausgang, str]]
    """What can be put to the vote, with its words on the form."""
    felder: ClassVar[tuple[str, ...]]
    """What a motion says beside that, of the columns of a Beschlussvorschlag."""
    verloren: ClassVar[Mapping[Ausgang, Ausgang]]
    """What a lost motion means. What is not in it resolves nothing when it is lost."""
    heisst_verloren: ClassVar[Mapping[Ausgang, str]] = {}
    """Of these, what goes beyond the motion itself, in words: whoever declares it says that this is meant."""

    def erster_vorschlag(self, punkt) -> dict[str, Any]:
        """The first values of the form."""
        return {}

    def vorlegen(self, punkt, angaben) -> None:
        """Raises ValidationError where this motion can't be put to the vote."""

    def sperren(self, punkt, ausgang: Ausgang, vorschlag: Beschlussvorschlag) -> None:
        """Lock what the Beschluss will change, before its number is given out. ValidationError: what is missing."""

    def umsetzen(self, beschluss: Beschluss, *, by) -> None:
        """Carry the Beschluss out, in the transaction that made it."""

    def wortlaut(self, punkt, ausgang: Ausgang, vorschlag: Beschlussvorschlag) -> str:
        """The resolution as it stands in the minutes."""
        raise NotImplementedError

    def in_worten(self, vorschlag: Beschlussvorschlag) -> str:
        """The motion as a noun: „Bewilligung von 900,00 €“."""
        raise NotImplementedError


def gegenstand(punkt) -> Gegenstand:
    return import_string(GEGENSTAENDE[Art(punkt.art)])()


def abstimmbar(punkt) -> bool:
    """Whether the Gremium can vote on this item, as far as the item goes."""
    return punkt.zu_behandeln and punkt.art in GEGENSTAENDE
