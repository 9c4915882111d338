"""What lines of a list have to say, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from miteinander.community.states import BodyKind, OrganisationKind

if TYPE_CHECKING:
    from miteinander.community.models import SheetLine
    from miteinander.core.errors import Text

REMARKS: dict[str, Text] = {
    "nothing": _(
        "Neither a person nor an organisation nor a body is named in this row. Please add one, or "
        "choose another column for the names."
    ),
    "two_people": _("Two people seem to share this cell. Please give each a row."),
    "too_long": _("This entry is too long for the register. Please shorten it in the list."),
    "two_mails": _("More than one address: only the first is taken. Left out: %(value)s"),
    "no_mail": _("“%(value)s” is no e-mail address. The rest of the row is taken."),
    "no_phone": _("“%(value)s” is no telephone number. The rest of the row is taken."),
    "no_language": _("Not every language in “%(value)s” is known here. The rest is taken."),
    "no_kind": _("There is no kind “%(value)s”. The rest of the row is taken."),
    "no_perspective": _("There is no perspective “%(value)s” here. The rest of the row is taken."),
    "no_mark": _("“%(value)s” is neither a cross nor empty. No membership comes of it."),
    "no_consent_day": _(
        "“%(value)s” names no day of a consent. Without the day it is not taken over."
    ),
    "sum": _("A row with sums is no entry."),
    "heading": _("A heading between the rows is no entry."),
    "formula": _(
        "This formula was never worked out, so its value is not in the file. Please open the list "
        "in your spreadsheet program and save it again."
    ),
    "error": _("The formula in this cell ends in an error. Please correct it in the list."),
}
FIELDS: dict[str, Text] = {
    "name": _("Name"),
    "function": _("Function"),
    "email": _("E-mail address"),
    "phone": _("Phone"),
    "language": _("Language of mails"),
    "further_languages": _("Further languages"),
    "consent": _("Consent given on"),
    "organisation": _("Organisation"),
    "kind": _("Kind"),
    "text": _("Description"),
    "neighbourhood": _("Neighbourhood"),
    "perspective": _("Perspective"),
    "body": _("Body"),
}
_KINDS: dict[str, Text] = {
    choice.value: choice.label for kinds in (OrganisationKind, BodyKind) for choice in kinds
}


def remark_in_words(remark: Mapping[str, str]) -> str:
    """Cell and sentence: “E7: More than one address …”. Without a value it says nothing of it."""
    sentence = str(REMARKS[remark["code"]]) % {"value": remark["value"] or "…"}
    return f"{remark['cell']}: {sentence}"


def difference_in_words(difference: Mapping[str, Any]) -> str:
    """What stands in the register → what stands in the list."""
    name = difference["field"]
    old, new = difference["old"], difference["new"]
    if name == "kind":
        old, new = str(_KINDS.get(old, old)), str(_KINDS.get(new, new))
    return f"{FIELDS[name]}: {old} → {new}" if old else f"{FIELDS[name]}: + {new}"


def details_of(line: SheetLine) -> str:
    """What a line says beside its title, in one row."""
    says = line.says
    parts = [says.get("function"), says.get("email"), says.get("at")]
    return " · ".join(part for part in parts if part)
