"""Doing two things at the same moment, on either database."""

from __future__ import annotations

import threading
import time

from django.db import OperationalError, connection


def at_once(*functions):
    """Run functions in threads that start together; returns results or exceptions, in order."""
    ready = threading.Barrier(len(functions))
    outcomes = [None] * len(functions)

    def run(place, function):
        ready.wait()
        try:
            outcomes[place] = _patiently(function)
        except Exception as problem:  # noqa: BLE001 -- the test looks at it
            outcomes[place] = problem
        finally:
            connection._close()  # in memory, Django's own close() leaves it open

    threads = [
        threading.Thread(target=run, args=(place, function))
        for place, function in enumerate(functions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _patiently(function):
    """In memory, SQLite does not wait for a lock as it does for a file: so we wait here."""
    for _attempt in range(400):
        try:
            return function()
        except OperationalError as problem:
            if "locked" not in str(problem):
                raise
            connection._close()
            connection.connection = None
            time.sleep(0.005)
    raise AssertionError("the lock was never released")
