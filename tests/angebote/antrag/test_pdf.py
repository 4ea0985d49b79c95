"""The Antrag on paper: from the snapshot, accessible, made once, and safe from what people type."""

import re
import zlib
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsfassung, Schriftstueck
from angebote.antrag.pdf import antrag_pdf, kontext, rendern
from angebote.antrag.pdf import kontext as antrag_kontext
from angebote.antrag.queries import ausstehend
from angebote.pruefung.services import nachreichen
from schulerfolg import pdf
from schulerfolg.akte.models import Auftrag, Dokument
from schulerfolg.akte.services import do_jobs
from schulerfolg.konten.models import Mail
from tests.factories_antrag import make_antrag_in


def offen(datei: bytes) -> bytes:
    """The PDF with its compressed streams read out: structure and metadata as plain text."""
    stroeme = []
    for strom in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", datei, re.DOTALL):
        try:
            stroeme.append(zlib.decompress(strom))
        except zlib.error:
            stroeme.append(strom)
    return datei + b"\n".join(stroeme)


def als_text(woerter: str) -> bytes:
    """A text as the PDF keeps it: UTF-16 with a mark of its byte order, or plain ASCII."""
    return woerter.encode() if woerter.isascii() else b"\xfe\xff" + woerter.encode("utf-16-be")


@pytest.fixture
def eingereicht(cast):
    return make_antrag_in("eingereicht", cast)


def test_the_document_is_pdf_ua(eingereicht):
    datei = rendern(Antragsfassung.objects.get())
    inhalt = offen(datei)
    assert datei.startswith(b"%PDF-1.7")
    assert b"/Lang (de)" in inhalt
    assert b"/MarkInfo << /Marked true >>" in inhalt or b"/MarkInfo <</Marked true>>" in inhalt
    assert b"/StructTreeRoot" in inhalt
    assert b"/DisplayDocTitle true" in inhalt
    assert re.search(rb"pdfuaid:part.{0,3}1", inhalt)
    assert re.search(rb"/Title \(?" + re.escape(als_text(f"Antrag {eingereicht.nummer}")), inhalt)
    assert inhalt.count(b"/S /H1") == 1
    assert inhalt.count(b"/S /H2") == 7
    assert b"/S /Figure" in inhalt
    assert b"/Alt " in inhalt
    assert inhalt.count(b"/S /TH") > 40
    assert inhalt.count(b"/S /TD") == len(re.findall(rb"/Headers", inhalt))


def test_every_font_travels_with_the_document(eingereicht):
    inhalt = offen(rendern(Antragsfassung.objects.get()))
    namen = set(re.findall(rb"/BaseFont /\w{6}\+([\w-]+)", inhalt))
    assert namen == {b"Fira-Sans", b"Fira-Sans-Semi-Bold", b"Ubuntu"}


def seite(fassung) -> str:
    return render_to_string("pdf/antrag.html", kontext(fassung))


def test_it_shows_the_snapshot_never_the_row(cast):
    antrag = make_antrag_in("eingereicht", cast, titel="Wie eingereicht")
    Antrag.objects.filter(pk=antrag.pk).update(titel="Nachher geändert")
    text = seite(Antragsfassung.objects.get())
    assert "<td>Wie eingereicht</td>" in text
    assert "Nachher geändert" not in text


def test_it_names_who_signed_when_and_under_which_rule(cast):
    antrag = make_antrag_in("eingereicht", cast)
    text = seite(Antragsfassung.objects.get())
    assert antrag.nummer in text
    assert "elektronisch im Portal durch Kim Beispiel, Schulleitung</td>" in text
    assert "Förderregel am Tag der Einreichung" in text
    assert "2.000,00\N{NO-BREAK SPACE}€ je Schule und Kalenderjahr" in text
    assert re.search(r"\d{1,2}\. \w+ 20\d\d, \d\d:\d\d Uhr", text)


def test_what_people_type_stays_text(cast):
    make_antrag_in(
        "eingereicht", cast, titel="<img src='file:///etc/passwd'>", ausgangslage="<h1>Groß</h1>\nZeile zwei"
    )
    text = seite(Antragsfassung.objects.get())
    assert "<img src='file" not in text
    assert "&lt;h1&gt;Groß&lt;/h1&gt;<br>Zeile zwei" in text


def test_every_th_of_the_templates_has_a_scope(settings):
    for template in (settings.BASE_DIR / "templates/pdf").glob("*.html"):
        text = template.read_text()
        assert text.count("<th") == text.count('<th scope="') + text.count("<thead"), template.name


def test_the_worker_stores_it_and_sends_the_receipt(cast, eingereicht):
    assert [auftrag.art for auftrag in Auftrag.objects.all()] == ["antrag_pdf"]
    assert not Mail.objects.filter(betreff__startswith="Ihr Antrag").exists()
    assert do_jobs() == 1
    schriftstueck = Schriftstueck.objects.select_related("dokument").get()
    assert (schriftstueck.art, schriftstueck.titel) == ("antrag", "Antrag")
    assert schriftstueck.dokument.name == f"Antrag-{eingereicht.nummer}.pdf"
    assert schriftstueck.dokument.medientyp == "application/pdf"
    assert bytes(schriftstueck.dokument.inhalt).startswith(b"%PDF-")
    quittungen = Mail.objects.filter(betreff=f"Ihr Antrag ist da: {eingereicht.nummer}").order_by("pk")
    assert [nachricht.an for nachricht in quittungen] == [cast.lehrkraft.email, cast.schulleitung.email]
    for nachricht in quittungen:
        assert list(nachricht.anlagen.all()) == [schriftstueck.dokument]
        assert "Bitte beginnen Sie erst, wenn Sie eine Zusage haben." in nachricht.text
        assert f"Zuständig für Sie: {cast.harz}" in nachricht.text


def test_done_twice_it_makes_nothing_a_second_time(eingereicht):
    fassung = Antragsfassung.objects.get()
    for _ in range(2):
        antrag_pdf(fassung=fassung.pk)
    assert (Schriftstueck.objects.count(), Dokument.objects.count()) == (1, 1)
    assert Mail.objects.filter(betreff__startswith="Ihr Antrag ist da").count() == 2


def test_answers_become_a_document_of_their_own(cast):
    antrag = make_antrag_in("nachforderung", cast)
    fragen = antrag.nachforderungen.get().rueckfragen.all()
    nachreichen(antrag, by=cast.lehrkraft, antworten={frage.pk: f"Antwort {nr}" for nr, frage in enumerate(fragen, 1)})
    assert ausstehend(antrag, antrag.fassungen.all()) == [
        "der Antrag als PDF",
        "die Antwort auf die Rückfragen als PDF",
    ]
    assert do_jobs() == 2
    assert ausstehend(antrag, antrag.fassungen.all()) == []
    assert list(Schriftstueck.objects.order_by("pk").values_list("art", "titel", "dokument__name")) == [
        ("antrag", "Antrag", f"Antrag-{antrag.nummer}.pdf"),
        ("antwort-2", "Antwort auf Rückfragen", f"Antwort-auf-Rückfragen-{antrag.nummer}.pdf"),
    ]
    zweite = Antragsfassung.objects.get(nummer=2)
    assert zweite.inhalt[0] == {
        "name": "rueckfragen",
        "titel": "Antworten auf die Rückfragen",
        "zeilen": [
            ["Wie viele Stunden arbeitet die Theaterpädagogik?", "Antwort 1"],
            ["Wer betreut die Kinder in den Pausen?", "Antwort 2"],
        ],
    }
    assert Mail.objects.filter(betreff=f"Ihre Antworten sind da: {antrag.nummer}").count() == 2
    erste = antrag.fassungen.get(nummer=1)
    seite = antrag_kontext(zweite)
    assert (seite["urfassung"], zweite.durch) == (erste, cast.lehrkraft)
    assert (erste.durch, zweite.zeichnung) == (cast.schulleitung, "Lehrkraft")  # who answers signs nothing anew


@pytest.mark.parametrize("adresse", ["file:///etc/passwd", "http://127.0.0.1/x.png", "static:///../manage.py"])
def test_nothing_outside_static_is_read(tmp_path, adresse):
    fetcher = pdf._fetcher([("", str(tmp_path))])
    with pytest.raises(BaseException, match="static/"):
        fetcher.fetch(adresse)


def test_a_file_under_static_is_read_with_its_type(settings):
    antwort = pdf._fetcher(pdf._ordner()).fetch("static:///css/pdf.css")
    assert antwort.content_type == "text/css"


class Schweigende(pdf.Werkstatt):
    """Takes every document and never says anything."""

    def _hinreichen(self, buchse):
        self.behalten = buchse.dup()


def test_a_document_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "SEKUNDEN", 0.01)
    werkstatt = Schweigende()
    with pytest.raises(pdf.PdfGescheitert, match="nicht fertig"):
        werkstatt.rendern("<p>Anfang")
    werkstatt.behalten.close()


@pytest.fixture(scope="module")
def werkstatt(tmp_path_factory):
    """A renderer of its own, begun by a portal that keeps a secret in its environment."""
    werkstatt = pdf.Werkstatt()
    with pytest.MonkeyPatch.context() as umgebung:
        umgebung.setenv("SECRET_KEY", "geheim")
        umgebung.setenv("TMPDIR", str(tmp_path_factory.mktemp("werkstatt")))
        werkstatt.rendern("<title>Probe</title>")
    yield werkstatt
    werkstatt.schliessen()


def umgebung(werkstatt) -> dict:
    zeilen = Path(f"/proc/{werkstatt.prozess.pid}/environ").read_text().rstrip("\0").split("\0")
    return dict(zeile.split("=", 1) for zeile in zeilen)


def test_the_renderer_gets_none_of_the_portals_secrets(werkstatt):
    assert set(umgebung(werkstatt)) <= {"HOME", "LANG", "PATH", "TMPDIR", "PYTHONDONTWRITEBYTECODE"}
    assert "geheim" not in umgebung(werkstatt).values()


def test_no_document_leaves_anything_behind(werkstatt):
    ergebnis = werkstatt.rendern("<link rel='stylesheet' href='static:///css/pdf.css'>")
    assert ergebnis.startswith(b"%PDF-")
    assert list(Path(umgebung(werkstatt)["TMPDIR"]).iterdir()) == []


def test_the_same_document_is_the_same_file_each_time(werkstatt):
    assert len({werkstatt.rendern("<title>Probe</title><p>Text</p>") for _ in range(3)}) == 1


def test_a_renderer_that_was_ended_begins_anew(werkstatt):
    werkstatt.prozess.kill()
    werkstatt.prozess.wait()
    assert werkstatt.rendern("<title>Probe</title>").startswith(b"%PDF-")


def seiten_der_zeilen(html: str) -> dict[str, set[int]]:
    """Text of each row of a table → the pages it stands on."""
    from weasyprint import HTML  # noqa: PLC0415 -- slow

    fetcher = pdf._fetcher(pdf._ordner())
    zeilen = {}
    for nummer, seite in enumerate(HTML(string=html, base_url="static:///", url_fetcher=fetcher).render().pages):
        for box in seite._page_box.descendants():
            if box.element is not None and box.element.tag == "tr":
                zeilen.setdefault("".join(box.element.itertext()).strip(), set()).add(nummer)
    return zeilen


def test_no_row_of_figures_is_torn_and_its_head_repeats(eingereicht):
    """Sixty rows of several lines: an amount never stands on another page than what it is for."""
    fassung = Antragsfassung.objects.get()
    posten = [[f"Posten {n}: {'Material und Honorar ' * 14}", "24 Stunden\nje 50,00 €\n1.200,00 €"] for n in range(60)]
    abschnitte = [{"name": "kosten", "titel": "Kosten", "zeilen": posten}]
    seiten = seiten_der_zeilen(render_to_string("pdf/antrag.html", kontext(fassung) | {"abschnitte": abschnitte}))
    koepfe = {zeile: auf for zeile, auf in seiten.items() if zeile.startswith("Angabe")}
    assert {zeile for zeile, auf in seiten.items() if len(auf) > 1} == set(koepfe)
    [auf] = koepfe.values()
    assert len(auf) > 3
