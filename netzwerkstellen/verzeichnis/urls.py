from django.urls import path

from netzwerkstellen.verzeichnis import views

urlpatterns = [
    path("", views.stelle_liste, name="stelle_liste"),
    path("<slug:slug>/", views.stelle_seite, name="stelle_seite"),
]
