from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "miteinander.notices"
    verbose_name = "notices"
