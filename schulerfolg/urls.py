from django.urls import include, path

from schulerfolg import views

urlpatterns = [
    path("", views.startseite, name="startseite"),
    path("uebersicht/", views.uebersicht, name="uebersicht"),
    path("konto/", include("schulerfolg.konten.urls")),
    path("netzwerkstellen/", include("netzwerkstellen.urls")),
]
