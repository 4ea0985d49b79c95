from django.urls import path

from netzwerkstellen.abwesenheit import views

KOLLEGIN = "<slug:slug>/verwaltung/team/<int:pk>/abwesenheit/"
urlpatterns = [
    path(KOLLEGIN, views.kollegin_abwesend, name="kollegin_abwesend"),
    path(f"{KOLLEGIN}<int:abwesenheit_pk>/beenden/", views.kollegin_zurueck, name="kollegin_zurueck"),
]

eigene = [
    path("", views.abwesenheit, name="abwesenheit"),
    path("<int:pk>/beenden/", views.abwesenheit_beenden, name="abwesenheit_beenden"),
]
