"""Somebody with a browser: finds things by their names, as people and screen readers do.

Whatever a journey shows is looked at from all sides: one heading, a title, German words only,
nothing that scrolls sideways, no request to anybody else, no complaint of the browser, and axe.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

from tests.journeys.town import Town

HEIGHT = {320: 720, 1280: 900}
# Words that no German sentence has. What is marked as another language may have them.
ENGLISH = re.compile(r"\b(the|of|this|with|your|and|has|been|are|nobody|nothing|please)\b", re.I)
GERMAN_WORDS = """() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll("[lang]:not([lang=de]), script, style, svg, code, .messages__foreign")
    .forEach(each => each.remove());
  return copy.textContent.replace(/\\s+/g, " ");
}"""


LOOKED: set[tuple[str, int, str]] = set()
"""What axe has looked at in this run: kind of page, width, and how much was on it."""


@dataclass
class Watch:
    """What the browser had to say, over all pages of a walk."""

    host: str
    problems: list[str] = field(default_factory=list)

    def on(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._asked(request.url))
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.problems.append(f"asked somebody else: {url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= (500 if is_page else 400):
            self.problems.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # A refused form is an answer with 4xx; the browser calls every such page an error.
        expected = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not expected:
            self.problems.append(f"console on {message.page and message.page.url}: {message.text}")


@dataclass(slots=True)
class Walker:
    """One person: own cookies, own window."""

    town: Town
    page: Page
    watch: Watch
    width: int
    scripts: bool
    language: str = "de"

    # --- going ------------------------------------------------------------------------------

    def go(self, path: str, *, expect: int = 200) -> Walker:
        answer = self.page.goto(path if path.startswith("http") else self.town.page(path))
        assert answer is not None
        assert answer.status == expect, f"{answer.status} on {path}: {self.text()[:400]}"
        return self.look()

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> Walker:
        link = (within or self.page).get_by_role("link", name=name).first
        with self.page.expect_navigation():
            link.click()
        return self.look()

    def press(self, name: str, *, within: Locator | None = None, exact: bool = True) -> Walker:
        button = (within or self.page.locator("main")).get_by_role(
            "button", name=re.compile(rf"^{re.escape(name)}" + (r"(\s*:.*)?$" if exact else ""))
        )
        with self.page.expect_navigation():
            button.first.click()
        return self.look()

    def navigate(self, name: str) -> Walker:
        """Use the main navigation, which small screens fold into a menu."""
        if self.width < 700:
            self.page.get_by_role("banner").get_by_text("Menü", exact=True).click()
        banner = self.page.get_by_role("banner")
        link = banner.get_by_role("link", name=name, exact=True).locator("visible=true").first
        with self.page.expect_navigation():
            link.click()
        return self.look()

    def sign_in_as(self, function: str) -> Walker:
        self.go("/de/konto/anmelden-als/")
        return self.press(function, exact=False)

    # --- writing ----------------------------------------------------------------------------

    def box(self, label: str) -> Locator:
        wanted = re.compile(rf"^\s*{re.escape(label)}(\s*\(freiwillig\))?\s*$")
        return self.page.locator("main").get_by_label(wanted)

    def fill(self, answers: dict[str, str | int | date | datetime | bool]) -> Walker:
        for label, value in answers.items():
            box = self.box(label)
            assert box.count() >= 1, f"no field “{label}” on {self.page.url}: {self.text()[:600]}"
            box = box.first
            if isinstance(value, bool):
                box.set_checked(value)
            elif isinstance(value, datetime):
                box.fill(value.strftime("%Y-%m-%dT%H:%M"))
            elif isinstance(value, date):
                box.fill(value.isoformat())
            elif box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(label=str(value))
            else:
                box.fill(str(value))
        return self

    def tick(self, group: str, *choices: str) -> Walker:
        """Choose among the answers of one question."""
        question = self.page.get_by_role("group", name=re.compile(rf"^{re.escape(group)}"))
        for choice in choices:
            box = question.get_by_label(choice, exact=True)
            if not box.count():  # the label goes on with what the choice means
                box = question.get_by_label(re.compile(rf"^\s*{re.escape(choice)}"))
            box.check()
        return self

    def go_where_it_waits(self, words: str) -> Locator:
        """What came in, in whichever process: other journeys prepare processes in the same town."""
        self.go("/de/arbeit/beteiligung/")
        rooms = self.page.get_by_role("link", name="Eingegangenes lesen").all()
        for room in [link.get_attribute("href") for link in rooms]:
            if words in self.go(room).text():
                break
        return self.page.get_by_role("listitem").filter(has_text=words).first

    # --- reading ----------------------------------------------------------------------------

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def reads(self, *sentences: str) -> Walker:
        text = " ".join(self.page.locator("body").inner_text().split())
        for sentence in sentences:
            assert sentence in text, f"“{sentence}” is not on {self.page.url}: {text[:1500]}"
        return self

    def misses(self, *sentences: str) -> Walker:
        text = " ".join(self.page.locator("body").inner_text().split())
        for sentence in sentences:
            assert sentence not in text, f"“{sentence}” is on {self.page.url}"
        return self

    def until_reads(self, sentence: str) -> Walker:
        """Look again until it is there: a public page may be a second old."""
        return self._again(lambda text: sentence in text, f"“{sentence}” did not come")

    def until_misses(self, sentence: str) -> Walker:
        """Look again until it is gone: the worker takes its time, and the page says so."""
        return self._again(lambda text: sentence not in text, f"“{sentence}” did not go")

    def _again(self, is_so: Callable[[str], bool], problem: str) -> Walker:
        until = time.monotonic() + 120
        while not is_so(" ".join(self.text().split())):
            assert time.monotonic() < until, f"{problem} on {self.page.url}: {self.text()[:800]}"
            self.page.wait_for_timeout(250)
            self.page.reload()
        return self.look()

    def thread(self) -> list[str]:
        """The stations of the golden thread on this page, in their order."""
        return [
            " ".join(one.inner_text().split())
            for one in self.page.locator("main ol.thread > li.station").all()
        ]

    def row(self, text: str) -> Locator:
        """A row of a register, on whichever of its pages it is."""
        while not (found := self.page.get_by_role("row").filter(has_text=text)).count():
            self.follow(re.compile("^Weiter"))
        return found

    # --- looking ----------------------------------------------------------------------------

    def look(self) -> Walker:
        """Look at the page from all sides; each kind of page once per width and state."""
        page = self.page
        where = urlsplit(page.url).path
        headings = page.get_by_role("heading", level=1)
        assert headings.count() == 1, f"{headings.count()} first headings on {where}"
        assert page.title().strip(" –"), f"no title on {where}"
        shown = page.evaluate(
            "() => [document.documentElement.lang, document.documentElement.scrollWidth,"
            " document.documentElement.clientWidth]"
        )
        assert shown[0] == self.language, f"{where} says it is {shown[0]}"
        if shown[1] > shown[2]:
            self.watch.problems.append(
                f"{where} scrolls sideways ({shown[1]} > {shown[2]}): {self._too_wide()}"
            )
        if self.language == "de":
            words = page.evaluate(GERMAN_WORDS)
            for found in ENGLISH.finditer(words):
                around = words[max(0, found.start() - 40) : found.end() + 40]
                self.watch.problems.append(f"English on {where}: …{around}…")
                break
        self._take_picture(where)
        if self.scripts:
            self._ask_axe(where)
        return self

    def _too_wide(self) -> list[str]:
        return self.page.evaluate(
            """() => {
              const edge = document.documentElement.clientWidth + 1;
              return [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > edge).slice(0, 4)
                .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 40)}`);
            }"""
        )

    def _kind(self, where: str) -> str:
        """A page without its identifiers: the same page with other content is looked at once."""
        found = r"/([0-9b-df-hj-np-tv-z]{8}|\d+|[\w%:.-]{20,}|[A-Z0-9-]{14})(?=[/.]|$)"
        return re.sub(found, "/…", where)

    def _ask_axe(self, where: str) -> None:
        outline = self.page.evaluate(
            "() => [...document.querySelectorAll('main form, main ol, main [role=alert]')].length"
        )
        look = (self._kind(where), self.width, str(min(outline, 3)))
        if look in LOOKED:
            return
        LOOKED.add(look)
        self._report_axe(where)
        if len(LOOKED) % 6 == 1:  # every sixth page also as people see it at night
            self.page.emulate_media(color_scheme="dark")
            self._report_axe(f"{where} (dark)")
            self.page.emulate_media(color_scheme="light")

    def _report_axe(self, where: str) -> None:
        for found in Axe().run(self.page).response["violations"]:
            nodes = [f"{n['html'][:160]} {n['any'][:1]}" for n in found["nodes"][:2]]
            self.watch.problems.append(f"axe on {where}: {found['id']}: {found['help']}: {nodes}")

    def _take_picture(self, where: str) -> None:
        folder = os.environ.get("MITEINANDER_SHOTS")
        if not folder:
            return
        name = re.sub(r"[^\w]+", "-", self._kind(where).replace("…", "x")).strip("-") or "home"
        kind = "js" if self.scripts else "plain"
        for number in range(1, 5):
            file = Path(folder) / f"{self.width}-{kind}" / f"{name}-{number}.png"
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=file, full_page=True)
                return


@dataclass(slots=True)
class Company:
    """Everybody in one walk, each with a browser of their own, watched together."""

    town: Town
    browser: Browser
    width: int
    scripts: bool
    watch: Watch

    def somebody(self, language: str = "de") -> Walker:
        context = self.browser.new_context(
            viewport={"width": self.width, "height": HEIGHT.get(self.width, 900)},
            java_script_enabled=self.scripts,
            locale="de-DE",
            reduced_motion="reduce",
        )
        context.set_default_timeout(8_000)
        context.set_default_navigation_timeout(20_000)
        self.watch.on(context)
        return Walker(self.town, context.new_page(), self.watch, self.width, self.scripts, language)


@contextmanager
def company(town: Town, browser: Browser, width: int, *, scripts: bool = True) -> Iterator[Company]:
    """Walk, then say everything that was wrong on the way, not only the first thing."""
    watch = Watch(urlsplit(town.address).netloc)
    walkers = Company(town, browser, width, scripts, watch)
    try:
        yield walkers
    finally:
        for context in browser.contexts:
            context.close()
    assert not watch.problems, "\n" + "\n".join(dict.fromkeys(watch.problems))
