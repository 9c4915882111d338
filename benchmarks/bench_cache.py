"""Kept pages against the same server's static files of the same size, and against making them.

python benchmarks/bench_cache.py
"""

from __future__ import annotations

import os
import statistics
import time

import brotli

from common import Verdicts, start_django
from serving import Connection, per_second, request_for, served

ROUNDS, COUNT = 15, 1200


def main() -> None:
    folder = start_django(MITEINANDER_LANGUAGES="de,en")
    from django.utils import timezone
    from django.utils.translation import override

    from miteinander.core.models import Thing
    from miteinander.example.load import load

    load(at=timezone.now())
    with override("de"):
        things = Thing.objects.filter(is_public=True).order_by("pk")
        pages = {
            "home": "/de/",
            "field (30 measures)": things.get(
                kind="field", title="Sprache und Bildung"
            ).get_absolute_url(),
            "implementation (70 measures)": "/de/umsetzung/",
        }
    static = folder / "bench-static"
    static.mkdir()
    os.environ |= {"BENCH_STATIC": str(static), "DJANGO_SETTINGS_MODULE": "bench_settings"}

    verdicts = Verdicts("Brotli: size and time of the largest page, by quality")
    with served(folder) as port:
        found = {name: fetched(port, path) for name, path in pages.items()}
    largest = max((brotli.decompress(body) for _headers, body in found.values()), key=len)
    for quality in (1, 4, 5, 6, 9, 11):
        began = time.perf_counter()
        for _time in range(5):
            size = len(brotli.compress(largest, quality=quality))
        spent = (time.perf_counter() - began) / 5 * 1000
        verdicts.figure(f"quality {quality}", f"{size:6d} bytes {spent:8.2f} ms")

    print("Kept pages against a static file of as many bytes, answers per second")
    for body in (body for _headers, body in found.values()):
        # What cannot be compressed further, so that the server sends it as it is.
        (static / f"{len(body)}.bin").write_bytes(os.urandom(len(body)))
    with served(folder) as port:
        for name, path in pages.items():
            # The new files have changed the digest in the page, and so its size by some bytes.
            size = len(found[name][1])
            headers, body = fetched(port, path)
            assert abs(len(body) - size) < size / 50
            compare(verdicts, port, name, path, f"/static/{size}.bin", headers)
    with served(folder) as port, served(folder, MITEINANDER_PAGE_CACHE_MB="0") as without:
        for name, path in pages.items():
            kept = per_second(port, request_for(path), count=COUNT, status=200)
            made = per_second(without, request_for(path), count=80, status=200)
            verdicts.figure(
                f"{name}: kept against made", f"{kept:8.0f} / {made:5.0f} = {kept / made:.0f} ×"
            )
    verdicts.end()


def fetched(port: int, path: str) -> tuple[dict[str, str], bytes]:
    with Connection(port) as connection:
        connection.send(request_for(path))
        status, headers, body, _wire = connection.receive()
    assert status == 200, (path, status)
    return headers, body


def compare(  # noqa: PLR0917 -- all of them belong to one comparison
    verdicts: Verdicts, port: int, name: str, page: str, file: str, headers: dict[str, str]
) -> None:
    """Rounds in turn, so that what slows the machine slows both; the median of the ratios."""
    tag = fetched(port, file)[0]["etag"]
    for label, of_page, of_file, status in (
        ("", request_for(page), request_for(file), 200),
        (
            ", 304",
            request_for(page, If_None_Match=headers["etag"]),
            request_for(file, If_None_Match=tag),
            304,
        ),
    ):
        ratios, rates = [], []
        for number in range(ROUNDS + 1):
            kept = per_second(port, of_page, count=COUNT, status=status)
            plain = per_second(port, of_file, count=COUNT, status=status)
            if number:  # warmed up
                ratios.append(kept / plain)
                rates.append((kept, plain))
        kept, plain = (statistics.median(each) for each in zip(*rates, strict=True))
        verdicts.ratio(
            f"{name}{label}: {kept:.0f} against {plain:.0f}", statistics.median(ratios), least=1.0
        )


if __name__ == "__main__":
    main()
