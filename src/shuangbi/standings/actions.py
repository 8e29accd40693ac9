"""Publishing a standing, and publishing its correction as a new one."""

import uuid

from django.utils.translation import gettext as _

from shuangbi.competitions.choices import SCORED
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Round
from shuangbi.competitions.scoring import score
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, make_checkpoint, record
from shuangbi.ledger.queries import head_seq
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import Role
from shuangbi.standings import facts
from shuangbi.standings.models import Standing
from shuangbi.standings.queries import latest_standing, sheet_of


def publish_standing(*, round_: Round, by: Access, reason: str = "", key: str = "") -> Standing:
    """Publish a round's evaluation at 认定数 level as known now. Raises Refused.

    Only the office's lead may; weekly rounds carry facts and no scores. Where a standing exists already this is its
    correction, and needs a reason.
    """
    if by.person is None or not by.has(Role.OFFICE_LEAD, unit=round_.competition.owner_id):
        raise Refused(_("Only the lead of the competition's office publishes a standing."))
    if round_.kind not in SCORED:
        raise Refused(_("A weekly round carries facts, not scores."))
    with writing():
        catch_up()
        earlier = latest_standing(round_.competition, round_.name)
        if earlier is not None and not reason.strip() and not key:
            raise Refused(_("This round is published. Say what the correction corrects."), field="reason")
        seq = head_seq()
        scored = score(competition=round_.competition, round_name=round_.name, seq=seq, level=2)
        body = facts.Published(
            competition=round_.competition_id, round=round_.name, level=2, as_of_seq=seq,
            scheme_digest=scored.scheme.digest, sheet=sheet_of(scored), corrects=earlier.id if earlier else None,
            reason=reason,
        )
        id_ = uuid.uuid5(round_.id, key) if key else uuid.uuid4()
        found = Standing.objects.filter(id=id_).first()
        if found:
            return found
        draft = Draft(body=body, subject=id_, unit=round_.competition.owner_id, effective_on=clock.today())
        record(draft=draft, by=by.person.id, apply=facts.apply, key=key)
        make_checkpoint()
    return Standing.objects.get(id=id_)


