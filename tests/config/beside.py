"""A third program on the database of two servers: does what it is told, by real actions.

Started by test_pagecache_on_two_servers.py with the servers' own environment.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 -- needs the settings
from django.utils.translation import override  # noqa: E402 -- as above

from miteinander.participation import actions as participation  # noqa: E402 -- as above
from miteinander.process import actions as process_actions  # noqa: E402 -- as above
from tests import factories as make  # noqa: E402 -- as above


def main() -> None:
    town = make.MunicipalityFactory(host=None)
    process = make.ProcessFactory(municipality=town)
    call = make.CallFactory(process=process)
    by = make.coordinator(town)
    with override("de"):
        say(process=process.get_absolute_url(), call=call.get_absolute_url())
    for line in sys.stdin:
        word, _space, text = line.strip().partition(" ")
        if word == "milestone":
            process_actions.set_milestone(
                process, title=text, on=timezone.localdate(), by=by, at=timezone.now()
            )
        elif word == "contribute":
            participation.submit_contribution(
                call, text=text, may_publish=True, language="de", page_language="de",
                form_key=text, by=by, at=timezone.now(),
            )  # fmt: skip
        elif word == "closing":  # no action does this without a public event, and that is the point
            closes_at = timezone.now() + dt.timedelta(seconds=float(text))
            type(call).objects.filter(pk=call.pk).update(closes_at=closes_at)
        say(done=word)


def say(**what: str) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


main()
