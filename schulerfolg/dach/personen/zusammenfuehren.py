"""Two accounts of one person become one. All of it or nothing, and what never changes keeps the old name."""

from collections import defaultdict
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import CASCADE, ProtectedError, Q

from angebote.antrag.models import Antrag
from netzwerkstellen.models import Mitarbeit, Netzwerkstelle, Schulzugehoerigkeit
from netzwerkstellen.stelle.services import note_account
from schulerfolg.dach.gegenstaende import modules_named
from schulerfolg.dach.personen.permissions import RECHTE, rollen
from schulerfolg.konten.anmeldung.services import anmeldungen_beenden
from schulerfolg.konten.huete import hut_modelle
from schulerfolg.konten.models import Abwesenheit, Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import notify

VOM_AUSLOESER_VERWEIGERT = "P0001"  # RAISE EXCEPTION of an append-only trigger
SO_NICHT = "So lassen sich die Konten nicht zusammenführen; es ist nichts geändert."
NIE, EWIG = date.min, date.max


@transaction.atomic
def zusammenfuehren(bleibt: Person, geht: Person, *, by) -> Person:
    """Everything of `geht` becomes that of `bleibt`; the account of `geht` closes and points to the other one."""
    zeilen = Person.objects.filter(pk__in=[bleibt.pk, geht.pk]).order_by("pk").select_for_update(of=("self",))
    personen = {person.pk: person for person in zeilen}
    bleibt, geht = personen[bleibt.pk], personen[geht.pk]
    _darf_sein(bleibt, geht, by=by)
    stellen = _stellen(geht)
    for modell, _ in hut_modelle():
        _huete_umhaengen(modell, bleibt, geht)
    _abwesenheiten_ordnen(bleibt, geht)
    _verweise_umhaengen(bleibt, geht)
    anmeldungen_beenden(geht)
    geht.is_active, geht.zusammengefuehrt_mit = False, bleibt
    geht.set_unusable_password()
    geht.save(update_fields=["is_active", "zusammengefuehrt_mit", "password"])
    _vermerken(bleibt, geht, stellen, by=by)
    return bleibt


def hindernisse(bleibt: Person, geht: Person) -> list[str]:
    """What forbids it, in sentences: both acted in one case where two people have to, or sit in one Gremium."""
    saetze = []
    eine, andere = _taten(bleibt), _taten(geht)
    strittig = sorted(fall for fall in eine.keys() & andere.keys() if len(eine[fall] | andere[fall]) > 1)
    for antrag in Antrag.objects.filter(pk__in=strittig):
        was = " und ".join(sorted(eine[antrag.pk] | andere[antrag.pk]))
        saetze.append(
            f"In {antrag.nummer or 'einem Entwurf'} haben beide gehandelt, wo es zwei Menschen braucht: {was}."
        )
    for sitz in geht.mitgliedschaften.select_related("gremium"):
        dort = bleibt.mitgliedschaften.filter(gremium=sitz.gremium)
        if any(_ueberlappen(sitz, anderer) for anderer in dort):
            saetze.append(f"Beide gehören zur selben Zeit zum Gremium „{sitz.gremium}“. Ein Sitz muss vorher enden.")
    return saetze


def _darf_sein(bleibt, geht, *, by):
    RECHTE.require(rollen(by, bleibt) & rollen(by, geht), "zusammenfuehren")
    if bleibt.pk == geht.pk:
        raise ValidationError("Das ist dasselbe Konto.")
    if geht.zusammengefuehrt_mit_id or bleibt.zusammengefuehrt_mit_id:
        raise ValidationError("Eines der beiden Konten ist schon mit einem anderen zusammengeführt.")
    if not bleibt.is_active:
        raise ValidationError("Das Konto, das bleibt, ist gesperrt. Bitte öffnen Sie es zuerst wieder.")
    if saetze := hindernisse(bleibt, geht):
        raise ValidationError(saetze)


def _taten(person) -> dict[int, set[str]]:
    """Per case: in which functions this person acted, as far as these must be different people."""
    taten = defaultdict(set)
    for modul in modules_named("vier_augen"):
        for funktion, faelle in modul.taten(person).items():
            for fall in faelle:
                taten[fall].add(funktion)
    return taten


def _huete_umhaengen(modell, bleibt, geht):
    """A hat moves with its dates; days on which the other account wears the same hat already are left out."""
    feste = _einmal_zur_selben_zeit(modell)
    for zeile in modell._default_manager.filter(person=geht):
        gleiche = {name: getattr(zeile, name) for name in feste}
        stuecke = [(zeile.von or NIE, zeile.bis or EWIG)]
        for andere in modell._default_manager.filter(person=bleibt, **gleiche):
            stuecke = [rest for stueck in stuecke for rest in _ohne(stueck, (andere.von or NIE, andere.bis or EWIG))]
        if not stuecke:
            _entfernen(zeile)
            continue
        zeile.person = bleibt
        for nummer, (von, bis) in enumerate(stuecke):
            zeile.pk = zeile.pk if nummer == 0 else None
            zeile._state.adding = nummer > 0
            zeile.von, zeile.bis = None if von == NIE else von, None if bis == EWIG else bis
            zeile.save()


def _einmal_zur_selben_zeit(modell) -> list[str]:
    """What makes it the same hat: the columns in which two rows of one person on one day must differ."""
    regeln = [regel for regel in modell._meta.constraints if isinstance(regel, ExclusionConstraint)]
    je_regel = [[spalte for spalte, _ in regel.expressions if isinstance(spalte, str)] for regel in regeln]
    return next([spalte for spalte in regel if spalte != "person"] for regel in je_regel if "person" in regel)


def _ohne(stueck: tuple[date, date], belegt: tuple[date, date]) -> list[tuple[date, date]]:
    """The days of the first period that are not in the second."""
    von, bis = stueck
    if belegt[1] < von or belegt[0] > bis:
        return [stueck]
    tag = timedelta(days=1)
    davor = [(von, belegt[0] - tag)] if belegt[0] > von else []
    danach = [(belegt[1] + tag, bis)] if belegt[1] < bis else []
    return davor + danach


def _entfernen(zeile):
    try:
        zeile.delete()
    except ProtectedError as error:
        raise ValidationError(f"„{zeile}“ gibt es in beiden Konten, und anderes hängt daran. {SO_NICHT}") from error


def _abwesenheiten_ordnen(bleibt, geht):
    """Days away that overlap, or on which one account stood in for the other, are given up."""
    Abwesenheit.objects.filter(Q(person=bleibt, vertretung=geht) | Q(person=geht, vertretung=bleibt)).delete()
    for zeile in geht.abwesenheiten.all():
        if any(_ueberlappen(zeile, andere) for andere in bleibt.abwesenheiten.all()):
            zeile.delete()


def _ueberlappen(eine, andere) -> bool:
    return (eine.von or NIE) <= (andere.bis or EWIG) and (andere.von or NIE) <= (eine.bis or EWIG)


def _verweise_umhaengen(bleibt, geht):
    """Every column that names the old account, in whatever app; what belongs to the sign-in alone is dropped."""
    for beziehung in Person._meta.get_fields(include_hidden=True):
        if not (beziehung.auto_created and not beziehung.concrete and (beziehung.one_to_many or beziehung.one_to_one)):
            continue
        zeilen = beziehung.related_model._base_manager.filter(**{beziehung.field.name: geht})
        if beziehung.on_delete is CASCADE:
            zeilen.delete()
        else:
            _umhaengen(zeilen, beziehung.field.name, bleibt)


def _umhaengen(zeilen, feld, bleibt):
    """All rows at once; where some of them never change, those stay as they are and the others move."""
    try:
        with transaction.atomic():
            zeilen.update(**{feld: bleibt})
    except IntegrityError as error:
        name = zeilen.model._meta.verbose_name_plural
        raise ValidationError(f"{name} beider Konten schließen einander aus. {SO_NICHT}") from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != VOM_AUSLOESER_VERWEIGERT:
            raise
        if not _nie_geaendert(zeilen.model):
            for pk in list(zeilen.values_list("pk", flat=True)):
                _einzeln(zeilen.model, pk, feld, bleibt)


def _einzeln(modell, pk, feld, bleibt):
    try:
        with transaction.atomic():
            modell._base_manager.filter(pk=pk).update(**{feld: bleibt})
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != VOM_AUSLOESER_VERWEIGERT:
            raise


def _nie_geaendert(modell: type[models.Model]) -> bool:
    """Whether the whole table is append-only, not just some of its rows."""
    return any(ausloeser.name == "keine_aenderung" for ausloeser in getattr(modell._meta, "triggers", []))


def _stellen(person) -> list[Netzwerkstelle]:
    """The offices that note it: where the person works or worked, and those of their schools."""
    schulen = Schulzugehoerigkeit.objects.filter(person=person).values("schule")
    hier = Mitarbeit.objects.filter(person=person).values("netzwerkstelle")
    return list(Netzwerkstelle.objects.filter(Q(pk__in=hier) | Q(schulen__in=schulen)).distinct())


def _vermerken(bleibt, geht, stellen, *, by):
    text = f"Konto {geht.pk} von {{betrifft}} zusammengeführt mit Konto {bleibt.pk} von {{betrifft_auch}}"
    wer = {"betrifft": geht, "betrifft_auch": bleibt}
    for person, dort in ((bleibt, []), (geht, stellen)):
        note_account(person, dort, "konto_zusammenfuehren", text, by=by, rolle=Rolle.KOORDINATION, **wer)
    context = {"bleibt": bleibt, "geht": geht, "durch": by}
    notify([bleibt], "dach/personen/mail/zusammengefuehrt.txt", context, ereignis=f"zusammengefuehrt:{geht.pk}")
