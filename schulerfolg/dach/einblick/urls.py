from django.urls import path

from schulerfolg.dach.einblick import views
from schulerfolg.dach.einblick.seite import seiten

app_name = "einblick"
urlpatterns = [path(seite.adresse, views.einblick, {"seite": seite}, name=seite.name) for seite in seiten()]
