"""Who looks after a Gremium, its rules and its members. What happens in a meeting stands in sitzung.permissions."""

from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.konten.permissions import Rolle
from schulerfolg.rechte import Recht, Rechte

PFLEGENDE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Gremium", """\
Ein Gremium sehen seine Mitglieder, seine Netzwerkstelle und wer landesweit koordiniert oder prüft. Was in den Sitzungen
geschieht, steht bei den [Sitzungen](#sitzungen-eines-gremiums).""", [
    #      action     who        what it allows
    Recht("anlegen", PFLEGENDE, "ein Gremium anlegen",                                        denial="Ein Gremium legt die Netzwerkstelle an."),
    Recht("pflegen", PFLEGENDE, "Regeln ändern, Mitglieder aufnehmen, verpflichten, beenden", denial="Regeln und Mitglieder pflegt die Netzwerkstelle des Gremiums."),
])
# fmt: on


def require(person, action: str, netzwerkstelle) -> Rolle:
    """The hat in which this person does this at this office; without one, PermissionDenied says whose task it is."""
    return RECHTE.require(rollen(person, netzwerkstelle), action)
