"""Static files: kept by browsers for good, under an address that changes with them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from miteinander.config import static as files
from miteinander.config.middleware import POLICY

SHEET = "vendor/miteinander.css"


def get(path, **environ):
    said = []
    application = files.StaticFiles(lambda _environ, _start: [b"from Django"])
    body = application(
        {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": io.BytesIO(), **environ},
        lambda *line: said.extend(line),
    )
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return (said or [""])[0], dict(said[1]) if said else {}, content


def content_of(name):
    return Path(finders.find(name)).read_bytes()


def test_an_address_holds_the_digest_and_is_kept_for_good():
    assert static(SHEET) == f"/static/{files.digest()}/{SHEET}"
    status, headers, body = get(static(SHEET))
    assert (status, body) == ("200 OK", content_of(SHEET))
    assert "immutable" in headers["Cache-Control"]
    assert "max-age=315360000" in headers["Cache-Control"]


@pytest.mark.parametrize("where", ["/static/", "/static/0123456789ab/"])
def test_another_digest_finds_the_present_file_for_an_hour(where):
    _status, headers, body = get(where + SHEET)
    assert body == content_of(SHEET)
    assert headers["Cache-Control"] == "max-age=3600, public"


@pytest.mark.parametrize(("encoding", "module"), [("br", brotli), ("gzip", gzip)])
def test_browsers_get_the_copies_that_were_compressed_beforehand(encoding, module):
    _status, headers, body = get(static(SHEET), HTTP_ACCEPT_ENCODING=encoding)
    assert headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in headers["Vary"]
    assert module.decompress(body) == content_of(SHEET)


def test_every_sheet_and_script_from_the_asset_step_has_its_copies():
    made = [n for n in files._files() if n.startswith("vendor/") and n.endswith((".css", ".js"))]
    assert made
    assert [name for name in made if not finders.find(f"{name}.br")] == []


def test_a_static_file_carries_the_policy_and_answers_304():
    _status, headers, _body = get(static(SHEET))
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, _headers, body = get(static(SHEET), HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")


@pytest.mark.parametrize(
    "path",
    ["/static/fehlt.css", "/static/../settings.py", "/static/", "/de/", "/static//etc/hosts"],
)
def test_what_is_no_static_file_goes_on_to_django(path):
    assert get(path)[2] == b"from Django"


def test_the_digest_changes_with_every_name_and_every_byte(monkeypatch, tmp_path):
    def digest_of(**named):
        for name, content in named.items():
            (tmp_path / name).write_text(content)
        monkeypatch.setattr(files, "_files", lambda: {n: str(tmp_path / n) for n in named})
        return files.digest.__wrapped__()

    found = [digest_of(a="1"), digest_of(a="2"), digest_of(b="1"), digest_of(a="1", b="")]
    assert len(set(found)) == 4
    assert digest_of(a="1") == found[0]


def test_whoever_works_on_the_files_sees_each_change(settings):
    settings.DEBUG = True
    assert static(SHEET) == f"/static/{SHEET}"
    _status, headers, body = get(f"/static/{SHEET}")
    assert body == content_of(SHEET)
    assert headers["Cache-Control"] == "max-age=0, public"
