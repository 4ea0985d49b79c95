"""What speaks against a cost plan: what can't be funded, lacks a reason or offers, and a share that is too small."""

from decimal import Decimal

from angebote.antrag.einwand import Einwand
from angebote.antrag.jahre import eigene_anteile, gewichte, projekttage
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import Kostenposten
from angebote.foerderung.models import Anlagenart, Foerderregel
from schulerfolg.geld import euro, rounded


def zu_den_posten(antrag: Antrag, regel: Foerderregel) -> list[Einwand]:
    """What the rows themselves raise; they are read once for all of it."""
    posten = list(antrag.kostenposten.select_related("kostenart"))
    gefunden = [
        _nicht_foerderfaehig(antrag, [p for p in posten if not p.kostenart.foerderfaehig]),
        _unbegruendet([p for p in posten if p.kostenart.begruendung_pflicht and not p.begruendung]),
        _vergleichsangebote(antrag, regel, [p for p in posten if ueber_der_grenze(p.betrag, regel)]),
    ]
    return [einwand for einwand in gefunden if einwand]


def ueber_der_grenze(betrag: Decimal | None, regel: Foerderregel | None) -> bool:
    """Whether this rule asks for offers for a single cost of this amount."""
    return bool(regel and regel.angebote_ab is not None and betrag is not None and betrag > regel.angebote_ab)


def _nicht_foerderfaehig(antrag, posten) -> Einwand | None:
    summe = sum((p.betrag for p in posten), Decimal(0))
    if summe <= antrag.andere_mittel:
        return None
    satz = (
        f"{_aufzaehlung(posten)}: Das ist nicht förderfähig ({euro(summe)}), andere müssen es bezahlen. Dafür fehlen "
        f"noch {euro(summe - antrag.andere_mittel)}."
    )
    return Einwand("kosten", "eigenmittel", satz)


def _unbegruendet(posten) -> Einwand | None:
    if posten:
        satz = f"Bitte begründen Sie, warum das nötig ist: {_aufzaehlung(posten)}."
        return Einwand("kosten", "kostenposten", satz)
    return None


def _vergleichsangebote(antrag, regel, posten) -> Einwand | None:
    """Asked for where no offer is attached at all: several may stand in one file, so files are not counted."""
    if not posten or antrag.anlagen.geltend().filter(art=Anlagenart.ANGEBOT).exists():
        return None
    satz = (
        f"{_aufzaehlung(posten)}: Für einzelne Ausgaben über {euro(regel.angebote_ab)} bittet Ihre Region um "
        f"{regel.angebote_in_worten}. Bitte laden Sie sie bei den Anlagen hoch, gern zusammen in einer Datei."
    )
    return Einwand("erklaerungen", "anlage", satz, hart=regel.angebote_hart)


def eigenanteil(antrag, regel, am) -> Einwand | None:
    noetig = rounded((antrag.beantragt + antrag.andere_mittel) * regel.eigenanteil_prozent / 100)
    if antrag.andere_mittel < noetig:
        satz = f"Ihre Region verlangt einen Eigenanteil von mindestens {euro(noetig)}."
        return Einwand("kosten", "eigenmittel", satz)
    return None


def jahre(antrag, regel, am) -> Einwand | None:
    tage = projekttage(antrag, regel)
    eigene = eigene_anteile(antrag) if len(tage) > 1 else {}
    if eigene and gewichte(antrag.beantragt, tage, eigene) == tage:
        satz = "Ihre Aufteilung auf die Budgetjahre passt nicht mehr zum Antrag; es gilt die Aufteilung nach Tagen."
        return Einwand("kosten", "jahre", satz, hart=False)
    return None


def _aufzaehlung(posten: list[Kostenposten]) -> str:
    return ", ".join(f"„{p.beschreibung}“" for p in posten)
