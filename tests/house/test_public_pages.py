"""Every address outside the workspace is a public page, or says why it must not be cached."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from miteinander.public.freshness import parameters_of

# A new public view is marked with `@public_page` (miteinander/public/freshness.py). Only what
# cannot be the same for everybody stands here, with the reason.
NOT_CACHED = {
    "root": "leads to the language of the browser",
    "permanent": "leads to the language of the browser, members to more than others",
    "short": "leads from paper to a page, members to more than others",
    "short_entry": "leads to where a code is typed",
    "public:short_code": "looks for what somebody typed, and leads there",
    "health": "says that this process is up now",
    "ready": "says that the database is up now",
    "accent": "named by its content and kept by browsers for a year; belongs to no town",
    "picture": "never changes and is kept by browsers for a year; members see more than others",
    "sign_in_as": "signs in, in a demo",
    "public:meeting_file": "may be closed again; members see more than others",
    "public:own_calendar": "shows one person's dates to whoever holds their private address",
    "public:minutes_file": "kept by browsers for ever; too large to be kept twice",
    "public:version_file": "kept by browsers for ever; too large to be kept twice",
    "public:ballot_file": "kept by browsers for ever; too large to be kept twice",
    "public:link": "opens what one person was sent",
    "share_picture": "named by what is drawn and kept by browsers for a year",
    "public:search": "what somebody looks for is kept nowhere",
    "public:contribute": "a form that is sent: its token belongs to one browser",
    "public:live_ask": "a form with a token of its own, and its receipt",
    "public:passage_comment": "a form with a token of its own, and its receipt",
    "public:vote": "shows what one browser has said, and what comes next for it",
    "public:somebody_else": "shows the code of this browser, and a form",
    "public:propose": "a form that is sent: its token belongs to one browser",
    "public:own_votes": "shows what only the holder of the code may read",
    "public:own_votes_file": "everything that is kept under one code",
    "public:own_votes_delete": "a form that only the holder of the code may send",
    "public:survey": "a form that is sent: its token belongs to one browser",
    "public:survey_change": "shows what only the holder of the code may read",
    "public:survey_copy": "everything that is kept under one code",
    "public:survey_delete": "a form that only the holder of the code may send",
    "public:survey_receipt": "shows what only the holder of the code may read",
    "public:choose_place": "carries along what somebody is typing",
    "public:nearby": "shows what is like the words that somebody is typing",
    "public:receipt_search": "finds what only the holder of a receipt may read",
    "public:receipt": "shows what only the holder of the receipt may read",
    "public:withdraw": "a form that only the holder of the receipt may send",
    "public:contribution_picture": "may be gone the next moment; the office sees more than others",
    "public:receipt_add": "a form that only the holder of the receipt may send",
    "public:receipt_json": "everything that is kept under one receipt",
    "public:receipt_txt": "everything that is kept under one receipt",
    "public:receipt_gone": "follows upon a form that somebody sent",
    "public:notice": "a form that only the holder of the receipt may send",
    "public:notice_asked": "follows upon a form that somebody sent",
    "public:notice_confirm": "opens what one person was sent",
    "public:notice_end": "opens what one person was sent",
    "public:late": "a form that is sent: its token belongs to one browser",
    "public:by_code": "a form that is sent; what it opens is for one browser",
    "public:by_code_opened": "opens what is put to whoever has the code",
    "public:call_table": "a file, made when somebody asks; too large to be kept twice",
    "public:comment": "a form that is sent: its token belongs to one browser",
    "public:support": "shows what one browser has pressed, and the number as it is now",
    "public:register": "a form that is sent: its token belongs to one browser",
    "public:registered": "follows upon a form that somebody sent",
    "public:registration": "shows what only the holder of the code may read",
    "public:registration_cancel": "a form that only the holder of the code may send",
    "public:door": "a form for whoever stands at the door, on one day",
    "public:arrived": "follows upon the form at the door",
    "account_login": "signs in",
    "account_request_login_code": "signs in",
    "account_confirm_login_code": "signs in",
    "account_sign_in_by_link": "signs in",
    "account_signup": "signs in",
    "account_logout": "signs out",
}


def views(patterns, namespace=""):
    """Every view outside the workspace, by the name of its route."""
    for each in patterns:
        if isinstance(each, URLResolver) and each.namespace != "workspace":
            name = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from views(each.url_patterns, name)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", each.callback


FOUND = dict(views(get_resolver().url_patterns))


@pytest.mark.parametrize("name", sorted(FOUND))
def test_an_address_is_a_public_page_or_says_why_not(name):
    assert (parameters_of(FOUND[name]) is None) == (name in NOT_CACHED)


def test_no_reason_is_left_of_an_address_that_is_gone():
    assert set(NOT_CACHED) - set(FOUND) <= {"sign_in_as"}, "only a demo has this one"
