"""Addresses below /antraege/. The steps come last: any other word after the number is tried before them."""

from django.urls import include, path

from schulerfolg.ablauf.converters import register_steps
from schulerfolg.dach.vorgang import views
from schulerfolg.dach.vorgang.schritte import SCHRITTE

register_steps("schritt", SCHRITTE)
app_name = "antraege"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<int:pk>/", views.antrag, name="antrag"),
    path("", include("angebote.urls")),
    path("<int:pk>/schriftstuecke/<int:schriftstueck_pk>/", views.schriftstueck, name="schriftstueck"),
    path("<int:pk>/<schritt:name>/schreiben/", views.schreiben, name="schreiben"),
    path("<int:pk>/<schritt:name>/", views.schritt, name="schritt"),
]
