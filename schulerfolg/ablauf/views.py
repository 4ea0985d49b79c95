"""The page of a step, the same for every kind of object, and what it does when it comes too late or twice."""

import re
from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from schulerfolg.ablauf.middleware import first_answer
from schulerfolg.ablauf.seite import StepPages
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.besetzt import GEHEIM
from schulerfolg.konten.anmeldung.frisch import require_fresh

NO_WORDS = {"csrfmiddlewaretoken", "schluessel", "version", "gesehen", "senden", "wessen"}
CHOSEN = re.compile(r"[a-z_]*")  # what boxes and lists send, and what was left empty


def answered_once(view):
    """The same for a page that takes files, which the middleware lets pass."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        return first_answer(request) or view(request, *args, **kwargs)

    return answer


def back_when_too_late(page: str, *keys: str):
    """Whoever comes too late reads what happened, on the page of this name with the first number of the address, and
    with these further `keys` of it.

    Words that were typed are shown on the way there, to take along.
    """

    def decorate(view):
        @wraps(view)
        def with_way_back(request, pk, *args, **kwargs):
            try:
                return view(request, pk, *args, **kwargs)
            except TransitionNotAllowed as error:
                return _too_late(request, str(error), reverse(page, args=[pk, *(kwargs[key] for key in keys)]))

        return with_way_back

    return decorate


def _too_late(request, what_happened: str, address: str):
    typed = typed_words(request.POST)
    if not any(" " in text for _, text in typed):
        messages.warning(request, what_happened)
        return redirect(address)
    context = {"geschehen": what_happened, "eingaben": typed, "dateien": bool(request.FILES), "adresse": address}
    return render(request, "ablauf/zu_spaet.html", context, status=409)


def typed_words(data) -> list[tuple[str, str]]:
    """What somebody typed, with the name of its field as a word; nothing secret, no keys and no choices."""
    if any(GEHEIM.search(name) for name in data):
        return []
    pairs = [(name, text.strip()) for name, texts in data.lists() for text in texts]
    return [(in_words(name), text) for name, text in pairs if name not in NO_WORDS and not CHOSEN.fullmatch(text)]


def in_words(name: str) -> str:
    """`kosten-0-beschreibung` → „Kosten Beschreibung“"""
    return " ".join(re.findall(r"[^\W\d_]+", name)).capitalize()


def step_page(request, pages: StepPages, obj, name: str, **form_options):
    """Say what the step does and what it needs; on POST take it, once per form.

    Raises PermissionDenied and TransitionNotAllowed; the view of the subject stands below `answered_once` and
    `back_when_too_late`.
    """
    page, hats = pages[name], pages.machine.hats(request.user, obj)
    step = pages.machine.require(obj, name, hats)
    if page.fresh:
        require_fresh(request, f"{step.label}: {obj}")
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    version = pages.machine.workflow.version(name, obj)
    form = page.form(*data, row=obj, step=step, version=version, help_text=page.reason, **form_options)
    if form.is_valid() and form.carry_out(page.service, then=pages.home, by=request.user):
        messages.success(request, page.done)
        return redirect(form.address)
    if form.is_bound and version:
        obj = pages.machine.rows().get(pk=obj.pk)
    pages.seen(request, obj)
    return render(
        request, page.template or pages.template, {"form": form, **_what_it_says(pages, obj, step, request.user, hats)}
    )


def _what_it_says(pages, obj, step, person, hats) -> dict:
    return {
        pages.machine.noun: obj,
        "schritt": step,
        "texte": pages[step.name],
        "hindernis": pages.machine.workflow.hindrance(step.name, obj, person),
        **pages.context(obj, step, person, hats),
    }
