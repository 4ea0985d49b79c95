"""Small filters and tags that every template may use without loading them."""

import re
from functools import cache
from uuid import uuid4

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe

from schulerfolg.geld import euro
from schulerfolg.teile import Teil
from schulerfolg.telefon import waehlbar

register = template.Library()
register.filter(euro)


@register.tag
def csrf_token(parser, token):
    """Django's own, and whose page this is: so what was typed finds its person again when the sign-in has ended."""
    return Formularkopf()


@register.simple_tag
def schluessel():
    """The key of a form that is one button, as every other form carries it: the second click gets the first answer."""
    return format_html('<input type="hidden" name="schluessel" value="{}">', uuid4())


class Formularkopf(CsrfTokenNode):
    def render(self, context):
        wessen = getattr(context.get("request"), "wessen", "")
        feld = format_html('<input type="hidden" name="wessen" value="{}">', wessen) if wessen else ""
        return super().render(context) + feld


@register.tag
def once(parser, token):
    """Written once and the same on every page: `{% once %}…{% endonce %}`.

    Nothing of a request is known inside, so nothing of it can get onto the page of somebody else (Django's own
    `{% cache %}` would know it).
    """
    inhalt = parser.parse(("endonce",))
    parser.delete_first_token()
    return Einmal(inhalt)


class Einmal(template.Node):
    text: str | None = None

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        if self.text is None:
            leer = template.Context()
            leer.template = context.template
            self.text = self.nodelist.render(leer)
        return self.text


@register.filter
def spamsicher(email: str) -> str:
    """An address that people can read and simple collectors can not: `name(at)example.org`."""
    return email.replace("@", "(at)")


@register.filter
def freiwillig(field) -> bool:
    """Whether nothing has to be filled in here; a field may say that it is needed, though the form takes it empty."""
    return not field.field.required and not getattr(field.field, "noetig", False)


@register.filter
def telefon(text: str) -> str:
    """What stands there, with the first number in it as a tel: link, if a machine can dial it (`telefon.waehlbar`)."""
    angabe, nummer = waehlbar(text)
    if not nummer:
        return conditional_escape(text)
    davor, _, danach = text.partition(angabe)
    return format_html('{}<a href="tel:{}">{}</a>{}', davor, nummer, angabe, danach)


@register.filter
def verweise(text: str, anfang: str) -> str:
    """Text with what begins like this as links, and nothing else: no address that a stranger typed becomes one."""
    adresse = re.escape(str(escape(anfang)))
    sicher = escape(text)
    return mark_safe(
        re.sub(rf"{adresse}(?![\w-]|[.:@]\w)(?:/[\w/?=&;%.#~-]*[\w/]|/)?", r'<a href="\g<0>">\g<0></a>', sicher)
    )


@register.simple_tag
def symbol(name: str) -> str:
    """An icon of KERN that says nothing by itself; the words stand beside it."""
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)


@register.inclusion_tag("includes/brotkrumen.html")
def brotkrumen(*teile: str) -> dict:
    """The way to this page, „Start“ first: `{% brotkrumen "Stellen" adresse "Harz" %}`; the last stands alone."""
    *eltern, hier = teile
    return {"pfad": [("Start", reverse("startseite")), *zip(eltern[::2], eltern[1::2], strict=True)], "hier": hier}


@register.simple_block_tag
def hinweis(content, art: str, titel: str = "", *, dringend: bool = False, fokus: bool = False):
    """A box that stands out: `{% hinweis "warning" titel="Das fehlt noch" %}…{% endhinweis %}`.

    `art` is info, success, warning or danger. Without a title the content is one sentence. What is `dringend` is read
    out at once, what takes the `fokus` (a summary of errors) as well.
    """
    teile = {"art": art, "titel": titel, "inhalt": content, "dringend": dringend or fokus, "fokus": fokus}
    return render_to_string("includes/hinweis.html", teile)


@register.simple_tag(takes_context=True)
def teil(context, teil: Teil) -> str:
    """A part of a page: it knows what its subject gave it and the frame, nothing else of the page."""
    return render_to_string(teil.vorlage, teil.inhalt, context["request"])


@register.simple_tag(takes_context=True)
def nav_ziel(context, ziel: str, ausser: list[str] | tuple[str, ...] = ()) -> str:
    """Where an entry of the navigation leads, and whether people are there: `<a {% nav_ziel "uebersicht" %}>`.

    `ziel` is the name of an address or a path, `ausser` are paths below it that have an entry of their own.
    """
    adresse = ziel if ziel.startswith("/") else _adresse(ziel)
    hier = getattr(context.get("request"), "path", "")
    href = format_html('href="{}"', adresse)
    if hier == adresse:
        return href + mark_safe(' aria-current="page"')
    darunter = adresse != "/" and hier.startswith(adresse) and not hier.startswith(tuple(ausser))
    return href + mark_safe(' aria-current="true"') if darunter else href


_adresse = cache(reverse)  # of a page that is about no row: the same for ever


@register.filter(is_safe=True)
def doppelpunkt(beschriftung: str) -> str:
    """What introduces a sentence: „Vorname:“, but „Was hindert Sie?“."""
    return str(beschriftung) if str(beschriftung).endswith(("?", "!", ".", ":")) else f"{beschriftung}:"


@register.filter
def lesbar(adresse: str) -> str:
    """An address of the web as people say it: without `https://www.` and the last slash."""
    return adresse.split("://", 1)[-1].removeprefix("www.").rstrip("/")
