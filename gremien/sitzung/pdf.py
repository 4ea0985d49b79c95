"""The invitation: agenda as PDF, kept as bytes, sent to every member, with the mail noted at the Ladung."""

from django.db import transaction

from gremien.sitzung.models import Sitzung
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.services import mail_text, write_mail
from schulerfolg.pdf import render_pdf


def einladung_pdf(sitzung: int) -> None:
    """Job: render the invitation once, and write to every member who has none yet."""
    zeile = Sitzung.objects.for_page().get(pk=sitzung)
    inhalt = None if zeile.einladung_id else rendern(zeile)
    _versenden(sitzung, inhalt)


def rendern(sitzung: Sitzung) -> bytes:
    """The agenda as PDF/UA: what was fixed when the invitation went out."""
    kontext = {
        "sitzung": sitzung,
        "gremium": sitzung.gremium,
        "punkte": sitzung.punkte.select_related("antrag__schule").order_by("position"),
        "fusszeile": f"Einladung zur Sitzung {sitzung.nummer}, {sitzung.gremium.name}",
    }
    return render_pdf("pdf/einladung.html", kontext)


@transaction.atomic
def _versenden(pk, inhalt):
    """Keep the bytes unless somebody was quicker; then one mail per Ladung that has none."""
    sitzung = Sitzung.objects.select_for_update(of=("self",)).select_related("gremium__netzwerkstelle").get(pk=pk)
    if sitzung.einladung_id is None:
        name = f"Einladung-{sitzung.nummer.replace('/', '-')}.pdf"
        sitzung.einladung = Dokument.objects.create(
            art="einladung", name=name, medientyp="application/pdf", inhalt=inhalt
        )
        sitzung.save(update_fields=["einladung"])
    for ladung in sitzung.ladungen.filter(mail=None).select_related("mitgliedschaft__person"):
        ladung.mail = _schreiben(sitzung, ladung)
        ladung.save(update_fields=["mail"])


def _schreiben(sitzung, ladung):
    person = ladung.mitgliedschaft.person
    kontext = {"sitzung": sitzung, "person": person, "mitglied": ladung.mitgliedschaft}
    betreff, text = mail_text("gremien/mail/einladen.txt", kontext)
    return write_mail(
        an=person.email,
        person=person,
        betreff=betreff,
        text=text,
        schluessel=f"ladung:{ladung.pk}",
        anlagen=[sitzung.einladung],
    )
