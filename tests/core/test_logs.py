"""Log lines carry no person, no address and no receipt."""

import json
import logging
import threading
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from miteinander.core.logs import JsonLines, RequestLines


def line(record):
    return json.loads(JsonLines().format(record))


def test_an_unknown_field_does_not_reach_the_log():
    record = logging.LogRecord("miteinander.x", logging.INFO, "", 0, "done", None, None)
    record.email = "jemand@stadt.example"
    record.count = 3

    assert line(record).get("count") == 3
    assert "jemand" not in JsonLines().format(record)


def test_a_failure_on_a_receipt_page_does_not_log_the_receipt():
    seen = []

    class Keep(logging.Handler):
        def emit(self, record):
            seen.append(JsonLines().format(record))

    handler = Keep()
    logging.getLogger("django.request").addHandler(handler)
    try:
        request = RequestFactory().get("/de/quittung/M4RK-7TZW-0QHA/")
        response = HttpResponse(status=500)
        log_response(
            "%s: %s", "Internal Server Error", request.path, response=response, request=request
        )
    finally:
        logging.getLogger("django.request").removeHandler(handler)

    assert len(seen) == 1
    assert "M4RK" not in seen[0]
    assert json.loads(seen[0])["message"] == "Internal Server Error"


def test_lines_written_together_are_the_lines_written_one_by_one(caplog):
    log = logging.getLogger("miteinander.requests")
    together = RequestLines(log)
    with caplog.at_level(logging.INFO, log.name):
        log.info(
            "request",
            extra={"route": "public:ä", "method": "GET", "status": 304, "milliseconds": 1.3},
        )
        for _each in range(3):
            together.note("public:ä", "GET", 304, 0.00125)
        together.write()
        together.write()  # nothing is left, and nothing is said
    single, many = caplog.records
    shown = [json.loads(line) for line in JsonLines().format(many).split("\n")]
    expected = json.loads(JsonLines().format(single))
    for line in (expected, *shown):
        assert abs(datetime.now(UTC) - datetime.fromisoformat(line.pop("at"))) < timedelta(
            minutes=1
        )
    assert shown == [expected | {"milliseconds": 1.2}] * 3
    assert list(shown[0]) == list(expected)


def test_what_was_noted_is_written_by_itself_a_moment_later(monkeypatch):
    written = threading.Event()
    together = RequestLines(logging.getLogger("miteinander.requests"))
    monkeypatch.setattr(together, "EVERY", 0.001)
    monkeypatch.setattr(together, "write", written.set)
    together.note("public:home", "GET", 200, 0.001)
    assert written.wait(10)
