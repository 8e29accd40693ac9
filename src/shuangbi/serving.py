"""Running the site: migrate, check, serve with one worker for the jobs."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from shuangbi.duties import queue_next
from shuangbi.organisations.queries import separation_broken


def migrate() -> None:
    """Make the home and its keys, and bring the database up to date."""
    home = Path(settings.HOME)
    for name in ("data", "files", "keys"):
        (home / name).mkdir(parents=True, exist_ok=True)
    key = home / "keys" / "django"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50))
    call_command("migrate", verbosity=0, interactive=False)


def unsafe_settings() -> list[str]:
    """What must not be so on a real site; empty when all is well."""
    problems = []
    if settings.DEBUG:
        problems.append(_("SHUANGBI_DEBUG is on. Switch it off."))
    if settings.IS_DEMO:
        problems.append(_("This is a demo: its passwords are printed and hashed quickly. Choose another SHUANGBI_HOME."))
    if settings.SECRET_KEY.startswith("not-yet-made"):
        problems.append(_("There is no signing key yet. Run: shuangbi migrate"))
    if not settings.HTTPS and not settings.IS_DEMO:
        problems.append(_("SHUANGBI_HTTPS is off: passwords would travel in the clear. Put TLS in front and switch it on."))
    if (Path(settings.HOME) / "clock.json").exists() and not settings.IS_DEMO:
        problems.append(_("clock.json shifts the clock, and this is not the demo. Remove the file."))
    keys = Path(settings.HOME) / "keys"
    if keys.exists() and any(path.stat().st_mode & 0o077 for path in keys.iterdir()):
        problems.append(_("A file in keys/ can be read by others. Set its mode to 600."))
    problems.extend(separation_broken())
    return problems


def serve(*, host: str, port: int, workers: int) -> int:
    """Serve with granian; on one machine one worker process for jobs and the clock's duties runs beside it."""
    queue_next()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shuangbi.settings"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "db_worker", "--interval", "2"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        return subprocess.call(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
                "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
                "shuangbi.wsgi:application",
            ],
            env=environment,
        )
    except KeyboardInterrupt:
        return 0
    finally:
        worker.terminate()
        worker.wait()
