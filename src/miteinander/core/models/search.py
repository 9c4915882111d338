from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.things import Thing


class SearchEntry(models.Model):
    """What can be found of one public thing (Sucheintrag): its tokens, and what to show of it.

    Written by `core.search.keep` in the transaction that changes the thing. Whether anybody may
    see it is never kept here: that is asked of the thing itself.
    """

    thing = models.OneToOneField(Thing, models.CASCADE, primary_key=True, related_name="found_by")
    texts = models.JSONField(default=list)
    """The searched texts as [language, text], the original first; the title is the thing's."""
    tokens = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.thing_id}"


class SearchWord(models.Model):
    """A word that some entry holds (Suchwort), by which typing errors and compounds are found."""

    word = models.CharField(max_length=64, unique=True)
    spelling = models.CharField(max_length=64)
    """As somebody wrote it first, to be proposed to people."""
    tokens = models.TextField()
    """Its trigrams."""

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")

    def __str__(self) -> str:
        return self.spelling
