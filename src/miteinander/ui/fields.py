"""Django's form fields in the dress of KERN: which part of the kit a widget becomes.

Rendering keeps to what was typed: a bound field shows its data, wrong or right.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, cast

from django import forms
from django.forms import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from miteinander.ui import pieces

Kind = Literal["input", "select", "textarea", "check", "choices", "file"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or box of a group."""

    tag: SafeString
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Dressed:
    """What the template `ui/form_row.html` needs to know about one field."""

    field: BoundField
    kind: Kind
    id: str
    tag: SafeString
    choices: tuple[Choice, ...]
    is_optional: bool
    errors: tuple[str, ...]
    hint_id: str
    errors_id: str


def dress(field: BoundField, *, autosave: bool = False) -> Dressed:
    """Prepare one field for the page. Changes its widget, which belongs to this form alone."""
    widget = field.field.widget
    # The server names every error at once; the browser's own bubbles name one and vanish.
    field.form.use_required_attribute = False
    own_id = field.id_for_label or field.auto_id or f"id_{field.html_name}"
    group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    base_id = field.auto_id or own_id
    hint_id, errors_id = f"{base_id}_hint", f"{base_id}_errors"
    attrs = _described_by(field, hint_id, errors_id)
    kind = _kind(widget)
    if isinstance(widget, forms.DateInput | forms.TimeInput | forms.DateTimeInput):
        _use_the_browsers_calendar(widget)
    if kind == "textarea":
        attrs["dir"] = "auto"  # people write in every language, whichever the page has
    if kind == "textarea" and autosave:
        attrs["data-autosave-field"] = field.html_name
    if group:
        tag, choices = SafeString(""), _choices(field, attrs)
    else:
        own = _directly_written(widget) if type(widget) is forms.Select else None
        tag, choices = field.as_widget(own, attrs={**attrs, "class": _class(kind, field)}), ()
    return Dressed(
        field=field,
        kind=kind,
        id=base_id if group else own_id,
        tag=tag,
        choices=choices,
        is_optional=not field.field.required
        and not isinstance(widget, forms.CheckboxInput)
        and not getattr(field.form, "leaves_open", False),
        errors=tuple(str(error) for error in field.errors),
        hint_id=hint_id,
        errors_id=errors_id,
    )


class _Select(forms.Select):
    """The same list, written without a template for each of its options."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return pieces.select(self.get_context(name, value, attrs)["widget"])


def _directly_written(widget: forms.Select) -> _Select:
    own: Any = copy(widget)
    own.__class__ = _Select
    return cast("_Select", own)


def anchor(field: BoundField) -> str:
    """Where a link in the error summary leads: the first thing one can type in or choose."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def _kind(widget: forms.Widget) -> Kind:
    # Order matters: a radio group is a select to Django.
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    for kind, classes in _KINDS.items():
        if isinstance(widget, classes):
            return kind
    return "input"


_KINDS: dict[Kind, type[forms.Widget]] = {
    "check": forms.CheckboxInput,
    "select": forms.Select,
    "textarea": forms.Textarea,
    "file": forms.FileInput,
}


def _class(kind: Kind, field: BoundField) -> str:
    block = {
        "check": "kern-form-check__checkbox",
        "select": "kern-form-input__select",
    }.get(kind, "kern-form-input__input")
    own = str(field.field.widget.attrs.get("class", ""))
    return " ".join(part for part in (own, block, f"{block}--error" * bool(field.errors)) if part)


def _described_by(field: BoundField, hint_id: str, errors_id: str) -> dict[str, str | bool]:
    ids = [hint_id] * bool(field.help_text) + [errors_id] * bool(field.errors)
    attrs: dict[str, str | bool] = {}
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _choices(field: BoundField, attrs: dict[str, str | bool]) -> tuple[Choice, ...]:
    # Django derives its check boxes from its radio buttons, so ask for the former.
    radio = not isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    block = "kern-form-check__radio" if radio else "kern-form-check__checkbox"
    css = f"{block} {block}--error" if field.errors else block
    own = {key: value for key, value in attrs.items() if key != "aria-describedby"}
    return tuple(
        Choice(
            tag=mark_safe(_with_class(sub, own, css)),  # noqa: S308 -- Django's own widget tag
            id=sub.id_for_label,
            label=conditional_escape(sub.choice_label),
        )
        for sub in field
    )


def _with_class(sub: forms.boundfield.BoundWidget, attrs: dict[str, str | bool], css: str) -> str:
    sub.data["attrs"] = {**sub.data["attrs"], **attrs, "class": css}
    sub.data["wrap_label"] = False
    return sub.tag()


def _use_the_browsers_calendar(
    widget: forms.DateInput | forms.TimeInput | forms.DateTimeInput,
) -> None:
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    else:
        widget.input_type, widget.format = "time", "%H:%M"
