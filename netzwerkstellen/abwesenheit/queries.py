"""Who may stand in for whom: only people who work at the same place today."""

from django.db.models import Q

from netzwerkstellen.schule.models import Schulzugehoerigkeit
from netzwerkstellen.stelle.models import Mitarbeit
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import VERTRETBAR


def moegliche_vertretungen(person):
    """Colleagues of the same office or school with an open account; an auditor stands in for nobody."""
    stellen = person.mitarbeiten.gueltig().filter(rolle__in=VERTRETBAR).values("netzwerkstelle")
    schulen = person.schulzugehoerigkeiten.gueltig().values("schule")
    im_team = Mitarbeit.objects.gueltig().filter(rolle__in=VERTRETBAR, netzwerkstelle__in=stellen)
    an_der_schule = Schulzugehoerigkeit.objects.gueltig().filter(schule__in=schulen)
    hier = Q(pk__in=im_team.values("person")) | Q(pk__in=an_der_schule.values("person"))
    return Person.objects.filter(hier, is_active=True).exclude(pk=person.pk).order_by("nachname", "vorname", "pk")
