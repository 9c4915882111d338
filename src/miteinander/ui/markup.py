"""Markdown from people, made into HTML that cannot do anything.

markdown-it renders without raw HTML; nh3 cleans the result once more, so that a mistake in one
of the two is not enough. Headings start below the page's own.
"""

from __future__ import annotations

from functools import cache

import nh3
from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

TAGS = {
    "a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p",
    "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def to_html(text: str) -> str:
    """Safe HTML; links to other places tell them nothing about us."""
    rendered = _parser().render(text)
    # Whoever begins with ## means the first heading below the page's own: no level is left out.
    for level in (3, 2, 1) if "<h1>" in rendered else ():  # from below: nothing is moved twice
        rendered = rendered.replace(f"<h{level}>", f"<h{level + 1}>")
        rendered = rendered.replace(f"</h{level}>", f"</h{level + 1}>")
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    # A wide table scrolls in a frame of its own, which the keyboard reaches; the page never does.
    frame = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(_("Table"))}">'
    return clean.replace("<table>", f"{frame}<table>").replace("</table>", "</table></div>")
