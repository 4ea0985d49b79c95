"""The schools somebody leads."""

from netzwerkstellen.schule.models import Schule
from netzwerkstellen.schule.permissions import RECHTE


def geleitete_schulen(person):
    """Where this person is head or deputy today."""
    meine = person.schulzugehoerigkeiten.gueltig().filter(rolle__in=RECHTE["kollegium_ansehen"].roles).values("schule")
    return Schule.objects.filter(pk__in=meine).select_related("netzwerkstelle").sorted_german()
