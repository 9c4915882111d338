"""The asset step: everything the pages need that is made or fetched, never committed.

    python tools/assets.py

It takes KERN (unmodified) from a pinned, hash-checked wheel, mirrors its stylesheet for
right-to-left pages, subsets Fira Sans, copies htmx, joins our own style sheets into one file,
compresses what browsers load, and compiles the message catalogues.
The wheel is downloaded once into build/wheels; afterwards nothing needs a network. When
nothing has changed the step ends after a look at a few digests.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import importlib.resources
import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "miteinander"
VENDOR = PACKAGE / "ui" / "static" / "vendor"
WHEELS = ROOT / "build" / "wheels"
PINS = ROOT / "requirements" / "assets.txt"
STAMP = ROOT / "build" / "assets.json"  # beside the files it would be served with them

KERN = "mkdocs_kern_ux/kern-ux/vendor/kern/"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
# A browser fetches a script's file only when a page shows that script (unicode-range).
SCRIPTS = {
    "latin": (
        "U+20-7E, U+A0-17F, U+18F, U+1A0-1A1, U+1AF-1B0, U+1E6-1E7, U+218-21B, U+259, U+2BC, "
        "U+2C6-2DD, U+300-304, U+306-30C, U+31B, U+323, U+327-328, U+1E02-1EF9, U+2010-2015, "
        "U+2018-201E, U+2020-2022, U+2026, U+202F-2030, U+2032-2033, U+2039-203A, U+2044, "
        "U+20AC, U+2116, U+2122, U+2190-2199, U+2212, U+2248, U+2260, U+2264-2265, U+2713"
    ),
    "cyrillic": "U+400-45F, U+490-491",
}
# Until Fira Sans is there, browsers show Arial or its twin in the same size: nothing moves when
# it comes. Our sheet names this family second. Measured on German text with both fonts.
STAND_IN = "Stand-in for Fira Sans"
LIKE_ARIAL = {
    400: "size-adjust: 102.1%; ascent-override: 91.6%; descent-override: 26%",
    600: "size-adjust: 95.7%; ascent-override: 97.7%; descent-override: 27.7%",
}
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "lnum", "tnum"]
# The Open Font License reserves the name "Fira Sans" for the unmodified files. A subset is
# a modified file, so it carries another name inside; fonts.css maps it to the one KERN asks for.
OWN_FONT_NAME = "Miteinander Sans"
# Pictures that point somewhere point the other way on a right-to-left page.
DIRECTED_ICONS = (
    "arrow-back",
    "arrow-forward",
    "chevron-left",
    "chevron-right",
    "keyboard-double-arrow-left",
    "keyboard-double-arrow-right",
    "logout",
    "open-in-new",
)


def main() -> int:
    """Make what is missing or out of date."""
    wanted = fingerprint()
    if not is_made(wanted):
        print("Making the assets …", file=sys.stderr)
        with zipfile.ZipFile(kern_wheel()) as wheel:
            made = [*take_kern(wheel), *subset_fonts(wheel)]
        made.append(take_htmx())
        remember(wanted, made)
    compile_catalogues()
    join_styles()
    return 0


# --- whether anything is to do ----------------------------------------------------------


def fingerprint() -> str:
    """Digest of everything the vendor folder is made from, cheap enough to take every time."""
    digest = hashlib.sha256()
    digest.update(PINS.read_bytes())
    digest.update(Path(__file__).read_bytes())
    for name in ("django-htmx", "fonttools", "tinycss2"):
        digest.update(importlib.metadata.version(name).encode())
    return digest.hexdigest()


def is_made(wanted: str) -> bool:
    if not STAMP.exists():
        return False
    stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    return stamp["from"] == wanted and all((VENDOR / name).exists() for name in stamp["files"])


def remember(wanted: str, made: list[Path]) -> None:
    files = sorted(str(path.relative_to(VENDOR)) for path in made)
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(json.dumps({"from": wanted, "files": files}, indent=1), encoding="utf-8")


def put(name: str, content: bytes) -> Path:
    path = VENDOR / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if path.suffix in {".css", ".js"}:
        compress(path)
    return path


def compress(path: Path) -> None:
    """Put compressed copies beside a file; the server hands them out as they are."""
    import brotli  # deferred: only needed when there is something to make

    content = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(content))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


# --- KERN -------------------------------------------------------------------------------


def kern_wheel() -> Path:
    """Return the pinned wheel; fetch it when it is not there yet. pip checks its digest."""
    pinned = PINS.read_text(encoding="utf-8")
    WHEELS.mkdir(parents=True, exist_ok=True)
    for wheel in WHEELS.glob("mkdocs_kern_ux-*.whl"):
        if hashlib.sha256(wheel.read_bytes()).hexdigest() in pinned:
            return wheel
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
    fetched = subprocess.run([*command, "-r", str(PINS), "-d", str(WHEELS)], check=False)
    if fetched.returncode:
        sys.exit(
            "The design system could not be downloaded (see above). It is needed once: connect "
            "this machine to a package index, or put the wheel into build/wheels by hand."
        )
    return kern_wheel()


def take_kern(wheel: zipfile.ZipFile) -> list[Path]:
    css = wheel.read(KERN + "kern.min.css")
    return [
        put("kern/kern.css", css),
        put("kern/LICENSE.md", wheel.read(KERN + "LICENSE.md")),
        put("kern/VERSION", wheel.read(KERN + "VERSION")),
        put("kern/kern-rtl.css", mirror(css.decode("utf-8")).encode("utf-8")),
    ]


def mirror(css: str) -> str:
    """Return the stylesheet as seen in a mirror, for pages that run from right to left."""
    import tinycss2  # deferred: only needed when there is something to make

    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    icons = ",".join(f".kern-icon--{name}" for name in DIRECTED_ICONS)
    return "".join(_mirrored(rule) for rule in rules) + f"{icons}{{transform:scaleX(-1)}}"


def _mirrored(rule) -> str:  # noqa: ANN001 -- tinycss2 has no types
    import tinycss2  # deferred: as above

    if rule.type == "error":
        sys.exit(f"KERN's stylesheet cannot be read: {rule.message}")
    if rule.content is None:
        return rule.serialize()
    head = tinycss2.serialize(rule.prelude)
    if rule.type == "at-rule":
        head = f"@{rule.at_keyword}{head}"
    if rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports", "keyframes"}:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        return f"{head}{{{''.join(_mirrored(each) for each in inner)}}}"
    lines = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    for line in lines:
        if line.type != "declaration":
            sys.exit(f"KERN's stylesheet holds something new to us: {line.serialize()[:80]}")
    # A turned box is a drawing (the tick in a check box, the loader): a mirror would break it.
    drawing = any(line.lower_name == "transform" and _turns(line) for line in lines)
    return f"{head}{{{';'.join(_line(line, keep=drawing) for line in lines)}}}"


def _turns(declaration) -> bool:  # noqa: ANN001 -- as above
    return any(t.type == "function" and t.lower_name == "rotate" for t in declaration.value)


def _line(declaration, *, keep: bool) -> str:  # noqa: ANN001 -- as above
    import tinycss2  # deferred: as above

    name, value = declaration.name, tinycss2.serialize(declaration.value).strip()
    important = "!important" if declaration.important else ""
    if not keep and not name.startswith("--"):
        name, value = mirror_declaration(name, value)
    return f"{name}:{value}{important}"


def mirror_declaration(name: str, value: str) -> tuple[str, str]:
    """Swap left and right in one declaration.

    >>> mirror_declaration("margin-left", "1rem")
    ('margin-right', '1rem')
    >>> mirror_declaration("padding", "1px 2px 3px calc(1px + 4px)")
    ('padding', '1px calc(1px + 4px) 3px 2px')
    """
    other = {"left": "right", "right": "left"}
    if name in {"text-align", "float", "clear"}:
        return name, other.get(value, value)
    parts = re.findall(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+", value)
    if len(parts) == 4:
        top, right, bottom, left = parts
        if name in {"margin", "padding", "inset", "border-width", "border-color", "border-style"}:
            value = f"{top} {left} {bottom} {right}"
        elif name == "border-radius" and "/" not in value:
            value = f"{right} {top} {left} {bottom}"
    return re.sub(r"\b(left|right)\b", lambda side: other[side[0]], name), value


# --- fonts ------------------------------------------------------------------------------


def subset_fonts(wheel: zipfile.ZipFile) -> list[Path]:
    made = [put("fonts/OFL.txt", wheel.read(KERN + "fonts/fira-sans/OFL.txt"))]
    faces = []
    for style, weight in WEIGHTS.items():
        original = wheel.read(f"{KERN}fonts/fira-sans/FiraSans-{style}.woff2")
        for script, characters in SCRIPTS.items():
            name = f"fonts/{script}-{weight}.woff2"
            made.append(put(name, subset(original, characters, style)))
            faces.append(
                f'@font-face {{ font-family: "Fira Sans"; font-weight: {weight}; '
                f'font-display: swap; src: url("{name}") format("woff2"); '
                f"unicode-range: {characters}; }}\n"
            )
        bold = " Bold" if weight > 500 else ""
        local = ", ".join(f'local("{name}{bold}")' for name in ("Arial", "Liberation Sans"))
        faces.append(
            f'@font-face {{ font-family: "{STAND_IN}"; font-weight: {weight}; src: {local}; '
            f"{LIKE_ARIAL[weight]}; line-gap-override: 0%; "
            f"unicode-range: {', '.join(SCRIPTS.values())}; }}\n"
        )
    return [*made, put("fonts.css", "".join(faces).encode("ascii"))]


def subset(font: bytes, characters: str, style: str) -> bytes:
    """Keep the named characters of a font, and put our own name into it."""
    from fontTools import subset as tools  # deferred: slow to import, only needed here

    options = tools.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14]
    )
    loaded = tools.load_font(BytesIO(font), options)
    wanted = tools.parse_unicodes(characters.replace(" ", "").replace("U+", ""))
    worker = tools.Subsetter(options)
    worker.populate(unicodes=wanted)
    # The files say version 3 of OS/2 but use bits of version 4; the version is what is wrong.
    loaded["OS/2"].version = max(loaded["OS/2"].version, 4)
    worker.subset(loaded)
    for record in loaded["name"].names:
        if record.nameID in {1, 4, 6}:
            full = f"{OWN_FONT_NAME} {style}"
            record.string = full.replace(" ", "-") if record.nameID == 6 else full
    result = BytesIO()
    tools.save_font(loaded, result, options)
    return result.getvalue()


# --- htmx and catalogues ------------------------------------------------------------------


def take_htmx() -> Path:
    source = importlib.resources.files("django_htmx") / "static/django_htmx/htmx-2.min.js"
    return put("htmx.min.js", source.read_bytes())


def join_styles() -> None:
    """Write the one sheet that pages link, when a source or the joining code is newer."""
    target, fonts = VENDOR / "miteinander.css", VENDOR / "fonts.css"
    ours = PACKAGE / "ui"
    sources = [fonts, *(ours / "static/ui/css").glob("*.css"), *ours.glob("*.py")]
    if target.exists() and all(s.stat().st_mtime_ns < target.stat().st_mtime_ns for s in sources):
        return
    from miteinander.ui.bundle import bundle  # deferred: only needed when a source changed

    bundle(target, fonts=fonts)
    compress(target)


def compile_catalogues() -> None:
    """Compile every catalogue that is newer than its compiled file."""
    for text in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")):
        compiled = text.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= text.stat().st_mtime_ns:
            continue
        from babel.messages.mofile import write_mo  # deferred: only needed when one changed
        from babel.messages.pofile import read_po  # deferred: as above

        with text.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        draft = compiled.with_suffix(".mo.draft")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(compiled)  # a running server never reads half a catalogue


if __name__ == "__main__":
    sys.exit(main())
