from django.urls import path

from angebote.pruefung.views import pruefliste, stellungnahme
from angebote.vorgang import views
from angebote.vorgang.schritte import SCHRITTE
from schulerfolg.ablauf.converters import register_steps

register_steps("schritt", SCHRITTE)

urlpatterns = [
    path("", views.liste, name="liste"),
    path("<int:pk>/", views.antrag, name="antrag"),
    path("<int:pk>/pruefliste/", pruefliste, name="pruefliste"),
    path("<int:pk>/stellungnahme/", stellungnahme, name="stellungnahme"),
    path("<int:pk>/schriftstuecke/<int:schriftstueck_pk>/", views.schriftstueck, name="schriftstueck"),
    path("<int:pk>/<schritt:name>/", views.schritt, name="schritt"),
]
