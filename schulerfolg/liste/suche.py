"""How a list is searched: every word somewhere, as people write it. There is one way, for all lists.

Case and accents do not matter, „muehlrad“ is „Mühlrad“ and the other way round, Word's dashes are hyphens. A number is
found by its beginning and by its end.
"""

from functools import reduce
from operator import or_

from django.db.models import CharField, Q, TextField, Transform

MOST_WORDS = 6
STRICHE = "‐‑‒–—―−"
UMLAUTE = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


@CharField.register_lookup
@TextField.register_lookup
class Gefaltet(Transform):
    """A text as it is compared: small, umlauts written out, no accents, one kind of hyphen."""

    lookup_name = "gefaltet"
    bilateral = True  # what is looked for is written alike
    output_field = TextField()

    def as_sql(self, compiler, connection, **extra):
        text, params = compiler.compile(self.lhs)
        text = f"lower({text})"
        for umlaut, geschrieben in UMLAUTE.items():
            text = f"replace({text}, '{umlaut}', '{geschrieben}')"
        return f"unaccent(translate({text}, '{STRICHE}', '{'-' * len(STRICHE)}'))", params


def worte(text: str) -> list[str]:
    """What is looked for, word by word."""
    return text.translate(str.maketrans(STRICHE, "-" * len(STRICHE))).split()[:MOST_WORDS]


def enthaelt(wort: str, *felder: str) -> Q:
    """One of these columns contains the word, with umlauts written as „ae“ or as „a“."""
    return _oder(felder, "gefaltet__contains", wort) | _oder(felder, "unaccent__icontains", wort)


def nummer(wort: str, *felder: str) -> Q:
    """One of these numbers begins or ends so: „HZ-2026“, „2026-0012“, „0012“."""
    return _oder(felder, "istartswith", wort) | _oder(felder, "iendswith", wort)


def _oder(felder, lookup, wort) -> Q:
    return reduce(or_, (Q(**{f"{feld}__{lookup}": wort}) for feld in felder))
