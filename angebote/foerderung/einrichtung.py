"""Without a rule no school can submit an application."""

from django.urls import reverse
from django.utils import timezone

from angebote.foerderung.models import Foerderregel
from angebote.foerderung.permissions import RECHTE
from schulerfolg.einrichtung import Platz, Punkt
from schulerfolg.zeit import datum


def einrichtung(stellen):
    """One query; the rule that holds, else the next one."""
    regeln = Foerderregel.objects.nicht_beendet().filter(netzwerkstelle__in=stellen).order_by("von")
    erste: dict[int, Foerderregel] = {}
    for regel in regeln:
        erste.setdefault(regel.netzwerkstelle_id, regel)
    for stelle in stellen:
        yield stelle.pk, _regel(stelle, erste.get(stelle.pk))


def _regel(stelle, regel) -> Punkt:
    if regel is None:
        da, adresse = "", reverse("foerderregeln:erste", args=[stelle.slug])
    else:
        ab = f"Sie gilt ab dem {datum(regel.von)}." if regel.von and regel.von > timezone.localdate() else "Sie gilt."
        da, adresse = f"Eine Regel ist festgelegt. {ab}", reverse("foerderregeln:regel", args=[regel.pk])
    return Punkt(
        Platz.REGEL,
        "Förderregel",
        da=da,
        fehlt=""
        if regel
        else "Höchstbetrag, Vorlauf und wer entscheidet, sind noch nicht festgelegt. Ohne Regel kann "
        "keine Schule einen Antrag einreichen.",
        adresse=adresse,
        knopf="Förderregel festlegen",
        wer=RECHTE["festlegen"].roles,
    )
