from django.urls import path

from angebote.beratung import views

app_name = "beratungen"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("notieren/", views.notieren, name="notieren"),
    path("<int:pk>/", views.beratung, name="beratung"),
    path("<int:pk>/<slug:name>/", views.schritt, name="schritt"),
]
