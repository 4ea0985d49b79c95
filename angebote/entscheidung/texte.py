"""Sentences of the letters that hold for every office, unless it brings its own. Data; brief.py fills them in."""

RECHTSBEHELF = (
    "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch erheben. Der Widerspruch ist "
    "schriftlich oder zur Niederschrift einzulegen bei: {stelle}."
)
RECHTSBEHELF_DER_STELLE: dict[str, str] = {}
"""Kürzel of an office → its own text, with `{stelle}` for the address."""

PUBLIZITAET = [
    "Das Angebot wird von der Europäischen Union aus dem Europäischen Sozialfonds Plus (ESF+) kofinanziert. Zeigen Sie "
    "das Emblem der Europäischen Union mit dem Satz „Kofinanziert von der Europäischen Union“ auf allem, was zum "
    "Angebot erscheint: auf Aushängen, Einladungen, Teilnahmelisten, in Videos und im Internet.",
    "Hängen Sie während des Angebots gut sichtbar ein Plakat im Format A3 oder größer auf, oder zeigen Sie die Angaben "
    "auf einem Bildschirm. Die Vorlage bekommen Sie von Ihrer Netzwerkstelle.",
    "Wenn die Schule eine Internetseite oder Konten in sozialen Medien hat, beschreiben Sie das Angebot dort kurz und "
    "nennen die Förderung.",
]

_IMMER = [
    "Das Geld ist nur für das Angebot bestimmt, das im Antrag beschrieben ist, und nur für den genannten Zeitraum.",
    "Wenn sich Inhalt, Zeitraum, Kosten oder Finanzierung wesentlich ändern, sprechen Sie bitte vorher mit der "
    "Netzwerkstelle.",
    "Es darf für dieselben Kosten keine weitere Förderung geben.",
]
# `{nachweis}`: the last day of the proof of use
AUFLAGEN_IMMER = {
    "bescheid": [
        *_IMMER,
        "Die Zuwendung kann widerrufen und zurückgefordert werden, wenn sie nicht für den Zweck verwendet wird oder "
        "eine Auflage nicht erfüllt ist.",
        "Bewahren Sie Rechnungen und Belege auf; bis zum {nachweis} weisen Sie nach, wofür das Geld verwendet wurde.",
    ],
    "vertrag": [
        *_IMMER,
        "Wird das Geld nicht für den Zweck verwendet oder eine Vereinbarung nicht erfüllt, kann der Fördergeber es "
        "zurückverlangen.",
        "Bewahren Sie Rechnungen und Belege auf; bis zum {nachweis} weisen Sie nach, wofür das Geld verwendet wurde.",
    ],
    "kostenuebernahme": [
        *_IMMER,
        "Geben Sie Aufträge erst nach Absprache mit der Netzwerkstelle. Rechnungen reichen Sie bei ihr ein.",
    ],
}

NACHWEIS_DES_BANDES = "Für diesen Betrag genügt als Nachweis: {}."

WEG_WEITER = [
    "Sprechen Sie mit Ihrer Netzwerkstelle. Sie sagt Ihnen, was sich an dem Antrag ändern müsste, und hilft dabei.",
    "Ein neuer oder überarbeiteter Antrag ist jederzeit möglich. Ihre Angaben bleiben im Portal und lassen sich dafür "
    "übernehmen.",
    "Vielleicht gibt es anderes Geld: vom Schulträger, vom Förderverein Ihrer Schule, vom Jugendamt oder von "
    "Stiftungen. Die Netzwerkstelle weiß, was in Ihrer Region passt.",
    "Vielleicht gibt es in Ihrer Region auch schon ein Angebot, das zu Ihrer Schule passt. Fragen Sie danach.",
]

MINDESTENS = 20
"""Characters of a reason that somebody else can understand (VwVfG § 39)."""


def ist_begruendet(text: str) -> bool:
    return len(text.strip()) >= MINDESTENS
