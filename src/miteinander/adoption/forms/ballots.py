"""What people type to prepare a ballot, and to vote in it."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import queries
from miteinander.adoption.actions import Offered, Terms
from miteinander.adoption.states import LONGEST_REASON, Answer, Method, TieRule
from miteinander.community.models import Body
from miteinander.ui.words import written_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from miteinander.adoption.models import Ballot, BallotOption, CastPaper, Cell, Elector
    from miteinander.strategy.models import Measure

MONEY = re.compile(r"^\d{1,3}(\.\d{3})+$|^\d{1,12}$")
POSTS = re.compile(r"^\d{1,4}([.,]\d{1,2})?$")
OF_METHOD = {
    Method.CONSENT: (),
    Method.CONSENSING: ("status_quo",),
    Method.DOTS: ("each", "most", "take"),
    Method.CRITERIA: ("criteria",),
    Method.BALANCED: ("money", "posts"),
}
"""The entries that only one method asks for."""
RULES = frozenset(name for names in OF_METHOD.values() for name in names) - {"status_quo"}


class BallotForm(forms.Form):
    """Everything that is agreed before anybody votes."""

    title = forms.CharField(label=_("Question"), max_length=300)
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Who votes"), help_text=_("Every seat with a vote, once.")
    )
    status_quo = forms.CharField(
        label=_("Status-quo option"),
        max_length=300,
        help_text=_("What happens if nothing is decided. It stands first and is the yardstick."),
    )
    options = forms.CharField(
        label=_("Options"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One per line, in the order in which they stand on the paper. A measure can be named "
            "by its number, such as 2.4. Cost in euros and full-time posts follow after a "
            "vertical bar: Language café | 12.000 | 0,5"
        ),
    )
    each = forms.IntegerField(label=_("Dots for everybody"), min_value=1, max_value=50, initial=5)
    most = forms.IntegerField(
        label=_("At most on one option"), min_value=1, max_value=50, initial=2
    )
    take = forms.IntegerField(
        label=_("How many are taken further"), min_value=1, max_value=40, initial=3
    )
    criteria = forms.CharField(
        label=_("Criteria"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One per line, the weight after a vertical bar: Reaches many people | 2. Word them so "
            "that more is better."
        ),
    )
    money = forms.CharField(label=_("Money there is, in euros"), required=False)
    posts = forms.CharField(label=_("Full-time posts there are"), required=False)
    closes_at = forms.DateTimeField(label=_("Ends"), widget=forms.DateTimeInput)
    is_secret = forms.BooleanField(
        label=_("Secret"),
        required=False,
        help_text=_(
            "Nobody can find out who voted how, the office neither. A paper cannot be changed."
        ),
    )
    has_paper = forms.BooleanField(
        label=_("Also on paper"),
        required=False,
        help_text=_("Papers are typed in by two people; only then is the ballot counted."),
    )
    quorum = forms.IntegerField(
        label=_("Quorum in percent of the seats"), min_value=0, max_value=100, initial=50
    )
    tie_rule = forms.ChoiceField(
        label=_("If two are equal, this decides"), choices=TieRule.choices, initial=TieRule.BODY
    )
    publishes = forms.BooleanField(
        label=_("The result is public"),
        required=False,
        initial=True,
        help_text=_("With every paper; in an open ballot with the seat that it is of."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        method: Method,
        bodies: QuerySet[Body] | None,
        measures: Sequence[Measure],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.method = method
        self.measures: dict[str, list[Measure]] = {}
        for measure in measures:  # each field counts its own from 1.1 on
            self.measures.setdefault(measure.number, []).append(measure)
        if bodies is None:  # who is asked does not change any more
            del self.fields["body"]
        else:
            body = self.fields["body"]
            assert isinstance(body, forms.ModelChoiceField)
            body.queryset = bodies
        for names in OF_METHOD.values():
            for name in names:
                if name not in OF_METHOD[method]:
                    del self.fields[name]
        if method == Method.CONSENSING:
            self.fields["status_quo"].initial = gettext("Everything stays as it is")

    @classmethod
    def initial_from(cls, ballot: Ballot, options: Sequence[BallotOption]) -> dict[str, Any]:
        lines = [_line(option) for option in options]
        first = []
        if ballot.method == Method.CONSENSING:
            first, lines = lines[:1], lines[1:]
        rules = dict(ballot.rules)
        if "criteria" in rules:
            rules["criteria"] = "\n".join(
                f"{name} | {weight:g}" for name, weight in ballot.criteria
            )
        return {
            **rules,
            "title": ballot.title,
            "text": ballot.text,
            "status_quo": "".join(first),
            "options": "\n".join(lines),
            "closes_at": ballot.closes_at,
            "is_secret": ballot.is_secret,
            "has_paper": ballot.has_paper,
            "quorum": ballot.quorum,
            "tie_rule": ballot.tie_rule,
            "publishes": ballot.publishes,
            "seen": ballot.revision,
        }

    def beside(self, stored: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed and what is stored by now, as `initial_from` says it: by entry."""
        names = [name for name in self.fields if name in stored and name != "seen"]
        typed = {name: self[name].value() for name in names}
        return _in_words(typed), _in_words({name: stored[name] for name in names})

    def clean_options(self) -> list[Offered]:
        found = [self._offered(line) for line in _lines(self.cleaned_data["options"])]
        if not found:
            raise ValidationError(_("Please name at least one option."))
        return found

    def _offered(self, line: str) -> Offered:
        title, *amounts = [part.strip() for part in line.split("|")]
        if len(amounts) > 2 or not title:
            raise ValidationError(
                _("“%(line)s”: an option has a name, then cost, then posts.") % {"line": line[:80]}
            )
        cost, posts = [*amounts, "", ""][:2]
        measure = self._measure(title)
        if measure is None:
            return Offered(title, cost=_money(cost), posts=_posts(posts))
        once, yearly = measure.cost_once, measure.cost_yearly
        known = None if once is None and yearly is None else (once or 0) + (yearly or 0)
        return Offered(
            queries.named_by_number(measure),
            measure=measure,
            cost=_money(cost) if cost else known,
            posts=_posts(posts) if posts else measure.staff_need,
        )

    def _measure(self, typed: str) -> Measure | None:
        """The measure whose number a line is, or begins with where its title follows."""
        found = self.measures.get(typed.split(" ", maxsplit=1)[0], [])
        if not found:
            return None
        names = [(measure, queries.named_by_number(measure)) for measure in found]
        named = [m for m, name in names if typed.casefold() in (m.number, name.casefold())]
        if len(named) != 1:
            titles = ", ".join(gettext("“%(title)s”") % {"title": name} for _m, name in names)
            raise ValidationError(
                _(
                    "Which measure is “%(typed)s”? Please write it like this, or begin an option "
                    "of your own with another word: %(titles)s"
                )
                % {"typed": typed[:80], "titles": titles}
            )
        return named[0]

    def clean_criteria(self) -> list[list[Any]]:
        found = []
        for line in _lines(self.cleaned_data["criteria"]):
            name, _bar, weight = (part.strip() for part in line.partition("|"))
            number = weight.replace(",", ".") or "1"
            if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", number):
                raise ValidationError(
                    _("“%(line)s”: a weight is a number, such as 2 or 0,5.") % {"line": line[:80]}
                )
            found.append([name, float(number)])
        return found

    def clean_money(self) -> int | None:
        return _money(self.cleaned_data["money"])

    def clean_posts(self) -> str | None:
        found = _posts(self.cleaned_data["posts"])
        return None if found is None else str(found)

    def terms(self) -> Terms:
        data = self.cleaned_data
        options = data["options"]
        if self.method == Method.CONSENSING:
            options = [Offered(data["status_quo"].strip()), *options]
        return Terms(
            title=data["title"],
            text=data["text"],
            closes_at=data["closes_at"],
            is_secret=data["is_secret"],
            has_paper=data["has_paper"],
            publishes=data["publishes"],
            quorum=data["quorum"],
            tie_rule=TieRule(data["tie_rule"]),
            options=options,
            rules={name: data[name] for name in OF_METHOD[self.method] if name in RULES},
        )


def _in_words(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Moments as one types them, nothing as an empty entry: so that only what differs differs."""
    return {
        name: f"{localtime(value):%Y-%m-%dT%H:%M}"
        if isinstance(value, datetime)
        else ""
        if value is None
        else value
        for name, value in entries.items()
    }


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _line(option: BallotOption) -> str:
    posts = "" if option.posts is None else f"{option.posts:f}".replace(".", ",")
    cost = "" if option.cost is None else str(option.cost)
    return " | ".join([queries.name_of_option(option), cost, posts]).rstrip("| ")


def _money(typed: str) -> int | None:
    written = typed.replace("€", "").replace(" ", "")
    if not written:
        return None
    if not MONEY.match(written):
        raise ValidationError(
            _("“%(typed)s” is no amount in whole euros, such as 12.000.") % {"typed": typed[:40]}
        )
    return int(written.replace(".", ""))


def _posts(typed: str) -> Decimal | None:
    written = typed.strip()
    if not written:
        return None
    if not POSTS.match(written):
        raise ValidationError(
            _("“%(typed)s” is no number of posts, such as 0,5.") % {"typed": typed[:40]}
        )
    return Decimal(written.replace(",", "."))


class CastForm(forms.Form):
    """One paper: a field for every mark, and one for the reason where a method asks for it."""

    leaves_open = True
    """What is left empty on a paper is no mark; so nothing on it is called optional."""

    def __init__(
        self,
        *args: Any,
        ballot: Ballot,
        options: Sequence[BallotOption],
        seats: Sequence[Elector] = (),
        paper: CastPaper | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cells = list(ballot.cells(list(options)))
        self.method = Method(ballot.method)
        if len(seats) > 1:
            self.fields["seat"] = forms.TypedChoiceField(
                label=_("You vote for"),
                coerce=int,
                choices=[(elector.seat_id, elector.function) for elector in seats],
            )
        marks = paper.marks if paper else {}
        reasons = paper.reasons if paper else {}
        for cell in self.cells:
            field = self._field(cell)
            field.initial = marks.get(cell.key)
            self.fields[_name("mark", cell.key)] = field
            if self.method == Method.CONSENT:
                self.fields[_name("reason", cell.key)] = forms.CharField(
                    label=_("Reason or concern"),
                    widget=forms.Textarea(attrs={"rows": 2}),
                    max_length=LONGEST_REASON,
                    required=False,
                    initial=reasons.get(cell.key, ""),
                    help_text=_("An objection needs a reason. Reasons are shown with the result."),
                )

        if ballot.asks_what_travels:
            self.fields["travels"] = forms.BooleanField(
                label=_("My objection may go along as a minority opinion"),
                required=False,
                help_text=_(
                    "Word for word, without seat or name, up to the document. Without the tick it "
                    "stays with the result."
                ),
            )

    def _field(self, cell: Cell) -> forms.Field:
        label = cell.option.title
        match self.method:
            case Method.CONSENT:
                return forms.ChoiceField(
                    label=label, choices=Answer.choices, widget=forms.RadioSelect, required=False
                )
            case Method.BALANCED:
                return forms.BooleanField(
                    label=label, required=False, help_text=_takes(cell.option)
                )
            case Method.CRITERIA:
                label = f"{label} – {cell.criterion}"
            case _:
                pass
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=cell.highest,
            required=False,
            help_text=_("0 to %(most)s; empty: no mark") % {"most": cell.highest},
        )

    @property
    def marks(self) -> dict[str, Any]:
        data = self.cleaned_data
        marks = {cell.key: data[_name("mark", cell.key)] for cell in self.cells}
        return {key: int(v) if isinstance(v, bool) else v for key, v in marks.items()}

    @property
    def reasons(self) -> dict[str, str]:
        data = self.cleaned_data
        return {c.key: data.get(_name("reason", c.key), "") for c in self.cells}


def _name(what: str, key: str) -> str:
    return f"{what}_{key.replace('.', '_')}"


def _takes(option: BallotOption) -> str:
    """What an option takes of the limits, in words."""
    parts = []
    if option.cost is not None:
        parts.append(gettext("%(cost)s euros") % {"cost": written_number(option.cost)})
    if option.posts is not None:
        parts.append(gettext("%(posts)s posts") % {"posts": written_number(option.posts)})
    return ", ".join(parts)
