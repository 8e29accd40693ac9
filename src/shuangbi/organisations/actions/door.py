"""Notes of the door and of accounts: added in the transaction of the act, never changed."""

from django.conf import settings
from django.db.models import Q

from shuangbi.foundation import clock
from shuangbi.foundation.write_gate import writing
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import FAILURES, SEPARATED, Act, Role
from shuangbi.organisations.models import Grant, Person, SecurityRecord


def note(
    *, act: Act, person: Person | None, about: Person | None = None, address: str | None = None
) -> SecurityRecord:
    """Note one act; joins the transaction that is open."""
    with writing():
        return SecurityRecord.objects.create(
            at=clock.now(), act=act, succeeded=act not in FAILURES, person=person, about=about, address=address
        )


def note_log_in(*, typed: str, act: Act, address: str | None) -> None:
    """Note what came of a log-in. The name that was typed is kept only when it is somebody's."""
    note(act=act, person=Person.objects.filter(username=typed.strip().lower()).first(), address=address)


def may_reset(*, by: Access, person: Person) -> bool:
    """Whose password whom may reset: the system administrator those of the business, the security administrator those
    of the administrators; nobody their own. So no administrator can enter as another one (docs/decisions)."""
    if by.person is None or by.person.id == person.id:
        return False
    # From the grants themselves: a closed account, or a grant that begins later, is an administrator's all the same.
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    separated = Grant.objects.filter(not_over, person=person, role__in=[str(role) for role in SEPARATED]).exists()
    return by.has(Role.SECURITY_ADMIN if separated else Role.SYSTEM_ADMIN)


def password_is_old(person: Person) -> bool:
    """Whether the password has stood longer than the site allows (SHUANGBI_PASSWORD_DAYS; 0 for never)."""
    days: int = settings.PASSWORD_DAYS
    return days > 0 and (clock.real_now() - person.password_set_at).days >= days
