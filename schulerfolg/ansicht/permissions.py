"""Who may look at the portal as somebody else, at which pages, and who reads the record of it."""

from django.db.models import Q

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.konten.permissions import LANDESROLLEN, ist_koordination, landesrollen

# Pages of a person that nobody else opens, by name; everything below /konto/ is among them by its address.
NUR_SELBST = frozenset(
    {
        # votes, and what somebody declares about themselves
        "sitzungen:abstimmen", "sitzungen:erklaeren", "sitzungen:einwenden", "sitzungen:entscheiden",
        "sitzungen:festhalten", "sitzungen:zur_kenntnis",
        # decisions, releases and every other step
        "antraege:schritt", "sitzungen:schritt", "beratungen:schritt", "berichte:schritt",
        # money
        "budget:neu", "budget:aendern",
        # files that somebody sent in: they may hold bank data
        "antraege:anlage",
        # accounts and links that belong to one person
        "einladung_annehmen", "registrieren_bestaetigen", "demo_postausgang", "demo_nachricht", "demo_anlage",
    }
)  # fmt: skip
NUR_SELBST_UNTER = ("/konto/",)


def darf_ansehen(by, person) -> bool:
    """The coordination office, at everybody with an open account whose offices share their contents; never oneself.

    A hat for the whole Land sees every office, shared or not: nobody looks through that one.
    """
    if by.pk == person.pk or not person.is_active or not ist_koordination(by):
        return False
    return not landesrollen(person) and not teilen_nicht(person).exists()


def teilen_nicht(person):
    """The offices behind this person's hats that keep their contents to themselves: no look leads around that."""
    hats = (
        Q(mitarbeiten__in=person.mitarbeiten.gueltig())
        | Q(schulen__zugehoerigkeiten__in=person.schulzugehoerigkeiten.gueltig())
        | Q(gremien__mitgliedschaften__in=person.mitgliedschaften.gueltig())
    )
    return Netzwerkstelle.objects.filter(hats, teilt_inhalte=False).distinct()


def liest_alle(person) -> bool:
    """Whether this person reads the record of every such look: the coordination office, and an auditor of the Land."""
    return not landesrollen(person).isdisjoint(LANDESROLLEN)


def nur_selbst(request) -> bool:
    """Whether the page of this request belongs to one person alone."""
    return request.path.startswith(NUR_SELBST_UNTER) or request.resolver_match.view_name in NUR_SELBST
