"""Static files, in front of Django: their address holds a digest, so browsers keep them for good.

The digest stands in the path (``/static/3f2a91c07be4/vendor/miteinander.css``), one for all
files. So style sheets, fonts and modules go on naming one another relatively, nothing is
rewritten, and nothing has to be collected before the start: the files are served from where the
wheel has put them, with the compressed copies that the asset step laid beside them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise import WhiteNoise

from miteinander.config.middleware import POLICY

COMPRESSED = (".br", ".gz")
_WITH_DIGEST = re.compile(r"/static/[0-9a-f]{12}/")


def _files() -> dict[str, str]:
    """Where every static file lies, by its name; of two with the same name the first counts."""
    found: dict[str, str] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            found.setdefault(name.replace("\\", "/"), storage.path(name))
    return found


@cache
def digest() -> str:
    """One digest over all names and contents: the same on every node with the same program."""
    taken = hashlib.sha256()
    for name, path in sorted(_files().items()):
        if not name.endswith(COMPRESSED):
            with open(path, "rb") as file:  # noqa: PTH123 -- as finders give it
                taken.update(f"{name}\0".encode() + hashlib.sha256(file.read()).digest())
    return taken.hexdigest()[:12]


class WithDigest(StaticFilesStorage):
    """What ``{% static %}`` writes. While somebody works on the files, addresses are plain."""

    def url(self, name: str | None) -> str:
        plain = super().url(name)
        if settings.DEBUG:
            return plain
        return f"{settings.STATIC_URL}{digest()}/{plain.removeprefix(settings.STATIC_URL)}"


class StaticFiles(WhiteNoise):  # type: ignore[misc]  # the package has no types
    """Serves the files under the present digest for ever, under any other name for an hour.

    A page that was loaded before an upgrade still asks under the digest of that day, and while
    nodes are upgraded one after another each may be asked for the files of the other.
    """

    def __init__(self, application: Any) -> None:
        self.prefix = settings.STATIC_URL
        super().__init__(
            application,
            autorefresh=settings.DEBUG,
            max_age=0 if settings.DEBUG else 3600,
            allow_all_origins=False,
            immutable_file_test=lambda _path, url: bool(_WITH_DIGEST.match(url)),
            add_headers_function=_guard,
        )
        if not settings.DEBUG:
            for name, path in _files().items():
                self.add_file_to_dictionary(f"{settings.STATIC_URL}{name}", path)
                self.add_file_to_dictionary(f"{settings.STATIC_URL}{digest()}/{name}", path)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(self.prefix):
            answer: Iterable[bytes] = self.application(environ, start_response)
            return answer
        if path not in self.files:
            environ["PATH_INFO"] = _WITH_DIGEST.sub(self.prefix, path)
        served: Iterable[bytes] = super().__call__(environ, start_response)
        return served

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Look the file up anew each time; only asked while somebody works on the files."""
        if found := finders.find(url.removeprefix(settings.STATIC_URL)):
            yield found


def _guard(headers: Any, _path: str, _url: str) -> None:
    """Set what every answer carries; a drawing that is opened by itself is a page, too."""
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
