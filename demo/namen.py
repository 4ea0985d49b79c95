"""Invented but plausible names. No school and no organisation of these names is known to exist."""

# Lists of names, many to a line.
# fmt: off
VORNAMEN = (
    "Annette", "Beate", "Carola", "Dorothea", "Elif", "Franziska", "Gesine", "Heike", "Ina", "Johanna", "Kerstin",
    "Luise", "Maren", "Nadine", "Olga", "Paula", "Ramona", "Sabine", "Tanja", "Ute", "Vera", "Wiebke", "Yasmin",
    "Zoe", "Andreas", "Bernd", "Christoph", "Daniel", "Emre", "Florian", "Gregor", "Henning", "Ingo", "Jörg",
    "Karsten", "Lars", "Matthias", "Norbert", "Oliver", "Patrick", "Ralf", "Sven", "Torsten", "Uwe", "Volker",
    "Wolfgang", "Özlem", "Änne",
)
NACHNAMEN = (
    "Ackermann", "Adler", "Bachmann", "Behrendt", "Böhm", "Busse", "Diederich", "Dreyer", "Eckert", "Engel",
    "Fiedler", "Fröhlich", "Gebhardt", "Günther", "Haase", "Heinrich", "Hübner", "Jahn", "Jung", "Kaiser",
    "Kessler", "Köhler", "Kowalski", "Kühne", "Lange", "Lehmann", "Lorenz", "Ludwig", "Mertens", "Möbius",
    "Nagel", "Naumann", "Oelze", "Otto", "Pfeiffer", "Pohl", "Rademacher", "Richter", "Riedel", "Sander",
    "Schade", "Schilling", "Seidel", "Simon", "Tietz", "Uhlig", "Ulrich", "Voigt", "Wagner", "Walther", "Wendt",
    "Zander", "Ziegler", "Ötting", "Šimić", "Nguyen", "Yılmaz",
)
SCHULNAMEN = (
    "Ährenfeld", "Alte Weberei", "Am Biberbau", "Am Eulenturm", "Am Leuchtfeuer", "Am Mondsteg", "Apfelgarten",
    "Bunter Drache", "Drei Laternen", "Eisvogel", "Fliegender Fisch", "Fünf Linden", "Glühwürmchen", "Grünspecht",
    "Hagebutte", "Himmelsleiter", "Hohe Warte", "Kirschallee", "Kleiner Kompass", "Kranichflug", "Lindwurm",
    "Löwenzahn", "Morgenstern", "Mühlrad", "Nordwind", "Papierboot", "Quellwiese", "Regenpfeifer", "Roter Milan",
    "Salzwiese", "Siebenschläfer", "Silberpappel", "Sommerinsel", "Steinbrücke", "Über den Wiesen", "Uhrturm",
    "Vier Winde", "Weitblick", "Wildapfel", "Zaunkönig",
)
STRASSEN = (
    "Am Anger", "Gartenstraße", "Hauptstraße", "Kirchplatz", "Lindenallee", "Mühlenweg", "Ringstraße", "Schulweg",
)
# The larger towns of each Landkreis
STAEDTE = {
    "SAW": ("Gardelegen", "Kalbe (Milde)", "Klötze", "Salzwedel"),
    "ABI": ("Bitterfeld-Wolfen", "Köthen (Anhalt)", "Zerbst/Anhalt"),
    "BK": ("Haldensleben", "Oschersleben (Bode)", "Wanzleben-Börde", "Wolmirstedt"),
    "BLK": ("Naumburg (Saale)", "Weißenfels", "Zeitz"),
    "HZ": ("Blankenburg (Harz)", "Halberstadt", "Quedlinburg", "Thale", "Wernigerode"),
    "JL": ("Burg", "Genthin", "Gommern", "Möckern"),
    "MSH": ("Eisleben", "Hettstedt", "Sangerhausen"),
    "SK": ("Leuna", "Merseburg", "Querfurt", "Schkopau"),
    "SLK": ("Aschersleben", "Bernburg (Saale)", "Schönebeck (Elbe)", "Staßfurt"),
    "SDL": ("Havelberg", "Osterburg (Altmark)", "Stendal", "Tangermünde"),
    "WB": ("Coswig (Anhalt)", "Gräfenhainichen", "Jessen (Elster)", "Wittenberg"),
}
FREIE_TRAEGER = (
    "Bildungswerk Ankerplatz e.V.", "Familienhilfe Brückenbogen gGmbH", "Jugendhilfeverbund Windrose e.V.",
    "Kinder- und Jugendwerk Kompassnadel e.V.", "Lernhaus Mittelland e.V.", "Soziale Werkstatt Übermorgen gGmbH",
)
FUNKTIONEN = (
    "Beratungslehrkraft", "Fachlehrkraft für Ethik", "Klassenlehrkraft", "pädagogische Mitarbeit",
    "Vertrauenslehrkraft",
)
# fmt: on
# Numbers that the Bundesnetzagentur keeps free for films: nobody is ever called.
TELEFON = "030 23125 {:03}"
# Of the seat of each Landkreis or city
POSTLEITZAHL = {
    "SAW": "29410", "ABI": "06366", "BK": "39340", "BLK": "06618", "HZ": "38820", "JL": "39288", "MSH": "06526",
    "SK": "06217", "SLK": "06406", "SDL": "39576", "WB": "06886", "HAL": "06108", "MD": "39104", "DE": "06844",
}  # fmt: skip
