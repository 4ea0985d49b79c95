"""The minutes of a meeting, from the worker to the reader."""

from schulerfolg.akte.services import do_jobs
from tests.factories_gremium import make_sitzung_in


def seite(client, sitzung, rest=""):
    return client.get(f"/sitzungen/{sitzung.pk}/{rest}")


def test_the_minutes_can_be_downloaded_after_the_meeting(als, cast, saal):
    sitzung = make_sitzung_in("beendet", cast, saal)
    client = als(saal.mitglieder[0].person)
    assert "Die Niederschrift entsteht gerade." in seite(client, sitzung).content.decode()
    do_jobs()
    sitzung.refresh_from_db()
    antwort = seite(client, sitzung, "niederschrift.pdf")
    assert antwort.content.startswith(b"%PDF-")
    assert antwort["Content-Disposition"].startswith('attachment; filename="Niederschrift-')
    assert sitzung.niederschrift.sha256 in seite(client, sitzung).content.decode()
