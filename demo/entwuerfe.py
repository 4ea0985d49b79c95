"""What happens to drafts at the first school of the story, taken by the services themselves: one came back, one is
offered to a colleague, one is written by two, one was dropped.
"""

from angebote.antrag import services
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.zusammenarbeit import services as zusammenarbeit

KOMMENTAR = (
    "Ein schönes Projekt. Bitte schreiben Sie noch, wer die Gruppe in den Pausen betreut, und rechnen Sie die Fahrt "
    "getrennt aus. Danach reiche ich es gern ein."
)


def bewegen(welt) -> None:
    """Needs the fixed drafts of `antraege.FESTE`; in a smaller world some of them are missing, and nothing happens."""
    lehrkraft, sozialarbeit, leitung = (
        welt.menschen.personen[f"{name}@demo.example"] for name in ("lehrkraft.a", "sozialarbeit.a", "leitung.a")
    )
    bewegt = [
        services.zurueckgeben(a, by=leitung, begruendung=f"{KOMMENTAR}{welt.marken.fuer(a.netzwerkstelle)}")
        for a in _von(lehrkraft, Status.FREIGABE_SL)[1:2]
    ]
    bewegt += [services.verwerfen(a, by=lehrkraft) for a in _von(lehrkraft, Status.ENTWURF, geteilt=False)[2:3]]
    for antrag in _von(sozialarbeit, Status.ENTWURF, geteilt=True)[:1]:
        bewegt.append(zusammenarbeit.mitschreiben_lassen(antrag, person=lehrkraft, by=sozialarbeit))
    for antrag in _von(sozialarbeit, Status.ENTWURF, geteilt=False)[:1]:
        bewegt.append(zusammenarbeit.anbieten(antrag, person=lehrkraft, by=sozialarbeit))
    for antrag in bewegt:
        Antrag.objects.filter(pk=antrag.pk).update(geaendert_am=antrag.ereignisse.all()[0].am)


def _von(person, status, **felder) -> list[Antrag]:
    return list(Antrag.objects.filter(verfasst_durch=person, status=status, **felder).order_by("pk").for_page())
