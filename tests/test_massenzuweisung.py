"""Field level: what a page does not ask for can't be sent to it, and a choice of another office is refused.

Every form of the portal is sent twice, as it stands and with the names of all columns that are not on it: number,
office, school, status, who wrote it, amounts, roles. What happens must be the same. Then every choice of a row gets
one that is not among the choices: an answer in German, and nothing is written.
"""

import json
import re
from collections import Counter
from itertools import repeat

from django.apps import apps
from django.db import connection, models, transaction
from django.forms import BaseForm, BaseFormSet, ModelChoiceField, ModelMultipleChoiceField

from schulerfolg.konten import views
from schulerfolg.konten.forms import ProfilForm
from schulerfolg.konten.models import Person
from tests.adressen import adresse
from tests.formulare import formulare
from tests.rundgang import NEVER_COUNTED, pages, sign_in

PEOPLE = ["lehrkraft.a", "leitung.a", "leitung.harz", "vorsitz.harz", "koordination"]
# Words that stand for power, whatever the form is about.
MACHT = {
    "id": "1", "pk": "1", "status": "bewilligt", "nummer": "HZ-1999-0001", "version": "1", "is_active": "",
    "is_staff": "on", "is_superuser": "on", "rolle": "leitung", "zeichnungsbefugt": "on", "bewilligt": "99999.00",
    "bewilligter_betrag": "99999.00", "geteilt": "on", "im_auftrag": "on", "teilt_inhalte": "on", "aktiv": "",
    "bestaetigt_am": "2001-01-01 00:00", "verschwiegen_am": "2001-01-01", "by": "1", "durch": "1",
}  # fmt: skip


UNGEZAEHLT = NEVER_COUNTED | {"akte_idempotenz", "django_content_type"}
# Which table a column points to.
ZIELE = {
    (model._meta.db_table, feld.attname): feld.related_model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    for feld in model._meta.concrete_fields
    if feld.is_relation
}
GESCHRIEBEN = "SELECT '{0}', to_jsonb(t)::text FROM {0} t WHERE xmin::text::bigint >= {1}"
# The first write of a transaction inside the test's own: what has this number or a later one was written after it.
ERSTE = """
    UPDATE django_content_type SET model = model WHERE id = (SELECT min(id) FROM django_content_type)
    RETURNING xmin::text::bigint
"""


def test_what_a_form_does_not_ask_for_changes_nothing_and_foreign_choices_are_refused(volle_welt):
    different, accepted, written, asked = {}, {}, 0, 0
    for client, response, formular in every_form():
        vorher = effect(client, formular.ziel, formular.felder)
        mehr = {name: [wert] for name, wert in hostile(response).items()} | formular.felder
        if (nachher := effect(client, formular.ziel, mehr)) != vorher:
            different[formular.ziel] = (vorher - nachher, nachher - vorher)
        written += bool(vorher)
        for name, wert in foreign_choices(response).items():
            if name in formular.felder:
                asked += 1
                if not refuses(client, formular.ziel, formular.felder | {name: [wert]}, name):
                    accepted[f"{formular.ziel} {name}"] = wert
    assert different == {}
    assert accepted == {}
    assert (written > 40, asked > 12) == (True, True)  # so many kinds of forms wrote something as they stood


def every_form():
    """Each kind of form once: whoever of Harz meets it first, the page it stands on, and the form."""
    seen = set()
    for person in PEOPLE:
        for client, seite, response in pages(person):
            for formular in formulare(response.text, seite):
                kind = (re.sub(r"\d+", "*", formular.ziel), *sorted(formular.felder))
                if kind not in seen:
                    seen.add(kind)
                    yield client, response, formular


def test_a_form_with_all_fields_is_noticed(volle_welt, monkeypatch):
    """The counter-test: a form that is open for every column is caught."""
    offen = type("Offen", (ProfilForm,), {"Meta": type("Meta", (), {"model": Person, "fields": "__all__"})})
    client, seite = sign_in("lehrkraft.a"), adresse("profil")
    response = client.get(seite)
    formular = next(f for f in formulare(response.text, seite) if "vorname" in f.felder)
    mehr = {name: [wert] for name, wert in hostile(response).items()} | formular.felder
    assert effect(client, seite, mehr) == effect(client, seite, formular.felder)
    monkeypatch.setattr(views, "ProfilForm", offen)
    assert effect(client, seite, mehr) != effect(client, seite, formular.felder)


def hostile(response) -> dict[str, str]:
    """Every column of the rows that the forms of this page are about, with a value that would do harm."""
    werte = dict(MACHT)
    for form in forms_of(response):
        zeile = next((z for z in (getattr(form, n, None) for n in ("instance", "row", "antrag")) if z), None)
        if isinstance(zeile, models.Model):
            for feld in zeile._meta.concrete_fields:
                if (wert := harm(feld, zeile)) is not None:
                    werte |= {feld.name: wert, feld.attname: wert, f"{form.prefix or 'x'}-{feld.name}": wert}
    return werte


def harm(feld, zeile) -> str | None:
    if feld.is_relation:
        andere = feld.related_model._default_manager.exclude(pk=getattr(zeile, feld.attname)).order_by("-pk").first()
        return str(andere.pk) if andere else None
    if isinstance(feld, models.BooleanField):
        return "" if getattr(zeile, feld.name) else "on"
    if feld.choices:
        return next(str(wert) for wert, _ in feld.flatchoices if wert != getattr(zeile, feld.name))
    if isinstance(feld, models.EmailField):
        return "fremd@demo.example"
    if isinstance(feld, models.DateField):
        return "2001-01-01"
    return "77777" if isinstance(feld, models.DecimalField | models.IntegerField) else "Fremder Text"


def forms_of(response) -> list[BaseForm]:
    """Every form object that the templates of this page were given, those of rows too."""
    ebenen = (ebene for context in response.context or () for ebene in context.dicts)
    werte = list({id(wert): wert for ebene in ebenen for wert in ebene.values()}.values())
    reihen = [form for wert in werte if isinstance(wert, BaseFormSet) for form in wert.forms]
    return [wert for wert in werte if isinstance(wert, BaseForm)] + reihen


def foreign_choices(response) -> dict[str, str]:
    """For every choice of a row: one that exists and is not among the choices."""
    gefunden = {}
    for form in forms_of(response):
        for name, feld in form.fields.items():
            if isinstance(feld, ModelChoiceField | ModelMultipleChoiceField):
                nicht = feld.queryset.model._default_manager.exclude(pk__in=feld.queryset.values("pk"))
                if fremde := nicht.order_by("-pk").first():
                    gefunden[form.add_prefix(name)] = str(fremde.pk)
    return gefunden


def refuses(client, ziel, felder, name) -> bool:
    """Whether the page says at this field, in German, that the choice is none."""
    with transaction.atomic():
        response = client.post(ziel, felder)
        transaction.set_rollback(True)
    fehler = [form.errors.get(name.removeprefix(f"{form.prefix}-")) for form in forms_of(response)]
    satz = next((str(satz) for satz in fehler if satz), "")
    return response.status_code == 200 and bool(re.search(r"[Ww]ähl|Auswahl|keinen|nicht", satz))


def effect(client, ziel, felder) -> Counter:
    """Every row that this POST writes, without what differs each time: numbers of new rows, moments, keys. Undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ERSTE)
        [ab] = cursor.fetchone()
        client.post(ziel, felder)
        tables = sorted(set(connection.introspection.table_names(cursor)) - UNGEZAEHLT)
        cursor.execute(" UNION ALL ".join(map(GESCHRIEBEN.format, tables, repeat(ab))))
        geschrieben = [(table, json.loads(row)) for table, row in cursor.fetchall()]
        transaction.set_rollback(True)
    neue = {(table, row.get("id")) for table, row in geschrieben}
    return Counter(f"{table} {steady(table, row, neue)}" for table, row in geschrieben)


def steady(table, row: dict, neue: set) -> dict:
    """A row by its columns, references to new rows without their number; digits and links in texts say nothing."""
    return {
        name: _steady(wert, isinstance(wert, int) and (ZIELE.get((table, name)), wert) in neue)
        for name, wert in sorted(row.items())
        if name not in ("id", "key", "schluessel", "pruefsumme", "sha256", "inhalt", "password")
    }


def _steady(wert, neu):
    if isinstance(wert, str):
        return re.sub(r"\d+", "#", re.sub(r"https?://\S+", "LINK", wert))
    return "neu" if neu else wert
