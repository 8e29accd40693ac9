"""The tables follow from the facts alone."""

from shuangbi.claims import actions, facts
from shuangbi.claims.actions import Correction
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.ledger.models import Fact
from tests.claims.stories import DAY, YI, Story, paper


def test_replaying_all_facts_gives_the_same_rows(story: Story) -> None:
    cast = story.cast
    story.recognised(evidence=(paper(),))
    invested = story.checked(Kind.INVESTED, amount=3 * YI)
    actions.return_claim(claim=invested, by=story.access(cast.clerk), reason="金额有误")
    correction = Correction(effective_on=DAY, amount=2 * YI)
    actions.correct_claim(claim=invested, new=correction, by=story.access(cast.reporter), reason="已核减")
    actions.add_evidence(claim=invested, files=[paper(b"%PDF-1.4 b")], by=story.access(cast.reporter))
    gone = story.report(Kind.COMPLETED)
    actions.withdraw_claim(claim=gone, by=story.access(cast.reporter))
    refused = story.report(Kind.SIGNED, effective_on=DAY)
    actions.refuse_claim(claim=refused, by=story.access(cast.clerk), reason="非正式合同")
    tables = (Claim, ReviewStep, Evidence)
    before = [list(table.objects.order_by("id").values()) for table in tables]

    for table in reversed(tables):
        table.objects.all().delete()
    for fact in Fact.objects.filter(kind__startswith="claims.").order_by("seq"):
        facts.apply(fact)

    assert [list(table.objects.order_by("id").values()) for table in tables] == before
    assert len(before[0]) == 4
