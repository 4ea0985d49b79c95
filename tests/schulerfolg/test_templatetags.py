"""What every template may use without loading it."""

import pytest
from django.template import Context, Template, engines


def test_what_is_written_once_knows_nothing_of_whoever_asks():
    vorlage = Template("{% once %}{% url 'startseite' %}{% if wer %}{{ wer }}{% endif %}{% endonce %} {{ wer }}")
    assert [vorlage.render(Context({"wer": wer})) for wer in ("Kim", "Eva")] == ["/ Kim", "/ Eva"]


def test_it_is_written_once(monkeypatch):
    vorlage = Template("{% once %}{% url 'startseite' %}{% endonce %}")
    assert vorlage.render(Context()) == "/"
    monkeypatch.setattr("django.urls.reverse", None)  # whoever looked it up again would fail
    assert vorlage.render(Context()) == "/"


HINWEIS = "{% hinweis art titel=titel dringend=dringend fokus=fokus %}<b>{{ text }}</b>{% endhinweis %}"


@pytest.mark.parametrize(
    ("angaben", "darin", "nicht"),
    [
        ({}, ['role="status"', '<p class="hinweis__satz"><b>a&amp;b</b></p>'], ["<h2", "tabindex"]),
        ({"titel": "x & y"}, ['<h2 class="kern-title">x &amp; y</h2>', "<b>a&amp;b</b></div>"], ["hinweis__satz"]),
        ({"dringend": True}, ['role="alert"'], ["tabindex"]),
        ({"fokus": True}, ['role="alert" tabindex="-1" autofocus'], ["status"]),
    ],
)
def test_a_box_that_stands_out(angaben, darin, nicht):
    vorgabe = {"art": "warning", "titel": "", "dringend": False, "fokus": False, "text": "a&b"}
    box = engines["django"].from_string(HINWEIS).render(vorgabe | angaben)
    assert all(teil in box for teil in ["kern-alert--warning", "kern-icon--warning", *darin])
    assert not any(teil in box for teil in nicht)
