"""What became of the school since it submitted: the case stays with the office that received it, and says so."""

from collections.abc import Iterator

from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    schule = antrag.schule
    if not schule.aktiv or schule.netzwerkstelle_id != antrag.netzwerkstelle_id:
        yield Teil(Platz.DRAN, "angebote/schulwechsel/hinweis.html", {"antrag": antrag, "schule": schule})
