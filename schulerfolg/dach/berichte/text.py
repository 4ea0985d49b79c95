"""The text of a report: Markdown in, harmless HTML out."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline", "code", "fence"])


def als_html(text: str) -> SafeString:
    """Paragraphs, headings, lists and links; nothing that runs, loads or looks like the page itself.

    The page has the only h1. The headings of the text begin below it and never leave a level out.
    """
    tokens = MARKDOWN.parse(text)
    _ebenen_setzen(tokens)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    rein = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"})
    return mark_safe(rein)


def _ebenen_setzen(tokens):
    offen = [token for token in tokens if token.type == "heading_open"]
    geschlossen = [token for token in tokens if token.type == "heading_close"]
    oberste, vorige = min((int(token.tag[1]) for token in offen), default=1), 1
    for auf, zu in zip(offen, geschlossen, strict=True):
        vorige = min(2 + int(auf.tag[1]) - oberste, vorige + 1, 4)
        auf.tag = zu.tag = f"h{vorige}"
