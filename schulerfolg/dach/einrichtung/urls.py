from django.urls import path

from schulerfolg.dach.einrichtung import views

app_name = "einrichtung"
urlpatterns = [
    path("", views.alle, name="alle"),
    path("<slug:slug>/", views.stelle, name="stelle"),
]
