"""Everybody who wears a hat today that may open something: read once, whatever the number of people."""

from gremien.models import Mitgliedschaft
from netzwerkstellen.models import Mitarbeit, Schulzugehoerigkeit
from schulerfolg.konten.models import Landesrolle


def huete_der_schule(schule_id) -> list[Schulzugehoerigkeit]:
    return _mit_konto(Schulzugehoerigkeit.objects.filter(schule=schule_id))


def huete_der_stellen(stellen) -> list[Mitarbeit]:
    return _mit_konto(Mitarbeit.objects.filter(netzwerkstelle__in=stellen))


def huete_im_land() -> list[Landesrolle]:
    return _mit_konto(Landesrolle.objects.all())


def sitze(gremien) -> list[Mitgliedschaft]:
    """The chair first."""
    gueltig = Mitgliedschaft.objects.filter(gremium__in=gremien, person__is_active=True).gueltig()
    return list(gueltig.for_list())


def _mit_konto(zeilen) -> list:
    heute = zeilen.gueltig().filter(person__is_active=True).select_related("person")
    return list(heute.order_by("person__nachname", "person__vorname", "pk"))
