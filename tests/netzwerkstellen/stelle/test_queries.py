from datetime import date, timedelta

import pytest

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_landesrolle, make_mitarbeit, make_netzwerkstelle, make_person

HEUTE = date(2027, 5, 12)


@pytest.mark.parametrize(
    ("zeiten", "erwartet"),
    [
        ([], HEUTE),
        ([(None, None)], None),
        ([(None, date(2027, 7, 31))], date(2027, 8, 1)),
        ([(None, date(2027, 7, 31)), (date(2027, 8, 1), None)], None),
        ([(None, date(2027, 7, 31)), (date(2027, 9, 1), None)], date(2027, 8, 1)),
        ([(date(2027, 6, 1), None)], HEUTE),
        ([(None, date(2027, 5, 11))], HEUTE),
        ([(None, date(2027, 12, 31)), (date(2027, 6, 1), date(2027, 6, 30))], date(2028, 1, 1)),
    ],
)
def test_first_day_without_leitung(db, zeiten, erwartet):
    stelle = make_netzwerkstelle()
    for von, bis in zeiten:
        make_mitarbeit(stelle, Rolle.LEITUNG, von=von, bis=bis)
    make_mitarbeit(stelle, Rolle.SACHBEARBEITUNG)
    assert stelle.mitarbeiten.erster_tag_ohne_leitung(HEUTE) == erwartet


def test_a_locked_account_is_no_leitung(db):
    stelle = make_netzwerkstelle()
    make_mitarbeit(stelle, Rolle.LEITUNG, person=make_person(is_active=False))
    assert stelle.mitarbeiten.erster_tag_ohne_leitung(HEUTE) == HEUTE


def test_managed_by(cast):
    def slugs(person):
        return {stelle.slug for stelle in Netzwerkstelle.objects.managed_by(person)}

    assert slugs(cast.sachbearbeitung) == {cast.harz.slug}
    assert slugs(cast.nachbarin) == {cast.boerde.slug}
    assert slugs(cast.koordination) == slugs(cast.pruefung) == {cast.harz.slug, cast.boerde.slug}
    assert slugs(cast.lehrkraft) == slugs(cast.fremd) == set()
    ended = make_landesrolle(Rolle.KOORDINATION, bis=date.today() - timedelta(days=1)).person
    assert slugs(ended) == set()


def test_colleagues_come_with_the_leitung_first(db):
    stelle = make_netzwerkstelle()
    for nachname, rolle in (("Alt", Rolle.SACHBEARBEITUNG), ("Zorn", Rolle.LEITUNG), ("Ast", Rolle.PRUEFUNG)):
        make_mitarbeit(stelle, rolle, person=make_person(nachname=nachname))
    assert [m.person.nachname for m in stelle.mitarbeiten.for_list()] == ["Zorn", "Alt", "Ast"]
