from django.urls import path

from angebote.runde import views

app_name = "foerderrunden"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/<slug:slug>/", views.neu, name="neu"),
    path("<int:pk>/", views.seite, name="runde"),
    path("<int:pk>/aendern/", views.aendern, name="aendern"),
    path("<int:pk>/schliessen/", views.schliessen, name="schliessen"),
]
