"""The product's addresses and one empty page in the same frame, to measure pages against."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from miteinander.config.urls import urlpatterns as product

EMPTY = '{% extends "ui/site.html" %}{% block content %}<h1>Leer</h1>{% endblock %}'


@login_not_required
def empty(request):
    template = engines["django"].from_string(EMPTY)
    return HttpResponse(template.render({}, request))


urlpatterns = [*product, *i18n_patterns(path("leer/", empty))]
