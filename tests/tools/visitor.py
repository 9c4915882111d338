"""Start a server, visit it as a browser would on a first look, write what came; run as a script.

    python visitor.py COMMAND…

Apart from pytest, so that it can run where there is no network: with `unshare` both the server
and its visitor are in a place that has nothing but its own loopback.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import re
import socket
import struct
import subprocess
import sys
from urllib.parse import urljoin
from urllib.request import ProxyHandler, build_opener

START = "/de/"
STOPS = {
    "home": None,
    "implementation": r'href="(/de/umsetzung/)"',
    "measure": r'href="(/de/massnahme/[^"/]+/)"',
    "sheet of the design system": r'href="(/static/[^"]*kern[^"]*\.css)"',
    "sheet of ours": r'href="(/static/[^"]*miteinander[^"]*\.css)"',
    "font": r'url\("?([^")]*latin-400[^")]*\.woff2)',
    "script": r'src="(/static/[^"]*main[^"]*\.js)"',
}
"""What is visited, and where earlier stops link to it."""


def main() -> None:
    with contextlib.suppress(PermissionError):
        _loopback_up()
    server = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        if not line:
            sys.exit("the server did not start")
        address = json.loads(line)["address"]
        sys.stdout.write(json.dumps(_visit(address)))
    finally:
        server.terminate()
        server.wait(timeout=30)


def _loopback_up() -> None:
    """A new network namespace has a loopback that is switched off."""
    get_flags, set_flags, up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sH14x", b"lo", 0)
        (flags,) = struct.unpack_from("H", fcntl.ioctl(any_socket, get_flags, asked), 16)
        if not flags & up:
            fcntl.ioctl(any_socket, set_flags, struct.pack("16sH14x", b"lo", flags | up))


def _visit(address: str) -> dict[str, list[object]]:
    """Return path, status, type and digest of every stop; links are found on earlier stops."""
    opener = build_opener(ProxyHandler({}))
    seen: dict[str, list[object]] = {}
    read: dict[str, str] = {}
    for name, pattern in STOPS.items():
        path = START if pattern is None else _link(pattern, read)
        if path is None:
            sys.exit(f"nobody links to the {name}")
        with opener.open(urljoin(address, path), timeout=20) as answer:
            body, headers = answer.read(), answer.headers
        digest = hashlib.sha256(body).hexdigest()
        seen[name] = [path, answer.status, headers["Content-Type"], digest]
        if headers.get_content_maintype() == "text":
            read[path] = body.decode()
    return seen


def _link(pattern: str, read: dict[str, str]) -> str | None:
    found = (
        (urljoin(path, match[1]))
        for path, text in read.items()
        if (match := re.search(pattern, text))
    )
    return next(found, None)


if __name__ == "__main__":
    main()
