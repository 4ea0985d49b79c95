"""What every template may use without loading it."""

from django.template import Context, Template


def test_what_is_written_once_knows_nothing_of_whoever_asks():
    vorlage = Template("{% einmal %}{% url 'startseite' %}{% if wer %}{{ wer }}{% endif %}{% endeinmal %} {{ wer }}")
    assert [vorlage.render(Context({"wer": wer})) for wer in ("Kim", "Eva")] == ["/ Kim", "/ Eva"]


def test_it_is_written_once(monkeypatch):
    vorlage = Template("{% einmal %}{% url 'startseite' %}{% endeinmal %}")
    assert vorlage.render(Context()) == "/"
    monkeypatch.setattr("django.urls.reverse", None)  # whoever looked it up again would fail
    assert vorlage.render(Context()) == "/"
