"""What a list answers: the page, or while somebody types its hits alone."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


def list_or_hits(request, template: str, context: dict):
    """The page of a list; for a search while somebody types (htmx) its hits alone: `treffer.html` in the same folder.

    What the form refuses is told by the whole page.
    """
    if not request.htmx:
        antwort = render(request, template, context)
    elif context["filter"].form.errors:
        antwort = HttpResponseClientRedirect(request.get_full_path())
    else:
        antwort = render(request, template.replace("liste.html", "treffer.html"), context)
    patch_vary_headers(antwort, ["HX-Request"])
    return antwort
