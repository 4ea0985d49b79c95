"""The settings of the suite: as in production, but on the private server and with a quick password hash."""

import os

os.environ.setdefault("DEBUG", "1")

from schulerfolg.settings import *  # noqa: F403 -- the suite starts from the real settings

DEBUG = False
SECRET_KEY = "nur-in-den-tests-" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PORTAL_ADRESSE = "https://portal.example"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = [*STATICFILES_DIRS, ("axe-core", BASE_DIR / "node_modules/axe-core")]  # noqa: F405 -- from there too
# Thousands of refusals are asked for; what a failed test logged would drown in them.
LOGGING = LOGGING | {"loggers": {"django.request": {"level": "ERROR"}}}  # noqa: F405 -- from there too
WHITENOISE_AUTOREFRESH = True  # nothing was collected for the suite; the live server takes files from where they are
