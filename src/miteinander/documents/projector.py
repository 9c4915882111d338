"""A page for the wall: title, code and address as large as they can be, without network."""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.codes import Way, qr_svg
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction

PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
* {{ box-sizing: border-box; margin: 0 }}
body {{ min-height: 100vh; display: grid; grid-template-columns: 1fr auto; gap: 4vw;
  align-items: center; padding: 5vmin; color: #12292e; background: #fff;
  font: 600 4vmin/1.25 "Fira Sans", Arial, sans-serif }}
h1 {{ font-size: 7vmin; line-height: 1.12; color: {accent}; overflow-wrap: anywhere }}
p {{ margin-block-start: 3vmin; font-weight: 400 }}
.code {{ font-size: 8vmin; font-weight: 600; letter-spacing: .04em; white-space: nowrap }}
svg {{ display: block; width: min(64vmin, 90vw); height: auto }}
@media (max-width: 50em) {{ body {{ grid-template-columns: 1fr }} }}
</style>
</head>
<body>
<main><h1{said_in}>{heading}</h1><p>{scan}</p><p>{address}</p><p class="code">{code}</p></main>
<figure role="img" aria-label="{alternative}">{drawing}</figure>
</body>
</html>
"""


def projector_page(
    heading: str, way: Way, *, title: str, language: str, heading_language: str = "",
    accent: str = "",
) -> bytes:  # fmt: skip
    """One screen: a question or a meeting, and how to get there from the room."""
    colour = judge(accent or DEFAULT)
    with override(language):
        said_in = (
            f' lang="{escape(heading_language)}" dir="{direction(heading_language)}"'
            if heading_language and heading_language != language
            else ""
        )
        return PAGE.format(
            language=escape(language),
            direction=direction(language),
            title=escape(title),
            accent=colour.accent if colour.fits else colour.suggestion,
            said_in=said_in,
            heading=escape(heading),
            scan=escape(_("Open it with the camera of your phone, or type it in:")),
            address=escape(way.plain),
            code=escape(way.code),
            alternative=escape(_("QR code to %(address)s") % {"address": way.address}),
            drawing=qr_svg(way.address).decode(),
        ).encode()
