"""The lines in the head of a public page by which others show it: search engines and networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from miteinander.core.links import address_of
from miteinander.public.freshness import parameters_of
from miteinander.public.share import description_of, picture_path

if TYPE_CHECKING:
    from miteinander.core.models import Thing

FOLLOWED = ("measure", "process")
"""Pages with a feed of their own."""

register = template.Library()


@register.simple_tag(takes_context=True)
def share_tags(context: Context) -> SafeString:
    """Description, canonical address, other languages and picture; nothing on private pages.

    The thing that a page is about stands in its context under the name of its route. Everything
    begins with the town's own address, whatever host the request names.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    town = getattr(request, "municipality", None)
    if request is None or town is None or match is None or parameters_of(match.func) is None:
        return mark_safe("")
    thing = _thing(context, match.url_name)
    if thing is not None and not thing.is_public:
        return mark_safe("")
    base, language = address_of(town), get_language() or "de"
    path = request.path[len(language) + 1 :]
    title = context.get("title") or (thing.title if thing else town.name)
    description = context.get("description") or (description_of(thing) if thing else "")
    description = description or context["site"].claim
    page = f"{request.GET.get('page')}" if request.GET.get("page", "").isdigit() else ""
    here = f"{base}{request.path}{f'?page={page}' if page and page != '1' else ''}"
    picture = base + picture_path(thing, town, language)
    properties = [
        ("og:type", "website"),
        ("og:site_name", context["site"].brand),
        ("og:title", title),
        ("og:description", description),
        ("og:url", here),
        ("og:locale", language),
        ("og:image", picture),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", title),
    ]
    codes = [code for code, _name in settings.LANGUAGES]
    lines = [
        format_html('<meta name="description" content="{}">\n', description),
        format_html('<link rel="canonical" href="{}">\n', here),
        format_html_join(
            "",
            '<link rel="alternate" hreflang="{}" href="{}/{}{}">\n',
            ((code, base, code, path) for code in codes),
        ),
        format_html_join("", '<meta property="{}" content="{}">\n', properties),
        format_html('<meta name="twitter:card" content="{}">\n', "summary_large_image"),
    ]
    if thing is not None and match.url_name in FOLLOWED:
        feed = reverse(f"public:{match.url_name}_feed", args=[thing.identifier])
        line = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">\n'
        lines.append(format_html(line, title, feed))
    return mark_safe("".join(lines))  # noqa: S308 -- each line was escaped above


def _thing(context: Context, name: str) -> Thing | None:
    found: Any = context.get(name)
    return found if hasattr(found, "TRANSLATABLE") else None
