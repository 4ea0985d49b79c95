"""Counting an upload while it streams in, so that nothing too large is ever kept."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from schulerfolg.datei.annahme import HOECHSTENS


class Groessenwaechter(FileUploadHandler):
    """Stands before Django's own handlers and drops a file at the first byte beyond the limit.

    `zu_gross` names the form fields it happened to; the rest of the form arrives as usual.
    """

    def __init__(self, request=None, hoechstens=HOECHSTENS):
        super().__init__(request)
        self.hoechstens = hoechstens
        self.zu_gross: set[str] = set()

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > self.hoechstens:
            self.zu_gross.add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def guarded(view):
    """A view that takes files: the guard stands before it, as `request.waechter`.

    The guard must stand before anything reads the body, and the middleware would read it for the token. So the
    middleware lets this view pass, and the view asks for the token itself, as every other page does.
    """
    geschuetzt = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def mit_waechter(request, *args, **kwargs):
        request.waechter = Groessenwaechter(request)
        request.upload_handlers.insert(0, request.waechter)
        return geschuetzt(request, *args, **kwargs)

    mit_waechter.takes_files = True
    return mit_waechter
