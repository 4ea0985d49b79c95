"""What nobody sees is not stored, wherever it is typed (faelle 2 and 3)."""

import importlib
import pkgutil

import pytest
from django import forms
from django_filters import FilterSet

from schulerfolg.eingabe import Gereinigt, einzeilig, mehrzeilig
from schulerfolg.formular.zahlen import Anzahl, Zahl
from schulerfolg.liste.filters import Suche

APPS = ["schulerfolg", "netzwerkstellen", "angebote", "gremien", "demo"]


@pytest.mark.parametrize(
    ("getippt", "gelesen"),
    [
        ("dora@example.org\u200b", "dora@example.org"),
        ("\ufeffHZ\u20602026", "HZ2026"),
        ("Streit\u00adschlichter", "Streitschlichter"),
        ("39104\u00a0", "39104 "),
        ("Frau\u202fDr.\u2003Albers", "Frau Dr. Albers"),
        ("Titel\u000bzweite\u2028dritte\u0085vierte", "Titel zweite dritte vierte"),
        ("Von: a\r\nAn: b", "Von: a An: b"),
        ("\u202eegiL\u202c", "egiL"),
        ("\uf0b7 Basteln", "• Basteln"),
        ("\ue123Logo", "Logo"),
        ("a\x07b\x1bc", "abc"),
        ("Mu\u0308ller", "Müller"),
        ("\u2800\u3164", "  "),
        ("Ja\ufe0f\u034f", "Ja"),
        ("Łódź – „Ünal“ & Söhne № 5 ½", "Łódź – „Ünal“ & Söhne № 5 ½"),
        ("A\u2011B 2.–3. ✓ 漢字 العربية", "A\u2011B 2.–3. ✓ 漢字 العربية"),
    ],
)
def test_one_line(getippt, gelesen):
    assert einzeilig(getippt) == gelesen
    assert einzeilig(gelesen) == gelesen


@pytest.mark.parametrize(
    ("getippt", "gelesen"),
    [
        ("eins\r\nzwei\rdrei\nvier", "eins\nzwei\ndrei\nvier"),
        ("eins\u000bzwei\u2028drei\u0085vier\u2029fünf", "eins\nzwei\ndrei\nvier\nfünf"),
        ("\uf0b7\tBasteln\u00a0\u20ac", "•\tBasteln €"),
        ("\u2066isoliert\u2069", "isoliert"),
    ],
)
def test_several_lines(getippt, gelesen):
    assert mehrzeilig(getippt) == gelesen
    assert mehrzeilig(gelesen) == gelesen


class Probe(Gereinigt, forms.Form):
    titel = forms.CharField()
    email = forms.EmailField()
    text = forms.CharField(widget=forms.Textarea, max_length=3)
    passwort = forms.CharField(widget=forms.PasswordInput, strip=False, required=False)
    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    art = forms.MultipleChoiceField(choices=[("a", "a"), ("b", "b")], required=False)


def test_what_was_typed_is_clean_before_it_is_checked_and_when_it_is_shown_again():
    getippt = {"titel": " Zirkus\u200b ", "email": "a@b.de\u200b", "text": "a\r\nb", "art": ["a", "b"]}
    form = Probe(getippt | {"passwort": "ge\u200bheim ", "stand": "x\u200b"}, prefix=None)
    assert form.is_valid(), form.errors
    # Side by side.
    assert form.cleaned_data == {
        "titel": "Zirkus", "email": "a@b.de", "text": "a\nb", "passwort": "ge\u200bheim ", "stand": "x\u200b",
        "art": ["a", "b"],
    }  # fmt: skip
    assert form["titel"].value() == " Zirkus "


def test_only_invisible_is_empty_and_nul_stays_refused():
    form = Probe({"titel": "\u200b\u2060", "email": "a\x00@b.de", "text": "a"})
    assert form.errors["titel"] == ["Bitte füllen Sie dieses Feld aus."]
    assert form.errors["email"]


def alle(klasse):
    for unter in klasse.__subclasses__():
        yield unter
        yield from alle(unter)


@pytest.fixture(scope="module")
def portal():
    """Every module of the portal is loaded, so every form is known."""
    for app in APPS:
        for modul in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if ".migrations" not in modul.name and modul.name != "schulerfolg.wsgi":
                importlib.import_module(modul.name)


@pytest.mark.usefixtures("portal")
def test_every_form_of_the_portal_cleans():
    ours = [form for form in alle(forms.BaseForm) if form.__module__.split(".")[0] in APPS]
    assert len(ours) > 60
    assert [form for form in ours if form.__mro__.index(forms.BaseForm) < _platz(form)] == []
    assert [f for f in alle(FilterSet) if f.__module__.split(".")[0] in APPS and not issubclass(f, Suche)] == []


def _platz(form) -> int:
    return form.__mro__.index(Gereinigt) if Gereinigt in form.__mro__ else len(form.__mro__)


@pytest.mark.usefixtures("portal")
def test_every_number_goes_through_the_one_parser():
    """Hidden versions and the keys of pages are written by the portal itself."""
    wild = {
        f"{form.__name__}.{name}"
        for form in alle(forms.BaseForm)
        if form.__module__.split(".")[0] in APPS
        for name, feld in form.base_fields.items()
        if isinstance(feld, forms.IntegerField) and not isinstance(feld, Zahl | Anzahl) and not feld.widget.is_hidden
    }
    assert wild == {"SeitenForm.nach", "SeitenForm.vor"}
