"""What every change of an office's own data has in common: who may, who was quicker, what is kept for good."""

from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from netzwerkstellen.organisation.models import Organisation, Organisationsart, Stammdatum
from netzwerkstellen.stelle.models import Ansprechperson, Netzwerkstelle, Stellenereignis
from netzwerkstellen.stelle.permissions import require, rolle_am_ort
from schulerfolg.formular.konflikt import Konflikt, version_of, wer_hat
from schulerfolg.konten.models import Kontoereignis, Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.zeit import wann


def sichern(zeile: models.Model, **save) -> None:
    """Save; what a constraint forbids is said in German, also when somebody else was quicker."""
    _nacheinander(zeile)
    _pruefen(zeile)
    try:
        with transaction.atomic():
            zeile.save(**save)
    except IntegrityError as error:
        _pruefen(zeile)
        raise ValidationError(_verbot(zeile, error)) from error


def _nacheinander(zeile):
    """Rows that exclude each other come one after the other: at once they would wait for each other (a deadlock)."""
    if any(isinstance(regel, ExclusionConstraint) for regel in zeile._meta.constraints):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [zeile._meta.db_table])


def _pruefen(zeile):
    leer = {feld.name for feld in zeile._meta.concrete_fields if feld.null and getattr(zeile, feld.attname) is None}
    zeile.clean_fields(exclude=leer)
    zeile.clean()
    zeile.validate_unique()
    zeile.validate_constraints()


def _verbot(zeile, error) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    constraint = next((c for c in zeile._meta.constraints if c.name == name), None)
    if constraint is None:
        return "Das passt nicht zu dem, was inzwischen gespeichert ist. Bitte laden Sie die Seite neu."
    return str(constraint.get_violation_error_message())


@transaction.atomic
def anlegen(zeile: models.Model, netzwerkstelle, *, by, action: str, schritt: str, was: str) -> models.Model:
    """Save a new row of an office and note it."""
    rolle = require(by, action, netzwerkstelle)
    if isinstance(zeile, Stammdatum):
        zeile.bearbeitet_am, zeile.bearbeitet_durch = timezone.now(), by
    sichern(zeile)
    name, nennt = _genannt(zeile)
    festhalten(netzwerkstelle, schritt, f"{was} {name} eingetragen", by=by, rolle=rolle, **nennt)
    return zeile


@transaction.atomic
def aendern(neu: Stammdatum, netzwerkstelle, *, by, action: str, schritt: str, was: str, version: str) -> list[str]:
    """Save what differs from the database and note it in words; return the labels of what was changed.

    `version` is the version the person saw: if somebody saved in between, nothing is written.
    """
    alt = type(neu)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=neu.pk)
    rolle = require(by, action, netzwerkstelle)
    felder = unterschiede(alt, neu)
    if version != version_of(alt):
        raise _konflikt(alt, felder, by=by)
    if felder:
        neu.bearbeitet_am, neu.bearbeitet_durch = timezone.now(), by
        sichern(neu, update_fields=[*(feld.name for feld in felder), "bearbeitet_am", "bearbeitet_durch"])
        namen = ", ".join(str(feld.verbose_name) for feld in felder)
        name, nennt = _genannt(neu)
        festhalten(netzwerkstelle, schritt, f"{was} {name} geändert: {namen}", by=by, rolle=rolle, **nennt)
    return [str(feld.verbose_name) for feld in felder]


def _genannt(zeile) -> tuple[str, dict]:
    """How the history names a row, and the reference behind it: people are never written out."""
    if isinstance(zeile, Ansprechperson):
        return "{ansprechperson}", {"ansprechperson": zeile}
    if isinstance(zeile, Organisation) and zeile.art == Organisationsart.PERSON:
        return "(Einzelperson)", {}
    return str(zeile), {}


def unterschiede(alt: models.Model, neu: models.Model) -> list[models.Field]:
    """The editable columns in which two versions of a row differ."""
    return [
        feld
        for feld in alt._meta.concrete_fields
        if feld.editable and getattr(alt, feld.attname) != getattr(neu, feld.attname)
    ]


def _konflikt(alt, felder, *, by) -> Konflikt:
    um = wann(alt.bearbeitet_am or timezone.now())
    dort = ", ".join(f"{feld.verbose_name}: {wert_in_worten(alt, feld)}" for feld in felder)
    geschehen = f"{wer_hat(alt.bearbeitet_durch, by)} diese Angaben {um} geändert."
    return Konflikt(geschehen, dort, version_of(alt), alt)


def wert_in_worten(zeile, feld) -> str:
    wert = getattr(zeile, f"get_{feld.name}_display", lambda: getattr(zeile, feld.name))()
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    return f"„{str(wert)[:60]}“" if wert not in (None, "") else "leer"


def festhalten(
    netzwerkstelle: Netzwerkstelle, schritt: str, text: str, *, by, rolle: Rolle | None, begruendung: str = "", **nennt
) -> None:
    """Tell the office's history what was done, in the transaction that does it.

    `nennt`: whom the text tells of, by the column that stands in it: `"{betrifft} eingeladen"`, `betrifft=person`.
    Without `rolle` it was somebody who has no hat yet; `Rolle.SYSTEM` is the portal itself (`by=None`).
    """
    Stellenereignis.objects.create(
        netzwerkstelle=netzwerkstelle,
        schritt=schritt,
        text=text if len(text) <= 500 else f"{text[:499]}…",
        begruendung=begruendung,
        durch=by,
        rolle=rolle_am_ort(rolle, netzwerkstelle) if rolle else "noch ohne Rolle",
        **nennt,
    )


def note_account(
    person: Person,
    stellen: Iterable[Netzwerkstelle],
    schritt: str,
    text: str,
    *,
    by,
    rolle: Rolle,
    begruendung: str = "",
    **nennt,
) -> Kontoereignis:
    """Note what happened to an account: at the account itself, and in the history of each of these offices.

    `{betrifft}` in the text is this person, unless `nennt` says otherwise.
    """
    nennt = {"betrifft": person, **nennt}
    for stelle in stellen:
        festhalten(stelle, schritt, text, by=by, rolle=rolle, begruendung=begruendung, **nennt)
    return Kontoereignis.objects.create(
        person=person, schritt=schritt, text=text, begruendung=begruendung, durch=by, rolle=rolle.label, **nennt
    )
