"""What mails say, in the town's own words where it has some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community import actions, forms, queries
from miteinander.core.errors import Invalid, NotThere
from miteinander.core.mailtexts import MailKind, as_kept, mail_kind, sample_of
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.community.crumbs import CHANGE, form_view, register_crumbs

if TYPE_CHECKING:
    from miteinander.core.mailtexts import Wording
    from miteinander.core.models import Municipality
    from miteinander.ui.requests import MemberRequest


def _languages(town: Municipality) -> list[str]:
    """Those with pages first, then the further ones in which the town speaks."""
    pages = [code for code, _name in settings.LANGUAGES]
    return [*pages, *(code for code in town.languages if code not in pages)]


def _crumbs(*more: Link) -> list[Link]:
    return register_crumbs(Link(_("Mail texts"), reverse("workspace:mail_texts")), *more)


@require_GET
def mail_texts(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    town = request.municipality
    languages = _languages(town)
    lines = queries.mail_lines(town)
    context = {
        "title": _("Mail texts"),
        "intro": _(
            "Every mail has a text already. Where you want to say it in your own words, or in a "
            "further language, write it here."
        ),
        "crumbs": _crumbs(),
        "columns": [
            Column(_("Mail")),
            *(Column(settings.LANGUAGE_NAMES.get(code, code)) for code in languages),
        ],
        "rows": [
            [
                Cell(line.kind.label),
                *(_way_to(line, code) for code in languages),
            ]
            for line in lines
        ],
        "empty": ("", ""),
    }
    return render(request, "workspace/register.html", context)


def _way_to(line: queries.MailLine, language: str) -> Cell:
    if language in line.languages:
        label = _("your own words")
    elif language in dict(settings.LANGUAGES):
        label = _("our words")
    else:
        label = _("not written yet")
    return Cell(label, url=reverse("workspace:mail_text", args=[line.kind.name, language]))


@form_view
def mail_text(request: MemberRequest, mail: str, language: str) -> HttpResponse:
    """The text of one mail in one language, with an example of how it arrives."""
    enter(request, CHANGE)
    town = request.municipality
    kind = _kind(town, mail, language)
    subject, body = queries.mail_text_typed(town, kind, language)
    form = forms.MailTextForm(typed(request), initial={"subject": subject, "body": body})

    def act() -> str:
        actions.write_mail_text(
            town, kind, language, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:mail_texts")

    name = settings.LANGUAGE_NAMES.get(language, language)
    question = Question(
        title=_("%(mail)s in %(language)s") % {"mail": kind.label, "language": name},
        submit=_("Save text"),
        done=_("From now on the mail says this."),
        crumbs=_crumbs(Link(f"{kind.label} ({name})")),
        autosave=f"mail-{mail}-{language}",
    )
    more = {
        "kind": kind,
        "needed": sorted(str(kind.words[word].label) for word in kind.needed),
        "language": language,
        "example": _example(kind, form),
        "is_own": any(language in x.languages for x in queries.mail_lines(town) if x.kind == kind),
    }
    return ask(request, form, question, act=act, template="workspace/mail_text.html", more=more)


@require_POST
def mail_text_drop(request: MemberRequest, mail: str, language: str) -> HttpResponse:
    enter(request, CHANGE)
    kind = _kind(request.municipality, mail, language)
    actions.drop_mail_text(
        request.municipality, kind, language, by=request.standing, at=request.standing.at
    )
    messages.success(request, _("The mail says again what comes with Miteinander."))
    return SeeOther(reverse("workspace:mail_texts"))


def _kind(town: Municipality, mail: str, language: str) -> MailKind:
    kind = mail_kind(mail)
    if kind is None or language not in _languages(town):
        raise NotThere
    return kind


def _example(kind: MailKind, form: forms.MailTextForm) -> Wording | None:
    """How the mail arrives as it is typed now; nothing while something does not fit."""
    words = {name: str(form[name].value() or "") for name in ("subject", "body")}
    try:
        return sample_of(kind, *as_kept(kind, **words))
    except Invalid:
        return None
