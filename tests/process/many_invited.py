"""Beside the test: one town whose body has five hundred seats, and the invitation to its meeting.

python -m tests.process.many_invited found        the town, ready to invite
python -m tests.process.many_invited stop         invites, and stops before the commit
python -m tests.process.many_invited invite       invites
"""

from __future__ import annotations

import datetime as dt
import sys

MANY = 500


def main(what: str) -> None:
    import django

    django.setup()
    if what == "found":
        found()
    else:
        invite(stop=what == "stop")


def found(many: int = MANY) -> None:
    from django.core.management import call_command
    from django.db import transaction

    from miteinander.community.models import Consent, Person, Seat
    from tests import factories as make

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        town = make.MunicipalityFactory(host=None)
        make.MembershipFactory(municipality=town, role="coordinator")
        body = make.BodyFactory(municipality=town)
        people = Person.objects.bulk_create(
            Person(
                municipality=town,
                name=f"Person {number}",
                function=f"Sitz {number}",
                email=f"person{number}@stadt.example",
                language=("de", "en")[number % 2],
            )
            for number in range(many)
        )
        Consent.objects.bulk_create(
            Consent(person=person, given_on=dt.date(2026, 1, 1), way="form") for person in people
        )
        Seat.objects.bulk_create(
            Seat(body=body, holder=person, function=person.function) for person in people
        )
        meeting = make.MeetingFactory(
            process=make.ProcessFactory(municipality=town),
            body=body,
            happened_on=dt.date.today() + dt.timedelta(days=30),
            starts_at=dt.time(18),
            ends_at=dt.time(20),
            place="Rathaus",
        )
        for position in range(6):
            meeting.agenda.create(position=position, title=f"Punkt {position}", minutes=20)


def invite(*, stop: bool) -> None:
    from django.utils import timezone

    from miteinander.core import outbox
    from miteinander.core.standing import system
    from miteinander.process import actions
    from miteinander.process.models import Meeting

    meeting = Meeting.objects.get()
    at = timezone.now()
    if stop:
        queue_all = outbox.queue_all

        def queue_and_stop(*args, **more):
            queue_all(*args, **more)
            sys.stdout.write("queued\n")
            sys.stdout.flush()
            sys.stdin.read()  # until the test kills this process, or is gone itself

        outbox.queue_all = queue_and_stop
    actions.invite(meeting, by=system(meeting.municipality_id, at=at), at=at)


if __name__ == "__main__":
    main(sys.argv[1])
