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


@pytest.mark.parametrize(
    ("angabe", "link"),
    [
        ("03941 123456", '<a href="tel:03941123456">03941 123456</a>'),
        ("03931 60-72 05", '<a href="tel:03931607205">03931 60-72 05</a>'),
        ("+49 (0) 3941 5970-22", '<a href="tel:+493941597022">+49 (0) 3941 5970-22</a>'),
        ("+49(0)3941/597022", '<a href="tel:+493941597022">+49(0)3941/597022</a>'),
        ("0049 3941 597022", '<a href="tel:+493941597022">0049 3941 597022</a>'),
        ("+43 1 5970220", '<a href="tel:+4315970220">+43 1 5970220</a>'),
        ("(03941) 5970-22", '<a href="tel:03941597022">(03941) 5970-22</a>'),
        ("03941/597022 oder -23", '<a href="tel:03941597022">03941/597022</a> oder -23'),
        ("03941 597022/23", '<a href="tel:03941597022">03941 597022</a>/23'),
        ("03941 5970-22/-23", '<a href="tel:03941597022">03941 5970-22</a>/-23'),
        ("0391/567-01", '<a href="tel:039156701">0391/567-01</a>'),
        ("Tel.: 03941 – 597022", 'Tel.: <a href="tel:03941597022">03941 – 597022</a>'),
        ("Tel. 03941 597022 (Sekretariat)", 'Tel. <a href="tel:03941597022">03941 597022</a> (Sekretariat)'),
        ("<b>03941 597022", '&lt;b&gt;<a href="tel:03941597022">03941 597022</a>'),
        ("03941 5970 - 22", "03941 5970 - 22"),
        ("03941 597022 -23", "03941 597022 -23"),
        ("03941/597022/24", '<a href="tel:03941597022">03941/597022</a>/24'),
        ("03941/5970/2244", "03941/5970/2244"),
        ("03941 597022 03941 597023", "03941 597022 03941 597023"),
        ("597022", "597022"),
        ("auf Anfrage", "auf Anfrage"),
        ("", ""),
    ],
)
def test_a_number_is_dialled_right_or_not_at_all(angabe, link):
    assert Template("{{ angabe|telefon }}").render(Context({"angabe": angabe})) == link
