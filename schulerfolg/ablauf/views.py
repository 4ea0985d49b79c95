"""The page of a step, the same for every kind of object, and what it does when it comes too late or twice."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render

from schulerfolg.ablauf.seite import StepPages
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import earlier_answer
from schulerfolg.konten.anmeldung.frisch import require_fresh


def answered_once(view):
    """The second of two clicks gets the first answer, before anything is looked at again."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        key = request.POST.get("schluessel", "")
        if address := earlier_answer(person_id=request.user.pk, schluessel=key):
            return redirect(address)
        return view(request, *args, **kwargs)

    return answer


def back_when_too_late(page: str):
    """Whoever comes too late reads what happened, on the page of this name with the first number of the address."""

    def decorate(view):
        @wraps(view)
        def with_way_back(request, pk, *args, **kwargs):
            try:
                return view(request, pk, *args, **kwargs)
            except TransitionNotAllowed as error:
                messages.warning(request, str(error))
                return redirect(page, pk)

        return with_way_back

    return decorate


def step_page(request, pages: StepPages, obj, name: str, **form_options):
    """Say what the step does and what it needs; on POST take it, once per form.

    Raises PermissionDenied and TransitionNotAllowed; the view of the subject stands below `answered_once` and
    `back_when_too_late`.
    """
    page, hats = pages[name], pages.machine.hats(request.user, obj)
    step = pages.machine.require(obj, name, hats)
    if page.fresh:
        require_fresh(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = page.form(*data, row=obj, step=step, help_text=page.reason, **form_options)
    if form.is_valid() and form.carry_out(page.service, then=pages.home, by=request.user):
        messages.success(request, page.done)
        return redirect(form.result)
    pages.seen(request, obj)
    context = {
        "form": form,
        pages.machine.noun: obj,
        "schritt": step,
        "texte": page,
        "hindernis": pages.machine.workflow.hindrance(name, obj, request.user),
        **pages.context(obj, step, request.user, hats),
    }
    return render(request, pages.template, context)
