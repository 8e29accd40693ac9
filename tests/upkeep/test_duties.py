"""The clock's duties: each may run twice, and a run queues the next."""

import pytest
from django_tasks_db.models import DBTaskResult

from shuangbi import duties
from shuangbi.ledger.models import Checkpoint


@pytest.mark.django_db
def test_a_day_makes_one_checkpoint_and_queues_the_next(cast):
    duties.daily.call()
    duties.daily.call()

    assert Checkpoint.objects.count() == 1
    assert DBTaskResult.objects.filter(task_path="shuangbi.duties.daily").count() == 1


@pytest.mark.django_db
def test_an_empty_ledger_has_no_checkpoint():
    duties.daily.call()

    assert not Checkpoint.objects.exists()
