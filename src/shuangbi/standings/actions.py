"""Publishing a standing, and publishing its correction as a new one."""

import hashlib
import uuid
from typing import Any

from django.utils.translation import gettext as _

from shuangbi.competitions.choices import SCORED
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Round
from shuangbi.competitions.scoring import score
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, make_checkpoint, record
from shuangbi.ledger.chain import canonical
from shuangbi.ledger.queries import head_seq
from shuangbi.organisations.access import Access
from shuangbi.standings import facts
from shuangbi.standings.access import may_publish
from shuangbi.standings.models import Standing
from shuangbi.standings.queries import latest_standing, sheet_of


def publish_standing(*, round_: Round, by: Access, reason: str = "", seen: str = "", key: str = "") -> Standing:
    """Publish a round's evaluation at 认定数 level as known now. Raises Refused.

    Only the office's lead may; weekly rounds carry facts and no scores. Where a standing exists already this is its
    correction: it needs a reason, and something that reads otherwise. `seen` is the digest of the sheet that was
    looked at; another sheet is refused. The same key again: the standing it made.
    """
    if by.person is None or not may_publish(by, round_.competition):
        raise Refused(_("Only the lead of the competition's office publishes a standing."))
    if round_.kind not in SCORED:
        raise Refused(_("A weekly round carries facts, not scores."))
    with writing():
        catch_up()
        id_ = uuid.uuid5(round_.id, key) if key else uuid.uuid4()
        if found := Standing.objects.filter(id=id_).first():
            return found
        seq = head_seq()
        scored = score(competition=round_.competition, round_name=round_.name, seq=seq, level=2)
        sheet = sheet_of(scored)
        if seen and seen != digest_of(sheet):
            raise Refused(_("Figures have changed since you looked. Look at them again before you publish."))
        earlier = latest_standing(round_.competition, round_.name)
        _may_correct(earlier, sheet, reason)
        body = facts.Published(
            competition=round_.competition_id, round=round_.name, level=2, as_of_seq=seq,
            scheme_digest=scored.scheme.digest, sheet=sheet, corrects=earlier.id if earlier else None,
            reason=reason.strip(),
        )
        draft = Draft(body=body, subject=id_, unit=round_.competition.owner_id, effective_on=clock.today())
        record(draft=draft, by=by.person.id, apply=facts.apply, key=key)
        make_checkpoint()
    return Standing.objects.get(id=id_)


def _may_correct(earlier: Standing | None, sheet: dict[str, Any], reason: str) -> None:
    if earlier is None:
        return
    if not reason.strip():
        raise Refused(_("This round is published. Say what the correction corrects."), field="reason")
    if digest_of(earlier.sheet) == digest_of(sheet):
        raise Refused(_("Nothing reads otherwise than published; there is nothing to correct."))


def digest_of(sheet: dict[str, Any]) -> str:
    """What a sheet says, whatever seq it was made at."""
    return hashlib.sha256(canonical({**sheet, "seq": 0})).hexdigest()
