"""Addresses of one Antrag; the roof includes them below /antraege/."""

from django.urls import include, path

urlpatterns = [
    path("", include("angebote.anlage.urls")),
    path("", include("angebote.korrektur.urls")),
    path("", include("angebote.antrag.urls")),
    path("", include("angebote.nachricht.urls")),
    path("", include("angebote.pruefung.urls")),
    path("", include("angebote.vorzeitig.urls")),
    path("", include("angebote.zusammenarbeit.urls")),
]
