from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "miteinander.core"
    verbose_name = "core"

    def ready(self) -> None:
        # deferred: checks read settings, which are complete only now
        from miteinander.core import checks, tasks  # noqa: F401 -- both register by being imported
        from miteinander.core.search import matching  # noqa: F401 -- likewise
