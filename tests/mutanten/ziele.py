"""What is sabotaged, and which tests have to notice it: file → folders and files of tests."""

GREMIUM = ["tests/gremien/abstimmung", "tests/gremien/sitzung", "tests/gremien/befangenheit"]
ENTSCHEIDUNG = ["tests/angebote/entscheidung", "tests/angebote/budget"]
ANTRAG = ["tests/angebote/antrag", "tests/angebote/pruefung"]

ZIELE: dict[str, dict[str, list[str]]] = {
    "Geld": {
        "angebote/budget/services.py": ["tests/angebote/budget", "tests/angebote/entscheidung"],
        "angebote/budget/queries.py": ["tests/angebote/budget"],
        "angebote/entscheidung/services.py": [*ENTSCHEIDUNG, "tests/gremien/abstimmung"],
        "schulerfolg/formular/zahlen.py": ["tests/schulerfolg/formular", "tests/schulerfolg/test_geld.py"],
        "schulerfolg/geld.py": ["tests/schulerfolg"],
        "angebote/antrag/forms_kosten.py": ["tests/angebote/antrag"],
    },
    "Rechte": {
        "angebote/antrag/permissions.py": [*ANTRAG, "tests/test_matrix.py"],
        "angebote/antrag/queries.py": ["tests/angebote/antrag", "tests/schulerfolg/dach"],
        "angebote/pruefung/services.py": ["tests/angebote/pruefung", "tests/angebote/entscheidung"],
        "angebote/pruefung/bedingungen.py": ["tests/angebote/pruefung", "tests/angebote/antrag"],
        "angebote/entscheidung/bedingungen.py": ["tests/angebote/entscheidung", "tests/angebote/pruefung"],
        "schulerfolg/konten/permissions.py": ["tests/schulerfolg/konten", "tests/test_matrix.py"],
        "schulerfolg/rechte.py": ["tests/test_rechte.py", "tests/schulerfolg/ablauf", "tests/angebote/antrag"],
        "schulerfolg/ablauf/machine.py": ["tests/schulerfolg/ablauf", *ANTRAG],
        "gremien/sitzung/permissions.py": ["tests/gremien"],
    },
    "Stimmen": {
        "gremien/abstimmung/regeln.py": GREMIUM,
        "gremien/abstimmung/lage.py": GREMIUM,
        "gremien/abstimmung/services.py": GREMIUM,
        "gremien/befangenheit/services.py": GREMIUM,
        "gremien/sitzung/services.py": GREMIUM,
        "gremien/sitzung/vorsitz.py": GREMIUM,
    },
    "Fristen": {
        "angebote/antrag/bedingungen.py": ["tests/angebote/antrag"],
        "gremien/sitzung/bedingungen.py": GREMIUM,
        "schulerfolg/kalender.py": ["tests/schulerfolg", "tests/angebote/pruefung"],
        "schulerfolg/zeit.py": ["tests/schulerfolg"],
        "schulerfolg/akte/services.py": ["tests/schulerfolg/akte", "tests/schulerfolg/ablauf"],
        "netzwerkstellen/verwaltung/services.py": ["tests/netzwerkstellen/verwaltung"],
        "angebote/foerderung/services.py": ["tests/angebote/foerderung"],
    },
}
