"""The concept and its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.process.models import Process
from miteinander.strategy import queries
from miteinander.strategy.forms.shared import One, text_area
from miteinander.strategy.models import Concept

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


class ConceptForm(forms.Form):
    process = One(Process.objects.none(), label=_("Process"))
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("What it is about"), widget=text_area(6), required=False)
    continues = One(
        Concept.objects.none(),
        label=_("Continues the edition"),
        required=False,
        help_text=_("For a new edition: what it carries on."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        processes, concepts = self.fields["process"], self.fields["continues"]
        assert isinstance(processes, forms.ModelChoiceField)
        assert isinstance(concepts, forms.ModelChoiceField)
        processes.queryset = queries.processes_without_concept(municipality)
        concepts.queryset = Concept.objects.filter(municipality=municipality)


class ChapterForm(forms.Form):
    title = forms.CharField(
        label=_("Heading"),
        max_length=300,
        required=False,
        help_text=_("Empty: the usual heading, in the language of the document."),
    )
    text = forms.CharField(
        label=_("Text"),
        widget=text_area(18),
        required=False,
        help_text=_(
            "An empty line divides paragraphs. ## before a line makes a heading, - a point of a "
            "list, **two stars** make words strong. What is frozen stays for ever: please name "
            "functions and not people."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewChapterForm(ChapterForm):
    """A chapter of one's own: nobody else knows what it is called."""

    title = forms.CharField(label=_("Heading"), max_length=300)
