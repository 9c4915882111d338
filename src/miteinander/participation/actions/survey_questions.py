"""Building a survey: questions are written, ordered and taken out until somebody has answered.

After that only wordings are corrected, and each correction is remembered: whoever answered did
so before it. Each action locks the call first, as sending an answer does, so that no question
changes under an answer that is on its way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.participation.models import Call, Survey, SurveyQuestion
from miteinander.participation.queries.survey_path import count_of, lines_in
from miteinander.participation.queries.surveys import is_answered, questions_of
from miteinander.participation.states import CHOSEN, CallMethod, QuestionKind, ResultsShown

if TYPE_CHECKING:
    from miteinander.core.errors import Text

MOST_QUESTIONS = 60
MOST_OPTIONS = 40
MOST_RANKED = 12
LONGEST_LINE = 200
WORDING = frozenset({"title", "help", "options", "rows", "low", "high"})
"""What may be corrected after somebody has answered, as long as no line comes or goes."""
COPIED = (
    "title", "question_kind", "help", "options", "rows", "steps", "low", "high", "longest",
    "is_required", "is_contribution", "is_personal", "language",
)  # fmt: skip


def locked_call(call: Call) -> Call:
    """The call, held until the transaction ends: building and answering take turns."""
    return Call.objects.select_for_update(of=("self",)).select_related("phase").get(pk=call.pk)


@transaction.atomic
def add_question(
    call: Call,
    *,
    by: Standing,
    at: datetime,
    shown_if: SurveyQuestion | None = None,
    shown_values: Sequence[int] = (),
    language: str = "",
    is_example: bool = False,
    **wording: Any,
) -> SurveyQuestion:
    """Put one more question at the end; `wording` names columns of the question."""
    call = _to_build(call)
    questions = questions_of(call)
    if len(questions) >= MOST_QUESTIONS:
        raise Closed(
            _("A survey has at most %(most)s questions.") % {"most": MOST_QUESTIONS},
            do=_("Take one out first. Short surveys are answered by more people."),
        )
    question = SurveyQuestion(
        municipality_id=call.municipality_id,
        call=call,
        position=max((q.position for q in questions), default=0) + 1,
        language=language or call.language,
        shown_if=shown_if,
        shown_values=sorted(set(shown_values)) if shown_if is not None else [],
        is_example=is_example,
        **wording,
    )
    _check(question, before=questions)
    question.save()
    record("survey.built", call, by=by, at=at)
    return question


@transaction.atomic
def change_question(
    question: SurveyQuestion,
    *,
    changes: Mapping[str, object],
    seen: int,
    by: Standing,
    at: datetime,
) -> SurveyQuestion:
    """Change a question; once somebody has answered, its wording only, and it is remembered.

    Raises :class:`Conflict` with both texts when somebody else was faster.
    """
    call = locked_call(question.call)
    current = SurveyQuestion.objects.get(pk=question.pk)
    really = {name: value for name, value in changes.items() if getattr(current, name) != value}
    stands = is_answered(call)
    if stands and not set(really) <= WORDING:
        raise _stands()
    before = {name: getattr(current, name) for name in really}
    lines = (len(lines_in(current.options)), len(lines_in(current.rows)))
    for name, value in really.items():
        setattr(current, name, value)
    if stands and lines != (len(lines_in(current.options)), len(lines_in(current.rows))):
        raise _stands()
    questions = questions_of(call)
    at_place = next(n for n, other in enumerate(questions) if other.pk == current.pk)
    _check(current, before=questions[:at_place])
    _check_followers(current, questions[at_place + 1 :])
    question = save_if_unchanged(question, really, seen=seen)
    if stands and really:
        record(
            "survey.corrected",
            call,
            by=by,
            at=at,
            data={"before": {name: str(value) for name, value in before.items()},
                  "question": question.title},
        )  # fmt: skip
    elif really:
        record("survey.built", call, by=by, at=at)
    return question


@transaction.atomic
def move_question(
    question: SurveyQuestion, *, to: Literal["up", "down"], by: Standing, at: datetime
) -> None:
    """One place up or down; refused where a question would come before what it hangs on."""
    call = _to_build(question.call)
    questions = questions_of(call)
    place = next(n for n, other in enumerate(questions) if other.pk == question.pk)
    other_place = place - 1 if to == "up" else place + 1
    if not 0 <= other_place < len(questions):
        return
    questions[place], questions[other_place] = questions[other_place], questions[place]
    first, second = sorted((place, other_place))
    if questions[first].shown_if_id == questions[second].pk:
        raise Closed(
            _("“%(second)s” is asked after an answer to “%(first)s”.")
            % {"second": questions[first].title, "first": questions[second].title},
            do=_("So it has to come later. Change the condition first."),
        )
    _number(questions)
    record("survey.built", call, by=by, at=at)


@transaction.atomic
def remove_question(question: SurveyQuestion, *, by: Standing, at: datetime) -> None:
    """Take a question out; refused while others hang on its answers."""
    call = _to_build(question.call)
    hanging = [q.title for q in questions_of(call) if q.shown_if_id == question.pk]
    if hanging:
        raise Closed(
            _("Other questions are asked after an answer to this one: %(which)s.")
            % {"which": ", ".join(str(_("“%(words)s”")) % {"words": t} for t in hanging)},
            do=_("Take those out first, or change their condition."),
        )
    SurveyQuestion.objects.filter(pk=question.pk).update(retired_on=localdate(at))
    record("survey.built", call, by=by, at=at)


@transaction.atomic
def duplicate_question(question: SurveyQuestion, *, by: Standing, at: datetime) -> SurveyQuestion:
    """The same question once more, right behind the first, to be changed then."""
    call = _to_build(question.call)
    questions = questions_of(call)
    if len(questions) >= MOST_QUESTIONS:
        raise Closed(_("A survey has at most %(most)s questions.") % {"most": MOST_QUESTIONS})
    copy = _copy(question, call)
    copy.shown_if_id = question.shown_if_id
    copy.shown_values = list(question.shown_values)
    copy.save()
    place = next(n for n, other in enumerate(questions) if other.pk == question.pk)
    questions.insert(place + 1, copy)
    _number(questions)
    record("survey.built", call, by=by, at=at)
    return copy


@transaction.atomic
def copy_questions(source: Call, call: Call, *, by: Standing, at: datetime) -> list[SurveyQuestion]:
    """Take over all questions of an earlier survey, with what hangs on what."""
    call = _to_build(call)
    mine, theirs = questions_of(call), questions_of(source)
    if len(mine) + len(theirs) > MOST_QUESTIONS:
        raise Closed(
            _("A survey has at most %(most)s questions.") % {"most": MOST_QUESTIONS},
            do=_("Take some out first."),
        )
    copies: dict[int, SurveyQuestion] = {}
    for number, question in enumerate(theirs, start=1):
        copy = _copy(question, call)
        copy.position = max((q.position for q in mine), default=0) + number
        if question.shown_if_id is not None:
            copy.shown_if = copies[question.shown_if_id]
            copy.shown_values = list(question.shown_values)
        copy.save()
        copies[question.pk] = copy
    record("survey.built", call, by=by, at=at)
    return list(copies.values())


@transaction.atomic
def show_results(call: Call, *, when: ResultsShown, by: Standing, at: datetime) -> None:
    """Decide when everybody sees how the survey was answered."""
    survey, _made = Survey.objects.get_or_create(call=call)
    if survey.results == when:
        return
    survey.results = when
    survey.save(update_fields=["results"])
    record("survey.results_set", call, by=by, at=at, data={"when": str(when)})


def _to_build(call: Call) -> Call:
    """The call, locked; refused once somebody has answered, and where it is no survey."""
    call = locked_call(call)
    if call.method != CallMethod.SURVEY:
        raise Closed(
            _("This call is not a survey."),
            do=_("Questions belong to calls whose method is “survey”."),
        )
    if is_answered(call):
        raise _stands()
    return call


def _stands() -> Closed:
    return Closed(
        _("Somebody has answered already, so the questions stand."),
        do=_(
            "You can still correct a wording; that is noted in the record. For other questions "
            "open a new survey and take these questions over."
        ),
    )


def _copy(question: SurveyQuestion, call: Call) -> SurveyQuestion:
    return SurveyQuestion(
        municipality_id=call.municipality_id,
        call=call,
        is_example=call.is_example,
        **{name: getattr(question, name) for name in COPIED},
    )


def _number(questions: Sequence[SurveyQuestion]) -> None:
    for position, question in enumerate(questions, start=1):
        if question.position != position:
            SurveyQuestion.objects.filter(pk=question.pk).update(position=position)


def _check(question: SurveyQuestion, *, before: Sequence[SurveyQuestion]) -> None:
    """Everything that a question lacks, at once."""
    wrong: dict[str, Text] = {}
    kind = QuestionKind(question.question_kind)
    if not question.title.strip():
        wrong["title"] = _("Please write the question.")
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATRIX):
        _check_lines(question.options, wrong, "options", most=MOST_OPTIONS)
    elif kind == QuestionKind.RANKING:
        _check_lines(question.options, wrong, "options", most=MOST_RANKED)
    if kind == QuestionKind.MATRIX:
        _check_lines(question.rows, wrong, "rows", most=MOST_OPTIONS, least=1)
    if kind == QuestionKind.SCALE:
        if not 2 <= question.steps <= 11:
            wrong["steps"] = _("A scale has 2 to 11 steps.")
        for name in ("low", "high"):
            if not getattr(question, name).strip():
                wrong[name] = _("Please say what this end of the scale means.")
    if question.shown_if is not None:
        _check_condition(question, before, wrong)
    if wrong:
        raise Invalid(wrong)


def _check_lines(
    text: str, wrong: dict[str, Text], field: str, *, most: int, least: int = 2
) -> None:
    lines = lines_in(text)
    if len(lines) < least:
        wrong[field] = _("Please write at least %(least)s lines, one below the other.") % {
            "least": least
        }
    elif len(lines) > most:
        wrong[field] = _("There are %(have)s lines, %(most)s are possible.") % {
            "have": len(lines),
            "most": most,
        }
    elif len(set(lines)) < len(lines):
        wrong[field] = _("Two lines say the same. Nobody could tell them apart.")
    elif any(len(line) > LONGEST_LINE for line in lines):
        wrong[field] = _("A line is longer than %(most)s characters. Please shorten it.") % {
            "most": LONGEST_LINE
        }


def _check_condition(
    question: SurveyQuestion, before: Sequence[SurveyQuestion], wrong: dict[str, Text]
) -> None:
    """Only backwards, so there are no circles; only answers that exist."""
    source = next((q for q in before if q.pk == question.shown_if_id), None)
    if source is None:
        wrong["shown_if"] = _("A question can only hang on one that is asked earlier.")
    elif source.question_kind not in CHOSEN:
        wrong["shown_if"] = _("A question can only hang on one where something is chosen.")
    elif not question.shown_values:
        wrong["shown_values"] = _("Please choose with which answers it is asked.")
    elif not all(
        isinstance(value, int) and 0 < value <= count_of(source) for value in question.shown_values
    ):
        wrong["shown_values"] = _("The earlier question has no such answer.")


def _check_followers(question: SurveyQuestion, later: Sequence[SurveyQuestion]) -> None:
    """A change must not take away answers on which other questions hang."""
    for other in later:
        if other.shown_if_id != question.pk:
            continue
        if question.question_kind not in CHOSEN or any(
            value > count_of(question) for value in other.shown_values
        ):
            raise Closed(
                _("“%(title)s” is asked after an answer that would then be gone.")
                % {"title": other.title},
                do=_("Change the condition of that question first."),
            )
