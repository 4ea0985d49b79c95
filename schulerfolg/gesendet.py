"""What is only ever sent: buttons that do something at once. This file imports nothing of the house."""

from functools import wraps

from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect


def only_posted(page: str, *keys: str, **parts: str):
    """Whoever comes to this address otherwise, by a reload, the way back or after signing in, is led to `page`.

    That is the page with the button; `keys` are the parts of this address that its own has too, and `parts` words in it
    that are none here.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, **kwargs):
            if request.method in ("GET", "HEAD"):
                return redirect(page, **{key: kwargs[key] for key in keys}, **parts)
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            return view(request, **kwargs)

        return answer

    return decorate
