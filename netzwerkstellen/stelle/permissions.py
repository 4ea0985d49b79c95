"""Who may do what with an office's own data. The public page is open to everybody and not listed here."""

from django.core.exceptions import PermissionDenied

from schulerfolg.konten.permissions import Rolle, getragene, landesrollen

S, L, T, K, P = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG

# A table, to be read in columns.
# fmt: off
RECHTE = {
    # action                who, the hat closest to the work first
    "ansehen":             (S, L, T, K, P),
    "kontakte_pflegen":    (S, L, K),
    "angaben_pflegen":     (L, K),
    "traeger_pflegen":     (K,),
    "schulen_pflegen":     (S, L, K),
    "schule_einladen":     (S, L, K),
    "gremium_einladen":    (S, L),
    "schule_umziehen":     (K,),
    "organisation_eintragen": (S, L, K),
    "team_pflegen":        (L, K),
}
# fmt: on


def rollen(person, netzwerkstelle) -> set[Rolle]:
    """The hats this person wears towards this office today. None at all means: a stranger."""
    hier = getragene(person, "mitarbeiten", netzwerkstelle=netzwerkstelle.pk)
    return {Rolle(rolle) for rolle in hier} | landesrollen(person)


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


def require(person, action: str, netzwerkstelle) -> Rolle:
    """The hat in which this person does this here; without one, PermissionDenied says whose step it is."""
    worn = hut(person, action, netzwerkstelle)
    if worn is None:
        raise PermissionDenied(zustaendig(action, netzwerkstelle))
    return worn


def zustaendig(action: str, netzwerkstelle) -> str:
    """Who does this here, in words, with the names of colleagues who have the hat today."""
    *andere, letzte = [rolle.label for rolle in RECHTE[action]]
    rollen_in_worten = f"{', '.join(andere)} oder {letzte}" if andere else letzte
    kollegen = netzwerkstelle.mitarbeiten.gueltig().filter(rolle__in=RECHTE[action], person__is_active=True)
    namen = list(dict.fromkeys(str(mitarbeit.person) for mitarbeit in kollegen.select_related("person")))[:5]
    return f"Diesen Schritt macht: {rollen_in_worten}." + (f" Zuständig hier: {', '.join(namen)}." if namen else "")


def rolle_am_ort(rolle: Rolle, netzwerkstelle) -> str:
    """A hat and the place it is worn at, as an Ereignis names it."""
    return rolle.label if rolle in (K, Rolle.SYSTEM) else f"{rolle.label}, {netzwerkstelle.kurzname}"


def may_change_mitarbeit(person, mitarbeit) -> bool:
    """Nobody changes their own role, dates or signature; only the coordination office may."""
    worn = rollen(person, mitarbeit.netzwerkstelle)
    return K in worn or (L in worn and mitarbeit.person_id != person.pk)
