"""allauth's own looks never show: each of its building blocks has a shape of ours."""

from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.template.loader import render_to_string

from schulerfolg.konten.forms import AdresseForm

ALLAUTH = Path(allauth.__file__).parent / "templates/allauth/elements"
UNSERE = settings.BASE_DIR / "templates/allauth/elements"


def test_every_building_block_of_allauth_has_one_of_ours():
    assert {path.name for path in ALLAUTH.glob("*.html")} == {path.name for path in UNSERE.glob("*.html")}


@pytest.mark.django_db
def test_a_page_we_have_not_written_looks_like_the_portal(rf, cast):
    """`account/email.html` is allauth's own and not in use here; it stands for every page of a later version."""
    request = rf.get("/konto/adresse/")
    request.user, request.huete = cast.lehrkraft, []
    adresse = EmailAddress.objects.get(user=cast.lehrkraft)
    radio = {"id": "adresse_1", "checked": True, "emailaddress": adresse}
    context = {"emailaddresses": [adresse], "emailaddress_radios": [radio], "can_add_email": True}
    text = render_to_string("account/email.html", context | {"form": AdresseForm(cast.lehrkraft)}, request)
    assert '<link rel="stylesheet" href="/static/css/portal.css">' in text
    assert '<input class="kern-form-check__radio" type="radio" id="adresse_1" name="email"' in text
    assert '<span class="kern-badge kern-badge--success"><span class="kern-label">' in text
    assert '<button type="submit" class="kern-btn kern-btn--secondary" name="action_send">' in text
    assert '<form class="formular" method="post" action="/konto/adresse/" novalidate>' in text
    assert "Neue E-Mail-Adresse" in text
