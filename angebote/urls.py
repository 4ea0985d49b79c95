"""Addresses below /antraege/. The steps come last: any other word after the number is tried before them."""

from django.urls import include, path

app_name = "antraege"
urlpatterns = [
    path("", include("angebote.anlage.urls")),
    path("", include("angebote.antrag.urls")),
    path("", include("angebote.vorgang.urls")),
]
