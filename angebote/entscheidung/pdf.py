"""The letter of decision, made by the worker before it is signed and kept as bytes."""

from angebote.entscheidung.models import Briefvorschau
from schulerfolg.akte.models import Dokument
from schulerfolg.pdf import as_pdf


def briefvorschau_pdf(vorschau: int) -> None:
    """Job: the bytes of this preview. Done twice, or for one that was replaced meanwhile, it makes nothing."""
    offen = Briefvorschau.objects.filter(pk=vorschau, dokument=None)
    if zeile := offen.first():
        pdf = as_pdf(zeile.text)
        if zeile := offen.select_for_update(of=("self",)).select_related("antrag").first():
            zeile.dokument = brief_als_dokument(zeile.art, zeile.titel, zeile.antrag, pdf)
            zeile.save(update_fields=["dokument"])


def brief_als_dokument(art: str, titel: str, antrag, pdf: bytes) -> Dokument:
    name = f"{titel.replace(' ', '-')}-{antrag.nummer}.pdf"
    return Dokument.objects.create(art=art, name=name, medientyp="application/pdf", inhalt=pdf)
