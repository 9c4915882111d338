"""The product's addresses and one empty page in the same frame, to measure pages against."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from miteinander.config.urls import urlpatterns as product

EMPTY = '{% extends "ui/site.html" %}{% block content %}<h1>Leer</h1>{% endblock %}'
TEMPLATE = engines["django"].from_string(EMPTY)  # once, as the product's pages are


@login_not_required
def empty(request):
    return HttpResponse(TEMPLATE.render({}, request))


urlpatterns = [*product, *i18n_patterns(path("leer/", empty))]
