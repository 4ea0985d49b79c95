from django.urls import path

from netzwerkstellen.kollegium import views

app_name = "kollegium"
SCHULE = "<int:schule_pk>/"
urlpatterns = [
    path("", views.kollegien, name="kollegien"),
    path(SCHULE, views.kollegium, name="kollegium"),
    path(f"{SCHULE}einladen/", views.einladen, name="einladen"),
    path(f"{SCHULE}personen/<int:pk>/beenden/", views.beenden, name="zugehoerigkeit_beenden"),
    path(f"{SCHULE}einladungen/<int:pk>/erneut/", views.einladung_erneut, name="einladung_erneut"),
    path(f"{SCHULE}einladungen/<int:pk>/zuruecknehmen/", views.einladung_zuruecknehmen, name="einladung_zuruecknehmen"),
]
