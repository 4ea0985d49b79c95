"""An award takes three people: who writes the opinion, who confirms it, who signs."""

from itertools import product

from django.urls import reverse

from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ABLAUF
from netzwerkstellen.stelle.models import Mitarbeit
from netzwerkstellen.stelle.permissions import RECHTE as STELLENRECHTE
from schulerfolg.einrichtung import Platz, Punkt
from schulerfolg.konten.permissions import Rolle


def einrichtung(stellen):
    """One query."""
    team: dict[int, list[Mitarbeit]] = {}
    for mitarbeit in Mitarbeit.objects.to_notify().filter(netzwerkstelle__in=stellen):
        team.setdefault(mitarbeit.netzwerkstelle_id, []).append(mitarbeit)
    for stelle in stellen:
        yield stelle.pk, _team(stelle, team.get(stelle.pk, []))


def _team(stelle, team) -> Punkt:
    if not any(mitarbeit.rolle == Rolle.LEITUNG for mitarbeit in team):
        fehlt = "Eine Leitung fehlt. Sie legt Regel und Budget fest und lädt das Team ein."
    elif not _drei(team):
        fehlt = (
            "Eine Bewilligung braucht drei Menschen: Eine Person schreibt die Stellungnahme, eine zweite bestätigt "
            "sie, eine dritte unterschreibt. Bitte laden Sie ein, wer noch fehlt. Wer unterschreibt, muss "
            "zeichnungsbefugt sein, zum Beispiel die Freigabe beim Träger."
        )
    else:
        fehlt = ""
    menschen = len({mitarbeit.person_id for mitarbeit in team})
    return Punkt(
        Platz.TEAM,
        "Team",
        da=f"{menschen} Menschen arbeiten mit. Jede Bewilligung findet eine Unterschrift.",
        fehlt=fehlt,
        adresse=reverse("netzwerkstellen:team", args=[stelle.slug]),
        knopf="Ins Team einladen",
        wer=STELLENRECHTE["team_pflegen"].roles,
    )


def _drei(team) -> bool:
    """Whether one can write, a second one confirm and a third one sign."""
    schreiben = {m.person_id for m in team if m.rolle in RECHTE["stellung_nehmen"].roles}
    bestaetigen = {m.person_id for m in team if m.rolle in ABLAUF.transitions["bestaetigen"].roles}
    zeichnen = {m.person_id for m in team if m.zeichnungsbefugt}
    return any(len({*drei}) == 3 for drei in product(schreiben, bestaetigen, zeichnen))
