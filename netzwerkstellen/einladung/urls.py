from django.urls import path

from netzwerkstellen.einladung import views

urlpatterns = [
    path("<slug:slug>/verwaltung/team/einladen/", views.team_einladen, name="team_einladen"),
    path("<slug:slug>/verwaltung/schulen/<int:schule_pk>/einladen/", views.schule_einladen, name="schule_einladen"),
    path("<slug:slug>/verwaltung/einladungen/<int:pk>/erneut/", views.einladung_erneut, name="einladung_erneut"),
    path(
        "<slug:slug>/verwaltung/einladungen/<int:pk>/zuruecknehmen/",
        views.einladung_zuruecknehmen,
        name="einladung_zuruecknehmen",
    ),
]
