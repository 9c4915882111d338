from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "miteinander.documents"
    verbose_name = "documents"
