"""Below the pages of a school at its office; the roof includes them there."""

from django.urls import path

from angebote.schulwechsel import views

SCHULE = "<slug:slug>/verwaltung/schulen/<int:schule_pk>/"

app_name = "schulwechsel"
urlpatterns = [
    path(f"{SCHULE}bearbeiten/", views.bearbeiten, name="bearbeiten"),
    path(f"{SCHULE}zusammenlegen/", views.zusammenlegen, name="zusammenlegen"),
]
