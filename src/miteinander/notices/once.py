"""Letters to people, and events that are told to several, once to each.

Nothing here is sent; see :mod:`miteinander.notices.mail`. The key of a mail about an event names
the event and the person, so that nobody is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from miteinander.core import outbox
from miteinander.core.mailtexts import Letters, MailKind, speaking
from miteinander.process.queries import mail_address_of

if TYPE_CHECKING:
    from miteinander.community.models import Person
    from miteinander.core.models import Event, Municipality

LOOK_BACK = timedelta(hours=48)
"""How far back events are looked for that somebody was not told of."""


def untold(event: Event, people: Iterable[Person]) -> list[Person]:
    """Those who have no mail about an event yet, each once."""
    rows = {_key(event, person): person for person in people}
    known = outbox.known(rows)
    return [person for key, person in rows.items() if key not in known]


def tell(
    event: Event,
    person: Person,
    letters: tuple[MailKind, Municipality],
    words: Callable[[], Mapping[str, object]],
    *,
    at: datetime,
) -> None:
    """Write to one of those whom :func:`untold` named; `words` are asked in their language."""
    kind, town = letters
    write(Letters(kind, town), town, person, words, key=_key(event, person), at=at)


def write(
    letters: Letters,
    town: Municipality,
    person: Person,
    words: Callable[[], Mapping[str, object]],
    *,
    key: str,
    at: datetime,
) -> None:
    with speaking(letters.language_for(person.language)):
        said = words()
    letter = letters.write(person.language, said)
    outbox.queue(
        key=key,
        to=mail_address_of(person),
        subject=letter.subject,
        body=letter.body,
        language=letter.language,
        municipality=town,
        at=at,
    )


def _key(event: Event, person: Person) -> str:
    return f"event:{event.pk}:person:{person.pk}"
