"""Stands before antrag.urls: the section with the files has its own view, at the address of all sections."""

from django.urls import path

from angebote.anlage import views

urlpatterns = [
    path("<int:pk>/abschnitt/erklaerungen/", views.erklaerungen),
    path("<int:pk>/anlagen/", views.hochladen, name="anlagen"),
    path("<int:pk>/anlagen/<int:anlage_pk>/", views.herunterladen, name="anlage"),
    path("<int:pk>/anlagen/<int:anlage_pk>/entfernen/", views.entfernen, name="anlage_entfernen"),
    path("<int:pk>/anlagen/<int:anlage_pk>/zurueckholen/", views.zurueckholen, name="anlage_zurueckholen"),
]
