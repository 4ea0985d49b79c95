from django.urls import path

from schulerfolg.dach.ansicht import views

app_name = "ansicht"
urlpatterns = [
    path("personen/<int:pk>/ansehen/", views.ansehen, name="ansehen"),
    path("ansichten/", views.ansichten, name="liste"),
    path("ansichten/beenden/", views.beenden, name="beenden"),
    path("ansichten/<int:pk>/", views.ansicht, name="ansicht"),
]
