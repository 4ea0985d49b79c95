"""What must be true before a step of a report; the table of steps names it."""

from django.core.exceptions import ValidationError
from django.utils import timezone


def zeitraum_ist_vorbei(bericht, by):
    if bericht.bis > timezone.localdate():
        raise ValidationError(
            f"Der Zeitraum endet erst am {bericht.bis:%d.%m.%Y}. Ein Bericht steht fest, wenn sein Zeitraum vorbei ist."
        )
