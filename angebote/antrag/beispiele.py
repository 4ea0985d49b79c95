"""Answers as they may read, shown to whoever asks for one."""

BEISPIELE = {
    "kurzbeschreibung": "An drei Projekttagen üben zwei siebte Klassen, Streit ohne Gewalt zu klären. Zwölf von ihnen "
    "werden zu Streitschlichterinnen und Streitschlichtern ausgebildet.",
    "ausgangslage": "Im letzten Halbjahr gab es in den Pausen fast täglich Streit. Die Schulsozialarbeit hat 40 "
    "Gespräche geführt. Eine Ausbildung für Streitschlichtung fehlt an unserer Schule bisher.",
    "ablauf": "Tag 1: Kennenlernen und Regeln. Tag 2: Rollenspiele in kleinen Gruppen. Tag 3: eigene Fälle, am "
    "Nachmittag Abschluss mit den Familien. Der Verein leitet an, zwei Lehrkräfte begleiten.",
    "nachhaltigkeit": "Die Ausgebildeten haben ab dem Sommer zwei feste Sprechzeiten in der Woche. Eine Lehrkraft und "
    "die Schulsozialarbeit begleiten sie.",
    "oeffentlichkeit": "Bericht auf der Internetseite der Schule, Aushang im Eingang, beides mit dem Emblem der "
    "Europäischen Union.",
    "grundsaetze": "Die Gruppen sind gemischt, der Raum ist ohne Stufen zu erreichen, die Arbeitsblätter gibt es auch "
    "in Leichter Sprache. Wir gehen zu Fuß hin und nutzen Material mehrmals.",
    "aufgabe": "Der Verein plant mit uns und leitet die Übungen. Die Schulsozialarbeit hält Kontakt zu den Familien, "
    "zwei Lehrkräfte sind an allen Tagen dabei.",
}
