from django.urls import path

from netzwerkstellen.schule import views

SCHULEN = "<slug:slug>/verwaltung/schulen/"
SCHULE = f"{SCHULEN}<int:schule_pk>/"

urlpatterns = [
    path(SCHULEN, views.schulen, name="schulen"),
    path(f"{SCHULEN}neu/", views.schule_neu, name="schule_neu"),
    path(SCHULE, views.schule, name="schule"),
    path(f"{SCHULE}schulsozialarbeit/neu/", views.schulsozialarbeit_neu, name="schulsozialarbeit_neu"),
    path(
        f"{SCHULE}schulsozialarbeit/<int:pk>/beenden/",
        views.schulsozialarbeit_beenden,
        name="schulsozialarbeit_beenden",
    ),
    path(f"{SCHULE}personen/<int:pk>/beenden/", views.zugehoerigkeit_beenden, name="zugehoerigkeit_beenden"),
]
