"""Every address of Miteinander and who may open it, in one table.

A test fails when an address exists that does not stand here, or stands here and does not exist.
Who adds a page says here who may see it, and who may send it.
"""

from __future__ import annotations

from dataclasses import dataclass

MEMBERS = frozenset({"member", "seat", "group", "lead", "coordinator"})
COORDINATION = frozenset({"coordinator"})
STEERING = frozenset({"seat"})
DRAFTING = frozenset({"group", "coordinator"})
LEADING = frozenset({"lead"})
REPORTING = frozenset({"lead", "coordinator"})
OF_THE_BODY = frozenset({"seat", "coordinator"})
STRANGERS = frozenset({"stranger", "strange coordinator"})
VISITORS = STRANGERS | {"visitor"}
EVERYBODY = VISITORS | MEMBERS
SIGNED_IN = EVERYBODY - {"visitor"}
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Address:
    """`get` and `post` say who may; None is a method that the page does not know (405).

    `args` names the rows of the world (see tests/world.py) that stand in the path. `hidden` says
    who may see the hidden twin of that row; None where there is none. `answer` is the status of
    those who may, `others` that of those who may not.
    """

    name: str
    get: frozenset[str] | None
    post: frozenset[str] | None = None
    args: tuple[tuple[str, str], ...] = ()
    hidden: frozenset[str] | None = None
    answer: int = 200
    others: int = 0

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        return self.name, frozenset(name for name, _row in self.args)

    @property
    def is_public(self) -> bool:
        return self.name.startswith("public:")


def public(name: str, row: str = "", *, hidden: frozenset[str] | None = MEMBERS) -> Address:
    if not row:
        return Address(f"public:{name}", EVERYBODY)
    return Address(f"public:{name}", EVERYBODY, args=(("identifier", row),), hidden=hidden)


def room(
    name: str,
    who: frozenset[str] = MEMBERS,
    *,
    post: frozenset[str] | None = None,
    answer: int = 200,
    **args: str,
) -> Address:
    """A page of the workspace that is only read, unless `post` says who may send it."""
    return Address(f"workspace:{name}", who, post, tuple(args.items()), answer=answer)


def form(name: str, who: frozenset[str] = COORDINATION, **args: str) -> Address:
    """A page with a form: who may open it may send it."""
    return Address(f"workspace:{name}", who, who, tuple(args.items()))


def button(name: str, who: frozenset[str] = COORDINATION, **args: str) -> Address:
    """An address that is only sent to."""
    return Address(f"workspace:{name}", None, who, tuple(args.items()))


PUBLIC = [
    public("home"),
    public("contact"),
    Address("public:link", EVERYBODY, EVERYBODY, (("token", "lead link"),)),
    public("organisation", "organisation"),
    public("body", "body"),
    public("offers"),
    public("offer", "offer"),
    public("perspective", "perspective"),
    public("news_list"),
    public("news", "news"),
    public("page", "page"),
    public("imprint"),
    public("privacy"),
    public("accessibility"),
    public("barrier"),
    public("counting"),
    public("processes"),
    public("process", "process"),
    public("meetings"),
    public("meeting", "meeting"),
    public("meeting_file", "meeting file"),
    Address("public:own_calendar", EVERYBODY, args=(("token", "calendar token"),)),
    Address("public:register", EVERYBODY, EVERYBODY, (("identifier", "open meeting"),)),
    public("registered", "open meeting", hidden=None),
    Address(
        "public:door", EVERYBODY, EVERYBODY, (("identifier", "open meeting"), ("key", "door key"))
    ),
    Address(
        "public:arrived", EVERYBODY, args=(("identifier", "open meeting"), ("key", "door key"))
    ),
    Address("public:registration", EVERYBODY, EVERYBODY, (("code", "registration code"),)),
    Address("public:registration_cancel", EVERYBODY, EVERYBODY, (("code", "registration code"),)),
    public("minutes", "minutes", hidden=OF_THE_BODY),
    Address(
        "public:minutes_file",
        EVERYBODY,
        args=(("identifier", "minutes"), ("ending", "ending")),
        hidden=OF_THE_BODY,
    ),
    public("resolution", "resolution"),
    public("draw", "draw", hidden=OF_THE_BODY),
    Address(
        "public:draw_file",
        EVERYBODY,
        args=(("identifier", "draw"), ("file", "list file")),
        hidden=OF_THE_BODY,
    ),
    public("calls"),
    public("call", "call", hidden=COORDINATION),
    Address(
        "public:contribute", EVERYBODY, EVERYBODY, (("identifier", "call"),), hidden=COORDINATION
    ),
    Address(
        "public:call_table",
        EVERYBODY,
        args=(("identifier", "call"), ("table", "table of call"), ("ending", "list_ending")),
        hidden=COORDINATION,
    ),
    public("receipt_search"),
    Address("public:by_code", EVERYBODY, EVERYBODY, answer=200),
    Address("public:receipt", EVERYBODY, args=(("code", "receipt"),)),
    Address("public:withdraw", EVERYBODY, EVERYBODY, (("code", "receipt"),)),
    public("contributions"),
    public("contribution", "contribution", hidden=COORDINATION),
    Address(
        "public:support",
        EVERYBODY,
        EVERYBODY,
        (("identifier", "contribution"),),
        hidden=COORDINATION,
    ),
    Address(
        "public:comment",
        EVERYBODY,
        EVERYBODY,
        (("identifier", "contribution"),),
        hidden=COORDINATION,
    ),
    public("theme", "theme", hidden=COORDINATION),
    public("concepts"),
    public("concept", "concept"),
    public("field", "field"),
    public("goal", "goal"),
    public("measure", "measure"),
    public("cross_cutting_theme", "cross_cutting_theme"),
    public("version", "version"),
    Address(
        "public:version_file",
        EVERYBODY,
        args=(("identifier", "version"), ("ending", "ending")),
        hidden=MEMBERS,
    ),
    public("documents"),
    public("objection", "objection"),
    public("implementation"),
    public("report", "report"),
    public("search"),
    public("short_code"),
    public("feed"),
    public("process_feed", "process"),
    public("measure_feed", "measure"),
    public("calendar"),
    public("meeting_date", "meeting"),
]

FRAME = [
    Address("root", EVERYBODY, answer=302),
    Address("health", EVERYBODY),
    Address("ready", EVERYBODY),
    Address("accent", EVERYBODY, args=(("colour", "colour"),)),
    Address(
        "picture",
        EVERYBODY,
        args=(("identifier", "picture"), ("width", "width"), ("suffix", "suffix")),
        hidden=MEMBERS,
    ),
    Address("sitemap", EVERYBODY),
    Address("sitemap_part", EVERYBODY, args=(("number", "one"),)),
    Address("robots", EVERYBODY),
    Address(
        "share_picture",
        EVERYBODY,
        args=(("language", "language"), ("name", "goal"), ("digest", "digest")),
    ),
    Address("short_entry", EVERYBODY, answer=302),
    Address("public:by_code_opened", EVERYBODY, args=(("code", "access code"),), answer=303),
    Address("short", EVERYBODY, args=(("code", "goal"),), hidden=MEMBERS, answer=302),
    Address("permanent", EVERYBODY, args=(("identifier", "goal"),), hidden=MEMBERS, answer=302),
    # Whoever is signed in is led on to the workspace, whoever is not to the first step.
    Address("account_login", frozenset({"visitor"}), frozenset({"visitor"}), others=302),
    Address(
        "account_request_login_code", frozenset({"visitor"}), frozenset({"visitor"}), others=302
    ),
    Address("account_signup", frozenset({"visitor"}), frozenset({"visitor"}), others=302),
    Address("account_confirm_login_code", NOBODY, NOBODY, others=302),
    Address("account_sign_in_by_link", EVERYBODY, EVERYBODY, (("token", "sign-in link"),)),
    Address("account_logout", SIGNED_IN, SIGNED_IN, others=302),
]

WORKSPACE = [
    room("today"),
    room("stylebook"),
    # community
    room("community"),
    room("organisations"),
    form("organisation_new"),
    form("organisation_edit", identifier="organisation"),
    form("office_edit", identifier="organisation"),
    room("people"),
    form("person_new"),
    form("person_edit", pk="person"),
    form("person_invite", pk="person"),
    form("person_forget", pk="person"),
    room("perspectives"),
    form("perspective_new"),
    form("perspective_edit", identifier="perspective"),
    form("body_new"),
    room("body", identifier="body"),
    form("body_edit", identifier="body"),
    form("seat_new", identifier="body"),
    form("seat_edit", pk="seat"),
    form("seat_fill", pk="seat"),
    form("seat_absence", pk="seat"),
    form("lists"),
    room("list", COORDINATION, pk="list"),
    room("list_progress", COORDINATION, pk="list"),
    form("list_columns", pk="list"),
    button("list_decide", pk="list"),
    button("list_take", pk="list"),
    button("list_drop", pk="list"),
    room("register_file", COORDINATION, what="list_name", ending="list_ending"),
    room("me"),
    form("me_describe", MEMBERS),
    button("me_erase", MEMBERS),
    button("me_consent", MEMBERS),
    form("characteristics"),
    room("meeting_radar", OF_THE_BODY, identifier="meeting"),
    room("meeting_radar_file", OF_THE_BODY, identifier="meeting", ending="list_ending"),
    room("call_radar", COORDINATION, identifier="call"),
    room("call_radar_file", COORDINATION, identifier="call", ending="list_ending"),
    room("radar", COORDINATION),
    room("radar_file", COORDINATION, ending="list_ending"),
    room("body_radar", OF_THE_BODY, identifier="body"),
    room("body_radar_file", OF_THE_BODY, identifier="body", ending="list_ending"),
    room("targets", COORDINATION),
    form("target_edit", kind="target kind"),
    button("target_drop", kind="target kind"),
    form("person_consent", pk="person"),
    room("offers"),
    form("offer_new", REPORTING),
    room("gaps"),
    form("offers_read"),
    room("offers_file", ending="list_ending"),
    form("offer_edit", REPORTING, identifier="offer"),
    button("offer_end", REPORTING, identifier="offer"),
    room("organisation", identifier="organisation"),
    form("perspective_retire", identifier="perspective"),
    form("seat_hand_over", pk="seat"),
    room("seat_history", pk="seat"),
    room("closures", COORDINATION, identifier="office organisation"),
    form("closure_new", identifier="office organisation"),
    button("closure_remove", identifier="office organisation"),
    room("news_list"),
    form("news_new"),
    form("news", identifier="news"),
    button("preview"),
    button("news_publish", identifier="hidden news"),
    form("news_schedule", identifier="hidden news"),
    button("news_take_back", identifier="news"),
    button("news_retire", identifier="news"),
    button("news_restore", identifier="news", event="edit of news"),
    form("news_picture", identifier="news"),
    button("news_picture_choose", identifier="news"),
    room("translations", COORDINATION),
    form("translation", identifier="news", language="language"),
    room("pages"),
    form("page_new"),
    form("legal_facts"),
    form("legal", legal="legal"),
    form("page", identifier="page"),
    button("page_publish", identifier="hidden page"),
    button("page_take_back", identifier="page"),
    button("page_restore", identifier="page", event="edit of page"),
    room("mail_texts", COORDINATION),
    form("mail_text", mail="mail", language="language"),
    button("mail_text_drop", mail="mail", language="language"),
    room("pictures"),
    form("picture_new"),
    form("picture_edit", identifier="hidden picture"),
    button("picture_remove", identifier="hidden picture"),
    form("appearance"),
    form("crest"),
    button("crest_remove"),
    # process
    room("processes"),
    form("process_new"),
    room("templates", COORDINATION),
    room("template", COORDINATION, key="template"),
    button("template_drop", key="template"),
    form("template_save", identifier="process"),
    room("process", identifier="process"),
    form("process_edit", identifier="process"),
    button("process_publish", identifier="process"),
    form("process_body", identifier="process"),
    form("milestone_new", identifier="process"),
    form("phase_new", identifier="process"),
    form("phase_move", pk="phase"),
    button("phase_move_undo", identifier="process"),
    form("phase_edit", pk="phase"),
    form("phase_close", pk="phase"),
    form("meeting_new", identifier="process"),
    form("resolution_new", identifier="process"),
    room("meetings"),
    room("meeting", identifier="meeting"),
    form("meeting_edit", identifier="meeting"),
    form("meeting_agenda", identifier="next meeting"),
    form("meeting_cancel", identifier="next meeting"),
    form("meeting_file_new", identifier="next meeting"),
    button("meeting_file_show", pk="file row"),
    button("meeting_file_remove", pk="file row"),
    room("invitations", OF_THE_BODY, post=COORDINATION, identifier="next meeting"),
    button("invitations_send", identifier="next meeting"),
    button("invitation_note", pk="invitation"),
    # Whoever was not invited has nothing to answer.
    Address(
        "workspace:invitation_answer", None, STEERING, (("identifier", "next meeting"),), others=404
    ),
    room("polls"),
    form("poll_new", identifier="process"),
    # That a body looks for a date is nobody else's business.
    Address("workspace:poll", OF_THE_BODY, OF_THE_BODY, (("pk", "poll"),), others=404),
    Address("workspace:poll_decide", None, COORDINATION, (("pk", "poll"),), others=404),
    Address("workspace:poll_drop", None, COORDINATION, (("pk", "poll"),), others=404),
    room("calendars"),
    button("calendar_renew", MEMBERS),
    form("calendar_read", identifier="process"),
    form("minutes_edit", identifier="meeting"),
    form("minutes_approve", identifier="meeting"),
    form("minutes_round", identifier="meeting"),
    form("correction_new", OF_THE_BODY, identifier="meeting"),
    form("correction_answer", pk="correction"),
    form("remark_new", identifier="meeting"),
    room("meeting_hold", COORDINATION, identifier="meeting"),
    button("hold_item", identifier="meeting"),
    button("hold_passage", identifier="meeting"),
    button("hold_card", identifier="meeting"),
    button("hold_task", identifier="meeting"),
    button("hold_resolution", identifier="meeting"),
    room("meeting_screen", identifier="meeting"),
    button("task_reopen", OF_THE_BODY, pk="task"),
    form("task_move", pk="task"),
    form("task_hand_over", pk="task"),
    room("minutes_paper", identifier="meeting", ending="ending"),
    room("attendance_paper", COORDINATION, identifier="meeting", ending="ending"),
    form("registration_edit", identifier="meeting"),
    room("registrations", COORDINATION, identifier="meeting"),
    button("registration_remove", identifier="open meeting", pk="attendance"),
    form("registering", MEMBERS, identifier="open meeting"),
    button("registering_cancel", MEMBERS, identifier="open meeting"),
    form("attendance", identifier="meeting"),
    button("attendance_tick", identifier="meeting"),
    button("attendance_strike", identifier="meeting"),
    form("attendance_typed", identifier="meeting"),
    room("door", COORDINATION, identifier="meeting"),
    room("attendance_list", COORDINATION, identifier="meeting", ending="list ending"),
    room("turnout", identifier="process"),
    form("keeping"),
    room("table_plans", OF_THE_BODY, identifier="meeting"),
    form("table_plan_new", identifier="meeting"),
    room("table_plan", OF_THE_BODY, pk="table plan"),
    room("table_wall", OF_THE_BODY, pk="table plan"),
    room("table_file", COORDINATION, pk="table plan", file="table file"),
    form("table_move", pk="table plan"),
    button("table_undo", pk="table plan"),
    button("table_again", pk="table plan"),
    form("table_latecomer", pk="table plan"),
    form("table_wish", pk="table plan"),
    button("table_wish_drop", pk="table plan"),
    button("table_drop", pk="table plan"),
    room("draws"),
    form("draw_new", identifier="process"),
    room("draw", identifier="draw"),
    room("draw_progress", identifier="draw"),
    room("draw_file", OF_THE_BODY, identifier="draw", file="list file"),
    form("draw_edit", identifier="pooled draw"),
    form("draw_people", identifier="pooled draw"),
    form("draw_columns", identifier="pooled draw"),
    form("draw_quotas", identifier="pooled draw"),
    button("draw_quotas_check", identifier="pooled draw"),
    button("draw_list", identifier="pooled draw"),
    form("draw_announce", identifier="listed draw"),
    form("draw_seed", identifier="announced draw"),
    form("draw_call_off", identifier="announced draw"),
    form("draw_replace", identifier="draw"),
    button("draw_seats", identifier="draw"),
    form("draw_invite", identifier="draw"),
    button("draw_erase", identifier="draw"),
    room("papers", COORDINATION, identifier="meeting"),
    room("meeting_kit", COORDINATION, identifier="meeting"),
    room("meeting_paper", COORDINATION, identifier="meeting", paper="paper", ending="ending"),
    room("invitation_letters", COORDINATION, identifier="meeting", ending="letters"),
    room("meeting_cards", COORDINATION, identifier="meeting", call="call", ending="table"),
    form("attendance_read", identifier="meeting"),
    form("cards_read", identifier="meeting", call="call"),
    room("tasks"),
    button("task_done", OF_THE_BODY, pk="task"),
    # participation
    room("calls"),
    form("call_new", process="process"),
    room("call", COORDINATION, identifier="call"),
    form("call_edit", identifier="call"),
    button("call_code", identifier="call by code"),
    form("call_entry", identifier="call"),
    button("call_entry_undo", identifier="call"),
    form("call_cards_read", identifier="call"),
    room(
        "call_table", COORDINATION, identifier="call", table="table of call", ending="list_ending"
    ),
    room(
        "call_paper",
        COORDINATION,
        identifier="call",
        paper="paper of call",
        ending="ending of paper",
    ),
    form("moderation", process="process"),
    form("cards", process="process"),
    form("board", process="process"),
    button("undo", process="process"),
    form("merge", process="process"),
    room("answers", COORDINATION, process="process"),
    form("theme_new", process="process"),
    room("theme", COORDINATION, identifier="theme"),
    form("theme_rename", identifier="theme"),
    form("theme_retire", identifier="theme"),
    form("theme_move", identifier="theme"),
    form("theme_answer", identifier="theme"),
    room("contribution", COORDINATION, identifier="contribution"),
    form("refuse", identifier="contribution"),
    form("split", identifier="contribution"),
    form("answer", identifier="contribution"),
    form("answer_supplement", identifier="contribution"),
    form("answer_many", process="process"),
    room("text_blocks", COORDINATION),
    form("text_block_new"),
    form("text_block_edit", pk="text block"),
    button("text_block_retire", pk="text block"),
    button("text_block_examples"),
    button("answer_comments", identifier="contribution"),
    # strategy
    room("concepts"),
    form("concept_new"),
    room("concept", identifier="concept"),
    form("field_new", identifier="concept"),
    form("cross_cutting_theme_new", identifier="concept"),
    button("concept_renumber", identifier="concept"),
    room("chapters", identifier="concept"),
    form("chapter_new", identifier="concept"),
    room("concept_document", identifier="concept"),
    form("chapter_edit", pk="chapter"),
    button("chapter_move", pk="chapter"),
    button("chapter_leave_out", pk="chapter"),
    button("chapter_take_in", pk="chapter"),
    room("theme_grow", identifier="theme"),
    button("field_keep", identifier="field"),
    form("field_rename", identifier="field"),
    form("field_edit", DRAFTING, identifier="field"),
    form("field_collect", identifier="field"),
    form("field_merge", identifier="field"),
    form("field_retire", identifier="field"),
    form("goal_new", DRAFTING, identifier="field"),
    form("goal_edit", DRAFTING, identifier="goal"),
    form("goal_move", identifier="goal"),
    form("measure_new", DRAFTING, identifier="goal"),
    room("measure", post=DRAFTING, identifier="draft"),
    button("measure_points", DRAFTING, identifier="draft"),
    button("measure_submit", DRAFTING, identifier="draft"),
    button("measure_take_back", DRAFTING, identifier="measure"),
    form("measure_move", DRAFTING, identifier="draft"),
    form("measure_retire", identifier="draft"),
    form("measure_ask_lead", identifier="measure"),
    form("measure_answer_lead", LEADING, identifier="measure"),
    # adoption
    room("review", answer=303),
    room("review", identifier="concept"),
    form("voice", STEERING, identifier="measure"),
    room("objections"),
    room("objection", post=COORDINATION, identifier="objection"),
    button("objection_withdraw", STEERING, identifier="objection"),
    button("objection_carry", OF_THE_BODY, identifier="objection"),
    room("versions"),
    button("version_freeze", identifier="concept"),
    room("version", identifier="version"),
    room("version_progress", identifier="version"),
    button("version_build", identifier="version"),
    form("version_adopt", identifier="version"),
    # monitoring
    room("monitoring"),
    button("report_ask_all"),
    button("report_ask", identifier="adopted"),
    form("report_new", REPORTING, identifier="adopted"),
    room("outbox", COORDINATION),
    room("jobs", COORDINATION),
]

ADDRESSES = [*FRAME, *PUBLIC, *WORKSPACE]
