"""Who may do what with an office's own data. The public page is open to everybody and not listed here."""

from django.core.exceptions import PermissionDenied

from schulerfolg.konten.permissions import Rolle, hats_worn, landesrollen
from schulerfolg.rechte import Recht, Rechte

S, L, T, K, P = Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Angaben einer Netzwerkstelle", """\
Die öffentliche Seite sehen alle. Die folgenden Rechte gelten für die eigene Stelle, die der Koordinierungsstelle
für alle Stellen.""", [
    #      action                    who              what it allows
    Recht("ansehen",                (S, L, T, K, P), "die internen Angaben der Stelle ansehen"),
    Recht("kontakte_pflegen",       (S, L, K),       "Ansprechpersonen und Standorte pflegen"),
    Recht("angaben_pflegen",        (L, K),          "Beschreibung, Adressen und Hinweise pflegen"),
    Recht("inhalte_teilen",         (L,),            "der Koordinierungsstelle Einblick in die Anträge geben"),
    Recht("traeger_pflegen",        (K,),            "Trägerschaft eintragen und beenden"),
    Recht("schulen_pflegen",        (S, L, K),       "Schulen eintragen und ändern"),
    Recht("schule_einladen",        (S, L, K),       "Menschen an Schulen einladen"),
    Recht("gremium_einladen",       (S, L),          "Mitglieder eines Gremiums in das Portal einladen"),
    Recht("schule_umziehen",        (K,),            "eine Schule einer anderen Netzwerkstelle zuordnen"),
    Recht("organisation_eintragen", (S, L, K),       "Organisationen eintragen, zum Beispiel Träger und Partner"),
    Recht("team_pflegen",           (L, K),          "Kolleginnen und Kollegen einladen, Rollen vergeben und beenden"),
    Recht("mitarbeit_aendern",      (L, K),          "Rolle, Zeit und Zeichnungsbefugnis ändern",                      needs="die Leitung nicht ihre eigenen", denial="Die eigene Rolle, ihre Zeit und die Zeichnungsbefugnis ändert eine andere Person: die Koordinierungsstelle oder eine zweite Leitung."),
])
# fmt: on


def rollen(person, netzwerkstelle, *, ueber: int | None = None) -> set[Rolle]:
    """The hats this person wears towards this office today. None at all means: a stranger.

    `ueber`: the number of the colleague it is about; nobody is the Leitung of themselves.
    """
    hier = hats_worn(person, "mitarbeiten", netzwerkstelle=netzwerkstelle.pk)
    return ({Rolle(rolle) for rolle in hier} - ({L} if ueber == person.pk else set())) | landesrollen(person)


def irgendwo(person) -> set[Rolle]:
    """The hats this person wears at any office today, and for the Land: whether a page is theirs at all."""
    return {Rolle(rolle) for rolle in hats_worn(person, "mitarbeiten")} | landesrollen(person)


def require(person, action: str, netzwerkstelle) -> Rolle:
    """The hat in which this person does this here; without one, PermissionDenied says whose step it is."""
    worn = RECHTE.hat(rollen(person, netzwerkstelle), action)
    if worn is None:
        raise PermissionDenied(zustaendig(action, netzwerkstelle))
    return worn


def zustaendig(action: str, netzwerkstelle) -> str:
    """Who does this here, in words, with the names of colleagues who have the hat today."""
    recht = RECHTE[action]
    kollegen = netzwerkstelle.mitarbeiten.gueltig().filter(rolle__in=recht.roles, person__is_active=True)
    namen = list(dict.fromkeys(str(mitarbeit.person) for mitarbeit in kollegen.select_related("person")))[:5]
    return recht.refusal + (f" Zuständig hier: {', '.join(namen)}." if namen else "")


def rolle_am_ort(rolle: Rolle, netzwerkstelle) -> str:
    """A hat and the place it is worn at, as an Ereignis names it."""
    return rolle.label if rolle in (K, Rolle.SYSTEM) else f"{rolle.label}, {netzwerkstelle.kurzname}"
