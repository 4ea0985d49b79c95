"""A rule is never edited: it ends, and a new one follows it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from angebote.foerderung.models import Anlagenanforderung, Foerderregel


@transaction.atomic
def nachfolge_festlegen(regel, *, by, ab: date, **werte) -> Foerderregel:
    """End this rule the day before `ab` and let a new one with these values begin; its documents are asked for anew.

    Refused where `ab` does not lie after the beginning of the rule that ends, or another rule holds then.
    """
    regel = Foerderregel.objects.select_for_update(of=("self",)).get(pk=regel.pk)
    if regel.bis and regel.bis < ab:
        raise ValidationError({"ab": f"Diese Regel endet schon am {regel.bis:%d.%m.%Y}."})
    if regel.von and ab <= regel.von:
        raise ValidationError(
            {"ab": f"Bitte wählen Sie einen Tag nach dem {regel.von:%d.%m.%Y}; da begann diese Regel."}
        )
    bis, regel.bis = regel.bis, ab - timedelta(days=1)
    regel.save(update_fields=["bis"])
    neu = Foerderregel(netzwerkstelle=regel.netzwerkstelle, von=ab, bis=bis, **werte)
    try:
        with transaction.atomic():
            neu.save()
    except IntegrityError as error:
        if "foerderregel_eine_zur_selben_zeit" not in str(error):
            raise
        raise ValidationError({"ab": "In dieser Zeit gilt schon eine andere Regel."}) from error
    alte = regel.anlagen.values_list("art", "pflicht_bei")
    Anlagenanforderung.objects.bulk_create(Anlagenanforderung(regel=neu, art=art, pflicht_bei=bei) for art, bei in alte)
    return neu
