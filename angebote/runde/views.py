"""The calls of the offices: a list for who looks after them, and a page of each for everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.runde import services
from angebote.runde.abbild import abbild, verlauf
from angebote.runde.forms import RundeForm, SchliessenForm
from angebote.runde.models import Foerderrunde
from angebote.runde.permissions import RECHTE
from netzwerkstellen.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import irgendwo, rollen
from schulerfolg.konten.permissions import landesrollen, orte
from schulerfolg.liste.seiten import page_of


@require_safe
def liste(request):
    RECHTE.require(irgendwo(request.user), "ansehen")
    runden = Foerderrunde.objects.visible_to(request.user).for_list()
    stellen = Netzwerkstelle.objects.managed_by(request.user)
    if landesrollen(request.user).isdisjoint(RECHTE["pflegen"].roles):
        stellen = stellen.filter(pk__in=orte(request.user, "mitarbeiten", "netzwerkstelle", RECHTE["pflegen"].roles))
    context = {"page": page_of(request, runden), "stellen": stellen}
    return render(request, "angebote/runde/liste.html", context)


@login_not_required
@require_safe
def seite(request, pk):
    """What the call is for, until when, how to begin, and what it said before."""
    runde = get_object_or_404(Foerderrunde.objects.select_related("netzwerkstelle"), pk=pk)
    person, angemeldet = request.user, request.user.is_authenticated
    context = {
        "runde": runde,
        "zeilen": abbild(runde)[2:],
        "verlauf": verlauf(list(runde.fassungen.all())),
        "darf_pflegen": angemeldet and not runde.vorbei and RECHTE.may(rollen(person, runde.netzwerkstelle), "pflegen"),
        "an_schule": angemeldet
        and person.schulzugehoerigkeiten.gueltig().filter(schule__netzwerkstelle=runde.netzwerkstelle_id).exists(),
    }
    return render(request, "angebote/runde/seite.html", context)


def neu(request, slug):
    stelle = get_object_or_404(Netzwerkstelle.objects.managed_by(request.user), slug=slug)
    RECHTE.require(rollen(request.user, stelle), "pflegen")
    form = RundeForm(request.POST or None, row=stelle)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.oeffnen, by=request.user):
        messages.success(request, "Die Förderrunde ist veröffentlicht.")
        return redirect(form.address)
    context = {"form": form, "stelle": stelle, "runde": None, "titel": "Neue Förderrunde"}
    return render(request, "angebote/runde/formular.html", context)


def aendern(request, pk):
    runde = _zum_pflegen(request, pk)
    if runde.vorbei:
        messages.warning(request, "Diese Förderrunde ist zu Ende; geändert wird sie nicht mehr.")
        return redirect(runde)
    form = RundeForm(request.POST or None, row=runde.netzwerkstelle, runde=runde)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.aendern, by=request.user):
        messages.success(request, "Die Änderung ist veröffentlicht. Wer an einem Entwurf schreibt, bekommt eine Mail.")
        return redirect(form.address)
    context = {"form": form, "stelle": runde.netzwerkstelle, "runde": runde, "titel": "Förderrunde ändern"}
    return render(request, "angebote/runde/formular.html", context)


def schliessen(request, pk):
    runde = _zum_pflegen(request, pk)
    if runde.vorbei:
        messages.warning(request, "Diese Förderrunde ist schon zu Ende.")
        return redirect(runde)
    form = SchliessenForm(request.POST or None, row=runde)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.schliessen, by=request.user):
        messages.success(request, "Die Förderrunde ist geschlossen.")
        return redirect(form.address)
    context = {"form": form, "stelle": runde.netzwerkstelle, "runde": runde, "titel": "Förderrunde schließen"}
    return render(request, "angebote/runde/formular.html", context)


def _zum_pflegen(request, pk) -> Foerderrunde:
    runde = get_object_or_404(Foerderrunde.objects.visible_to(request.user).for_list(), pk=pk)
    RECHTE.require(rollen(request.user, runde.netzwerkstelle), "pflegen")
    return runde
