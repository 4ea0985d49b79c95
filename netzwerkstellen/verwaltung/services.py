"""What an office changes about itself: its own data, the people to turn to, its Träger and its team."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from netzwerkstellen.einladung.services import DAUER_EINER_PRUEFUNG
from netzwerkstellen.organisation.models import Organisation
from netzwerkstellen.stelle.models import Ansprechperson, Mitarbeit, Netzwerkstelle, Standort, Traegerschaft
from netzwerkstellen.stelle.permissions import RECHTE, require, rollen
from netzwerkstellen.stelle.services import aendern, anlegen, festhalten, sichern
from schulerfolg.formular.konflikt import Konflikt, version_of
from schulerfolg.konten.permissions import Rolle
from schulerfolg.zeit import datum

Eigenes = Ansprechperson | Standort | Traegerschaft
SCHON_ZURUECK = "Diese geplante Änderung ist schon zurückgenommen."


@transaction.atomic
def angaben_aendern(stelle: Netzwerkstelle, *, by, version: str):
    """Save an office's own data. Whom it lets read its applications only its Leitung decides."""
    if Netzwerkstelle.objects.exclude(teilt_inhalte=stelle.teilt_inhalte).filter(pk=stelle.pk).exists():
        require(by, "inhalte_teilen", stelle)
    return aendern(
        stelle, stelle, by=by, action="angaben_pflegen", schritt="angaben_aendern", was="Angaben der", version=version
    )


def action_fuer(art: type[Eigenes]) -> str:
    """Which right it takes to look after rows of this kind."""
    return "traeger_pflegen" if art is Traegerschaft else "kontakte_pflegen"


def eintragen(zeile: Eigenes, *, by):
    """A new contact, site or Trägerschaft of an office."""
    return anlegen(zeile, zeile.netzwerkstelle, by=by, **_was(zeile, "anlegen"))


def aktualisieren(zeile: Eigenes, *, by, version: str):
    """Save a contact, site or Trägerschaft if nobody else did since `version`."""
    return aendern(zeile, zeile.netzwerkstelle, by=by, version=version, **_was(zeile, "aendern"))


def _was(zeile, schritt) -> dict:
    meta = zeile._meta
    return {"action": action_fuer(type(zeile)), "schritt": f"{meta.model_name}_{schritt}", "was": meta.verbose_name}


@transaction.atomic
def ansprechperson_beenden(person: Ansprechperson, *, by, letzter_tag: date | None):
    """Today is the last day on which this person is shown; None takes an end back. A second time changes nothing."""
    person = Ansprechperson.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    person.bis = letzter_tag
    return aktualisieren(person, by=by, version=version_of(person))


def organisation_eintragen(organisation: Organisation, *, by, netzwerkstelle: Netzwerkstelle):
    return anlegen(
        organisation,
        netzwerkstelle,
        by=by,
        action="organisation_eintragen",
        schritt="organisation_eintragen",
        was="Organisation",
    )


@transaction.atomic
def mitarbeit_aendern(
    mitarbeit: Mitarbeit,
    *,
    by,
    von: date | None,
    bis: date | None,
    zeichnungsbefugt: bool,
    version: str | None = None,
) -> Mitarbeit:
    """Dates and signature of a colleague. The role stays; see `rolle_wechseln`.

    `version` is what a page showed: if somebody changed it in between, nothing is written, so that no form from before
    lets somebody in again whose work was ended.
    """
    mitarbeit, rolle = _sperren(mitarbeit, by=by)
    _nicht_die_eigene(mitarbeit, by=by)
    if version not in (None, mitarbeit.version):
        raise Konflikt("Diese Mitarbeit wurde inzwischen geändert.", _was_gilt(mitarbeit), mitarbeit.version, mitarbeit)
    _pruefung_zeichnet_nicht(mitarbeit.rolle, zeichnungsbefugt)
    vorher = _ohne_leitung_ab(mitarbeit)
    mitarbeit.von, mitarbeit.bis, mitarbeit.zeichnungsbefugt = von, bis, zeichnungsbefugt
    sichern(mitarbeit)
    leitung_bleibt(mitarbeit.netzwerkstelle, vorher)
    festhalten(
        mitarbeit.netzwerkstelle,
        "mitarbeit_aendern",
        f"Mitarbeit von {{betrifft}} ({mitarbeit.get_rolle_display()}) geändert: {_was_gilt(mitarbeit)}",
        by=by,
        rolle=rolle,
        betrifft=mitarbeit.person,
    )
    return mitarbeit


@transaction.atomic
def mitarbeit_beenden(mitarbeit: Mitarbeit, *, by, letzter_tag: date):
    """The last day on which the role holds. The row stays and tells who worked here."""
    mitarbeit, rolle = _sperren(mitarbeit, by=by)
    if mitarbeit.bis is not None and mitarbeit.bis < letzter_tag:
        _nicht_die_eigene(mitarbeit, by=by)
    if mitarbeit.bis is not None and mitarbeit.bis < min(letzter_tag, timezone.localdate()):
        satz = f"Diese Mitarbeit endete schon am {datum(mitarbeit.bis)}. Soll sie weitergehen, bearbeiten Sie sie."
        raise ValidationError({"letzter_tag": satz})
    if mitarbeit.person_id == by.pk and letzter_tag < timezone.localdate():
        raise ValidationError({"letzter_tag": "Ihre eigene Mitarbeit kann frühestens heute enden."})
    vorher = _ohne_leitung_ab(mitarbeit)
    mitarbeit.bis = letzter_tag
    sichern(mitarbeit)
    leitung_bleibt(mitarbeit.netzwerkstelle, vorher)
    text = f"Mitarbeit von {{betrifft}} ({mitarbeit.get_rolle_display()}) endet am {datum(letzter_tag)}"
    festhalten(mitarbeit.netzwerkstelle, "mitarbeit_beenden", text, by=by, rolle=rolle, betrifft=mitarbeit.person)
    return mitarbeit


@transaction.atomic
def rolle_wechseln(mitarbeit: Mitarbeit, *, by, rolle: str, ab: date, zeichnungsbefugt: bool):
    """The old role ends on the day before `ab`, the new one begins on `ab`: two rows, so the past stays true."""
    mitarbeit, hut = _sperren(mitarbeit, by=by)
    _nicht_die_eigene(mitarbeit, by=by)
    _pruefung_zeichnet_nicht(rolle, zeichnungsbefugt)
    if rolle == mitarbeit.rolle:
        raise ValidationError({"rolle": "Diese Rolle hat die Person schon. Bitte wählen Sie eine andere."})
    if mitarbeit.von is not None and ab <= mitarbeit.von:
        raise ValidationError(
            {"ab": f"Die bisherige Rolle beginnt am {datum(mitarbeit.von)}; wählen Sie einen Tag danach."}
        )
    if mitarbeit.bis is not None and ab > mitarbeit.bis:
        raise ValidationError(
            {"ab": f"Die bisherige Rolle endet am {datum(mitarbeit.bis)}; wählen Sie einen Tag davor."}
        )
    vorher = _ohne_leitung_ab(mitarbeit)
    neu = Mitarbeit(
        person=mitarbeit.person,
        netzwerkstelle=mitarbeit.netzwerkstelle,
        rolle=rolle,
        von=ab,
        bis=_ende(rolle, ab, mitarbeit.bis),
        zeichnungsbefugt=zeichnungsbefugt,
    )
    mitarbeit.bis = ab - timedelta(days=1)
    sichern(mitarbeit)
    sichern(neu)
    leitung_bleibt(mitarbeit.netzwerkstelle, vorher)
    von, zu = mitarbeit.get_rolle_display(), neu.get_rolle_display()
    text = f"{{betrifft}} wechselt am {datum(ab)} von {von} zu {zu}"
    festhalten(mitarbeit.netzwerkstelle, "rolle_wechseln", text, by=by, rolle=hut, betrifft=mitarbeit.person)
    return neu


@transaction.atomic
def mitarbeit_zuruecknehmen(mitarbeit: Mitarbeit, *, by) -> None:
    """Take back what has not begun: the planned role goes, the one it was to follow goes on to the same last day."""
    stelle = Netzwerkstelle.objects.select_for_update(of=("self",), no_key=True).get(pk=mitarbeit.netzwerkstelle_id)
    rolle, person = require(by, "team_pflegen", stelle), mitarbeit.person
    _nicht_die_eigene(mitarbeit, by=by)
    geplant = stelle.mitarbeiten.filter(pk=mitarbeit.pk).first()
    if geplant is None:
        raise ValidationError(SCHON_ZURUECK)
    if geplant.von is None or geplant.von <= timezone.localdate():
        raise ValidationError("Diese Rolle hat schon begonnen. Sie können die Mitarbeit beenden.")
    vorher = _ohne_leitung_ab(geplant)
    bisherige = stelle.mitarbeiten.filter(person=person, bis=geplant.von - timedelta(days=1)).order_by("pk").last()
    geplant.delete()
    if bisherige:
        bisherige.bis = geplant.bis
        sichern(bisherige)
    leitung_bleibt(stelle, vorher)
    was = f"{geplant.get_rolle_display()} ab {datum(geplant.von)}"
    weiter = f"; {bisherige.get_rolle_display()} gilt weiter" if bisherige else ""
    text = f"Geplant für {{betrifft}}, zurückgenommen: {was}{weiter}"
    festhalten(stelle, "mitarbeit_zuruecknehmen", text, by=by, rolle=rolle, betrifft=person)


def _sperren(mitarbeit, *, by) -> tuple[Mitarbeit, Rolle]:
    """Take the office's lock for changes of its team, then read the row again and ask who may."""
    stelle = Netzwerkstelle.objects.select_for_update(of=("self",), no_key=True).get(pk=mitarbeit.netzwerkstelle_id)
    rolle = require(by, "team_pflegen", stelle)
    return Mitarbeit.objects.select_related("person", "netzwerkstelle").get(pk=mitarbeit.pk), rolle


def _nicht_die_eigene(mitarbeit, *, by):
    if not RECHTE.may(rollen(by, mitarbeit.netzwerkstelle, ueber=mitarbeit.person_id), "mitarbeit_aendern"):
        raise ValidationError(RECHTE["mitarbeit_aendern"].refusal)


def _pruefung_zeichnet_nicht(rolle, zeichnungsbefugt):
    if rolle == Rolle.PRUEFUNG and zeichnungsbefugt:
        raise ValidationError("Wer prüft, zeichnet nicht: Die Rolle Prüfung liest nur.")


def _ende(rolle, ab, bis) -> date | None:
    """An audit never lasts without an end; any other role keeps the one it had."""
    return min(bis or date.max, ab + DAUER_EINER_PRUEFUNG) if rolle == Rolle.PRUEFUNG else bis


def _ohne_leitung_ab(mitarbeit) -> date | None:
    return mitarbeit.netzwerkstelle.mitarbeiten.erster_tag_ohne_leitung(timezone.localdate())


def leitung_bleibt(stelle: Netzwerkstelle, vorher: date | None) -> None:
    """No change may bring the first day without a Leitung nearer. The caller holds the office's lock."""
    nachher = stelle.mitarbeiten.erster_tag_ohne_leitung(timezone.localdate())
    if nachher is not None and (vorher is None or nachher < vorher):
        raise ValidationError(
            f"Ab dem {datum(nachher)} hätte die Netzwerkstelle keine Leitung. "
            "Bitte laden Sie zuerst eine Nachfolge ein, oder geben Sie jemandem aus dem Team diese Rolle."
        )


def _zeit(mitarbeit) -> str:
    beginn = f"ab {datum(mitarbeit.von)}" if mitarbeit.von else "Beginn offen"
    return f"{beginn}, {f'bis {datum(mitarbeit.bis)}' if mitarbeit.bis else 'ohne Ende'}"


def _was_gilt(mitarbeit) -> str:
    return f"{_zeit(mitarbeit)}, {'zeichnungsbefugt' if mitarbeit.zeichnungsbefugt else 'nicht zeichnungsbefugt'}"
