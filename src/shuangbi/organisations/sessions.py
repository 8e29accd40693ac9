"""Sessions that remember when they were opened, so that each ends after twelve hours whatever happens in it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from shuangbi.foundation import clock

OPENED = "opened_at"


class SessionStore(DatabaseStore):
    """Django's database sessions; a new key (which every log-in makes) restarts the count. Real time."""

    def cycle_key(self) -> None:
        super().cycle_key()
        self[OPENED] = int(clock.real_now().timestamp())

    def create(self) -> None:
        super().create()
        self[OPENED] = int(clock.real_now().timestamp())
