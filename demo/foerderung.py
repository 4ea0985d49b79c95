"""The rules of the offices in the demo world: known figures where there are some, plausible ones elsewhere.

All of them are marked as examples (`beispiel`). Known are the limits of Salzlandkreis, Wittenberg, Dessau-Roßlau and
Magdeburg (fachdossier 3.7).
"""

from datetime import date, time, timedelta
from decimal import Decimal

from angebote.foerderung.models import Anlagenanforderung, Betragsband, Foerderregel
from angebote.runde.abbild import abbild
from angebote.runde.models import Foerderrunde, Rundenfassung
from schulerfolg.konten.permissions import Rolle

BEKANNT = "Beispiel nach veröffentlichten Hinweisen der Region"
ERFUNDEN = "Beispiel der Demo"
ERHOEHUNG = date(2026, 1, 20)

# What differs from 2.000 € per school and calendar year, binding, 28 days ahead, the head signs, the Gremium decides
REGELN: dict[str, dict] = {
    "SAW": {"hoechstbetrag": 1500},
    "ABI": {"mitzeichnung": False},
    "BK": {"hoechstbetrag": 2500, "hoechstbetrag_im": "schuljahr", "budgetachse": "schuljahr"},
    "BLK": {"eigenanteil_prozent": 10},
    "HZ": {"hoechstbetrag": 3000, "vorzeitig": True},
    "JL": {"hoechstbetrag": 1800, "vorlauf_tage": 42},
    "MSH": {"angebote_ab": Decimal(500)},
    "SK": {"entscheidungsweg": "stelle", "stelle_bis": 1000},
    "SLK": {"hoechstbetrag": 3000, "hoechstbetrag_hart": False, "grundlage": BEKANNT},
    "SDL": {"vertretung_bei_eigenem": True},
    "WB": {"grundlage": BEKANNT},
    "HAL": {"hoechstbetrag": 2500, "hoechstbetrag_je": "antrag"},
    "MD": {"grundlage": BEKANNT},
    "DE": {"grundlage": BEKANNT},
}
ANLAGEN = {
    "HZ": [("kooperation", "einreichung"), ("angebot", "auszahlung")],
    "MD": [("kooperation", "einreichung"), ("konzept", "optional")],
    "SLK": [("kooperation", "entscheidung"), ("gesamtkonferenz", "optional")],
    "WB": [("kooperation", "auszahlung")],
}
# One page for small sums; the Land names none, these are made up
BAENDER: dict[str, list[dict]] = {
    "HZ": [
        {
            "bis": 300,
            "umfang": "kurz",
            "entscheidung": "stelle",
            "mit_anlagen": False,
            "nachweis": "kurzer Bericht, keine Belege",
        },
        {
            "bis": 1000,
            "umfang": "voll",
            "entscheidung": "gremium",
            "mit_anlagen": False,
            "nachweis": "Bericht mit Belegliste",
        },
    ],
    "SK": [
        {
            "bis": 200,
            "umfang": "kurz",
            "entscheidung": "stelle",
            "mit_anlagen": False,
            "nachweis": "kurzer Bericht, keine Belege",
        }
    ],
}


def regeln(welt) -> list[Foerderregel]:
    """One rule in force for every office, at Salzlandkreis with the one before it; a call at Magdeburg."""
    alle = []
    for kuerzel, stelle in welt.stellen.items():
        werte = {"hoechstbetrag": 2000, "grundlage": ERFUNDEN, **REGELN[kuerzel]}
        werte["hoechstbetrag"] = Decimal(werte["hoechstbetrag"])
        von = welt.schuljahr(-3)
        if kuerzel == "SLK" and welt.heute >= ERHOEHUNG:
            vorher = {**werte, "hoechstbetrag": Decimal(2000), "bis": ERHOEHUNG - timedelta(days=1)}
            alle.append(_regel(welt, stelle, von, vorher))
            von = ERHOEHUNG
        alle.append(_regel(welt, stelle, von, werte))
    Foerderregel.objects.bulk_create(alle)
    Anlagenanforderung.objects.bulk_create(
        Anlagenanforderung(regel=regel, art=art, pflicht_bei=wann)
        for regel in alle
        for art, wann in ANLAGEN.get(regel.netzwerkstelle.kuerzel, [])
    )
    Betragsband.objects.bulk_create(
        Betragsband(regel=regel, **band) for regel in alle for band in BAENDER.get(regel.netzwerkstelle.kuerzel, [])
    )
    return list(Foerderregel.objects.select_related("netzwerkstelle").order_by("pk"))


def _regel(welt, stelle, von, werte) -> Foerderregel:
    werte = {**werte, "grundlage": f"{werte['grundlage']}{welt.marken.oeffentlich()}"}
    return Foerderregel(netzwerkstelle=stelle, von=von, beispiel=True, **werte)


def runde(welt, hier) -> Foerderrunde:
    """Magdeburg takes applications in one call, the others all year round; Harz announces one beside that.

    Magdeburg has prolonged it by two weeks: its page tells what it said before.
    """
    marke = welt.marken.oeffentlich()
    bald = Foerderrunde.objects.create(
        netzwerkstelle=welt.stellen["HZ"],
        name=f"Gut ankommen in Klasse 5{marke}",
        ausschreibung="Wir suchen Vorhaben, die Kindern den Wechsel an die weiterführende Schule leichter machen: "
        f"Kennenlerntage, Patenschaften, gemeinsame Projekte mit Grundschulen.{marke}",
        beginn=welt.heute + timedelta(days=30),
        antragsschluss=welt.heute + timedelta(days=101),
        uhrzeit=time(12),
        betrag=12_000,
        hoechstens_je_schule=1,
        anlagen=["kooperation"],
    )
    _fassung(bald, hier, welt.jetzt - timedelta(days=9))
    offen = Foerderrunde.objects.create(
        netzwerkstelle=welt.stellen["MD"],
        name=f"Starke Klassen {welt.heute.year}{welt.marken.oeffentlich()}",
        ausschreibung="Gesucht werden Vorhaben zu kultureller Bildung, Medienkompetenz und gegen Gewalt und Mobbing."
        + welt.marken.oeffentlich(),
        beginn=welt.heute - timedelta(days=200),
        antragsschluss=welt.heute + timedelta(days=31),
    )
    _fassung(offen, hier, welt.jetzt - timedelta(days=220))
    offen.antragsschluss = welt.heute + timedelta(days=45)
    offen.save()
    _fassung(offen, hier, welt.jetzt - timedelta(days=12))
    return offen


def _fassung(runde, hier, am) -> None:
    """As if the Leitung had published it at this moment."""
    durch = next(m.person for m in hier if m.netzwerkstelle == runde.netzwerkstelle and m.rolle == Rolle.LEITUNG)
    nummer = runde.fassungen.count() + 1
    Rundenfassung.objects.create(runde=runde, nummer=nummer, inhalt=abbild(runde), durch=durch, erstellt_am=am)
