"""Pages of bulletins."""

from shuangbi.bulletins.views.drafts import (
    issue_correct,
    issue_discard,
    issue_edit,
    issue_issue,
    issue_new,
    issue_preview,
    issue_refresh,
    issue_section,
)
from shuangbi.bulletins.views.reading import issue_detail, issue_file, issue_list

__all__ = [
    "issue_correct", "issue_detail", "issue_discard", "issue_edit", "issue_file", "issue_issue", "issue_list", "issue_new",
    "issue_preview", "issue_refresh", "issue_section",
]
