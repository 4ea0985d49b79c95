from django.urls import path

from netzwerkstellen.verwaltung import views

STELLE = "<slug:slug>/verwaltung/"
PERSON = f"{STELLE}ansprechpersonen/<int:pk>/"
KOLLEGIN = f"{STELLE}team/<int:pk>/"

urlpatterns = [
    path(STELLE, views.verwaltung, name="verwaltung"),
    path(f"{STELLE}verlauf/", views.verlauf, name="verlauf"),
    path(f"{STELLE}angaben/", views.angaben, name="angaben"),
    path(f"{STELLE}ansprechpersonen/", views.ansprechpersonen, name="ansprechpersonen"),
    path(f"{STELLE}ansprechpersonen/neu/", views.neu, {"teil": "ansprechpersonen"}, name="ansprechperson_neu"),
    path(PERSON, views.bearbeiten, {"teil": "ansprechpersonen"}, name="ansprechperson_bearbeiten"),
    path(f"{PERSON}beenden/", views.ansprechperson_beenden, name="ansprechperson_beenden"),
    path(f"{PERSON}fortsetzen/", views.ansprechperson_fortsetzen, name="ansprechperson_fortsetzen"),
    path(f"{STELLE}standorte/", views.standorte, name="standorte"),
    path(f"{STELLE}standorte/neu/", views.neu, {"teil": "standorte"}, name="standort_neu"),
    path(f"{STELLE}standorte/<int:pk>/", views.bearbeiten, {"teil": "standorte"}, name="standort_bearbeiten"),
    path(f"{STELLE}traegerschaften/", views.traegerschaften, name="traegerschaften"),
    path(f"{STELLE}traegerschaften/neu/", views.neu, {"teil": "traegerschaften"}, name="traegerschaft_neu"),
    path(
        f"{STELLE}traegerschaften/<int:pk>/",
        views.bearbeiten,
        {"teil": "traegerschaften"},
        name="traegerschaft_bearbeiten",
    ),
    path(f"{STELLE}organisationen/neu/", views.organisation_neu, name="organisation_neu"),
    path(f"{STELLE}team/", views.team, name="team"),
    path(KOLLEGIN, views.mitarbeit_bearbeiten, name="mitarbeit_bearbeiten"),
    path(f"{KOLLEGIN}rolle/", views.rolle_wechseln, name="rolle_wechseln"),
    path(f"{KOLLEGIN}zuruecknehmen/", views.mitarbeit_zuruecknehmen, name="mitarbeit_zuruecknehmen"),
]
