"""Who works on reports: hats for the whole Land alone. What is published everybody reads; that is not listed here."""

from schulerfolg.dach.berichte.workflow import ABLAUF, BEARBEITBAR
from schulerfolg.konten.permissions import Rolle, landesrollen
from schulerfolg.rechte import Recht, Rechte

K, P = Rolle.KOORDINATION, Rolle.PRUEFUNG
NUR_KOORDINATION = "Berichte schreibt und veröffentlicht die Koordinierungsstelle."

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Berichte", """\
Was veröffentlicht ist, lesen alle, auch ohne Anmeldung. Wann ein Schritt möglich ist und was er voraussetzt, steht in
[ablauf-bericht.md](ablauf-bericht.md).""", [
    #      action        who     what it allows                      only while   words
    Recht("verwalten",  (K, P), "Entwürfe und ihre Zahlen ansehen", None,        denial=NUR_KOORDINATION),
    Recht("anlegen",    (K,),   "einen Bericht beginnen",           None,        denial=NUR_KOORDINATION),
    Recht("bearbeiten", (K,),   "Text und Zeitraum bearbeiten",     BEARBEITBAR, denial=NUR_KOORDINATION),
], steps=ABLAUF)
# fmt: on


def rollen(person) -> set[Rolle]:
    """The hats this person wears towards every report."""
    return landesrollen(person)
