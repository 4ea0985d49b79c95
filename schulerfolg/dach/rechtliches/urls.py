from django.urls import path

from schulerfolg.dach.rechtliches import views

app_name = "rechtliches"
urlpatterns = [
    path("impressum/", views.impressum, name="impressum"),
    path("datenschutz/", views.datenschutz, name="datenschutz"),
    path("barrierefreiheit/", views.barrierefreiheit, name="barrierefreiheit"),
    path("barriere-melden/", views.barriere_melden, name="barriere_melden"),
    path("barriere-melden/danke/", views.barriere_gemeldet, name="barriere_gemeldet"),
    path("leichte-sprache/", views.leichte_sprache, name="leichte_sprache"),
]
