"""What people type about concepts, fields, goals and measures."""

from miteinander.strategy.forms.concepts import ChapterForm, ConceptForm, NewChapterForm
from miteinander.strategy.forms.fields import (
    CollectForm,
    DescribeFieldForm,
    FieldForm,
    MergeFieldForm,
    RetireFieldForm,
)
from miteinander.strategy.forms.goals import GoalForm, GrowForm, GrowGoalForm, MoveGoalForm
from miteinander.strategy.forms.imports import DocumentForm, MeaningsForm
from miteinander.strategy.forms.measures import (
    AnswerLeadForm,
    AskLeadForm,
    IndicatorForm,
    MeasureFilter,
    MeasureForm,
    MoveMeasureForm,
    OwnFieldForm,
)
from miteinander.strategy.forms.shared import ReasonForm, RenameForm, Titled

__all__ = [
    "AnswerLeadForm",
    "AskLeadForm",
    "ChapterForm",
    "CollectForm",
    "ConceptForm",
    "DescribeFieldForm",
    "DocumentForm",
    "FieldForm",
    "GoalForm",
    "GrowForm",
    "GrowGoalForm",
    "IndicatorForm",
    "MeaningsForm",
    "MeasureFilter",
    "MeasureForm",
    "MergeFieldForm",
    "MoveGoalForm",
    "MoveMeasureForm",
    "NewChapterForm",
    "OwnFieldForm",
    "ReasonForm",
    "RenameForm",
    "RetireFieldForm",
    "Titled",
]
