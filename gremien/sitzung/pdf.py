"""The invitation: agenda as PDF, kept as bytes, sent to every member, with the mail noted at the Ladung."""

from django.db import transaction

from gremien.sitzung.models import Sitzung
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.services import mail_text, write_mail
from schulerfolg.pdf import render_pdf


def einladung_pdf(sitzung: int) -> None:
    """Job: render the invitation that holds once, and write to every member who has none of it yet."""
    zeile = Sitzung.objects.for_page().get(pk=sitzung)
    inhalt = None if zeile.einladung_id else rendern(zeile)
    _versenden(zeile, inhalt)


def rendern(sitzung: Sitzung) -> bytes:
    """The agenda as PDF/UA: what was fixed when the invitation went out, and what moved since."""
    kontext = {
        "sitzung": sitzung,
        "gremium": sitzung.gremium,
        "punkte": sitzung.punkte.select_related("antrag__schule").order_by("position"),
        "verlegt": _verlegt(sitzung),
        "fusszeile": f"Einladung zur Sitzung {sitzung.nummer}, {sitzung.gremium.name}",
    }
    return render_pdf("pdf/einladung.html", kontext)


@transaction.atomic
def _versenden(gelesen, inhalt):
    """Keep the bytes unless somebody was quicker or the meeting moved on; then one mail per Ladung that has none."""
    zeilen = Sitzung.objects.select_for_update(of=("self",)).select_related("gremium__netzwerkstelle")
    sitzung = zeilen.get(pk=gelesen.pk)
    if sitzung.ladung != gelesen.ladung:
        return
    if sitzung.einladung_id is None:
        name = f"Einladung-{sitzung.nummer.replace('/', '-')}{'-neuer-Termin' if sitzung.ladung > 1 else ''}.pdf"
        sitzung.einladung = Dokument.objects.create(
            art="einladung", name=name, medientyp="application/pdf", inhalt=inhalt
        )
        sitzung.save(update_fields=["einladung"])
    verlegt = _verlegt(sitzung)
    for ladung in sitzung.geltende_ladungen.filter(mail=None).select_related("mitgliedschaft__person"):
        frueher = sitzung.ladungen.filter(mitgliedschaft=ladung.mitgliedschaft_id, nummer__lt=ladung.nummer).exists()
        ladung.mail = _schreiben(sitzung, ladung, verlegt if frueher else None)
        ladung.einladung = sitzung.einladung
        ladung.save(update_fields=["mail", "einladung"])


def _verlegt(sitzung) -> dict | None:
    """From which day the meeting was moved last, and why; None where it was not."""
    if sitzung.ladung == 1:
        return None
    vorige = sitzung.ladungen.filter(nummer=sitzung.ladung - 1).first()
    ereignis = sitzung.ereignisse.filter(schritt="verlegen").first()
    return {"von": vorige.beginn, "grund": ereignis.begruendung}


def _schreiben(sitzung, ladung, verlegt):
    person = ladung.mitgliedschaft.person
    kontext = {"sitzung": sitzung, "person": person, "mitglied": ladung.mitgliedschaft, "verlegt": verlegt}
    betreff, text = mail_text(f"gremien/mail/{'verlegen' if verlegt else 'einladen'}.txt", kontext)
    return write_mail(
        an=person.email,
        person=person,
        betreff=betreff,
        text=text,
        schluessel=f"ladung:{ladung.pk}",
        anlagen=[sitzung.einladung],
    )
