from django.urls import path, re_path

from netzwerkstellen.registrierung import views

urlpatterns = [
    path("", views.registrieren, name="registrieren"),
    path("schule/<int:pk>/", views.registrieren_schule, name="registrieren_schule"),
    path("unterwegs/", views.registrieren_unterwegs, name="registrieren_unterwegs"),
    re_path(
        r"^bestaetigen/(?P<token>[A-Za-z0-9_-]{1,100})/$",
        views.registrieren_bestaetigen,
        name="registrieren_bestaetigen",
    ),
    path("anfragen/<int:pk>/", views.registrierung, name="registrierung"),
    path("anfragen/<int:pk>/freigeben/", views.registrierung_freigeben, name="registrierung_freigeben"),
    path("anfragen/<int:pk>/ablehnen/", views.registrierung_ablehnen, name="registrierung_ablehnen"),
]
