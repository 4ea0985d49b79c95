from django.urls import path

from angebote.vorzeitig import views

urlpatterns = [
    path("<int:pk>/vorzeitig/", views.vorzeitig, name="vorzeitig"),
    path("<int:pk>/vorzeitig/antwort/", views.antworten, name="vorzeitig_antwort"),
    path("<int:pk>/vorzeitig/unterschrift/", views.bestaetigen, name="vorzeitig_unterschrift"),
]
