"""/gremien/: committees, their rules and their members."""

from django.urls import path

from gremien.gremium import views
from gremien.sitzung import views as sitzungen

app_name = "gremien"
MITGLIED = "<int:pk>/mitglieder/<int:mitglied>/"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("<int:pk>/", sitzungen.gremium, name="gremium"),
    path("<int:pk>/regeln/", views.regeln, name="regeln"),
    path("<int:pk>/sitzungen/neu/", sitzungen.neu, name="sitzung_neu"),
    path("<int:pk>/mitglieder/neu/", views.mitglied_neu, name="mitglied_neu"),
    path(MITGLIED, views.mitglied_aendern, name="mitglied"),
    path(f"{MITGLIED}beenden/", views.mitglied_beenden, name="mitglied_beenden"),
    path(f"{MITGLIED}erneut/", views.mitglied_erneut, name="mitglied_erneut"),
    path(f"{MITGLIED}zuruecknehmen/", views.mitglied_zuruecknehmen, name="mitglied_zuruecknehmen"),
    path(f"{MITGLIED}verpflichten/", views.verpflichten, name="verpflichten"),
]
