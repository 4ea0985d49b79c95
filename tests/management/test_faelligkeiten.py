from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from tests.factories import make_person, make_registrierung


def test_the_daily_run_lets_go_what_is_due_and_nothing_twice(cast):
    make_registrierung(cast.schule, make_person(), bestaetigt_am=timezone.now() - timedelta(days=31))
    gesagt = []
    for _ in range(2):
        call_command("faelligkeiten", stdout=(ausgabe := StringIO()))
        gesagt.append(ausgabe.getvalue().splitlines()[0])
    assert gesagt == ["1 Anmeldungen verfallen oder vergessen", "0 Anmeldungen verfallen oder vergessen"]
