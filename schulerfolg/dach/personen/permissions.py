"""Who cares for accounts: the Leitung for people of her office alone, the coordination office for everybody."""

from django.utils import timezone

from netzwerkstellen.models import Mitarbeit
from schulerfolg.konten.huete import offene_huete
from schulerfolg.konten.permissions import Rolle, ist_koordination
from schulerfolg.rechte import Recht, Rechte

K, L = Rolle.KOORDINATION, Rolle.LEITUNG


def _gesperrt(hats, person) -> bool:
    return not person.is_active and not person.zusammengefuehrt_mit_id


def _koordination_bei_leitungen(hats, person) -> bool:
    return K in hats or not person.mitarbeiten.gueltig().leitungen().exists()


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Konten", """\
Die Koordinierungsstelle hat diese Rechte für alle Menschen im Portal, die Leitung einer Netzwerkstelle für Menschen,
die nur dort arbeiten; das eigene Konto ist immer ausgenommen. Was jemand getan hat, bleibt mit dem Namen erhalten.""", [
    #      action             who     what it allows
    Recht("verwalten",       (K,),   "die Konten aller Menschen ansehen und doppelte finden", denial="Die Konten aller Menschen im Portal verwaltet die Koordinierungsstelle."),
    Recht("sperren",         (K, L), "ein Konto sperren",                                     denial="Die Leitung sperrt Konten von Menschen, die nur für ihre Stelle arbeiten. Hat jemand noch andere Rollen, beenden Sie die Mitarbeit; das Konto sperrt die Koordinierungsstelle. Das eigene Konto sperrt immer eine andere Person."),
    Recht("freischalten",    (K,),   "ein gesperrtes Konto wieder öffnen",                    when=_gesperrt, needs="was mit keinem anderen Konto zusammengeführt ist", denial="Ein gesperrtes Konto öffnet die Koordinierungsstelle, solange es mit keinem anderen zusammengeführt ist."),
    Recht("faktor_bitten",   (K, L), "bitten, dass ein verlorener zweiter Faktor zurückgesetzt wird", denial="Um einen neuen zweiten Faktor bittet die Leitung für Menschen, die nur für ihre Stelle arbeiten, und die Koordinierungsstelle für alle. Für das eigene Konto bittet immer eine andere Person."),
    Recht("faktor_zuruecksetzen", (K, L), "das als zweite Person bestätigen", when=_koordination_bei_leitungen, needs="bei der Leitung einer Stelle die Koordinierungsstelle", denial="Bei der Leitung einer Stelle bestätigt die Koordinierungsstelle."),
    Recht("zusammenfuehren", (K,),   "zwei Konten derselben Person zusammenführen",           denial="Konten anderer Menschen führt die Koordinierungsstelle zusammen."),
])
# fmt: on


def rollen(by, person) -> set[Rolle]:
    """The hats of `by` towards the account of this person; none towards the own one."""
    if by.pk == person.pk:
        return set()
    if ist_koordination(by):
        return {K}
    huete = list(offene_huete(person, timezone.localdate()))
    geleitet = set(by.mitarbeiten.gueltig().leitungen().values_list("netzwerkstelle", flat=True))
    nur_hier = huete and all(isinstance(hut, Mitarbeit) and hut.netzwerkstelle_id in geleitet for hut in huete)
    return {L} if nur_hier else set()
