from django.urls import include, path, re_path

from netzwerkstellen.abwesenheit.urls import eigene as eigene_abwesenheit
from netzwerkstellen.einladung.views import einladung_annehmen
from schulerfolg import views
from schulerfolg.bausteine.views import bausteine
from schulerfolg.konten.urls import postausgang

urlpatterns = [
    path("", views.startseite, name="startseite"),
    path("uebersicht/", views.uebersicht, name="uebersicht"),
    path("konto/", include("schulerfolg.konten.urls")),
    path("konto/abwesenheit/", include(eigene_abwesenheit)),
    path("demo/postausgang/", include(postausgang)),
    path("demo/bausteine/", bausteine, name="demo_bausteine"),
    path("gesund/", views.gesund, name="gesund"),
    path("", include("schulerfolg.rechtliches.urls")),
    path("", include("schulerfolg.personen.urls")),
    path("", include("schulerfolg.ansicht.urls")),
    path("pruefrechte/", include("schulerfolg.pruefrechte.urls")),
    path("netzwerkstellen/", include("netzwerkstellen.urls")),
    path("registrieren/", include("netzwerkstellen.registrierung.urls")),
    path("kollegium/", include("netzwerkstellen.kollegium.urls")),
    path("", include("schulerfolg.einblick.urls")),
    path("antraege/", include("angebote.urls")),
    path("beratungen/", include("angebote.beratung.urls")),
    path("berichte/", include("schulerfolg.berichte.urls")),
    path("foerderregeln/", include("angebote.foerderung.urls")),
    path("budget/", include("angebote.budget.urls")),
    path("gremien/", include("gremien.urls")),
    path("sitzungen/", include("gremien.abstimmung.urls")),
    re_path(r"^einladung/(?P<token>[A-Za-z0-9_-]{1,100})/$", einladung_annehmen, name="einladung_annehmen"),
]
