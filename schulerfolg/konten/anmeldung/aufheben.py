"""What somebody typed survives the way to the sign-in page: for one person, for twenty hours, never sent by itself.

Every form carries, signed, whose page it is (`wessen`). A POST that comes too late — signed out, signed in anew
elsewhere, or asked who is there — is kept under that name and set into the same form again afterwards, also where
somebody signs in on the next morning only, or with another browser.
"""

import json
import re
from urllib.parse import urlsplit

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.core.signing import BadSignature, Signer
from django.utils.http import url_has_allowed_host_and_scheme

from schulerfolg.besetzt import GEHEIM
from schulerfolg.konten.models import Eingabe, Person

MARKE = "eingaben"
GROESSE = 256 * 1024
MOST = 5
NIE = re.compile(rf"{GEHEIM.pattern}|^(csrfmiddlewaretoken|wessen|senden)$")
SIGNER = Signer(salt="schulerfolg.eingaben")


class OhneDateien(FileUploadHandler):
    """Lets every file of a form pass by and only notes that there was one."""

    def receive_data_chunk(self, raw_data, start):
        raise SkipFile

    def new_file(self, *args, **kwargs):
        self.request.mit_dateien = True
        raise SkipFile

    def file_complete(self, file_size):
        return None


def wessen(person) -> str:
    """Whose form this is, signed: a page can't pretend to be somebody else's."""
    return SIGNER.sign(str(person.pk)) if person.is_authenticated else ""


def wer_getippt_hat(request) -> Person | None:
    """The person whose page this POST was sent from, proven by the form itself."""
    if not hasattr(request, "_files"):  # nobody has read the body yet: read it without keeping a file
        request.upload_handlers = [OhneDateien(request)]
    try:
        pk = SIGNER.unsign(request.POST.get("wessen", ""))
    except BadSignature:
        return None
    if request.user.is_authenticated and str(request.user.pk) != pk:
        return None
    return Person.objects.filter(pk=pk, is_active=True).first()


def aufheben(request, person: Person) -> str:
    """Keep the fields of this POST for this person. Says what happened to them; empty where there was nothing."""
    felder = {
        name: [wert.replace("\x00", "") for wert in werte]
        for name, werte in request.POST.lists()
        if not NIE.search(name) and "\x00" not in name
    }
    mit_dateien = getattr(request, "mit_dateien", bool(request.FILES))
    if not mit_dateien and not any(wert.strip() for werte in felder.values() for wert in werte):
        return ""
    if len(json.dumps(felder)) > GROESSE:
        return (
            "Ihre Eingaben sind zu lang, als dass wir sie aufheben können. Bitte gehen Sie im Browser zurück und "
            "kopieren Sie sie, bevor Sie weitermachen."
        )
    _aufraeumen(person)
    seite = form_address(request)
    eingabe = Eingabe.objects.create(
        person=person, seite=seite, ziel=request.get_full_path(), felder=felder, mit_dateien=mit_dateien
    )
    marken = request.session.get(MARKE, {})
    request.session[MARKE] = dict([*marken.items(), (seite, [eingabe.pk, eingabe.ziel])][-MOST:])
    request.eben_aufgehoben = True
    satz = "Ihre Eingaben sind aufgehoben und stehen danach wieder im Formular. Abgeschickt ist noch nichts."
    return f"{satz} Dateien wählen Sie bitte noch einmal aus." if mit_dateien else satz


def wiederfinden(request, person: Person) -> None:
    """Whoever signs in has before them what was kept for them, whichever session it was typed in."""
    juengste = person.eingaben.frisch().order_by("pk").values_list("seite", "pk", "ziel")
    request.session.pop(MARKE, None)
    if marken := {seite: [pk, ziel] for seite, pk, ziel in juengste}:
        request.session[MARKE] = marken


def unterbrechen(request, person: Person | None = None) -> tuple[str, str]:
    """Where to come back to, and what became of the words that were typed; empty where there were none.

    `person` is named where it is certain who typed; else the form has to prove it.
    """
    if request.method != "POST":
        return request.get_full_path(), ""
    person = person or wer_getippt_hat(request)
    return form_address(request), aufheben(request, person) if person else ""


def form_address(request) -> str:
    """The page of the form: where the browser says it comes from, if that is ours, else the address itself."""
    herkunft = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(herkunft, {request.get_host()}, require_https=request.is_secure()):
        teile = urlsplit(herkunft)
        return teile.path + (f"?{teile.query}" if teile.query else "")
    return request.get_full_path()


def aufgehoben_fuer(request) -> Eingabe | None:
    """What waits for this page and this person; nobody else's, and nothing too old."""
    pk, _ = request.session.get(MARKE, {}).get(request.get_full_path(), (None, ""))
    if pk is None or not request.user.is_authenticated:
        return None
    eingabe = Eingabe.objects.frisch().filter(person=request.user, pk=pk).first()
    if eingabe is None:
        _streichen(request, [pk])
    return eingabe


def vergessen(request, ziel: str | None = None) -> None:
    """Drop what was kept: all of it, or what belongs to the form that has arrived at `ziel` now."""
    pks = [pk for pk, adresse in request.session.get(MARKE, {}).values() if ziel in (None, adresse)]
    if pks:
        Eingabe.objects.filter(person=request.user, pk__in=pks).delete()
        _streichen(request, pks)


def _streichen(request, pks):
    marken = {seite: wo for seite, wo in request.session[MARKE].items() if wo[0] not in pks}
    if marken:
        request.session[MARKE] = marken
    else:
        del request.session[MARKE]


def _aufraeumen(person):
    """Nothing lives longer than its time, and nobody keeps more than a few."""
    Eingabe.objects.abgelaufen().delete()
    juengste = person.eingaben.order_by("-pk").values_list("pk", flat=True)[: MOST - 1]
    person.eingaben.exclude(pk__in=list(juengste)).delete()
