from django.apps import AppConfig


class ExampleConfig(AppConfig):
    name = "miteinander.example"
    verbose_name = "example"
