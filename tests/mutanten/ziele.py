"""What is sabotaged, and which tests have to notice it: file → folders and files of tests."""

ABSTIMMUNG = ["tests/gremien/abstimmung", "tests/gremien/befangenheit"]
SITZUNG = ["tests/gremien/sitzung", "tests/gremien/abstimmung"]
BUDGET = ["tests/angebote/budget", "tests/angebote/entscheidung"]
ANTRAG = ["tests/angebote/antrag", "tests/schulerfolg/dach/vorgang"]
PRUEFUNG = ["tests/angebote/pruefung", "tests/schulerfolg/dach/vorgang"]

ZIELE: dict[str, dict[str, list[str]]] = {
    "Geld": {
        "angebote/budget/services.py": BUDGET,
        "angebote/budget/queries.py": ["tests/angebote/budget", "tests/schulerfolg/dach/berichte"],
        "angebote/entscheidung/services.py": [*BUDGET, "tests/gremien/abstimmung"],
        "angebote/antrag/forms_kosten.py": ["tests/angebote/antrag"],
        "schulerfolg/formular/zahlen.py": ["tests/schulerfolg/formular", "tests/angebote/antrag"],
        "schulerfolg/geld.py": ["tests/schulerfolg/test_geld.py"],
    },
    "Rechte": {
        "angebote/antrag/permissions.py": [*ANTRAG, "tests/test_matrix.py"],
        "angebote/antrag/queries.py": [*ANTRAG, "tests/schulerfolg/dach/test_uebersicht.py"],
        "angebote/pruefung/services.py": PRUEFUNG,
        "angebote/pruefung/bedingungen.py": PRUEFUNG,
        "angebote/entscheidung/bedingungen.py": ["tests/angebote/entscheidung", *PRUEFUNG],
        "schulerfolg/konten/permissions.py": ["tests/schulerfolg/konten", "tests/schulerfolg/dach/test_menue.py"],
        "schulerfolg/rechte.py": ["tests/test_rechte.py", "tests/schulerfolg/ablauf", "tests/angebote/pruefung"],
        "schulerfolg/ablauf/machine.py": ["tests/schulerfolg/ablauf", *ANTRAG],
        "gremien/sitzung/permissions.py": ["tests/gremien"],
    },
    "Stimmen": {
        "gremien/abstimmung/regeln.py": ABSTIMMUNG,
        "gremien/abstimmung/lage.py": ABSTIMMUNG,
        "gremien/abstimmung/services.py": ABSTIMMUNG,
        "gremien/befangenheit/services.py": ABSTIMMUNG,
        "gremien/sitzung/services.py": SITZUNG,
        "gremien/sitzung/vorsitz.py": SITZUNG,
    },
    "Fristen": {
        "angebote/antrag/bedingungen.py": ANTRAG,
        "angebote/antrag/services.py": ANTRAG,
        "angebote/foerderung/services.py": ["tests/angebote/foerderung"],
        "gremien/sitzung/bedingungen.py": SITZUNG,
        "netzwerkstellen/verwaltung/services.py": ["tests/netzwerkstellen/verwaltung"],
        "schulerfolg/kalender.py": ["tests/schulerfolg/test_kalender.py", "tests/schulerfolg/dach/vorgang"],
        "schulerfolg/zeit.py": ["tests/schulerfolg/test_zeit.py"],
        "schulerfolg/akte/services.py": ["tests/schulerfolg/akte", "tests/schulerfolg/ablauf"],
    },
}
