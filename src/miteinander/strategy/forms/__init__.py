"""What people type about concepts, fields, goals and measures."""

from miteinander.strategy.forms.concepts import ChapterForm, ConceptForm, NewChapterForm
from miteinander.strategy.forms.evidence import EvidenceForm
from miteinander.strategy.forms.fields import (
    CollectForm,
    DescribeFieldForm,
    FieldForm,
    MergeFieldForm,
    RetireFieldForm,
    SplitFieldForm,
)
from miteinander.strategy.forms.goals import GoalForm, GrowForm, GrowGoalForm, MoveGoalForm
from miteinander.strategy.forms.handing import HandInForm, HandOverForm
from miteinander.strategy.forms.imports import DocumentForm, MeaningsForm
from miteinander.strategy.forms.leads import AnswerLeadForm, AnswerWishForm, AskLeadForm
from miteinander.strategy.forms.measures import (
    IndicatorForm,
    MeasureFilter,
    MeasureForm,
    MoveMeasureForm,
    OwnFieldForm,
)
from miteinander.strategy.forms.overlaps import OverlapForm
from miteinander.strategy.forms.proposals import ProposeForm, SettleForm
from miteinander.strategy.forms.shared import ReasonForm, RenameForm, Titled

__all__ = [
    "AnswerLeadForm",
    "AnswerWishForm",
    "AskLeadForm",
    "ChapterForm",
    "CollectForm",
    "ConceptForm",
    "DescribeFieldForm",
    "DocumentForm",
    "EvidenceForm",
    "FieldForm",
    "GoalForm",
    "GrowForm",
    "GrowGoalForm",
    "HandInForm",
    "HandOverForm",
    "IndicatorForm",
    "MeaningsForm",
    "MeasureFilter",
    "MeasureForm",
    "MergeFieldForm",
    "MoveGoalForm",
    "MoveMeasureForm",
    "NewChapterForm",
    "OverlapForm",
    "OwnFieldForm",
    "ProposeForm",
    "ReasonForm",
    "RenameForm",
    "RetireFieldForm",
    "SettleForm",
    "SplitFieldForm",
    "Titled",
]
