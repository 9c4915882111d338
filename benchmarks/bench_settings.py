"""The product's settings, and one more folder of static files to compare pages with."""

import os

from miteinander.config.settings import *  # noqa: F403 -- all of them, as they are

STATICFILES_DIRS = [os.environ["BENCH_STATIC"]]
