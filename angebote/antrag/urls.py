from django.urls import path

from angebote.antrag import views, views_entwurf

urlpatterns = [
    path("neu/", views.neu, name="neu"),
    path("neu/uebernehmen/", views_entwurf.uebernehmen, name="uebernehmen"),
    path("<int:pk>/abschnitt/<slug:name>/", views.abschnitt, name="abschnitt"),
    path("<int:pk>/beratung/", views.beratung_zuordnen, name="beratung_zuordnen"),
    path("<int:pk>/teilen/", views.teilen, name="teilen"),
]
