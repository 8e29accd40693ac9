"""The clock's duties, run by the worker: postings abreast of the ledger, a checkpoint a day, old uploads thrown away.

Every duty may run twice without harm. A day's run queues the next one, so one row in the queue keeps it going.
"""

from datetime import datetime, time, timedelta

from django.core.management import call_command
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from shuangbi.competitions.counting import catch_up
from shuangbi.exchange.actions import discard_old_attempts
from shuangbi.foundation import clock
from shuangbi.ledger.actions import make_checkpoint

AT = time(0, 5)
KEEP_UPLOADS = timedelta(days=7)


@task()
def daily() -> None:
    """Do the day's duties and queue tomorrow's."""
    queue_next()
    catch_up()
    make_checkpoint()
    discard_old_attempts(before=clock.now() - KEEP_UPLOADS)
    call_command("clearsessions")


def queue_next() -> None:
    """Queue the next daily run at five past midnight, real time in Shanghai, unless one waits already."""
    waiting = DBTaskResult.objects.filter(task_path=daily.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return
    tomorrow = clock.local(clock.real_now()).date() + timedelta(days=1)
    daily.using(run_after=datetime.combine(tomorrow, AT, clock.SHANGHAI)).enqueue()
