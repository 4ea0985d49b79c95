"""A rule is never edited: it ends, and a new one follows it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from angebote.foerderung.models import Anlagenanforderung, Betragsband, Foerderregel, Zeitpunkt
from angebote.foerderung.permissions import RECHTE
from netzwerkstellen.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import rollen
from netzwerkstellen.stelle.services import festhalten
from schulerfolg.zeit import datum

HIER_GILT_SCHON = "In dieser Zeit gilt schon eine andere Regel."


@transaction.atomic
def erste_festlegen(netzwerkstelle: Netzwerkstelle, *, by, ab: date, anlagen=(), baender=(), **werte) -> Foerderregel:
    """The rule of an office that has none from this day on. Refused at `ab` where one holds then.

    `baender`: the values of its bands, each as a dictionary.
    """
    rolle = RECHTE.require(rollen(by, netzwerkstelle), "festlegen")
    neu = _sichern(Foerderregel(netzwerkstelle=netzwerkstelle, von=ab, **werte))
    _verlangen(neu, [(art, Zeitpunkt.EINREICHUNG) for art in anlagen])
    _staffeln(neu, baender)
    festhalten(netzwerkstelle, "regel_festlegen", f"Förderregel ab {datum(ab)} festgelegt", by=by, rolle=rolle)
    return neu


@transaction.atomic
def nachfolge_festlegen(regel, *, by, ab: date, anlagen=(), baender=(), **werte) -> Foerderregel:
    """End this rule the day before `ab` and let a new one with these values begin.

    `anlagen` are asked for with the submission; what the rule asks for at another moment, the new one asks for as well.
    Refused where `ab` does not lie after the beginning of the rule that ends, or another rule holds then.
    """
    regel = Foerderregel.objects.select_for_update(of=("self",)).select_related("netzwerkstelle").get(pk=regel.pk)
    stelle = regel.netzwerkstelle
    rolle = RECHTE.require(rollen(by, stelle), "festlegen")
    if regel.bis and regel.bis < ab:
        raise ValidationError({"ab": f"Diese Regel endet schon am {datum(regel.bis)}."})
    if regel.von and ab <= regel.von:
        raise ValidationError({"ab": f"Bitte wählen Sie einen Tag nach dem {datum(regel.von)}; da begann diese Regel."})
    bis, regel.bis = regel.bis, ab - timedelta(days=1)
    regel.save(update_fields=["bis"])
    neu = _sichern(Foerderregel(netzwerkstelle=stelle, von=ab, bis=bis, **werte))
    spaeter = regel.anlagen.exclude(pflicht_bei=Zeitpunkt.EINREICHUNG).exclude(art__in=anlagen)
    _verlangen(neu, [*((art, Zeitpunkt.EINREICHUNG) for art in anlagen), *spaeter.values_list("art", "pflicht_bei")])
    _staffeln(neu, baender)
    festhalten(stelle, "regel_festlegen", f"Neue Förderregel ab {datum(ab)} festgelegt", by=by, rolle=rolle)
    return neu


def _sichern(neu: Foerderregel) -> Foerderregel:
    try:
        with transaction.atomic():
            neu.save()
    except IntegrityError as error:
        if "foerderregel_eine_zur_selben_zeit" not in str(error):
            raise
        raise ValidationError({"ab": HIER_GILT_SCHON}) from error
    return neu


def _verlangen(regel, anlagen):
    Anlagenanforderung.objects.bulk_create(
        Anlagenanforderung(regel=regel, art=art, pflicht_bei=bei) for art, bei in anlagen
    )


def _staffeln(regel, baender):
    Betragsband.objects.bulk_create(Betragsband(regel=regel, **band) for band in baender)
