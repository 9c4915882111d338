"""Pictures that people send us: looked at by their content, cleaned by being drawn again.

What a file is called and what the browser says about it decides nothing. A picture is opened by
its header, measured before a single pixel is unpacked, turned upright, brought to sRGB and
written anew in a few sizes. So nothing of the file that was sent survives except the pixels:
no place, no camera, no name, and nothing that hides behind the picture.

Pillow is imported only here and only when a picture arrives: it would cost every process memory.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid, filled
from miteinander.core.models.attachments import CREST_WIDTHS, WIDTHS
from miteinander.core.uploads import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image as PillowImage

    from miteinander.core.errors import Text

MOST_PIXELS = 60_000_000
MOST_PIXELS_AT_ONCE = 30_000_000
"""For formats that cannot be made smaller while they are unpacked (all but JPEG): 120 MB."""
MOST_HEIGHT = 3200
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_FOREIGN = (b"<script", b"<?php", b"<html", b"<!doctype", b"%pdf-")
_ZIP_END = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a picture; width and height in pixels."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: its sizes, the smallest first, all of one type."""

    media_type: str
    sizes: tuple[Size, ...]

    @property
    def largest(self) -> Size:
        return self.sizes[-1]


def read_picture(data: bytes, *, field: str = "picture", as_crest: bool = False) -> Picture:
    """Clean and scale what was sent; raises `Invalid` for `field` with a sentence that helps.

    Photographs become WebP, which every browser of the last years shows. A crest becomes PNG,
    which documents and tabs take, too.
    """
    try:
        return _read(data, as_crest=as_crest)
    except _Refused as refusal:
        raise Invalid({field: refusal.sentence}) from refusal


class _Refused(Exception):
    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _read(data: bytes, *, as_crest: bool) -> Picture:
    if not data:
        raise _Refused(_EMPTY)
    if len(data) > MOST_BYTES:
        raise _Refused(filled(_TOO_HEAVY, most=MOST_BYTES // 1_000_000))
    if _is_svg(data):
        raise _Refused(_SVG)
    image = _opened(data)
    _refuse_second_nature(data)
    pixels = image.width * image.height
    most = MOST_PIXELS if image.format == "JPEG" else MOST_PIXELS_AT_ONCE
    if pixels > most:
        raise _Refused(_too_many(most))
    upright = _unpacked(image)
    upright.thumbnail((max(WIDTHS), MOST_HEIGHT))  # only ever smaller
    widths = _widths(upright.width, CREST_WIDTHS if as_crest else WIDTHS)
    write = _png if as_crest else _webp
    return Picture(
        media_type="image/png" if as_crest else "image/webp",
        sizes=tuple(_sized(upright, width, write) for width in widths),
    )


def _opened(data: bytes) -> PillowImage.Image:
    """The picture by its header; nothing is unpacked yet."""
    from PIL import Image, UnidentifiedImageError  # deferred: only where pictures arrive

    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise _Refused(_too_many(MOST_PIXELS)) from problem
    except UnidentifiedImageError as problem:
        raise _Refused(_UNKNOWN) from problem
    except (OSError, SyntaxError, ValueError) as problem:  # a header that contradicts itself
        raise _Refused(_BROKEN) from problem


def _unpacked(image: PillowImage.Image) -> PillowImage.Image:
    """All pixels, upright, in sRGB, and nothing else of what the file said."""
    from PIL import ImageOps  # deferred: as above

    try:
        # JPEG is made smaller while it is unpacked: a camera's 50 megapixels need no 150 MB.
        longest = max(WIDTHS)
        image.draft("RGB", (longest * 2, longest * 2))
        image.seek(0)  # of an animation the first picture
        image.load()
        upright = ImageOps.exif_transpose(image)
        return _in_srgb(upright)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as problem:
        raise _Refused(_BROKEN) from problem


def _in_srgb(image: PillowImage.Image) -> PillowImage.Image:
    from PIL import Image, ImageCms  # deferred: as above

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            image = ImageCms.profileToProfile(image, given, wanted, outputMode=mode) or image
        except (ImageCms.PyCMSError, OSError):
            image = image.convert("RGB")  # a profile that does not fit: the plain values
    plain = image.convert("RGBA" if transparent else "RGB")
    # A new canvas takes the pixels and none of the notes.
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _widths(own: int, wanted: tuple[int, ...]) -> list[int]:
    """The wanted widths, never enlarged; the picture's own where it is smaller."""
    return sorted({min(width, own) for width in wanted})


def _sized(
    image: PillowImage.Image, width: int, write: Callable[[PillowImage.Image], bytes]
) -> Size:
    from PIL import Image  # deferred: as above

    height = max(1, round(image.height * width / image.width))
    scaled = (
        image
        if width == image.width
        else image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    )
    return Size(width, height, write(scaled))


def _webp(image: PillowImage.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def _png(image: PillowImage.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _is_svg(data: bytes) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<svg", b"<?xml")) or b"<svg" in head


def _refuse_second_nature(data: bytes) -> None:
    """Files that are a picture and something else as well: a page, a program, an archive.

    They would do no harm, since only pixels are kept. But nobody makes such a file by accident.
    What cameras append (a second picture, a short film) is no reason to refuse.
    """
    small = data.lower()
    if any(mark in small for mark in _FOREIGN) or _ZIP_END in data[-66_000:]:
        raise _Refused(_TWO_IN_ONE)


def _too_many(most: int) -> Text:
    return filled(_TOO_LARGE, most=most // 1_000_000)


_EMPTY = _("The file is empty. Please choose it again.")
_TOO_HEAVY = _(
    "The file is larger than %(most)s MB. Please make the picture smaller, for example 2000 "
    "pixels wide, and send it again."
)
_TOO_LARGE = _(
    "The picture has more than %(most)s million pixels. Please make it smaller, for example 2000 "
    "pixels wide, and send it again."
)
_SVG = _(
    "SVG files can hold programs, so we do not take them. Please save the drawing as PNG and send "
    "that."
)
_UNKNOWN = _(
    "This is no picture that we can read, whatever its name says. Please send a JPEG, PNG, WebP, "
    "GIF or AVIF file."
)
_BROKEN = _(
    "The picture is damaged or not complete. Please open it once, save it anew and send it again."
)
_TWO_IN_ONE = _(
    "The file is a picture and something else at the same time. Please open it once, save it anew "
    "and send it again."
)
