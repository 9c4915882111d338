from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "miteinander.ui"
    label = "ui"
    verbose_name = "ui"
