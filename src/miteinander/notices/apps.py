from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "miteinander.notices"
    verbose_name = "notices"

    def ready(self) -> None:
        # deferred: the schedule registers once models exist
        import_module(f"{self.name}.tasks")
