from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "miteinander.public"
    verbose_name = "public"
