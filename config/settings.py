"""The one settings file. Nothing secret has a default: what is missing is named and nothing starts."""

import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

# With more threads numpy's BLAS makes an article several times slower as soon as anything else runs. It looks once, when it
# is loaded, and the guesser of languages loads it with the first import of articles.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Lets Django's classes be written with their types, as in ModelAdmin[Person].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    """The variable's value, or that of the file which `NAME_FILE` points at (how secrets are mounted)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if value := os.environ.get(name):
        return value
    msg = f"Set {name} (or {name}_FILE) in the environment; `make demo` does it for a trial."
    raise ImproperlyConfigured(msg)


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable; only True and False are understood, so that a typo is never silently «no»."""
    value = os.environ.get(name, str(default))
    if value not in {"True", "False"}:
        msg = f"{name} is {value!r}; it can be True or False."
        raise ImproperlyConfigured(msg)
    return value == "True"


SECRET_KEY = required("SECRET_KEY")
DEBUG = flag("DEBUG", default=False)
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
# Where the site is reached over https. The demo and the tests use plain http on this machine and say so.
HTTPS = flag("HTTPS", default=True)

INSTALLED_APPS = [
    "config",
    "quotes",
    "articles",
    "people",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "procrastinate.contrib.django",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of all that answers by itself: a browser reads no 304 and no 503 without its headers either.
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.compression.CompressPublicMiddleware",
    "config.api.limits.TellLimitsMiddleware",
    # Who asks again whether what they keep still holds is answered by a few bytes. Inside of compression, since the tag
    # is made of the page as it was written.
    "config.caching.ConditionalMiddleware",
    "config.caching.AskAgainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.LanguageMiddleware",
    # Speaks the reader's language, and goes before all that costs more than it does.
    "config.api.limits.LimitsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "people.acting.ActingUserMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    # Only for what a page repeats some dozens of times: `quotes/templatetags/lists.py`.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {"environment": "config.jinja2.environment"},
    },
]

DATABASES = {"default": dj_database_url.parse(required("DATABASE_URL"), engine="config.postgresql")}
# What the address itself says (sslmode, the folder of a local socket) is kept.
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": 8,
    # Seconds that a request waits for a connection; by default thirty, in which a reader has gone.
    "timeout": 3,
    # Seconds after which trying to connect begins anew. Between two tries it waits ever longer, by default for minutes,
    # in which a database that is back would not be noticed.
    "reconnect_timeout": 3,
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("be", _("Belarusian")), ("en", _("English"))]
# The second holds what Django's own translations say badly; `make messages` writes to the first alone.
LOCALE_PATHS = [BASE_DIR / "config" / "locale", BASE_DIR / "config" / "locale_of_django"]
# How dates and numbers are written in languages for which Django does not say it.
FORMAT_MODULE_PATH = "config.formats"
# Those in which the interface speaks: English is in the code, any other one needs a catalogue of ours. Who asks for a
# language without one is told everything in LANGUAGE_CODE.
SPOKEN_LANGUAGES = [code for code, _name in LANGUAGES if code == "en" or (LOCALE_PATHS[0] / code).is_dir()]
TIME_ZONE = "Europe/Minsk"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("docs/images", BASE_DIR / "docs" / "images")]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "var" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The largest article taken in, in bytes. A news page is some hundred kilobytes.
INGEST_MAX_BYTES = 10 * 1024 * 1024
# The page that a person comes to with the article they took in; its argument is the snapshot's public id. (articles
# does not know quotes, so it is told the name here.)
INGESTED_URL_NAME = "admin:quotes_annotate"
# A request may carry one article and its form fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = INGEST_MAX_BYTES + 1024 * 1024

# Articles are fetched by their addresses. Who is asked to give a page can write to this address: it stands in the
# User-Agent of every request.
FETCH_CONTACT = os.environ.get("FETCH_CONTACT", "")
# Seconds that one fetch may take, redirects included; whoever takes an article in waits for it.
FETCH_SECONDS = 20
# Seconds between two visits to one site in the background, over all workers; a site's robots.txt may ask for more.
FETCH_PACE_SECONDS = 5
# How many of the pages that a feed lists when it is first read are fetched: the newest ones.
FEED_FIRST_ENTRIES = 20
# The "host:port" that may be visited though they do not lie on the public internet, or not at a web site's port: for
# tests and trials. `check --deploy` refuses them.
FETCH_OPEN_TARGETS = [each.strip() for each in os.environ.get("FETCH_OPEN_TARGETS", "").split(",") if each.strip()]

# How much of the article is shown around a quote on public pages, in code points to each side: enough to judge
# the words by, short enough to stay a citation.
CONTEXT_WINDOW = 300

# Who runs the site, and where readers can write to; the pages about the site name them. Where they are empty, the pages
# say nothing of it.
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", "")
OPERATOR_EMAIL = os.environ.get("OPERATOR_EMAIL", "")

# How many errors one sender may report, within an hour and within a day.
REPORTS_PER_HOUR = 5
REPORTS_PER_DAY = 20
# How many all senders together may report within an hour, lest many addresses flood the editors; 0 is as many as come.
REPORTS_PER_HOUR_OF_ALL = int(os.environ.get("REPORTS_PER_HOUR_OF_ALL", "100"))
# How many requests a minute the API answers to one address, and to one key; 0 is as many as come.
API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "60"))
API_REQUESTS_PER_MINUTE_WITH_KEY = int(os.environ.get("API_REQUESTS_PER_MINUTE_WITH_KEY", "600"))
# How many proxies of our own stand before the site. Each adds the address of who asked it to X-Forwarded-For, of which
# the rest may be anybody's invention; without a proxy all of it.
PROXIES = int(os.environ.get("PROXIES", "0"))

# Where the site stands, as https://skazano.example, for files that are written without a reader's request.
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "")
# The folder of the data releases (`manage.py release`), which are kept for good; the licence that they are under, by its
# name in the list of SPDX (CC-BY-4.0) and the address of its text. Without a licence no release is made.
RELEASES_DIR = Path(os.environ.get("RELEASES_DIR", BASE_DIR / "var" / "releases"))
DATA_LICENCE = os.environ.get("DATA_LICENCE", "")
DATA_LICENCE_ADDRESS = os.environ.get("DATA_LICENCE_ADDRESS", "")

# The folder of the search index; it can be deleted at any time and is rebuilt from the database.
SEARCH_INDEX_DIR = Path(os.environ.get("SEARCH_INDEX_DIR", BASE_DIR / "var" / "search"))

SECURE_SSL_REDIRECT = HTTPS
# A supervisor asks the process itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Scripts of any site may read the API, which knows no cookies; nothing else here is theirs.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("accept", "accept-language", "authorization", "if-none-match")
CORS_EXPOSE_HEADERS = ("ETag", "Retry-After", "RateLimit", "RateLimit-Policy", "Content-Disposition")

REST_FRAMEWORK = {
    # Read-only: nothing is taken in. Open to everybody; a key is needed for nothing but more of it, a session for nothing.
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.api.keys.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PARSER_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "config.api.pagination.KeysetPagination",
    "EXCEPTION_HANDLER": "config.api.problems.problem",
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.Description",
    # `format` is a word that an API of texts may need one day; the Accept header chooses.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Skazano API",
    "DESCRIPTION": "Who said what, when, on what occasion, and the proof. Read-only.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api.schema.with_problems",
        "config.api.describing.tell_limits_and_keys",
    ],
    # In the order in which addresses and views name them: what is asked for most comes first.
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    # Three fields are called `kind`; in the schema each has the name of what it is a kind of.
    "ENUM_NAME_OVERRIDES": {
        "SourceKind": "articles.models.source.Source.Kind",
        "MeetingKind": "people.models.meeting.Meeting.Kind",
        "QuoteKind": "quotes.models.quote.Quote.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # They tell at every start which tasks and dictionaries they found.
    "loggers": {
        name: {"level": "WARNING"} for name in ("procrastinate.blueprints", "procrastinate.periodic", "pymorphy3")
    },
}
