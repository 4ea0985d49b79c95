"""A real provider of OpenID Connect, for the tests: allauth's own, as a process of its own with its own database.

    python -m tests.schulerfolg.konten.oidc.anbieter PORT WEG_ZURUECK

Whoever signs in there has the password PASSWORT. `NAMEN` says whose address is verified and who showed a second factor.
"""

import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command

PASSWORT = "beim-anbieter-2026"
KENNUNG, GEHEIMNIS = "portal", "nur-in-den-tests"
NAMEN = {  # name → (address, verified, what the provider says about how they signed in)
    "eva": ("Eva@schule.example", True, ["pwd"]),
    "faktor": ("faktor@schule.example", True, ["pwd", "mfa"]),
    "unbekannt": ("unbekannt@schule.example", True, ["pwd"]),
    "unbestaetigt": ("unbestaetigt@schule.example", False, ["pwd"]),
}


def schluessel() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def einrichten():
    # The settings of a whole server, as short as they go.
    settings.configure(
        DEBUG=True,
        SECRET_KEY="anbieter-" * 8,
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ROOT_URLCONF="tests.schulerfolg.konten.oidc.anbieter_urls",
        ACCOUNT_EMAIL_VERIFICATION="none",
        IDP_OIDC_ADAPTER="tests.schulerfolg.konten.oidc.anbieter_adapter.Adapter",
        IDP_OIDC_PRIVATE_KEY=schluessel(),
        USE_TZ=True,
    )  # fmt: skip
    django.setup()
    call_command("migrate", verbosity=0)


def fuellen(zurueck):
    from allauth.account.models import EmailAddress  # noqa: PLC0415 -- needs the apps
    from allauth.idp.oidc.models import Client  # noqa: PLC0415 -- needs the apps
    from django.contrib.auth.models import User  # noqa: PLC0415 -- needs the apps

    portal = Client(
        id=KENNUNG, name="Portal", skip_consent=True, redirect_uris=zurueck, scopes="openid\nprofile\nemail"
    )
    portal.set_secret(GEHEIMNIS)
    portal.save()
    for name, (email, verified, _) in NAMEN.items():
        user = User.objects.create_user(name, email, PASSWORT)
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)


class Stumm(WSGIRequestHandler):
    def log_message(self, *args):
        pass


if __name__ == "__main__":
    einrichten()
    fuellen(sys.argv[2])
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), handler_class=Stumm) as server:
        server.serve_forever()
