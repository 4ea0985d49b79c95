"""Who may look at the portal as somebody else, at which pages, and who reads the record of it."""

from django.db.models import Q

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.konten.permissions import LANDESROLLEN, Rolle, landesrollen
from schulerfolg.rechte import Recht, Rechte

K = Rolle.KOORDINATION
NICHT_ERLAUBT = (
    "Als andere Person sieht sich nur die Koordinierungsstelle das Portal an: nicht als sie selbst, nicht als jemand "
    "mit einer Rolle für das ganze Land, nicht mit einem gesperrten Konto und nur dort, wo die Netzwerkstelle ihre "
    "Inhalte mit ihr teilt."
)
# Pages of a person that nobody else opens, by name; everything below /konto/ is among them by its address.
NUR_SELBST = frozenset(
    {
        # votes, and what somebody declares about themselves
        "sitzungen:abstimmen", "sitzungen:erklaeren", "sitzungen:einwenden", "sitzungen:entscheiden",
        "sitzungen:festhalten", "sitzungen:zur_kenntnis",
        # money
        "budget:neu", "budget:aendern",
        # files that somebody sent in: they may hold bank data
        "antraege:anlage",
        # accounts and links that belong to one person
        "einladung_annehmen", "registrieren_bestaetigen", "demo_postausgang", "demo_mail", "demo_anlage",
    }
)  # fmt: skip
NUR_SELBST_UNTER = ("/konto/",)
SCHRITTSEITE = ":schritt"
"""Decisions, releases and every other step of every workflow: what their addresses are called."""


def teilen_nicht(person):
    """The offices behind this person's hats that keep their contents to themselves: no look leads around that."""
    hats = (
        Q(mitarbeiten__in=person.mitarbeiten.gueltig())
        | Q(schulen__zugehoerigkeiten__in=person.schulzugehoerigkeiten.gueltig())
        | Q(gremien__mitgliedschaften__in=person.mitgliedschaften.gueltig())
    )
    return Netzwerkstelle.objects.filter(hats, teilt_inhalte=False).distinct()


def _laesst_sich_ansehen(hats, person) -> bool:
    """A hat for the whole Land sees every office, shared or not: nobody looks through that one."""
    return person.is_active and not landesrollen(person) and not teilen_nicht(person).exists()


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Ansicht als andere Person", """\
Die Koordinierungsstelle liest das Portal mit der Sicht einer anderen Person: höchstens 30 Minuten, mit Begründung, und
die Person erfährt es. Was nur die Person selbst angeht (Abstimmungen, Entscheidungen, Geld, das eigene Konto), bleibt
dabei geschlossen. Die eigenen Ansichten lesen alle: als wer und von wem.""", [
    #      action        who           what it allows
    Recht("ansehen",    (K,),         "das Portal als andere Person ansehen",                      when=_laesst_sich_ansehen, needs="offenes Konto, nicht das eigene, keine Rolle für das ganze Land, nur wo alle Netzwerkstellen der Person ihre Inhalte teilen", denial=NICHT_ERLAUBT),
    Recht("alle_lesen", LANDESROLLEN, "lesen, wer wen angesehen hat, mit allen geöffneten Seiten"),
])
# fmt: on


def rollen(by, person) -> set[Rolle]:
    """The hats of `by` towards this person; none towards oneself."""
    return set() if by.pk == person.pk else landesrollen(by)


def nur_selbst(request) -> bool:
    """Whether the page of this request belongs to one person alone."""
    name = request.resolver_match.view_name
    return request.path.startswith(NUR_SELBST_UNTER) or name in NUR_SELBST or name.endswith(SCHRITTSEITE)
