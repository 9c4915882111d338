"""Log lines carry no person, no address and no receipt."""

import json
import logging
import threading

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from miteinander.core.logs import JsonLines, RequestCounts


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


def test_answers_from_memory_are_counted_by_kind(caplog):
    log = logging.getLogger("miteinander.requests")
    together = RequestCounts(log)
    with caplog.at_level(logging.INFO, log.name):
        for status in (304, 200, 304):
            together.note(("public:ä", "GET", status))
        together.write()
        together.write()  # nothing is left, and nothing is said
    shown = [line(record) for record in caplog.records]

    assert [(each["route"], each["status"], each["count"]) for each in shown] == [
        ("public:ä", 304, 2),
        ("public:ä", 200, 1),
    ]


def test_what_was_noted_is_written_by_itself_a_moment_later(monkeypatch):
    written = threading.Event()
    together = RequestCounts(logging.getLogger("miteinander.requests"))
    monkeypatch.setattr(together, "EVERY", 0.001)
    monkeypatch.setattr(together, "write", written.set)
    together.note(("public:home", "GET", 200))
    assert written.wait(10)
