"""What the subjects say an office needs, brought together."""

from dataclasses import dataclass

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.dach.gegenstaende import modules_named
from schulerfolg.einrichtung import Punkt


@dataclass(frozen=True, slots=True)
class Liste:
    """The check list of one office, in the order in which an office begins."""

    stelle: Netzwerkstelle
    punkte: list[Punkt]

    @property
    def offen(self) -> list[Punkt]:
        return [punkt for punkt in self.punkte if not punkt.fertig]

    @property
    def satz(self) -> str:
        """„Noch offen: Team, Budget“."""
        return f"Noch offen: {', '.join(punkt.titel for punkt in self.offen)}" if self.offen else "Alles ist da."


def listen(stellen) -> list[Liste]:
    """The check list of each of these offices, in a constant number of queries; none for no office."""
    stellen = list(stellen)
    punkte: dict[int, list[Punkt]] = {stelle.pk: [] for stelle in stellen}
    for subject in modules_named("einrichtung") if stellen else ():
        for pk, punkt in subject.einrichtung(stellen):
            punkte[pk].append(punkt)
    return [Liste(stelle, sorted(punkte[stelle.pk], key=lambda punkt: punkt.platz)) for stelle in stellen]
