from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "miteinander.workspace"
    verbose_name = "workspace"
