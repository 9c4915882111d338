from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.municipality import Municipality
from miteinander.core.standing import Role


class UserManager(BaseUserManager["User"]):
    def invite(self, email: str, *, language: str = "de") -> User:
        """Return the account for an address, made on first invitation; nobody has a password."""
        user, made = self.get_or_create(
            email=self.normalize_email(email).lower(), defaults={"language": language}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user


class User(AbstractBaseUser):
    """An account (Konto): an address that can sign in. What it may do follows elsewhere."""

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=12, default="de")
    is_active = models.BooleanField(_("active"), default=True)
    joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """An account's role in one municipality (Mitgliedschaft)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=12,
        choices=[(Role.COORDINATOR, _("coordination")), (Role.MEMBER, _("member"))],
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"], name="one_membership_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
