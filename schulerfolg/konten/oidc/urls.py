"""The way through the provider; part of the addresses only where one is configured (`OIDC_SERVER`)."""

from allauth.socialaccount import views
from django.urls import path

from schulerfolg.konten.oidc.views import callback, login

urlpatterns = [
    path("anmelden/", login, name="openid_connect_login"),
    path("zurueck/", callback, name="openid_connect_callback"),
    path("abgebrochen/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("verbindungen/", views.connections, name="socialaccount_connections"),
]
