from django.urls import include, path, re_path

from netzwerkstellen.abwesenheit.urls import eigene as eigene_abwesenheit
from netzwerkstellen.einladung.views import einladung_annehmen
from schulerfolg.dach.bausteine.views import bausteine
from schulerfolg.dach.seiten import views
from schulerfolg.dach.status.views import status
from schulerfolg.dach.uebersicht.views import uebersicht
from schulerfolg.konten.urls import postausgang

handler400 = "schulerfolg.besetzt.unverstanden"
handler500 = "schulerfolg.besetzt.serverfehler"
urlpatterns = [
    path("", views.startseite, name="startseite"),
    path("uebersicht/", uebersicht, name="uebersicht"),
    path("konto/", include("schulerfolg.konten.urls")),
    path("konto/abwesenheit/", include(eigene_abwesenheit)),
    path("demo/postausgang/", include(postausgang)),
    path("demo/bausteine/", bausteine, name="demo_bausteine"),
    path("gesund/", views.gesund, name="gesund"),
    path("status/", status, name="status"),
    path("", include("schulerfolg.dach.rechtliches.urls")),
    path("", include("schulerfolg.dach.personen.urls")),
    path("", include("schulerfolg.dach.ansicht.urls")),
    path("einrichtung/", include("schulerfolg.dach.einrichtung.urls")),
    path("pruefrechte/", include("schulerfolg.dach.pruefrechte.urls")),
    path("netzwerkstellen/", include("angebote.schulwechsel.urls")),
    path("", include("schulerfolg.dach.auskunft.urls")),
    path("netzwerkstellen/", include("netzwerkstellen.urls")),
    path("registrieren/", include("netzwerkstellen.registrierung.urls")),
    path("kollegium/", include("netzwerkstellen.kollegium.urls")),
    path("", include("schulerfolg.dach.einblick.urls")),
    path("antraege/", include("schulerfolg.dach.vorgang.urls")),
    path("beratungen/", include("angebote.beratung.urls")),
    path("berichte/", include("schulerfolg.dach.berichte.urls")),
    path("foerderregeln/", include("angebote.foerderung.urls")),
    path("foerderrunden/", include("angebote.runde.urls")),
    path("budget/", include("angebote.budget.urls")),
    path("gremien/", include("gremien.urls")),
    path("sitzungen/", include("gremien.abstimmung.urls")),
    re_path(r"^einladung/(?P<token>[A-Za-z0-9_-]{1,100})/$", einladung_annehmen, name="einladung_annehmen"),
]
