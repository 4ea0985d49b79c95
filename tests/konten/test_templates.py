"""allauth's own templates never show: each of its building blocks has a shape of ours."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template import engines

ALLAUTH = Path(allauth.__file__).parent / "templates/allauth/elements"
UNSERE = settings.BASE_DIR / "templates/allauth/elements"

SEITE = """{% extends "allauth/layouts/manage.html" %}{% load allauth %}
{% block content %}
  {% element h1 %}Überschrift{% endelement %}
  {% element panel %}
    {% slot title %}Titel{% endslot %}
    {% slot body %}{% element p %}Text{% endelement %}{% element badge tags="success" %}gut{% endelement %}{% endslot %}
    {% slot actions %}{% element button href="/weiter/" tags="outline" %}Weiter{% endelement %}{% endslot %}
  {% endelement %}
  {% element form method="post" action="/ziel/" %}
    {% slot body %}
      {% element field id="code" name="code" type="text" %}{% slot label %}Code{% endslot %}{% endelement %}
    {% endslot %}
    {% slot actions %}{% element button type="submit" %}Speichern{% endelement %}{% endslot %}
  {% endelement %}
{% endblock %}"""


def test_every_building_block_of_allauth_has_one_of_ours():
    assert {path.name for path in ALLAUTH.glob("*.html")} == {path.name for path in UNSERE.glob("*.html")}


@pytest.mark.django_db
def test_a_page_made_of_them_looks_like_the_portal(rf, cast):
    request = rf.get("/konto/")
    request.user = cast.lehrkraft
    text = engines["django"].from_string(SEITE).render({}, request)
    assert "<h1>Überschrift</h1>" in text
    assert '<section class="kachel">' in text
    assert '<a href="/weiter/" class="kern-btn kern-btn--secondary"><span class="kern-label">Weiter</span></a>' in text
    assert '<span class="kern-badge kern-badge--success"><span class="kern-label">gut</span></span>' in text
    assert '<label class="kern-label" for="code">Code</label>' in text
    assert '<button type="submit" class="kern-btn kern-btn--primary"><span class="kern-label">Speichern' in text
