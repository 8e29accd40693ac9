"""Who may read and make bulletins: the office makes, another person of the office's lead issues, everyone inside reads."""

from django.db.models import Q, QuerySet

from shuangbi.bulletins.choices import IssueState
from shuangbi.bulletins.models import Issue
from shuangbi.competitions.access import competitions_visible_to, may_run
from shuangbi.competitions.models import Competition
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE, Role


def issues_visible_to(access: Access) -> QuerySet[Issue]:
    """Issued bulletins of the competitions a person may see; drafts only for the office of their competition."""
    seen = competitions_visible_to(access)
    rows = Issue.objects.filter(competition__in=seen).select_related("competition", "author", "corrects")
    return rows.filter(Q(state=IssueState.ISSUED) | Q(competition__owner__in=access.units_as(OFFICE)))


def drafts_visible_to(access: Access) -> QuerySet[Issue]:
    """Drafts of the competitions whose office the person is."""
    return issues_visible_to(access).filter(state=IssueState.DRAFT, competition__owner__in=access.units_as(OFFICE))


def may_draft(access: Access, competition: Competition) -> bool:
    """The office of the competition."""
    return may_run(access, competition)


def may_issue(access: Access, issue: Issue) -> bool:
    """The office's lead, and never the author."""
    leads = access.has(Role.OFFICE_LEAD, unit=issue.competition.owner_id)
    return bool(leads and access.person and issue.author_id != access.person.id)
