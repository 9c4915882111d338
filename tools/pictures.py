"""Take the pictures of the documentation from the running example: real, and again at will.

    python tools/pictures.py              all of them, into docs/using/pictures
    python tools/pictures.py thread home  only these
    python tools/pictures.py --shots DIR  large and unreduced, to look at

A demo is started in a temporary folder, a browser walks to each scene by the links that people
use, and what it shows is written as WebP. The example's dates move with the calendar and its
identifiers are new each time; a picture in which only such small things changed stays as it is,
so that the repository does not grow without a reason.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "using" / "pictures"
WIDE, HIGH = 1280, 960
PHONE = (390, 844)
MOST = 80_000
"""Bytes of one picture."""
SAME = 0.02
"""So much of a picture may differ, in parts of one, for it to count as the same."""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--font-render-hinting=none",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    walk: Callable[[Page], None]
    """Leads the browser to what is shown, from the public home page or from Heute."""
    signed_in: bool = False
    size: tuple[int, int] = (WIDE, HIGH)
    dark: bool = False


# --- how one gets there -------------------------------------------------------------------------


def follow(page: Page, *patterns: str) -> None:
    """Open the first link whose address matches (ID: any thing), then the next from there."""
    for pattern in patterns:
        links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        wanted = re.compile(pattern.replace("ID", "[2-9b-z]{8}"))
        found = next((link for link in links if wanted.fullmatch(link)), None)
        if found is None:
            sys.exit(f"{page.url} has no link to {pattern}")
        page.goto(found)


def show(page: Page, selector: str, *, above: int = 24) -> None:
    """Scroll so that a part stands at the top of the picture."""
    page.locator(selector).first.evaluate(
        "(part, above) => window.scrollTo(0, part.getBoundingClientRect().top + scrollY - above)",
        above,
    )


def home(page: Page) -> None:
    del page  # every walk begins here


def measure(page: Page) -> None:
    page.goto("/de/umsetzung/")
    # The one whose whole way is told in the example.
    page.goto(
        page.locator(
            "a[href*='/massnahme/']", has_text="Orte zum Deutschsprechen"
        ).first.get_attribute("href")
        or ""
    )


def thread(page: Page) -> None:
    measure(page)
    show(page, ".thread, .yarn")


def adopted(page: Page) -> None:
    """The edition that the council has adopted; the newest is still being drafted."""
    page.goto("/de/konzept/")
    page.locator("main a", has_text="Kommunales Integrationskonzept").first.click()
    page.wait_for_url("**/konzept/*/")


def field(page: Page) -> None:
    adopted(page)
    follow(page, r"/de/handlungsfeld/ID/")


def implementation(page: Page) -> None:
    follow(page, r"/de/umsetzung/")


def call(page: Page) -> None:
    follow(page, r"/de/mitreden/", r"/de/aufruf/ID/")


def contribute(page: Page) -> None:
    page.goto("/de/mitreden/")
    follow(page, r"/de/aufruf/ID/beitragen/")
    page.locator("textarea").first.fill(
        "Im Norden der Stadt fehlt ein Ort, an dem man abends Deutsch sprechen kann."
    )


def receipt(page: Page) -> None:
    contribute(page)
    page.locator("input[type=radio]").first.check()
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    page.wait_for_url("**/quittung/**")


def today(page: Page) -> None:
    del page


def board(page: Page) -> None:
    follow(page, r"/de/arbeit/beteiligung/", r"/de/arbeit/beteiligung/ID/sortieren/")
    for number in range(2):
        page.locator("main [type=checkbox]").nth(number).check()


def sheet(page: Page) -> None:
    """A measure that has hardly begun: its open points say what is missing."""
    follow(page, r"/de/arbeit/konzept/", r"/de/arbeit/konzept/ID/")
    page.locator("main a[href*='/massnahme/']", has_text="Deutsch beim Warten").first.click()
    page.wait_for_url("**/massnahme/*/")


def report(page: Page) -> None:
    """Ask for a report, wait for the mail in the outbox, and open its link as the lead would."""
    page.goto("/de/arbeit/umsetzung/")
    page.locator("main form[action$='/fragen/'] button").last.click()
    for _second in range(30):
        page.goto("/de/arbeit/postausgang/")
        if link := re.search(r"http\S+/de/l/[^\s<\"]+", page.content()):
            page.context.clear_cookies()  # without an account
            page.goto(link[0])
            return
        page.wait_for_timeout(1000)
    sys.exit("no mail asks for a report")


def chapters(page: Page) -> None:
    follow(page, r"/de/arbeit/konzept/", r"/de/arbeit/konzept/ID/")
    page.goto(f"{page.url}kapitel/")


def news(page: Page) -> None:
    page.goto("/de/arbeit/kommune/aktuelles/")
    follow(page, r"/de/arbeit/kommune/aktuelles/ID/")


def versions(page: Page) -> None:
    adopted(page)
    follow(page, r"/de/fassung/ID/")


SCENES: dict[str, Scene] = {
    "home": Scene(home),
    "phone": Scene(home, size=PHONE),
    "measure": Scene(measure),
    "thread": Scene(thread),
    "field": Scene(field),
    "implementation": Scene(implementation),
    "call": Scene(call),
    "contribute": Scene(contribute),
    "receipt": Scene(receipt),
    "version": Scene(versions),
    "report": Scene(report, signed_in=True),
    "today": Scene(today, signed_in=True),
    "board": Scene(board, signed_in=True),
    "chapters": Scene(chapters, signed_in=True),
    "news": Scene(news, signed_in=True),
    "sheet": Scene(sheet, signed_in=True),
}


# --- the tool -----------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("scene", nargs="*", help="default: all of them")
    parser.add_argument("--shots", metavar="DIR", type=Path, help="write large PNG files there")
    options = parser.parse_args()
    if unknown := set(options.scene) - set(SCENES):
        parser.error(f"no such scene: {', '.join(sorted(unknown))} (there are {', '.join(SCENES)})")
    into = options.shots or PICTURES
    into.mkdir(parents=True, exist_ok=True)
    with example() as address:
        for name, picture in taken(address, options.scene or list(SCENES)):
            if options.shots:
                picture.save(into / f"{name}.png")
            else:
                keep(into / f"{name}.webp", picture)
    if not options.shots and not options.scene:
        for path in into.glob("*.webp"):
            if path.stem not in SCENES:
                path.unlink()
    return 0


@contextmanager
def example() -> Iterator[str]:
    """Run the demo in a temporary folder; gives its address."""
    with tempfile.TemporaryDirectory(prefix="miteinander-pictures-") as folder:
        settings = {k: v for k, v in os.environ.items() if not k.startswith("MITEINANDER_")}
        settings |= {"MITEINANDER_DATA": folder, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "miteinander.cli.main", "start", "--demo", "--json"]
        server = subprocess.Popen(
            [*command, "--port", str(free_port())],
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert server.stdout is not None
        try:
            found = re.search(r'"address": "([^"]+)"', server.stdout.readline())
            if found is None:
                sys.exit("the example did not start; `make run` says why")
            yield found[1]
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def taken(address: str, names: list[str]) -> Iterator[tuple[str, Image]]:
    """Walk to each scene and give what the browser shows."""
    from PIL import Image  # deferred: --help answers without it
    from playwright.sync_api import sync_playwright  # deferred: as above

    from tools import browser  # deferred: as above

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=list(FLAGS))
        for name in names:
            scene = SCENES[name]
            width, height = scene.size
            page = chromium.new_page(
                base_url=address,
                viewport={"width": width, "height": height},
                locale="de-DE",
                timezone_id="Europe/Berlin",
                color_scheme="dark" if scene.dark else "light",
                reduced_motion="reduce",
            )
            page.goto("/de/konto/anmelden-als/" if scene.signed_in else "/de/")
            if scene.signed_in:
                page.get_by_role("button", name="Koordination").first.click()
            scene.walk(page)
            page.evaluate("document.fonts.ready")
            page.locator("body").evaluate("() => document.activeElement?.blur()")
            shot = page.screenshot(animations="disabled", caret="hide")
            print(f"{name}: {page.url.removeprefix(address)}", file=sys.stderr)
            page.close()
            yield name, Image.open(BytesIO(shot)).convert("RGB")
        chromium.close()


def keep(path: Path, picture: Image) -> None:
    """Write a picture as small as it may be, unless it shows what the file shows already."""
    from PIL import Image  # deferred: as above

    if path.exists():
        with Image.open(path) as old:
            if difference(old.convert("RGB"), picture) <= SAME:
                return
    for quality in (80, 70, 60, 50, 40):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if len(out.getvalue()) <= MOST:
            break
    path.write_bytes(out.getvalue())


def difference(one: Image, other: Image) -> float:
    """Which part of two pictures differs clearly, from 0 to 1; 1 where the sizes differ."""
    from PIL import ImageChops  # deferred: as above

    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).convert("L").histogram()
    return sum(counts[48:]) / (one.width * one.height)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
