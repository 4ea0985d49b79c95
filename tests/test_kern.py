"""Our crispy pack templates/kern: every kind of field, right and wrong, and the three shapes of formsets."""

import pytest
from crispy_forms.bootstrap import (
    AppendedText,
    FieldWithButtons,
    FormActions,
    InlineCheckboxes,
    InlineRadios,
    StrictButton,
)
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, ButtonHolder, Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.template import engines

WAHL = [("a", "Lehrkraft"), ("b", "Schulleitung")]


class Alles(forms.Form):
    name = forms.CharField(label="Name", help_text="So wie im Ausweis.")
    telefon = forms.CharField(label="Telefon", required=False)
    art = forms.ChoiceField(label="Art", choices=WAHL)
    rolle = forms.ChoiceField(label="Rolle", choices=WAHL, widget=forms.RadioSelect, help_text="Genau eine.")
    themen = forms.MultipleChoiceField(label="Themen", choices=WAHL, widget=forms.CheckboxSelectMultiple)
    einig = forms.ChoiceField(label="Einig", choices=WAHL, widget=forms.RadioSelect)
    tage = forms.MultipleChoiceField(label="Tage", choices=WAHL, widget=forms.CheckboxSelectMultiple)
    erklaert = forms.BooleanField(label="Ich erkläre das")
    beginn = forms.DateField(label="Beginn", widget=forms.DateInput(attrs={"type": "date"}))
    zeitpunkt = forms.SplitDateTimeField(label="Zeitpunkt")
    betrag = forms.DecimalField(label="Betrag")
    anlage = forms.FileField(label="Anlage")
    suche = forms.CharField(label="Suche")
    stelle = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, layout=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("weiter", "Speichern und weiter"))
        self.helper.add_input(Button("zurueck", "Zurück", css_class="kern-btn--secondary"))
        if layout:
            self.helper.layout = Layout(
                Fieldset("Angaben", "name", Row(Column("telefon"), "beginn"), Div("art", "zeitpunkt")),
                AppendedText("betrag", "€"),
                "rolle",
                "themen",
                InlineRadios("einig"),
                InlineCheckboxes("tage"),
                "erklaert",
                "anlage",
                FieldWithButtons("suche", StrictButton("Suchen", css_class="kern-btn kern-btn--primary")),
                "stelle",
                FormActions(Submit("a", "Fertig")),
                ButtonHolder(Submit("b", "Los")),
            )

    def clean(self):
        raise forms.ValidationError("Die Summe stimmt nicht.")


class Zeile(forms.Form):
    posten = forms.CharField(label="Posten")
    fest = forms.BooleanField(label="Fest")


Zeilen = forms.formset_factory(Zeile, extra=2)


def render(source: str, **context) -> str:
    return engines["django"].from_string("{% load crispy_forms_tags crispy_forms_filters %}" + source).render(context)


@pytest.mark.parametrize("layout", [True, False])
def test_fresh_form_marks_optional_fields_and_shows_no_error(layout):
    page = render("{% crispy form %}", form=Alles(layout=layout))
    assert 'enctype="multipart/form-data"' in page
    assert page.count("– freiwillig") == 1
    assert 'aria-describedby="id_name_helptext"' in page
    assert '<div id="id_name_helptext" class="kern-hint">So wie im Ausweis.</div>' in page
    assert "kern-btn--primary" in page
    assert "Bitte prüfen Sie Ihre Eingaben" not in page


@pytest.mark.parametrize("layout", [True, False])
def test_wrong_form_has_a_summary_that_takes_the_focus_and_links_to_the_fields(layout):
    page = render("{% crispy form %}", form=Alles({}, layout=layout))
    summary = page.split('class="kern-alert__body"')[1].split("</div>")[0]
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert "Die Summe stimmt nicht." in summary
    for target in (
        "id_name",
        "id_art",
        "id_rolle_0",
        "id_themen_0",
        "id_erklaert",
        "id_zeitpunkt_0",
        "id_betrag",
        "id_anlage",
    ):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page


def test_layout_groups_amount_and_inline_choices():
    page = render("{% crispy form %}", form=Alles())
    assert '<legend><h2 class="kern-heading-medium">Angaben</h2></legend>' in page
    assert '<span class="kern-input-group-text">€</span>' in page
    assert page.count("kern-fieldset__body--horizontal") == 3  # two moments of a date, two choices in a row


def test_filters_render_a_form_and_a_single_field():
    assert "kern-form-check__checkbox" in render("{{ form|crispy }}", form=Alles())
    assert 'for="id_name"' in render("{{ form.name|as_crispy_field }}", form=Alles())


def test_a_label_that_is_a_question_is_not_followed_by_a_colon():
    class Fragen(forms.Form):
        wofuer = forms.CharField(label="Wofür ist das?")
        tag = forms.DateField(label="Tag")

    page = render("{% crispy form %}", form=Fragen({}))
    assert "Wofür ist das? Bitte füllen Sie dieses Feld aus." in page
    assert "Tag: Bitte geben Sie einen Tag an." in page


@pytest.mark.parametrize("template", [None, "kern/table_inline_formset.html"])
def test_formset_shows_its_rows_and_what_is_wrong_with_them(template):
    helper = FormHelper()
    helper.template = template
    helper.add_input(Submit("speichern", "Zeilen speichern"))
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-fest": "on"}
    page = render("{% crispy formset helper %}", formset=Zeilen(data), helper=helper)
    assert "Zeile 1, Posten: Bitte füllen Sie dieses Feld aus." in page
    assert 'href="#id_form-0-posten"' in page
    assert 'name="form-TOTAL_FORMS"' in page
    assert "Zeilen speichern" in page


def test_fresh_formset_has_no_summary():
    page = render("{{ formset|crispy }}", formset=Zeilen())
    assert page.count("<fieldset") == 2
    assert "Bitte prüfen" not in page
