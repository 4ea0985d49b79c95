"""Which question is asked only after a certain answer to another one: the one table of it.

Forms, completeness, page, snapshot and PDF read it. An answer to a question that is no longer asked is kept, and
neither counted nor printed.
"""

from angebote.foerderung.models import Zahlweg

JA, NEIN = "ja", "nein"

# Question ← the one it follows, and the answer.
FOLGEN = {
    "foerderverein": ("zahlweg", Zahlweg.FOERDERVEREIN.value),
    "foerderverein_neu": ("zahlweg", Zahlweg.FOERDERVEREIN.value),
    "zahlung_an": ("zahlweg", Zahlweg.PARTNER.value),
    "weitere_schulen": ("mit_anderen_schulen", True),
    "teilnahmebeitraege": ("mit_teilnahmebeitraegen", True),
    "drittmittel": ("mit_drittmitteln", True),
    "drittmittel_von": ("mit_drittmitteln", True),
    "erklaert_fuehrungszeugnis": ("externe", JA),
    "begonnen_was": ("begonnen", JA),
    "erklaert_beginn": ("begonnen", NEIN),
}


def gefragt(antrag, feld: str) -> bool:
    """Whether this question is asked in this Antrag."""
    frage, wert = FOLGEN.get(feld, (None, None))
    return frage is None or getattr(antrag, frage) == wert


def betrag(antrag, feld: str):
    """The amount in this column, in euros; none where it is not asked for."""
    return getattr(antrag, feld) if gefragt(antrag, feld) else 0
