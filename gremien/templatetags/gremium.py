"""What the page of a case shows of its way through the Gremium."""

from django import template

register = template.Library()


@register.simple_tag
def gremienpunkte(antrag) -> list:
    """The items of this case with meeting and resolution, the newest first. One query."""
    punkte = antrag.tagesordnungspunkte.select_related("sitzung__gremium", "beschluss")
    return list(punkte.order_by("-sitzung__beginn", "-pk"))
