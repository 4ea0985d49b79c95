from django.urls import path

from angebote.nachricht import views

urlpatterns = [
    path("<int:pk>/nachrichten/", views.nachrichten, name="nachrichten"),
    path("<int:pk>/nachrichten/notiz/", views.notiz, name="notiz"),
    path("<int:pk>/nachrichten/<int:nachricht_pk>/datei/", views.herunterladen, name="nachricht_datei"),
    path("<int:pk>/nachrichten/<int:nachricht_pk>/erledigen/", views.erledigen, name="nachricht_erledigen"),
    path(
        "<int:pk>/nachrichten/<int:nachricht_pk>/zuruecknehmen/",
        views.zuruecknehmen,
        name="nachricht_zuruecknehmen",
    ),
]
