from django.urls import path

from angebote.foerderung import views

app_name = "foerderregeln"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("erste/<slug:slug>/", views.erste, name="erste"),
    path("<int:pk>/", views.regel, name="regel"),
    path("<int:pk>/nachfolge/", views.nachfolge, name="nachfolge"),
]
