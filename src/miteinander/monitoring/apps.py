from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "miteinander.monitoring"
    verbose_name = "monitoring"

    def ready(self) -> None:
        # deferred: these rooms register kinds of event, rights and jobs once models exist
        for room in ("events", "rules", "tasks"):
            if find_spec(f"{self.name}.{room}"):
                import_module(f"{self.name}.{room}")
