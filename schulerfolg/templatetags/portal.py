"""Small filters that every template may use without loading them."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def spamsicher(email: str) -> str:
    """An address that people can read and simple collectors can not: `name(at)example.org`."""
    return email.replace("@", "(at)")


@register.simple_tag
def symbol(name: str) -> str:
    """An icon of KERN that says nothing by itself; the words stand beside it."""
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)
