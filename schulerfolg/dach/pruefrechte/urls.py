from django.urls import path

from schulerfolg.dach.pruefrechte import views

app_name = "pruefrechte"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("land/<int:pk>/", views.aendern, {"art": "land"}, name="aendern_land"),
    path("stelle/<int:pk>/", views.aendern, {"art": "stelle"}, name="aendern_stelle"),
]
