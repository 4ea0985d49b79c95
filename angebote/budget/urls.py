from django.urls import path

from angebote.budget import views

app_name = "budget"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("<int:pk>/", views.budget, name="budget"),
    path("<int:pk>/aendern/", views.aendern, name="aendern"),
]
