"""What the demo world shows, and that nothing of it is there outside."""

import pytest

from schulerfolg.akte.models import Dokument
from schulerfolg.konten.demo import GEHEIMNIS, PASSWORT, demo_code, demo_zugang
from schulerfolg.konten.services import write_mail
from tests.factories import make_person


@pytest.fixture
def demo(settings, db):
    settings.DEMO = True
    make_person(email="lehrkraft.a@demo.example")


@pytest.fixture
def nachricht(db):
    brief = Dokument.objects.create(art="brief", name="Größe.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
    return write_mail(
        an="eva@demo.example",
        betreff="Ihr Antrag ist da",
        text="Guten Tag,\n\nhier: https://portal.example/konto/ <script>alert(1)</script>",
        schluessel="antrag:1",
        anlagen=[brief],
    )


def test_the_code_is_six_digits():
    assert len(demo_code()) == 6
    assert demo_code().isdigit()


def test_the_login_page_of_the_demo_shows_accounts_password_and_code(client, demo, ruhiges_zeitfenster):
    text = client.get("/konto/anmelden/").text
    assert "Zum Ausprobieren" in text
    assert f"<code>{PASSWORT}</code>" in text
    assert f"<code>{demo_code()}</code>" in text
    assert "<code>lehrkraft.a@demo.example</code>" in text
    assert "leitung.a@demo.example" not in text


def test_outside_the_demo_nothing_of_it_is_shown(client, db):
    make_person(email="lehrkraft.a@demo.example")
    assert demo_zugang() is None
    text = client.get("/konto/anmelden/").text
    assert "Zum Ausprobieren" not in text
    assert PASSWORT not in text
    assert GEHEIMNIS not in text
    assert "lehrkraft.a@demo.example" not in text


def test_the_outbox_of_the_demo_is_open_and_shows_the_mail(client, demo, nachricht):
    liste = client.get("/demo/postausgang/").text
    assert "Ihr Antrag ist da" in liste
    assert "mit 1 Anlage<" in liste
    assert "wartet" in liste
    text = client.get(f"/demo/postausgang/{nachricht.pk}/").text
    assert '<a href="https://portal.example/konto/" rel="nofollow">' in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_an_attachment_is_downloaded_and_never_opened_in_place(client, demo, nachricht):
    anlage = nachricht.anlagen.get()
    antwort = client.get(f"/demo/postausgang/{nachricht.pk}/anlagen/{anlage.pk}/")
    assert antwort.content == b"%PDF-1.7"
    assert antwort["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf"
    assert antwort["X-Content-Type-Options"] == "nosniff"


def test_a_document_of_no_mail_is_not_found(client, demo, nachricht):
    fremd = Dokument.objects.create(art="brief", name="fremd.pdf", medientyp="application/pdf", inhalt=b"x")
    assert client.get(f"/demo/postausgang/{nachricht.pk}/anlagen/{fremd.pk}/").status_code == 404


@pytest.mark.parametrize("seite", ["0", "-1", "abc", "99999999999999999999", "%00"])
def test_any_question_shows_the_page(client, demo, nachricht, seite):
    assert client.get(f"/demo/postausgang/?page={seite}").status_code == 200


def test_outside_the_demo_the_outbox_is_not_there(client, nachricht):
    anlage = nachricht.anlagen.get()
    for adresse in ("", f"{nachricht.pk}/", f"{nachricht.pk}/anlagen/{anlage.pk}/"):
        assert client.get(f"/demo/postausgang/{adresse}").status_code == 404
