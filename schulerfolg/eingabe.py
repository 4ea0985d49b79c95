"""What people type or paste, without what nobody sees: the one cleaning of text on entry.

Invisible characters make two equal addresses different, and Word's clipboard brings characters that no font has.
They go out here, before any check: format characters (category Cf: zero-width blanks, soft hyphens, marks of
direction, byte order marks), variation selectors, control and private-use characters. Every odd blank becomes a
blank, every odd line break a line break, Word's bullet „•“. Letters are composed (NFC).

The zero-width joiner is one of them: a family of emoji falls apart into its people, and a heart may lose its colour.
That is accepted; names, titles and reasons hold none. NUL stays, so that the fields refuse it.
"""

import re
import unicodedata

from django import forms

ZEILENENDE = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
BLANK = re.compile("[\u2800\u3164\u115f\u1160\uffa0]")
"""Characters that count as letters or signs and show nothing."""
UNSICHTBAR = re.compile("[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
BLEIBT = "\n\t\0"
AUFZAEHLUNG = {"\uf0b7": "•", "\uf0a7": "•", "\uf02d": "–"}
"""Symbols that Word writes with its own fonts."""


def mehrzeilig(text: str) -> str:
    """Text of several lines, cleaned; every line ends in a single line feed."""
    text = ZEILENENDE.sub("\n", text)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = UNSICHTBAR.sub("", BLANK.sub(" ", unicodedata.normalize("NFC", text)))
    return "".join(map(_sichtbar, text))


def einzeilig(text: str) -> str:
    """Text of one line, cleaned; line breaks and tabs become blanks."""
    return mehrzeilig(text).replace("\n", " ").replace("\t", " ")


def _sichtbar(zeichen: str) -> str:
    art = unicodedata.category(zeichen)
    if art == "Zs":
        return " "
    if art in ("Cf", "Cc", "Co") and zeichen not in BLEIBT:
        return AUFZAEHLUNG.get(zeichen, "")
    return zeichen


class Gereinigt:
    """A form that cleans whatever was typed into it before its fields see it. Stands before `forms.Form`.

    What a person types is told by the widget: hidden values, choices and files stay as they are, passwords too.
    """

    def full_clean(self):
        if self.is_bound:
            self._reinigen()
        super().full_clean()

    def _reinigen(self):
        sauber = {}
        for name, feld in self.fields.items():
            schluessel = self.add_prefix(name)
            roh = self.data.get(schluessel)
            if isinstance(roh, str) and (reinigen := reinigung(feld)) and (neu := reinigen(roh)) != roh:
                sauber[schluessel] = neu
        if sauber:
            self.data = self.data.copy()
            for schluessel, neu in sauber.items():
                self.data[schluessel] = neu


def reinigung(feld: forms.Field):
    """How this field is cleaned: as one line, as several, or (None) not at all."""
    if isinstance(feld.widget, forms.Textarea):
        return mehrzeilig
    getippt = (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.DateTimeInput)
    return einzeilig if isinstance(feld.widget, getippt) and not isinstance(feld.widget, forms.PasswordInput) else None
