"""Signing in and everything around it. The names are allauth's, the addresses are ours."""

from allauth.account import views as konto
from allauth.mfa.base import views as faktor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as schluessel
from django.conf import settings
from django.urls import include, path, re_path

from schulerfolg.konten import views
from schulerfolg.konten.anmeldung import views as anmeldung
from schulerfolg.konten.demo import demo_zugang
from schulerfolg.konten.oidc.adapter import anbieter_name
from schulerfolg.konten.post.views import post

demo = {"demo_zugang": demo_zugang}  # called by the template; None outside the demo world
urlpatterns = [
    path("", views.mein_konto, name="mein_konto"),
    path("profil/", views.profil, name="profil"),
    path("mails/", post, name="post"),
    path("anmeldungen/", anmeldung.liste, name="anmeldungen"),
    path("anmeldungen/andere-beenden/", anmeldung.andere_beenden, name="andere_anmeldungen_beenden"),
    path("anmeldungen/laenger/", anmeldung.laenger, name="anmeldung_verlaengern"),
    path("anmeldungen/<int:pk>/beenden/", anmeldung.beenden, name="anmeldung_beenden"),
    path("eingaben/verwerfen/", anmeldung.eingaben_verwerfen, name="eingaben_verwerfen"),
    path("anmelden/", konto.LoginView.as_view(extra_context=demo | {"anbieter": anbieter_name}), name="account_login"),
    path("abmelden/", konto.logout, name="account_logout"),
    path("gesperrt/", konto.account_inactive, name="account_inactive"),
    path("registrieren/", konto.signup, name="account_signup"),
    path("erneut-anmelden/", konto.reauthenticate, name="account_reauthenticate"),
    path("adresse/", konto.email, name="account_email"),
    path("adresse/bestaetigen/", konto.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^adresse/bestaetigen/(?P<key>[-:\w]+)/$", konto.confirm_email, name="account_confirm_email"),
    path("passwort/aendern/", konto.password_change, name="account_change_password"),
    path("passwort/festlegen/", konto.password_set, name="account_set_password"),
    path("passwort/vergessen/", konto.password_reset, name="account_reset_password"),
    path("passwort/vergessen/unterwegs/", konto.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        konto.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("passwort/neu/fertig/", konto.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("zweiter-faktor/", faktor.index, name="mfa_index"),
    path("zweiter-faktor/eingeben/", faktor.AuthenticateView.as_view(extra_context=demo), name="mfa_authenticate"),
    path("zweiter-faktor/erneut/", faktor.reauthenticate, name="mfa_reauthenticate"),
    path("zweiter-faktor/app/einrichten/", app.activate_totp, name="mfa_activate_totp"),
    path("zweiter-faktor/app/entfernen/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("zweiter-faktor/notfallcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("zweiter-faktor/notfallcodes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("zweiter-faktor/notfallcodes/laden/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("zweiter-faktor/passkeys/", schluessel.list_webauthn, name="mfa_list_webauthn"),
    path("zweiter-faktor/passkeys/neu/", schluessel.add_webauthn, name="mfa_add_webauthn"),
    path("zweiter-faktor/passkeys/pruefen/", schluessel.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("zweiter-faktor/passkeys/anmelden/", schluessel.login_webauthn, name="mfa_login_webauthn"),
    path("zweiter-faktor/passkeys/<int:pk>/entfernen/", views.passkey_entfernen, name="mfa_remove_webauthn"),
    path("zweiter-faktor/passkeys/<int:pk>/umbenennen/", schluessel.edit_webauthn, name="mfa_edit_webauthn"),
]
if settings.OIDC:
    urlpatterns.append(path("anbieter/", include("schulerfolg.konten.oidc.urls")))

postausgang = [
    path("", views.demo_postausgang, name="demo_postausgang"),
    path("<int:pk>/", views.demo_mail, name="demo_mail"),
    path("<int:pk>/anlagen/<int:dokument>/", views.demo_anlage, name="demo_anlage"),
]
