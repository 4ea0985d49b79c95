from django.urls import path

from schulerfolg.dach.einblick import views

app_name = "einblick"
urlpatterns = [
    path("antraege/<int:pk>/einblick/", views.antrag, name="antrag"),
    path("sitzungen/<int:pk>/einblick/", views.sitzung, name="sitzung"),
]
