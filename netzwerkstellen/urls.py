from django.urls import include, path

app_name = "netzwerkstellen"
urlpatterns = [
    path("", include("netzwerkstellen.verwaltung.urls")),
    path("", include("netzwerkstellen.einladung.urls")),
    path("", include("netzwerkstellen.abwesenheit.urls")),
    path("", include("netzwerkstellen.schule.urls")),
    path("", include("netzwerkstellen.verzeichnis.urls")),  # last: its <slug>/ takes what nobody else has taken
]
