from django.shortcuts import render
from django.views.decorators.http import require_safe

from schulerfolg.dach.bausteine.seite import kontext
from schulerfolg.konten.views import nur_in_der_demo


@require_safe
@nur_in_der_demo
def bausteine(request):
    return render(request, "dach/bausteine/seite.html", kontext())
