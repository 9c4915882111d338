"""What a visit weighs: bytes and requests over the wire, as a browser would ask for them.

python benchmarks/bench_weight.py

The pages are fetched from a real server; what they name is followed as a browser follows it:
style sheets, what these import, fonts of the weights and scripts that a page shows, scripts and
the modules they import at once, pictures, the icon. Counted are whole answers, headers included.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import brotli

from common import Verdicts, start_django
from serving import HERE, Connection, request_for, served

FIRST, LATER, REQUESTS = 150_000, 25_000, 12
PLAIN = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
FONT = re.compile(r"@font-face\s*{([^}]*)}")
NAMED = re.compile(r"url\(\s*[\"']?([^\"')]+)")
IMPORTED = re.compile(r"@import\s+(?:url\()?[\"']?([^\"')]+)")
MODULE = re.compile(r"^\s*import\s[^(]*?[\"']([^\"']+)[\"']", re.M)


class Named(HTMLParser):
    """What a page makes a browser load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        rel = said.get("rel", "").split()
        if tag == "link" and {"stylesheet", "icon", "preload", "modulepreload"} & set(rel):
            self.found.append((rel[0], said["href"]))
        elif tag in {"script", "img", "source", "iframe", "video", "audio"} and said.get("src"):
            self.found.append((tag, said["src"]))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@dataclass
class Visitor:
    """A browser that keeps what it may keep, and counts."""

    port: int
    kept: set[str] = field(default_factory=set)
    weights: dict[str, int] = field(default_factory=dict)

    def open(self, path: str) -> dict[str, int]:
        """Open a page; the bytes on the wire of everything that had to be loaded for it."""
        self.weights = {}
        html = self.load(path).decode()
        page = Named(html)
        text = "".join(page.text)
        for kind, address in page.found:
            where = urljoin(path, address)
            if where.startswith("data:"):
                continue
            content = self.load(where)
            if kind == "stylesheet":
                self.follow_sheet(where, content.decode(), text)
            elif kind == "script":
                for module in MODULE.findall(content.decode()):
                    self.load(urljoin(where, module))
        return self.weights

    def follow_sheet(self, where: str, sheet: str, text: str) -> None:
        for address in IMPORTED.findall(sheet):
            self.load(urljoin(where, address))
        for face in FONT.findall(sheet):
            files = NAMED.findall(face)  # none where a face of the machine stands in
            if files and shows(face, text):
                self.load(urljoin(where, files[0]))
        for address in NAMED.findall(FONT.sub("", sheet)):
            if not address.startswith(("data:", "#")):
                self.load(urljoin(where, address))  # at worst: a browser loads what is in use

    def load(self, address: str) -> bytes:
        if urlsplit(address).netloc not in {"", HERE}:
            raise RuntimeError(f"something from elsewhere: {address}")
        if address in self.kept:
            return b""
        with Connection(self.port) as connection:
            connection.send(request_for(address))
            status, headers, body, wire = connection.receive()
        if status != 200:
            raise RuntimeError(f"{status} for {address}")
        self.weights[address] = wire
        if "immutable" in headers.get("cache-control", ""):
            self.kept.add(address)
        return PLAIN[headers.get("content-encoding", "")](body)


def shows(face: str, text: str) -> bool:
    """Whether a page shows a letter of this face; a weight counts as shown."""
    ranges = re.search(r"unicode-range:\s*([^;]+)", face)
    if ranges is None:
        return True
    for part in ranges[1].split(","):
        first, _dash, last = part.strip().removeprefix("U+").partition("-")
        low, high = int(first, 16), int(last or first, 16)
        if any(low <= ord(letter) <= high for letter in text):
            return True
    return False


def main() -> None:
    folder = start_django(MITEINANDER_LANGUAGES="de,en")
    from django.utils import timezone
    from django.utils.translation import override

    from miteinander.core.models import Thing
    from miteinander.example.load import load

    load(at=timezone.now())
    things = Thing.objects.filter(is_public=True).order_by("pk")
    with override("de"):
        pages = {
            "home": "/de/",
            "field (30 measures)": things.get(
                kind="field", title="Sprache und Bildung"
            ).get_absolute_url(),
            "implementation (70 measures)": "/de/umsetzung/",
            "measure 2.4": things.filter(kind="measure", number="2.4")[0].get_absolute_url(),
        }
    verdicts = Verdicts("The weight of a visit, over the wire")
    with served(folder) as port:
        for name, path in pages.items():
            weights = Visitor(port).open(path)
            total = sum(weights.values())
            verdicts.ratio(f"first visit, {name}: kB", total / 1000, most=FIRST / 1000)
            verdicts.ratio(f"first visit, {name}: requests", len(weights), most=REQUESTS)
        visitor = Visitor(port)
        visitor.open("/de/konzept/")
        for name, path in pages.items():
            weights = visitor.open(path)
            total = sum(weights.values())
            verdicts.ratio(f"later, {name}: kB", total / 1000, most=LATER / 1000)
        print("What a first visit of home loads")
        for address, weight in Visitor(port).open("/de/").items():
            verdicts.figure(address, f"{weight:7d}")
    verdicts.end()


if __name__ == "__main__":
    main()
