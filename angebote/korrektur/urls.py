from django.urls import path

from angebote.korrektur import views

urlpatterns = [
    path("<int:pk>/korrekturen/", views.korrigieren, name="korrekturen"),
    path("<int:pk>/fassungen/", views.vergleichen, name="fassungen"),
]
