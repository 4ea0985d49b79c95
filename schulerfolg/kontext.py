"""What the frame of every page needs: who is here, in which hats."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from schulerfolg.konten.permissions import MIT_ZWEITEM_FAKTOR, Rolle


@dataclass(frozen=True, slots=True)
class Hut:
    """One hat of one person: the role, where it holds, and the page that belongs to it (may be empty)."""

    rolle: Rolle
    ort: str
    adresse: str = ""
    amt: str = ""
    """What the hat is called where the role alone says too little: „Vorsitz“ of a Gremium."""
    leitet: bool = False
    """Leads a Gremium."""

    def __str__(self):
        return f"{self.name}, {self.ort}" if self.ort else self.name

    @property
    def name(self) -> str:
        return self.amt or self.rolle.label

    @property
    def zweiter_faktor(self) -> bool:
        """Whether this hat asks for a second factor when signing in."""
        return self.leitet or self.rolle in MIT_ZWEITEM_FAKTOR


def huete(person) -> list[Hut]:
    """Every hat this person wears today, offices first, committees last. Four queries, none for a visitor."""
    if not person.is_authenticated:
        return []
    stellen = (
        person.mitarbeiten.gueltig().select_related("netzwerkstelle").order_by("netzwerkstelle__kurzname", "rolle")
    )
    schulen = person.schulzugehoerigkeiten.gueltig().select_related("schule").order_by("schule__name", "rolle")
    return [
        *(Hut(Rolle(r.rolle), "", reverse("netzwerkstellen:stelle_liste")) for r in person.landesrollen.gueltig()),
        *(
            Hut(
                Rolle(m.rolle),
                m.netzwerkstelle.name,
                reverse("netzwerkstellen:verwaltung", args=[m.netzwerkstelle.slug]),
            )
            for m in stellen
        ),
        *(Hut(Rolle(z.rolle), z.schule.name) for z in schulen),
        *(
            _im_gremium(m)
            for m in person.mitgliedschaften.gueltig().select_related("gremium").order_by("gremium__name")
        ),
    ]


def _im_gremium(mitgliedschaft) -> Hut:
    return Hut(
        Rolle.GREMIUM,
        mitgliedschaft.gremium.name,
        mitgliedschaft.gremium.get_absolute_url(),
        amt=mitgliedschaft.get_rolle_display(),
        leitet=mitgliedschaft.leitet,
    )


def rahmen(request) -> dict:
    """Context of every template."""
    return {"demo": settings.DEMO, "huete": getattr(request, "huete", [])}
