"""Who is asked: at the office one person, who has the case, else its Leitung; at the school whoever writes in it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from angebote.antrag.machine import empfaenger
from angebote.antrag.permissions import STELLE, rollen
from angebote.nachricht.models import Nachricht
from angebote.nachricht.permissions import ist_schule
from netzwerkstellen.models import Mitarbeit
from schulerfolg.konten.models import Abwesenheit, Person
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle


@dataclass(slots=True)
class Team:
    """Who answers at an office today, the Leitung first, and who of them is away: known for all its cases at once."""

    leitung: list[Person] = field(default_factory=list)
    weitere: list[Person] = field(default_factory=list)
    vertretungen: dict[int, Person] = field(default_factory=dict)

    @property
    def alle(self) -> list[Person]:
        return [*self.leitung, *self.weitere]

    def verantwortlich(self, antrag) -> Person | None:
        """The one person who answers: who has the case, else the Leitung; None where nobody works there."""
        return next((p for p in self.alle if p.pk == antrag.zustaendig_id), next(iter(self.alle), None))

    def nach_der_frist(self, antrag) -> Person | None:
        """Who steps in when the day is over: whoever stands in for that person today, else the Leitung."""
        wer = self.verantwortlich(antrag)
        vertretung = self.vertretungen.get(wer.pk) if wer else None
        if vertretung in self.alle:
            return vertretung
        return next((person for person in self.leitung if person != wer), wer)


def teams(stellen: Collection[int], *, wer_weg_ist: bool = True) -> defaultdict[int, Team]:
    """The teams of these offices in one query, for however many cases; in a second one who is away."""
    gefunden: defaultdict[int, Team] = defaultdict(Team)
    zeilen = Mitarbeit.objects.to_notify().filter(netzwerkstelle__in=stellen, rolle__in=STELLE)
    for zeile in zeilen.select_related("person").order_by("pk"):
        team = gefunden[zeile.netzwerkstelle_id]
        (team.leitung if zeile.rolle == Rolle.LEITUNG else team.weitere).append(zeile.person)
    if not wer_weg_ist:
        return gefunden
    weg = Abwesenheit.objects.heute().filter(person__in={p.pk for team in gefunden.values() for p in team.alle})
    vertretungen = {abwesenheit.person_id: abwesenheit.vertretung for abwesenheit in weg}
    for team in gefunden.values():
        team.vertretungen = vertretungen
    return gefunden


def verantwortlich(antrag) -> Person | None:
    """The one person of the office who answers; None where nobody works there."""
    return teams([antrag.netzwerkstelle_id], wer_weg_ist=False)[antrag.netzwerkstelle_id].verantwortlich(antrag)


def gefragte_der_schule(antrag) -> list[Person]:
    """Who wrote the application, who signs for the school, and whoever of it wrote here."""
    schreibende = Nachricht.objects.filter(antrag=antrag, art=Nachricht.Art.AN_STELLE).values("durch")
    weitere = [p for p in Person.objects.filter(pk__in=schreibende, is_active=True) if ist_schule(rollen(p, antrag))]
    return sorted({*empfaenger(antrag, SCHULROLLEN), *weitere}, key=lambda person: person.pk)
