"""Templates: those that come with Miteinander, and the town's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from miteinander.core.models import Municipality
from miteinander.process.models import Pattern, Template, pattern_from

OURS = ("integrationskonzept",)


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template and how it is chosen: by our name for it, or by its number in the town."""

    key: str
    pattern: Pattern
    own: Template | None = None


@cache
def our_template(name: str) -> Pattern:
    text = files("miteinander.process.queries").joinpath(f"{name}.yaml").read_text("utf-8")
    return pattern_from(yaml.safe_load(text))


def templates_for(municipality: Municipality) -> list[TemplateLine]:
    """Ours first, then the town's own by name: one query."""
    lines = [TemplateLine(name, our_template(name)) for name in OURS]
    own = Template.objects.filter(municipality=municipality).select_related("source")
    return lines + [TemplateLine(str(each.pk), each.pattern(), each) for each in own]


def template_for(municipality: Municipality, key: str) -> TemplateLine | None:
    return next((line for line in templates_for(municipality) if line.key == key), None)
