from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "miteinander.config"
    verbose_name = "config"
