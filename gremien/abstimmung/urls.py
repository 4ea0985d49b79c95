"""/sitzungen/: meetings, their agendas and what happens in them."""

from django.urls import path

from gremien.abstimmung import views
from gremien.abstimmung.schritte import SCHRITTE
from gremien.befangenheit import views as befangenheit
from gremien.sitzung import views as sitzungen
from schulerfolg.ablauf.converters import register_steps

register_steps("sitzungsschritt", SCHRITTE)
app_name = "sitzungen"
PUNKT = "<int:pk>/punkte/<int:punkt>/"
urlpatterns = [
    path("", sitzungen.liste, name="liste"),
    path("<int:pk>/", views.sitzung, name="sitzung"),
    path("<int:pk>/termin/", sitzungen.termin, name="termin"),
    path("<int:pk>/aufnehmen/", sitzungen.aufnehmen, name="aufnehmen"),
    path("<int:pk>/nachladen/", sitzungen.nachladen, name="nachladen"),
    path("<int:pk>/punkte/neu/", sitzungen.punkt_neu, name="punkt_neu"),
    path(PUNKT, views.punkt, name="punkt"),
    path(f"{PUNKT}hoch/", sitzungen.punkt_verschieben, {"wohin": "hoch"}, name="punkt_hoch"),
    path(f"{PUNKT}runter/", sitzungen.punkt_verschieben, {"wohin": "runter"}, name="punkt_runter"),
    path(f"{PUNKT}entfernen/", sitzungen.punkt_entfernen, name="punkt_entfernen"),
    path(f"{PUNKT}leitung/", sitzungen.leitung, name="leitung"),
    path(f"{PUNKT}befangen/", befangenheit.erklaeren, name="erklaeren"),
    path(f"{PUNKT}befangen/festhalten/", befangenheit.festhalten, name="festhalten"),
    path(f"{PUNKT}befangen/<int:befangenheit>/einwand/", befangenheit.einwenden, name="einwenden"),
    path(f"{PUNKT}befangen/<int:befangenheit>/", views.entscheiden, name="entscheiden"),
    path(f"{PUNKT}abstimmung/", views.abstimmen, name="abstimmen"),
    path(f"{PUNKT}vertagen/", views.vertagen, name="vertagen"),
    path(f"{PUNKT}kenntnis/", views.zur_kenntnis, name="zur_kenntnis"),
    path("<int:pk>/anwesenheit/<int:mitglied>/kommt/", sitzungen.anwesenheit, {"was": "kommt"}, name="kommt"),
    path("<int:pk>/anwesenheit/<int:mitglied>/geht/", sitzungen.anwesenheit, {"was": "geht"}, name="geht"),
    path("<int:pk>/einladung.pdf", sitzungen.dokument, {"art": "einladung"}, name="einladung"),
    path("<int:pk>/niederschrift.pdf", sitzungen.dokument, {"art": "niederschrift"}, name="niederschrift"),
    path("<int:pk>/<sitzungsschritt:schritt>/", views.schritt, name="schritt"),
]
