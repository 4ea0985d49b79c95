from django.urls import path

from angebote.beratung import views
from angebote.beratung.schritte import SCHRITTE
from schulerfolg.ablauf.converters import register_steps

register_steps("beratungsschritt", SCHRITTE)

app_name = "beratungen"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("notieren/", views.notieren, name="notieren"),
    path("<int:pk>/", views.beratung, name="beratung"),
    path("<int:pk>/aendern/", views.aendern, name="aendern"),
    path("<int:pk>/termin.ics", views.kalender, name="kalender"),
    path("<int:pk>/<beratungsschritt:name>/", views.schritt, name="schritt"),
]
