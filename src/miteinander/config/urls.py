"""Every address. The language stands in the path; `/` leads to the preferred one."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from miteinander.config import demo, views
from miteinander.public.views import files, share, sitemap

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("-/health", views.health, name="health"),
    path("-/ready", views.ready, name="ready"),
    path("-/accent-<slug:colour>.css", views.accent, name="accent"),
    path("bild/<slug:identifier>-<int:width>.<slug:suffix>", files.picture, name="picture"),
    path(
        "teilen/<slug:language>/<slug:name>-<slug:digest>.png",
        share.share_picture,
        name="share_picture",
    ),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("t/<slug:identifier>", views.permanent, name="permanent"),
    path("k/", views.short, name="short_entry"),
    path("k/<str:code>", views.short, name="short"),
    *i18n_patterns(
        path("konto/", include("miteinander.config.account_urls")),
        path("arbeit/", include("miteinander.workspace.urls")),
        path("", include("miteinander.public.urls")),
        # Only a demo has this address at all.
        *(
            [path("konto/anmelden-als/", demo.sign_in_as, name="sign_in_as")]
            if settings.DEMO
            else []
        ),
    ),
]

handler400 = "miteinander.config.errors.bad_request"
handler403 = "miteinander.config.errors.forbidden"
handler404 = "miteinander.config.errors.not_found"
handler500 = "miteinander.config.errors.server_error"
