"""The second of two clicks gets the first answer, on every page whose form carries a key."""

from collections.abc import Callable
from uuid import UUID

from django.shortcuts import redirect

from schulerfolg.akte.services import earlier_answer, once
from schulerfolg.formular.basis import VISITOR, Answered


class Einmal:
    """Stands behind the sign-in. A view that takes files it lets pass: their guard comes before the body is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """A form shown again may have found what its other click wrote since: then that answer is the answer."""
        response = self.get_response(request)
        shown_again = request.method == "POST" and response.status_code == 200
        return (first_answer(request) if shown_again else None) or response

    def process_view(self, request, view, args, kwargs):
        """Before the page looks at its object again: what was created may look like a duplicate of itself by now."""
        if request.method == "POST" and not getattr(view, "takes_files", False):
            return first_answer(request)
        return None

    def process_exception(self, request, exception):
        """The other click was faster by less than this page took to read its form."""
        if isinstance(exception, Answered):
            return redirect(exception.address or request.get_full_path())
        return None


def first_answer(request):
    """The way on that this form was answered with before, or nothing."""
    address = earlier_answer(person_id=request.user.pk or VISITOR, schluessel=request.POST.get("schluessel", ""))
    return redirect(address) if address else None


def once_by_key(request, take: Callable[[], str]) -> str:
    """For a button that asks for nothing: its form holds `{% schluessel %}`. Returns the way on."""
    try:
        key = UUID(request.POST.get("schluessel", ""))
    except ValueError:
        return take()
    return once(take, person_id=request.user.pk, schluessel=key)
