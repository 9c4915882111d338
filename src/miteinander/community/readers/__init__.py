"""Lists as offices have them, read against the register: what is new, what is there, what differs.

    draft = read_list(data, register_of(town))
    draft.columns, draft.lines, draft.totals

`tables` finds headings and rows, `columns` guesses what columns mean, `entries` puts the cells of a
row together, `comparing` holds them against the register with what `finding` knows of names. None
of them writes; `previews` hands what they read to the actions. `targets` reads shares that were
counted elsewhere.
"""

from miteinander.community.readers.columns import columns_of, headed, mapping_with
from miteinander.community.readers.lists import Draft, headings_key, read_list
from miteinander.community.readers.previews import (
    READ,
    TAKE_OVER,
    prepare,
    prepare_soon,
    take_over,
    take_over_soon,
)
from miteinander.community.readers.targets import shares_in

__all__ = [
    "READ",
    "TAKE_OVER",
    "Draft",
    "columns_of",
    "headed",
    "headings_key",
    "mapping_with",
    "prepare",
    "prepare_soon",
    "read_list",
    "shares_in",
    "take_over",
    "take_over_soon",
]
