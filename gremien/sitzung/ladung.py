"""Inviting to a meeting, to members who came later, and anew when it is moved."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gremien.gremium.models import Gremium
from gremien.sitzung.bedingungen import zu_laden
from gremien.sitzung.leiten import jetzt_unter_sperre, sperren_fuer
from gremien.sitzung.machine import SITZUNG, take_step
from gremien.sitzung.models import Beschlussvorlage, Ladung, Sitzung
from gremien.sitzung.vorlage import vorlage
from gremien.sitzung.workflow import Status
from schulerfolg.akte.services import order_job
from schulerfolg.zeit import termin


@transaction.atomic
def einladen(sitzung, *, by, begruendung="") -> Sitzung:
    """Freeze agenda and papers, record an invitation per member, have the worker render and send it."""

    jetzt = jetzt_unter_sperre(sitzung)

    def laden(sitzung):
        if jetzt > ladungsschluss(sitzung) and not begruendung.strip():
            raise ValidationError(_frist_vorbei(sitzung))
        for punkt in sitzung.punkte.exclude(antrag=None).select_related("antrag"):
            Beschlussvorlage.objects.create(punkt=punkt, inhalt=vorlage(punkt.antrag))
        _laden(sitzung, zu_laden(sitzung), jetzt)

    return take_step(sitzung, "einladen", by=by, begruendung=begruendung, am=jetzt, meanwhile=laden)


@transaction.atomic
def nachladen(sitzung, *, by) -> int:
    """Invite members who came after the invitation; who was invited already hears nothing. Returns how many."""
    sitzung = sperren_fuer(sitzung, "laden", by)
    return _laden(sitzung, zu_laden(sitzung), timezone.now())


@transaction.atomic
def verlegen(sitzung, *, by, begruendung, beginn, ort, eile="", version=None) -> Sitzung:
    """Move a meeting to which members were invited: all are invited anew, the number stays, the old invitation too.

    Whoever was invited to the old day hears of the new one, also where they are no member on it any more. `eile`: why
    the Ladungsfrist is not kept.
    """
    zeit_ist_frei(sitzung.gremium, beginn, sitzung)
    alt, jetzt = SITZUNG.lock(sitzung), timezone.now()
    bisher = sitzung.gremium.mitgliedschaften.nicht_beendet().filter(person__is_active=True, ladungen__sitzung=sitzung)

    def neu_laden(sitzung):
        if (beginn, ort) == (alt.beginn, alt.ort):
            raise ValidationError({"tag": "Das ist der bisherige Termin. Bitte wählen Sie einen anderen."})
        if beginn < jetzt:
            raise ValidationError(
                {"tag": "Dieser Zeitpunkt liegt in der Vergangenheit. Bitte wählen Sie einen späteren."}
            )
        if jetzt > ladungsschluss(sitzung) and not eile.strip():
            raise ValidationError({"eile": _frist_vorbei(sitzung)})
        _laden(sitzung, {*bisher, *zu_laden(sitzung)}, jetzt)

    return take_step(
        sitzung,
        "verlegen",
        by=by,
        begruendung="\n".join(filter(None, [begruendung, eile and f"Zur kurzen Ladungsfrist: {eile}"])),
        text=f"hat den Termin verlegt: von {termin(alt.beginn)} auf {termin(beginn)}",
        version=version,
        am=jetzt,
        meanwhile=neu_laden,
        beginn=beginn,
        ort=ort,
        ladung=alt.ladung + 1,
        einladung=None,
    )


def ladungsschluss(sitzung):
    """The last moment at which the invitation is in time."""
    return sitzung.beginn - timedelta(days=sitzung.gremium.ladungsfrist_tage)


def zeit_ist_frei(gremium, beginn, ausser=None) -> None:
    """One meeting of a Gremium at a time. The Gremium stays locked, so that two who plan come one after the other."""
    Gremium.objects.select_for_update(of=("self",), no_key=True).get(pk=gremium.pk)
    andere = gremium.sitzungen.exclude(status=Status.ABGESAGT).exclude(pk=ausser and ausser.pk)
    if vorhanden := andere.filter(beginn=beginn).first():
        text = f"Zu dieser Zeit ist schon die Sitzung {vorhanden.nummer} geplant. Bitte wählen Sie eine andere Zeit."
        raise ValidationError({"tag": text})


def _laden(sitzung, mitglieder, jetzt) -> int:
    """Invite these members to the day and place that hold now; the worker renders the paper and writes to them."""
    termin = {"nummer": sitzung.ladung, "beginn": sitzung.beginn, "ort": sitzung.ort, "geladen_am": jetzt}
    neu = Ladung.objects.bulk_create([Ladung(sitzung=sitzung, mitgliedschaft=m, **termin) for m in mitglieder])
    if neu:
        order_job("einladung_pdf", f"einladung:{sitzung.pk}:{sitzung.ladungen.count()}", sitzung=sitzung.pk)
    return len(neu)


def _frist_vorbei(sitzung) -> str:
    return (
        f"Die Ladungsfrist von {sitzung.gremium.ladungsfrist_tage} Tagen ist nicht mehr einzuhalten. "
        "Bitte begründen Sie die Eile, oder wählen Sie einen späteren Termin."
    )
