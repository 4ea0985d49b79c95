"""Words set into a finished page: every kind of field, only in the right form, and never as markup."""

import pytest

from schulerfolg.konten.anmeldung.fuellen import fuellen

SEITE = "/antraege/7/"


def in_form(felder, werte, form='<form method="post">'):
    """The fields of the form as they stand afterwards, and what found no place."""
    html, uebrig = fuellen(f"<p>a &amp; b</p>{form}{felder}</form>", seite=SEITE, ziel=SEITE, werte=werte)
    return html.removeprefix("<p>a &amp; b</p>").removeprefix(form).removesuffix("</form>"), uebrig


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("vorher", "werte", "nachher"),
    [
        ('<input name="a" value="alt">', {"a": ["neu"]}, '<input name="a" value="neu">'),
        ('<input type="date" name="a">', {"a": ["2027-05-01"]}, '<input type="date" name="a" value="2027-05-01">'),
        ('<input type="hidden" name="a" value="9">', {"a": ["8"]}, '<input type="hidden" name="a" value="8">'),
        ('<textarea name="a">\nalt</textarea>x', {"a": ["\n1 < 2"]}, '<textarea name="a">\n\n1 &lt; 2</textarea>x'),
        ('<input type="checkbox" name="a" checked>', {"b": ["x"]}, '<input type="checkbox" name="a">'),
        ('<input type="checkbox" name="a">', {"a": ["on"]}, '<input type="checkbox" name="a" checked>'),
        (
            '<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2">',
            {"a": ["2"]},
            '<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>',
        ),
        (
            '<select name="a"><option value="" selected>-<option value="2">B</select>',
            {"a": ["2"]},
            '<select name="a"><option value="">-<option value="2" selected>B</select>',
        ),
        ('<input name="a"><input name="a">', {"a": ["1", "2"]}, '<input name="a" value="1"><input name="a" value="2">'),
        (
            '<details class="f"><summary>mehr</summary><input name="a"></details>',
            {"a": ["x"]},
            '<details class="f" open><summary>mehr</summary><input name="a" value="x"></details>',
        ),
    ],
)  # fmt: skip
def test_every_kind_of_field(vorher, werte, nachher):
    assert in_form(vorher, werte)[0] == nachher


@pytest.mark.parametrize("art", ["password", "file", "submit"])
def test_passwords_files_and_buttons_stay_as_they_are(art):
    feld = f'<input type="{art}" name="a">'
    assert in_form(feld, {"a": ["x"]}) == (feld, [])


def test_tokens_are_never_put_back():
    feld = '<input type="hidden" name="csrfmiddlewaretoken" value="neu">'
    assert in_form(feld, {"csrfmiddlewaretoken": ["alt"]}) == (feld, [])


def test_what_was_typed_never_becomes_markup():
    html, _ = in_form('<input name="a">', {"a": ['"><script>alert(1)</script>']})
    assert html == '<input name="a" value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">'


def test_only_the_form_with_this_address_is_filled_and_the_one_that_fits_best():
    seite = (
        '<form method="post" action="/konto/abmelden/"><input name="a"></form>'
        '<form method="get"><input name="a"></form>'
        '<form method="post"><input name="a"><button name="entfernen"></form>'
        '<form method="post" action=""><input name="a"><button name="neu"></form>'
    )
    html, _ = fuellen(seite, seite=SEITE, ziel=SEITE, werte={"a": ["x"], "neu": [""]})
    assert html == seite.replace('<input name="a"><button name="neu">', '<input name="a" value="x"><button name="neu">')


def test_words_without_a_place_come_back_and_keys_do_not():
    werte = {"a": ["x"], "zeile-4": ["Bus nach Thale"], "schluessel": ["0f8fad5b-d9cb-469f-a165-70867728950e"]}
    assert in_form('<input name="a">', werte)[1] == ["Bus nach Thale"]
    assert fuellen("<p>weg</p>", seite=SEITE, ziel=SEITE, werte=werte) == ("<p>weg</p>", ["x", "Bus nach Thale"])
