from django.urls import path

from angebote.zusammenarbeit import views

urlpatterns = [
    path("<int:pk>/erinnerung/", views.erinnerung, name="erinnerung"),
    path("<int:pk>/zusammenarbeit/", views.zusammenarbeit, name="zusammenarbeit"),
]
