from django.urls import path

from schulerfolg.dach.personen import views

app_name = "personen"
KOLLEGIN = "netzwerkstellen/<slug:slug>/verwaltung/team/<int:pk>/"
PERSON = "personen/<int:pk>/"
urlpatterns = [
    path(f"{KOLLEGIN}beenden/", views.mitarbeit_beenden, name="mitarbeit_beenden"),
    path(f"{KOLLEGIN}uebergeben/", views.kollegin_uebergeben, name="kollegin_uebergeben"),
    path(f"{KOLLEGIN}sperren/", views.kollegin_sperren, name="kollegin_sperren"),
    path(f"{KOLLEGIN}zweiter-faktor/", views.kollegin_faktor, name="kollegin_faktor"),
    path("personen/", views.personen, name="liste"),
    path("personen/doppelt/", views.doppelte, name="doppelte"),
    path(PERSON, views.person, name="person"),
    path(f"{PERSON}sperren/", views.person_sperren, name="person_sperren"),
    path(f"{PERSON}zweiter-faktor/", views.person_faktor, name="person_faktor"),
    path(f"{PERSON}zusammenfuehren/<int:andere_pk>/", views.person_zusammenfuehren, name="person_zusammenfuehren"),
    path(f"{PERSON}freischalten/", views.person_freischalten, name="person_freischalten"),
]
