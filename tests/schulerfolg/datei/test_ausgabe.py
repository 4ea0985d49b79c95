import pytest

from schulerfolg.datei.annahme import Datei
from schulerfolg.datei.ausgabe import as_response
from tests.test_architecture import PYTHON, ROOT

SEITE = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "kopf"),
    [
        ("Antrag.pdf", 'attachment; filename="Antrag.pdf"'),
        ("Größe.pdf", "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf"),
        ("Plan & Kosten.pdf", 'attachment; filename="Plan & Kosten.pdf"'),
        ("50 € – 😀.pdf", "attachment; filename*=utf-8''50%20%E2%82%AC%20%E2%80%93%20%F0%9F%98%80.pdf"),
        ('a"; b.pdf', 'attachment; filename="a\\"; b.pdf"'),
    ],
)
def test_a_file_is_saved_and_never_run(name, kopf):
    antwort = as_response(Datei(name, "text/html", SEITE))
    assert antwort.content == SEITE
    assert dict(antwort.headers) == {
        "Content-Type": "text/html",
        "Content-Disposition": kopf,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }


def test_a_file_may_be_shown_but_stays_in_the_sandbox():
    antwort = as_response(Datei("Plan.png", "image/png", b"x"), inline=True)
    assert antwort["Content-Disposition"] == 'inline; filename="Plan.png"'
    assert antwort["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_there_is_no_other_way_out():
    """Only a mail writes such a header of its own, for the emblem inside it."""
    eigene = [str(path.relative_to(ROOT)) for path in PYTHON if '"Content-Disposition"' in path.read_text()]
    assert eigene == ["schulerfolg/datei/ausgabe.py", "schulerfolg/konten/services.py"]
