"""All settings of the site, read from SHUANGBI_… variables by helpers that fail loudly.

Every setting has its row in docs/settings.md; a test holds the two together.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


def env_text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; see docs/settings.md.")
    return value


def env_bool(name: str, default: bool) -> bool:
    text = os.environ.get(name, "1" if default else "0").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {text!r}.")


def env_int(name: str, default: int) -> int:
    text = os.environ.get(name, str(default)).strip()
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


SOURCE = Path(__file__).resolve().parent
# Where the site keeps everything it owns: data/, files/, keys/, exports/. The demo lives in var/demo.
HOME = Path(env_text("SHUANGBI_HOME", str(SOURCE.parents[1] / "var"))).resolve()
IS_DEMO = HOME.name.startswith("demo") and (HOME / "DEMO").exists()
SIDE = env_choice("SHUANGBI_SIDE", "both" if IS_DEMO else "inside", ("inside", "outside", "both"))
DEBUG = env_bool("SHUANGBI_DEBUG", False)
SITE_NAME = env_text("SHUANGBI_SITE_NAME", "双比")
SITE_ID_TEXT = env_text("SHUANGBI_SITE_ID", "shuangbi.local/demo" if IS_DEMO else "shuangbi.local")
ALLOWED_HOSTS = [h for h in env_text("SHUANGBI_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",") if h]
# Behind a proxy that speaks TLS: secure cookies and redirects.
HTTPS = env_bool("SHUANGBI_HTTPS", False)
# One setting for PostgreSQL: postgresql://user:password@host:port/name. Empty means SQLite in HOME/data.
DATABASE_URL = env_text("SHUANGBI_DATABASE_URL", "")
FONTS = env_text("SHUANGBI_FONTS", "")
TESTING = env_bool("SHUANGBI_TESTING", False)


def secret_key() -> str:
    """The signing key: from the environment, else from HOME/keys/django (made by create-admin or demo)."""
    if value := os.environ.get("SHUANGBI_SECRET_KEY"):
        return value
    path = HOME / "keys" / "django"
    return path.read_text().strip() if path.exists() else "not-yet-made-run-migrate-first"


SECRET_KEY = secret_key()


def database(url: str) -> dict[str, object]:
    """Django's database entry: SQLite behind the write gate, or PostgreSQL."""
    if not url:
        return {
            "ENGINE": "shuangbi.foundation.backends.sqlite",
            "NAME": HOME / "data" / "shuangbi.sqlite3",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
            # Kept open by each thread: the last one to close would checkpoint and sync after every page.
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("SHUANGBI_DATABASE_URL must look like postgresql://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The rooms in the order data flows; imports go only back up this list (docs/architecture.md, import-linter).
ROOMS = [
    "foundation", "ledger", "organisations", "projects", "claims", "competitions",
    "standings", "bulletins", "exchange", "cockpit",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "tree_queries",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "axes",
    "django_tasks",
    "django_tasks_db",
    *[f"shuangbi.{room}" for room in ROOMS],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shuangbi.foundation.middleware.pages_middleware",
    "shuangbi.ledger.middleware.ledger_middleware",
    "shuangbi.organisations.middleware.access_middleware",
    "shuangbi.competitions.middleware.catch_up_middleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shuangbi.urls"
WSGI_APPLICATION = "shuangbi.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "shuangbi.foundation.pages.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "shuangbi.organisations.passwords.KindsOfCharacters"},
    {"NAME": "shuangbi.organisations.passwords.WithoutTheName"},
]
# A password must be changed after so many days; 0 for never.
PASSWORD_DAYS = env_int("SHUANGBI_PASSWORD_DAYS", 180)
if IS_DEMO or TESTING:
    # The demo's passwords are printed on its first page; hashing fifty of them slowly would only cost minutes.
    PASSWORD_HASHERS = ["shuangbi.organisations.passwords.QuickHasher"]
LOGIN_URL = "organisations:log-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "organisations:log-in"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "shuangbi.organisations.adapter.ClosedAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # axes counts, in the database
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "shuangbi.organisations.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SESSION_ENGINE = "shuangbi.organisations.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shuangbi.foundation.views.csrf_failed"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        # ECharts and Tabler set element styles; scripts never come from anywhere but this server.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "shuangbi_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "shuangbi.foundation.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env_text("SHUANGBI_LOG_LEVEL", "WARNING")},
}
