"""Concepts as towns have them – DOCX, ODT, XLSX – read into fields, goals and measures.

    draft = read_concept(data)
    draft.entries, draft.levels, draft.labels, draft.remarks
    lines = compared(draft.entries, ground_of(concept))

`packed` opens what was sent, `docx` and `odt` make a plain sequence of `blocks` of it, `outline`
guesses which headings are what, `walking` and `grids` put every block where it belongs, `saying`
reads values, `comparing` holds the whole against the concept. None of them writes; `previews` hands
what they read to the actions.
"""

from miteinander.strategy.readers.comparing import compared, same_key
from miteinander.strategy.readers.drafts import Draft, is_level, read_concept, script_of
from miteinander.strategy.readers.labels import key_of
from miteinander.strategy.readers.outline import ROLES
from miteinander.strategy.readers.previews import (
    READ,
    TAKE_IN,
    decide,
    decide_all,
    prepare,
    prepare_soon,
    structure_of,
    take_in,
    take_in_soon,
)

__all__ = [
    "READ",
    "ROLES",
    "TAKE_IN",
    "Draft",
    "compared",
    "decide",
    "decide_all",
    "is_level",
    "key_of",
    "prepare",
    "prepare_soon",
    "read_concept",
    "same_key",
    "script_of",
    "structure_of",
    "take_in",
    "take_in_soon",
]
