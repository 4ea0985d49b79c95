"""The points of the formal check, in the order of the page: key → question. Data, no logic."""

PRUEFLISTE = {
    "zustaendig": "Die Schule liegt in unserem Landkreis oder unserer Stadt.",
    "beratung": "Vor dem Antrag hat ein Beratungsgespräch stattgefunden.",
    "schulbezug": "Das Vorhaben ist schulbezogen und zeitlich begrenzt.",
    "schulerfolg": "Es dient dem Schulerfolg; es ist keine Pflichtaufgabe der Schule.",
    "partner": "Mindestens ein Kooperationspartner mit klarer Aufgabe ist genannt.",
    "beginn": "Das Projekt hat noch nicht begonnen.",
    "kosten": "Die Ausgaben sind einzeln aufgeschlüsselt, nachvollziehbar und förderfähig.",
    "doppelt": "Eine doppelte Förderung ist ausgeschlossen.",
    "anlagen": "Alle verlangten Anlagen liegen vor.",
    "zeichnung": "Die richtige Person hat unterschrieben.",
}
