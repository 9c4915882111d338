"""What the server runs: static files, then kept pages, then Django."""

from __future__ import annotations

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")


def _stacked() -> Any:
    django: Any = get_wsgi_application()
    # deferred: these need what Django has set up just now
    from django.conf import settings

    from miteinander.config.pagecache import PageCache
    from miteinander.config.static import StaticFiles

    most = settings.PAGE_CACHE_BYTES
    return StaticFiles(PageCache(django, most_bytes=most) if most else django)


application = _stacked()
