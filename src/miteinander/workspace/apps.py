from importlib import import_module

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "miteinander.workspace"
    verbose_name = "workspace"

    def ready(self) -> None:
        # deferred: the schedule registers once models exist
        import_module(f"{self.name}.tasks")
