"""The few pages of django-allauth that we use; the others do not exist here."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.urls import path

from miteinander.config import signin


class InOurFrame:
    """Pages call the town's frame `site`; allauth gives its own thing the same name."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]  # a mixin
        context.pop("site", None)
        return context


class AskForCode(InOurFrame, views.RequestLoginCodeView):  # type: ignore[misc]  # no stubs
    pass


class EnterCode(InOurFrame, views.ConfirmLoginCodeView):  # type: ignore[misc]  # no stubs
    pass


urlpatterns = [
    path("anmelden/", AskForCode.as_view(), name="account_login"),
    path("anmelden/mail/", AskForCode.as_view(), name="account_request_login_code"),
    # Nobody signs up here; allauth asks for this address when it writes to an unknown one.
    path("anmelden/neu/", AskForCode.as_view(), name="account_signup"),
    path("anmelden/code/", EnterCode.as_view(), name="account_confirm_login_code"),
    path("link/<str:token>/", signin.sign_in_by_link, name="account_sign_in_by_link"),
    path("abmelden/", views.logout, name="account_logout"),
]
