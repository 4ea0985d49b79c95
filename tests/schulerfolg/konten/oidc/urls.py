"""The addresses of the portal with a provider configured."""

from django.urls import include, path

from schulerfolg.urls import urlpatterns as portal

urlpatterns = [path("konto/anbieter/", include("schulerfolg.konten.oidc.urls")), *portal]
