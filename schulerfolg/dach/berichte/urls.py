"""Addresses below /berichte/. The words of the administration come before the addresses of reports."""

from django.urls import path

from schulerfolg.ablauf.converters import register_steps
from schulerfolg.dach.berichte import views
from schulerfolg.dach.berichte.schritte import SCHRITTE

register_steps("berichtsschritt", SCHRITTE)

app_name = "berichte"
urlpatterns = [
    path("", views.liste, name="bericht_liste"),
    path("verwaltung/", views.verwaltung, name="verwaltung"),
    path("verwaltung/neu/", views.neu, name="neu"),
    path("verwaltung/<int:pk>/", views.entwurf, name="entwurf"),
    path("verwaltung/<int:pk>/bearbeiten/", views.bearbeiten, name="bearbeiten"),
    path("verwaltung/<int:pk>/<berichtsschritt:name>/", views.schritt, name="schritt"),
    path("<slug:slug>/", views.bericht, name="bericht"),
    path("<slug:slug>/bericht.pdf", views.pdf, name="bericht_pdf"),
    path("<slug:slug>/zahlen.csv", views.zahlen, name="bericht_csv"),
]
