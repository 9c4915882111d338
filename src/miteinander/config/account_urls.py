"""The few pages of django-allauth that we use; the others do not exist here."""

from allauth.account import views
from django.urls import path

from miteinander.config import signin

urlpatterns = [
    path("anmelden/", views.request_login_code, name="account_login"),
    path("anmelden/mail/", views.request_login_code, name="account_request_login_code"),
    # Nobody signs up here; allauth asks for this address when it writes to an unknown one.
    path("anmelden/neu/", views.request_login_code, name="account_signup"),
    path("anmelden/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("link/<str:token>/", signin.sign_in_by_link, name="account_sign_in_by_link"),
    path("abmelden/", views.logout, name="account_logout"),
]
