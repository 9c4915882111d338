"""All settings in one file. Everything an installation may change is an environment variable.

The table of variables is in docs/running/settings.md; a house test keeps both in step.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from miteinander.config import env, folder

PACKAGE = Path(__file__).resolve().parents[1]
DATA = folder.data_folder()
DEMO = folder.is_demo(DATA)

DEBUG = env.flag("MITEINANDER_DEBUG", default=False)
SECRET_KEY = env.text("MITEINANDER_SECRET_KEY") or folder.secret_key(DATA)
SECRET_KEY_FALLBACKS = env.words("MITEINANDER_SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.words("MITEINANDER_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.flag("MITEINANDER_HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
# Links in mails are made by the worker, which knows no request.
PUBLIC_ADDRESS = env.text("MITEINANDER_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "miteinander.ui",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "template_partials",
    "miteinander.config",
    "miteinander.core",
    "miteinander.community",
    "miteinander.process",
    "miteinander.participation",
    "miteinander.strategy",
    "miteinander.adoption",
    "miteinander.monitoring",
    "miteinander.documents",
    "miteinander.notices",
    "miteinander.public",
    "miteinander.workspace",
    "miteinander.example",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "miteinander.config.middleware.refusals_become_pages",
    "miteinander.config.middleware.content_security_policy",
    "miteinander.config.middleware.log_without_persons",
    # For what does not come from the page cache: members' pages, forms.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "miteinander.config.middleware.find_municipality",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "miteinander.config.urls"
WSGI_APPLICATION = "miteinander.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "miteinander.config.context.frames",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "miteinander.ui.templatetags.ui",
                "miteinander.public.templatetags.share",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": env.database("MITEINANDER_DATABASE", f"sqlite:///{DATA / 'miteinander.sqlite3'}")
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # writers queue up instead of failing half-way
        "timeout": 20,
        # FULL: what people entrust to us is on the disk when we say thank you.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    # So that the database can tell our connections from others (see `miteinander upgrade`).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("application_name", "miteinander")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# --- people ----------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:today"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "miteinander.config.accounts.InvitedPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # mail may take its time
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "miteinander.config.errors.form_expired"

# --- language and time -----------------------------------------------------------------

LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "ar": "العربية",
    "fa": "فارسی",
    "fr": "Français",
    "pl": "Polski",
    "ro": "Română",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
}
LANGUAGE_CODE = "de"
# A further language needs its catalogues and its code here, nothing else.
LANGUAGES = [
    (code, LANGUAGE_NAMES.get(code, code))
    for code in env.languages("MITEINANDER_LANGUAGES", ["de", "en"])
]
# Django looks into installed apps by itself; these two packages are none.
LOCALE_PATHS = [PACKAGE / "config" / "locale", PACKAGE / "cli" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = True

# --- files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "miteinander.config.static.WithDigest"},
}
MEDIA_ROOT = DATA / "files"
# Per web process, for kept pages; whoever works on templates sees each change at once.
PAGE_CACHE_BYTES = 0 if DEBUG else env.number("MITEINANDER_PAGE_CACHE_MB", 32) * 2**20
FILE_UPLOAD_HANDLERS = ["miteinander.core.uploads.AtMostTheLimit"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- mail ------------------------------------------------------------------------------

MAIL_ADDRESS = env.text("MITEINANDER_MAIL", "")
DEFAULT_FROM_EMAIL = env.text("MITEINANDER_MAIL_FROM", "miteinander@localhost")
if DEMO or not MAIL_ADDRESS:
    # A demo writes mail to files and never sends; so does an installation without a server.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    _host, _colon, _port = MAIL_ADDRESS.partition(":")
    EMAIL_HOST, EMAIL_PORT = _host, int(_port or 25)
    EMAIL_HOST_USER = env.text("MITEINANDER_MAIL_USER")
    EMAIL_HOST_PASSWORD = env.text("MITEINANDER_MAIL_PASSWORD")
    EMAIL_USE_TLS = env.flag("MITEINANDER_MAIL_TLS", default=True)
    EMAIL_TIMEOUT = 20

# --- what the town may tune -------------------------------------------------------------

# Without a word for this long, a measure counts as "unknown"; only "done" stays done.
SILENCE_AFTER_DAYS = env.number("MITEINANDER_SILENCE_AFTER_DAYS", 365)
SIGNED_LINK_DAYS = env.number("MITEINANDER_SIGNED_LINK_DAYS", 30)

# Forms without an account: see miteinander/core/proof.py.
PROOF_BITS = env.number("MITEINANDER_PROOF_BITS", 18)
PROOF_RUSH = env.number("MITEINANDER_PROOF_RUSH", 240)
PROOF_WAIT_SECONDS = env.number("MITEINANDER_PROOF_WAIT_SECONDS", 20)

# --- logs: structured, without personal data ---------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "miteinander.core.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("MITEINANDER_LOG_LEVEL", "WARNING")},
    "loggers": {
        "miteinander": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the proxy in front redirects to https (docs/running/proxy.md)
]
MESSAGE_TAGS = {40: "danger"}
