from django.urls import path

from angebote.pruefung import views

urlpatterns = [
    path("<int:pk>/pruefliste/", views.pruefliste, name="pruefliste"),
    path("<int:pk>/stellungnahme/", views.stellungnahme, name="stellungnahme"),
]
