from django.urls import path

from schulerfolg.dach.auskunft import views

app_name = "auskunft"
urlpatterns = [
    path("auskunft/", views.stellen, name="stellen"),
    path("netzwerkstellen/<slug:slug>/auskunft/", views.auskunft, name="auskunft"),
    path("netzwerkstellen/<slug:slug>/fragen/", views.fragen, name="fragen"),
    path("netzwerkstellen/<slug:slug>/fragen.pdf", views.fragen_pdf, name="fragen_pdf"),
]
