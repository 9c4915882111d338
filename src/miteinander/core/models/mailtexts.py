from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.municipality import Municipality


class MailText(models.Model):
    """The town's own words for one kind of mail in one language (see core.mailtexts)."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="mail_texts")
    mail = models.CharField(_("mail"), max_length=40)
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    """Both with ``%(name)s`` where something is filled in."""

    class Meta:
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "mail", "language"],
                name="one_text_per_mail_and_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mail} ({self.language})"
