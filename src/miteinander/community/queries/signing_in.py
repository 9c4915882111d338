"""The mails with which people sign in; what keeps them safe stands below any words of a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.core.mailtexts import Letters, MailKind, Word, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from miteinander.core.models import Municipality

_MUNICIPALITY = Word(_("Municipality"), _("Town of Example"))

SIGN_IN_CODE = MailKind(
    "account.code",
    label=_("Code to sign in"),
    subject=_("Your code for Miteinander: %(code)s"),
    body=_(
        """Hello,

this is your code to sign in:

%(code)s"""
    ),
    words={"municipality": _MUNICIPALITY, "code": Word(_("Code"), "ABC-123")},
    needed=frozenset({"code"}),
    always=_(
        """Please type it into the open browser window only. It is valid for a few minutes.
Nobody will ask you for it on the phone or by mail.

Somebody else asked for it? Then you need not do anything."""
    ),
)
UNKNOWN_ADDRESS = MailKind(
    "account.unknown",
    label=_("Answer to an address that is not known"),
    subject=_("Your address is not known to Miteinander"),
    body=_(
        """Hello,

somebody has asked for a sign-in code with this address.
It is not known to us as an address for the workspace.

Do you take part in the process and use another address?
Then please ask with that one, or ask the coordination."""
    ),
    words={"municipality": _MUNICIPALITY},
    always=_("You did not ask for anything? Then you need not do anything."),
)
_MAILS = {
    "account/email/login_code": SIGN_IN_CODE,
    "account/email/unknown_account": UNKNOWN_ADDRESS,
}


def sign_in_letter(
    mail: str, municipality: Municipality | None, language: str, said: Mapping[str, object]
) -> Wording:
    """One of the two mails that the sign-in sends, by the name it gives them: one query.

    Without a town (before there is one) it says our words.
    """
    letters = Letters(_MAILS[mail], municipality.pk if municipality else 0)
    words = {
        "municipality": municipality.name if municipality else "Miteinander",
        "code": said.get("code", ""),
    }
    return letters.write(language, words)
