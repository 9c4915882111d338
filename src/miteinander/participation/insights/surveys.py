"""How a survey was answered: counts in the database, sentences here, nothing computed with NumPy.

Each question has a base of its own: those who were asked it and answered. Below five nothing is
shown. Otherwise a tally of a public survey is shown as it is, also small numbers: nobody is known
by it (decision 125). Where the answers are about the people themselves, or everybody knows who
was asked, a number below five is withheld, and whatever would give it away by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.participation.models import SurveyAnswer, SurveyResponse
from miteinander.participation.queries import (
    questions_of,
    text_of,
    words_of,
    words_published_in,
)
from miteinander.participation.states import Audience, QuestionKind, ResponseState
from miteinander.ui.shapes import Cell, Column, Matrix, MatrixHead, MatrixRow, RadarRow
from miteinander.ui.words import written_number, written_percent

if TYPE_CHECKING:
    from miteinander.participation.models import Call, SurveyQuestion

FEWEST = 5
WITHOUT_ANSWER = (QuestionKind.SCALE, QuestionKind.MATRIX)
"""Kinds in which “no answer” can be ticked: it is kept, and counts in no base."""
Cells = Mapping[tuple[int, int], tuple[int, int]]
"""By line and option: how many, and the sum of their places."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One possible answer; None where a number would show a small group."""

    label: str
    count: int | None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: a sentence, what is drawn, and the table of the same numbers."""

    question: SurveyQuestion
    title: str
    number: int
    sentence: str
    base: str
    """Of how many answers, and of how many who were asked."""
    tallies: list[Tally] = field(default_factory=list)
    matrix: Matrix | None = None
    bars: list[RadarRow] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SurveyResults:
    sent: int
    by_office: int
    """Of these, on paper or by phone."""
    is_few: bool
    questions: list[QuestionResult]


@dataclass(frozen=True, slots=True)
class _Counts:
    cells: Mapping[int, Cells]
    answered: Mapping[int, int]
    asked: Mapping[int, int]
    published: Mapping[int, int]
    sent: int


def results_of(call: Call, questions: Sequence[SurveyQuestion] | None = None) -> SurveyResults:
    """Five queries at most, however many answers. Localise the questions before."""
    questions = questions_of(call) if questions is None else questions
    sent = SurveyResponse.objects.filter(call=call, state=ResponseState.SENT).aggregate(
        all=Count("pk"), by_office=Count("pk", filter=~Q(participant__channel="online"))
    )
    counts = _counted(call, questions, sent["all"])
    found: list[QuestionResult] = []
    withheld: set[int] = set()
    for number, question in enumerate(questions, start=1):
        result = _result(call, question, number, counts, withheld)
        if any(tally.count is None for tally in result.tallies):
            withheld.add(question.pk)
        found.append(result)
    return SurveyResults(
        sent=sent["all"],
        by_office=sent["by_office"],
        is_few=sent["all"] < FEWEST,
        questions=found if sent["all"] >= FEWEST else [],
    )


def _counted(call: Call, questions: Sequence[SurveyQuestion], sent: int) -> _Counts:
    answers = SurveyAnswer.objects.filter(response__call=call, response__state=ResponseState.SENT)
    cells: dict[int, dict[tuple[int, int], tuple[int, int]]] = defaultdict(dict)
    grouped = answers.values_list("question", "row", "option").annotate(Count("pk"), Sum("rank"))
    for question, row, option, count, ranks in grouped.order_by():
        cells[question][row, option] = (count, ranks or 0)
    said = answers.exclude(question__question_kind__in=WITHOUT_ANSWER, option=0)
    answered = dict(said.values_list("question").annotate(Count("response", distinct=True)))
    hanging = [question for question in questions if question.shown_if_id is not None]
    asked = answers.aggregate(
        **{
            f"q{question.pk}": Count(
                "response",
                distinct=True,
                filter=Q(question=question.shown_if_id, option__in=question.shown_values),
            )
            for question in hanging
        }
    ) if hanging else {}  # fmt: skip
    return _Counts(
        cells=cells,
        answered=answered,
        asked={question.pk: asked.get(f"q{question.pk}", sent) for question in questions},
        published=words_published_in(call) if any(q.is_contribution for q in questions) else {},
        sent=sent,
    )


def _result(
    call: Call, question: SurveyQuestion, number: int, counts: _Counts, withheld: set[int]
) -> QuestionResult:
    kind = QuestionKind(question.question_kind)
    title = text_of(question, "title")
    answered, asked = counts.answered.get(question.pk, 0), counts.asked[question.pk]
    if answered < FEWEST or question.shown_if_id in withheld:
        sentence = _("Too few have answered this question: their answers are not shown.")
        if question.shown_if_id in withheld:
            sentence = _("Not shown: the numbers would show a small group.")
        hidden = [Tally("", None)] if question.shown_if_id in withheld else []
        return QuestionResult(question, title, number, sentence, "", tallies=hidden)
    base = ngettext("of %(n)s answer", "of %(n)s answers", answered) % {
        "n": written_number(answered)
    }
    if question.shown_if_id is not None:
        base = _("%(base)s; asked were %(asked)s") % {"base": base, "asked": written_number(asked)}
    is_guarded = question.is_personal or call.audience != Audience.PUBLIC
    made = _Made(question, title, number, base, answered, is_guarded)
    cells = counts.cells.get(question.pk, {})
    if kind == QuestionKind.TEXT:
        return made.words(counts.published.get(question.pk, 0))
    if kind == QuestionKind.RANKING:
        return made.order(cells)
    if kind == QuestionKind.MATRIX:
        return made.lines(cells)
    return made.choices(cells)


@dataclass(frozen=True, slots=True)
class _Made:
    """The result of one question in the making."""

    question: SurveyQuestion
    title: str
    number: int
    base: str
    answered: int
    is_guarded: bool

    def choices(self, cells: Cells) -> QuestionResult:
        question = self.question
        if question.question_kind == QuestionKind.SCALE:
            steps = range(1, question.steps + 1)
            labels = [self._step(step) for step in steps]
        else:
            labels = words_of(question, "options").lines
        numbers = [cells.get((0, option), (0, 0))[0] for option in range(1, len(labels) + 1)]
        tallies = self._tallies(labels, numbers)
        if question.question_kind == QuestionKind.SCALE:
            sentence = self._mean(tallies)
        else:
            sentence = _most(tallies, self.answered)
        return self._drawn(tallies, sentence)

    def _step(self, step: int) -> str:
        ends = {1: text_of(self.question, "low")}
        ends[self.question.steps] = text_of(self.question, "high")
        return f"{step} ({ends[step]})" if step in ends else str(step)

    def _tallies(self, labels: Sequence[str], numbers: Sequence[int]) -> list[Tally]:
        base = self.answered
        return [
            Tally(label, count if is_open else None, count / base if is_open and base else None)
            for label, count, is_open in zip(labels, numbers, self._open(numbers), strict=True)
        ]

    def _open(self, numbers: Sequence[int]) -> list[bool]:
        """Which numbers may be shown."""
        # deferred: privacy is plain Python, but only results need it
        from miteinander.analysis.privacy import separable, shown

        if not self.is_guarded:
            return [True] * len(numbers)
        if self.question.question_kind == QuestionKind.MULTIPLE:
            # Whoever chose it and whoever did not are two groups of each answer.
            return [not separable(self.answered, count) for count in numbers]
        return shown(numbers)

    def _mean(self, tallies: Sequence[Tally]) -> str:
        if any(tally.count is None for tally in tallies):
            return _("Some numbers are not shown, because they would show a small group.")
        total = sum(step * (tally.count or 0) for step, tally in enumerate(tallies, start=1))
        return _("On average %(mean)s, on a scale from %(low)s to %(high)s.") % {
            "mean": written_number(round(total / self.answered, 1)),
            "low": self._step(1),
            "high": self._step(self.question.steps),
        }

    def _drawn(self, tallies: list[Tally], sentence: str) -> QuestionResult:
        return QuestionResult(
            self.question,
            self.title,
            self.number,
            sentence,
            self.base,
            tallies=tallies,
            bars=[RadarRow(t.label, _said(t), t.share, None) for t in tallies],
            columns=[
                Column(_("Possible answer")),
                Column(_("Number"), is_number=True),
                Column(_("Share"), is_number=True),
            ],
            rows=[
                [Cell(t.label), Cell(_("not shown") if t.count is None else t.count),
                 Cell("" if t.share is None else written_percent(t.share))]
                for t in tallies
            ],
        )  # fmt: skip

    def lines(self, cells: Cells) -> QuestionResult:
        columns = words_of(self.question, "options").lines
        lines = []
        tallies: list[Tally] = []
        best: list[tuple[float, str, int, int]] = []
        for row, line in enumerate(words_of(self.question, "rows").lines, start=1):
            numbers = [cells.get((row, option), (0, 0))[0] for option in range(1, len(columns) + 1)]
            here = self._tallies(columns, numbers)
            tallies += here
            base = sum(numbers)
            if base and here[0].count is not None:
                best.append((here[0].count / base, line, here[0].count, base))
            cells_of = tuple(Cell(_("not shown") if t.count is None else t.count) for t in here)
            lines.append(MatrixRow(MatrixHead(line), cells_of))
        sentence = _("Some numbers are not shown, because they would show a small group.")
        if best:
            _share, line, count, base = max(best)
            sentence = _("“%(answer)s” is said most of “%(line)s”: by %(count)s of %(base)s.") % {
                "answer": columns[0], "line": line,
                "count": written_number(count), "base": written_number(base),
            }  # fmt: skip
        matrix = Matrix(
            corner=_("Line"),
            columns=tuple(MatrixHead(column) for column in columns),
            rows=tuple(lines),
            caption=self.title,
            sentence=sentence,
        )
        return QuestionResult(
            self.question, self.title, self.number, sentence, self.base, tallies=tallies,
            matrix=matrix,
        )  # fmt: skip

    def order(self, cells: Cells) -> QuestionResult:
        """Borda: as many points on each sheet as there are lines below (decision 68)."""
        # deferred: places and ties are plain Python, but only results need them
        from miteinander.analysis.ranking import places

        labels = words_of(self.question, "options").lines
        points = []
        for option in range(1, len(labels) + 1):
            count, ranks = cells.get((0, option), (0, 0))
            points.append(len(labels) * count - ranks)
        most = (len(labels) - 1) * self.answered
        stand = places([-p for p in points])
        order = sorted(zip(stand, labels, points, strict=True), key=lambda row: row[0] or 0)
        first = [label for place, label, _p in order if place == 1]
        sentence = (
            _("“%(which)s” comes first, by all answers together.") % {"which": first[0]}
            if len(first) == 1
            else _("%(which)s come first together.") % {"which": _listed(first)}
        )
        return QuestionResult(
            self.question, self.title, self.number, sentence, self.base,
            bars=[
                RadarRow(
                    f"{place}. {label}",
                    ngettext("%(n)s point", "%(n)s points", p) % {"n": written_number(p)},
                    p / most, None,
                )
                for place, label, p in order
            ],
            columns=[
                Column(_("Possible answer")),
                Column(_("Rank"), is_number=True),
                Column(_("Points"), is_number=True),
            ],
            rows=[[Cell(label), Cell(place or 0), Cell(p)] for place, label, p in order],
        )  # fmt: skip

    def words(self, published: int) -> QuestionResult:
        if not self.question.is_contribution:
            sentence = ngettext(
                "%(n)s has written something. Only the office reads it.",
                "%(n)s have written something. Only the office reads it.",
                self.answered,
            ) % {"n": written_number(self.answered)}
        else:
            sentence = _("%(n)s have written something; %(published)s of it is published.") % {
                "n": written_number(self.answered),
                "published": written_number(published),
            }
        return QuestionResult(self.question, self.title, self.number, sentence, "")


def _said(tally: Tally) -> str:
    if tally.count is None or tally.share is None:
        return _("not shown")
    return f"{written_number(tally.count)} ({written_percent(tally.share)})"


def _listed(labels: Sequence[str]) -> str:
    quoted = [_("“%(words)s”") % {"words": label} for label in labels]
    return _(" and ").join([", ".join(quoted[:-1]), quoted[-1]])


def _most(tallies: Sequence[Tally], base: int) -> str:
    """What was chosen most, in a sentence; ties are named together."""
    if any(tally.count is None for tally in tallies):
        return _("Some numbers are not shown, because they would show a small group.")
    highest = max((tally.count or 0 for tally in tallies), default=0)
    first = [tally.label for tally in tallies if tally.count == highest]
    words = {
        "count": written_number(highest),
        "base": written_number(base),
        "percent": written_percent(highest / base),
    }
    if len(first) == 1:
        return _("“%(which)s” was chosen most: by %(count)s of %(base)s (%(percent)s).") % {
            "which": first[0], **words,
        }  # fmt: skip
    return _("Chosen equally often: %(which)s, by %(count)s of %(base)s each (%(percent)s).") % {
        "which": _listed(first), **words,
    }  # fmt: skip
