from netzwerkstellen.einladung.forms import SchulEinladungForm
from netzwerkstellen.schule.permissions import KOLLEGIUM


class KollegiumEinladungForm(SchulEinladungForm):
    """What a head invites to: not to the roles that sign for the school."""

    rollen = KOLLEGIUM

    class Meta(SchulEinladungForm.Meta):
        help_texts = SchulEinladungForm.Meta.help_texts | {
            "rolle": "Eine Schulleitung oder Stellvertretung lädt Ihre Netzwerkstelle ein.",
        }
