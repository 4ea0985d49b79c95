"""All settings in one file; what differs per machine comes from the environment.

Three ways to run: production (the default: refuses to start when something is missing), `DEMO=1` (a world
to try out on one machine) and `DEBUG=1` (a developer's desk). Importing this module starts nothing.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from schulerfolg import devdb

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG, DEMO = (bool(env.str(name, "")) and env.bool(name) for name in ("DEBUG", "DEMO"))  # empty is not set
PRODUCTION = not (DEBUG or DEMO)
if DEMO and env.str("DATABASE_URL", ""):
    raise ImproperlyConfigured("DEMO=1 und DATABASE_URL zusammen sind nicht erlaubt: die Demo-Welt ersetzt alle Daten.")
for _name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL") if PRODUCTION else ():
    if not env.str(_name, ""):
        raise ImproperlyConfigured(f"{_name} fehlt. Ohne diese Angabe startet das Portal nicht; siehe docs/betrieb.md.")

SECRET_KEY = env.str("SECRET_KEY", "" if PRODUCTION else "nur-auf-dieser-maschine-" * 3)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PORTAL_ADRESSE = env.str("PORTAL_ADRESSE", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000")
# Who answers for the portal on the legal pages. What is not set is shown as a placeholder there.
BETREIBER = {
    name: env.str(f"BETREIBER_{name.upper()}", "") for name in ("name", "vertretung", "anschrift", "email", "telefon")
}
CSRF_TRUSTED_ORIGINS = [PORTAL_ADRESSE] if PRODUCTION else []

INSTALLED_APPS = [
    "schulerfolg",
    "schulerfolg.akte",
    "schulerfolg.konten",
    "schulerfolg.dach.rechtliches",
    "netzwerkstellen",
    "angebote",
    "gremien",
    "schulerfolg.dach.berichte",
    "schulerfolg.dach.ansicht",
    "demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "schulerfolg.dach.middleware.antwortkopf",
    "schulerfolg.dach.middleware.tuer",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "schulerfolg.besetzt.Besetzt",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "schulerfolg.konten.anmeldung.middleware.anmeldefrist",
    "schulerfolg.konten.anmeldung.middleware.AnmeldungVerlangen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schulerfolg.dach.middleware.ganz_statt_teil",
    "schulerfolg.konten.anmeldung.middleware.eingaben",
    "schulerfolg.dach.middleware.zweiter_faktor",
    "schulerfolg.dach.middleware.AlsAnderePerson",
    "schulerfolg.ablauf.middleware.Einmal",
]
ROOT_URLCONF = "schulerfolg.urls"
WSGI_APPLICATION = "schulerfolg.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schulerfolg.dach.kontext.rahmen",
            ],
            "builtins": ["schulerfolg.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "kern"
CRISPY_FAIL_SILENTLY = False
WIDGETS = ["text", "number", "email", "url", "password", "date", "time", "checkbox", "clearablefile", "file"]
WIDGETS = [*(f"{w}input" for w in WIDGETS), "textarea", "select", "selectmultiple", "mehreredateien"]
CRISPY_CLASS_CONVERTERS = dict.fromkeys(WIDGETS, "")

if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
else:
    DATABASES = {
        "default": {
            "ENGINE": "schulerfolg.devdb",
            "NAME": "portal",
            "USER": "portal",
            "HOST": str(devdb.socket_dir(BASE_DIR)),
        }
    }
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES["default"].setdefault("OPTIONS", {})
# Nobody waits for ever; `schulerfolg.besetzt` says what people read then. A case joins nine tables: planning takes a
# quarter of the time where PostgreSQL does not try every order of eight of them (docs/leistung.md).
_options = "-c lock_timeout=5000 -c statement_timeout=20000 -c join_collapse_limit=6"
DATABASES["default"]["OPTIONS"].setdefault("options", _options)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "zwischenspeicher"}}

AUTH_USER_MODEL = "konten.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ["vorname", "nachname", "email"]},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
] + [{"NAME": "schulerfolg.konten.passwort.NaheliegendesPasswort"}]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "uebersicht"
ACCOUNT_ADAPTER = "schulerfolg.konten.adapter.KontenAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "startseite"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Whole schools share one address. An account is guarded far more strictly: `key` is the account and where a try is from
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "300/m/ip,10/5m/key",
    "login_bekannt": "10/5m/key",  # from a browser that knows the account, whatever others do at its address
    "login_fremd": "100/h/key",  # the account, from all browsers that do not know it
    "reset_password": "20/m/ip",  # nobody uses up another one's tries; `KontenAdapter.send_mail` counts the mails
    "registrieren": "30/h/ip",
    "barriere_melden": "20/h/ip",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a new address or password asks who is there
ACCOUNT_FORMS = {
    "login": "schulerfolg.konten.forms.AnmeldeForm",
    "reset_password": "schulerfolg.konten.forms.PasswortVergessenForm",
    "reset_password_from_key": "schulerfolg.konten.forms.NeuesPasswortForm",
    "change_password": "schulerfolg.konten.forms.PasswortAendernForm",
    "set_password": "schulerfolg.konten.forms.PasswortFestlegenForm",
    "add_email": "schulerfolg.konten.forms.AdresseForm",
    "reauthenticate": "schulerfolg.konten.forms.BestaetigenForm",
}
MFA_FORMS = {
    "authenticate": "schulerfolg.konten.forms.CodeForm",
    "reauthenticate": "schulerfolg.konten.forms.CodeErneutForm",
    "activate_totp": "schulerfolg.konten.forms.AppEinrichtenForm",
    "add_webauthn": "schulerfolg.konten.forms.PasskeyForm",
    "edit_webauthn": "schulerfolg.konten.forms.PasskeyNameForm",
    "login_webauthn": "schulerfolg.konten.forms.PasskeyAntwortForm",
    "reauthenticate_webauthn": "schulerfolg.konten.forms.PasskeyErneutForm",
}
# Every account begins with a confirmed address; a new one that still waits is no reason against a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXYS_DAVOR", 1 if PRODUCTION else 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Schulerfolg sichern"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_ADAPTER = "schulerfolg.konten.adapter.ZweiterFaktorAdapter"

# Signing in at another house, off unless `OIDC_SERVER` is set. One provider; what it may say is in `konten.oidc`.
OIDC: dict[str, Any] = {
    "name": env.str("OIDC_NAME", "Anmeldung über den Träger"),
    "server": env.str("OIDC_SERVER", ""),
    "client_id": env.str("OIDC_CLIENT_ID", ""),
    "secret": env.str("OIDC_SECRET", ""),
    "seiten": env.list("OIDC_SEITEN", []),  # where the browser goes, if not to the server itself
    "domaenen": env.list("OIDC_DOMAENEN", [], subcast=str.lower),
    "faktor_amr": env.list("OIDC_FAKTOR_AMR", []),
    "faktor_acr": env.list("OIDC_FAKTOR_ACR", []),
}
for _name in ("OIDC_CLIENT_ID", "OIDC_SECRET") if OIDC["server"] else ():
    if not env.str(_name, ""):
        raise ImproperlyConfigured(
            f"{_name} fehlt. OIDC_SERVER ist gesetzt und braucht diese Angabe; siehe docs/betrieb.md."
        )
if not OIDC["server"]:
    OIDC = {}
SOCIALACCOUNT_ADAPTER = "schulerfolg.konten.oidc.adapter.AnbieterAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # the address counts once; from then on the number there
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "anbieter",
                "name": OIDC["name"],
                "client_id": OIDC["client_id"],
                "secret": OIDC["secret"],
                "settings": {"server_url": OIDC["server"]},
            }
        ]
        if OIDC
        else [],
    }
}
SESSION_ENGINE = "schulerfolg.konten.anmeldung.frist"
SESSION_COOKIE_AGE = 2 * 60 * 60  # without a request; each one extends it
ANMELDUNG_HOECHSTENS = 12 * 60 * 60  # however busy somebody is
ANMELDUNG_SCHREIBABSTAND = 5 * 60  # the row of the session is written at most this often
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sitzung" if PRODUCTION else "sitzung"
CSRF_COOKIE_NAME = "__Host-schutz" if PRODUCTION else "schutz"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
AUFBEWAHRUNG: dict[str, int] = env.dict("AUFBEWAHRUNG", {}, subcast_values=int)  # see akte.verarbeitung.FRISTEN
CLAMD_SOCKET = env.str("CLAMD_SOCKET", "")  # empty: uploads are not scanned, and `check --deploy` says so
SICHERUNG_ORDNER = Path(env.str("SICHERUNG_ORDNER", "") or BASE_DIR / "var/sicherungen")
SICHERUNG_TAGE = env.int("SICHERUNG_TAGE", 30)
CSRF_FAILURE_VIEW = "schulerfolg.dach.seiten.views.formular_abgelaufen"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gesund/$", r"^status/$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # KERN carries its icons as data: images
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # The form of the button leads on to the provider, where there is one.
        "form-action": ["'self'", *({OIDC["server"].split("/.well-known")[0], *OIDC["seiten"]} if OIDC else [])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL = env.dj_email_url("EMAIL_URL", "console:" if DEBUG else "smtp://localhost:25")
if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured("EMAIL_URL bitte so: submission://name:passwort@mail.example:587")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend" if DEMO else EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = EMAIL["EMAIL_USE_TLS"], EMAIL["EMAIL_USE_SSL"], 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Portal Schulerfolg sichern <portal@schulerfolg.example>")

LANGUAGE_CODE, TIME_ZONE = "de", "Europe/Berlin"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
_finders = ["FileSystemFinder", "AppDirectoriesFinder"]
STATICFILES_FINDERS = ["schulerfolg.stilblatt.Finder", *(f"django.contrib.staticfiles.finders.{f}" for f in _finders)]
_fonts = ["fira-sans", "ubuntu", *(f"noto-sans-{script}" for script in ("arabic", "hebrew", "math", "symbols"))]
STATICFILES_DIRS = [BASE_DIR / "static", *((n, BASE_DIR / f"node_modules/@fontsource/{n}/files") for n in _fonts)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "demo.statisch.NurGzip"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # halves the work: pages name nothing else
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"eine_zeile": {"()": "schulerfolg.protokoll.EineZeile"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["eine_zeile"]}},
    "root": {"handlers": ["console"], "level": "INFO" if PRODUCTION else "WARNING"},
}
