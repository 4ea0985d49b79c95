"""Who may do what with an office's own data. The public page is open to everybody and not listed here."""

from schulerfolg.konten.permissions import Rolle

S, L, T, K, P = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG

# fmt: off
RECHTE = {
    # action                who, the hat closest to the work first
    "ansehen":             (S, L, T, K, P),
    "kontakte_pflegen":    (S, L, K),
    "angaben_pflegen":     (L, K),
    "traeger_pflegen":     (K,),
    "schulen_pflegen":     (S, L, K),
    "schule_einladen":     (S, L, K),
    "team_pflegen":        (L, K),
}
# fmt: on


def rollen(person, netzwerkstelle) -> set[Rolle]:
    """The hats this person wears towards this office today. None at all means: a stranger."""
    hier = person.mitarbeiten.gueltig().filter(netzwerkstelle=netzwerkstelle).values_list("rolle", flat=True)
    landesweit = person.landesrollen.gueltig().values_list("rolle", flat=True)
    return {Rolle(rolle) for rolle in (*hier, *landesweit)}


def hut(person, action: str, netzwerkstelle) -> Rolle | None:
    """The hat in which this person may do this here, or None."""
    worn = rollen(person, netzwerkstelle)
    return next((rolle for rolle in RECHTE[action] if rolle in worn), None)


def may(person, action: str, netzwerkstelle) -> bool:
    return hut(person, action, netzwerkstelle) is not None


def actions(person, netzwerkstelle) -> set[str]:
    """Everything this person may do here, in two queries: what a page offers."""
    worn = rollen(person, netzwerkstelle)
    return {action for action, hats in RECHTE.items() if not worn.isdisjoint(hats)}
