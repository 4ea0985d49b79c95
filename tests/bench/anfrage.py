"""How fast is this machine? The milliseconds that Django takes for one plain request.

`python -m tests.bench.anfrage` asks a new project 3,000 times, with its middlewares, for a page of one word; session
and person come from PostgreSQL, nothing goes through a network. The median is the measure for other figures.
"""

import io
import os
import time
from statistics import median

import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

os.environ.setdefault("DEBUG", "1")
MAL = 3_000


def wort(request):
    return HttpResponse(request.user.username)


urlpatterns = [path("", wort)]


def main() -> None:
    from schulerfolg.settings import BASE_DIR, DATABASES  # noqa: PLC0415 -- they read the environment

    sitzung, nachricht = "django.contrib.sessions", "django.contrib.messages"
    settings.configure(
        BASE_DIR=BASE_DIR,
        DATABASES={"default": DATABASES["default"] | {"CONN_MAX_AGE": 60, "TEST": {"NAME": "bench_anfrage"}}},
        SECRET_KEY="nur-zum-messen-" * 4,
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", sitzung, nachricht],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            f"{sitzung}.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            f"{nachricht}.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
    )
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- after django.setup()

    echt = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{messen() * 1000:.2f} ms")
    finally:
        connection.creation.destroy_test_db(echt, verbosity=0)


def messen() -> float:
    """The seconds of one request, in the middle of all."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after django.setup()
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 -- after django.setup()
    from django.test import Client, RequestFactory  # noqa: PLC0415 -- after django.setup()

    client = Client()
    client.force_login(User.objects.create(username="kim"))
    umgebung = RequestFactory().get("/").environ | {"HTTP_COOKIE": f"sessionid={client.session.session_key}"}
    fragen, zeiten = WSGIHandler(), []
    for _ in range(MAL):
        beginn = time.perf_counter()
        antwort = fragen(umgebung | {"wsgi.input": io.BytesIO()}, lambda *_: None)
        gelesen = b"".join(antwort)
        antwort.close()
        zeiten.append(time.perf_counter() - beginn)
        assert gelesen == b"kim"
    return median(zeiten)


if __name__ == "__main__":
    main()
