"""The register of processing activities (DSGVO Art. 30), put together from what each subject declares."""

from schulerfolg.akte.verarbeitung import FRISTEN, Datenart, Verarbeitung, datenarten, frist_in_worten, verarbeitungen

VERZEICHNIS = """# Verzeichnis der Verarbeitungstätigkeiten

{erzeugt}

Nach Artikel 30 der Datenschutz-Grundverordnung: welche Angaben über Menschen das Portal speichert, wofür, auf welcher
Grundlage, wie lange und wer sie bekommt. Wer verantwortlich ist, steht auf der Seite „Datenschutz“; dort stehen auch
dieselben Arten von Daten in denselben Worten. Maßnahmen zum Schutz: [Sicherheit](sicherheit.md).

Namen stehen in keinem Text, der sich nie ändert: Dort sind es Verweise. Ausgenommen sind Schriftstücke; was dann gilt,
steht unter „Hinweis“.

## Fristen

Was als Annahme gekennzeichnet ist, legt der Betreiber mit der Einstellung `AUFBEWAHRUNG` fest.

{fristen}

{teile}
"""
KOPF = ["Angaben", "Grundlage", "Wie lange", "Wer es bekommt", "Hinweis"]


def als_markdown(erzeugt: str) -> str:
    """`erzeugt`: the line that says where a generated file comes from."""
    fristen = [[f"`{name}`", frist_in_worten(name), "ja" if frist.annahme else "–"] for name, frist in FRISTEN.items()]
    return VERZEICHNIS.format(
        erzeugt=erzeugt.format(quelle="`personenbezug.py` jedes Themas"),
        fristen=_tabelle(["Name", "Frist", "Annahme"], fristen),
        teile="\n\n".join(_teil(art) for art in datenarten()),
    )


def _teil(art: Datenart) -> str:
    zeilen = [_zeile(verarbeitung) for verarbeitung in verarbeitungen() if verarbeitung.art == art]
    return f"## {art.was}\n\nWofür: {art.wofuer}.\n\n{_tabelle(KOPF, zeilen)}"


def _zeile(verarbeitung: Verarbeitung) -> list[str]:
    return [
        _angaben(verarbeitung),
        verarbeitung.grundlage,
        frist_in_worten(verarbeitung.frist),
        verarbeitung.empfaenger,
        verarbeitung.hinweis or "–",
    ]


def _angaben(verarbeitung) -> str:
    """The columns by the names people read: „Einladung: E-Mail-Adresse, Vorname, Nachname“."""
    return "<br>".join(
        f"{modell._meta.verbose_name}: {', '.join(str(modell._meta.get_field(f).verbose_name) for f in felder.split())}"
        for modell, felder in verarbeitung.felder.items()
    )


def _tabelle(kopf, zeilen) -> str:
    return "\n".join(f"| {' | '.join(zeile)} |" for zeile in [kopf, ["---"] * len(kopf), *zeilen])
