"""What tests of claims begin with: a project of the county, owners of indicators, and claims at any step."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shuangbi.claims import actions
from shuangbi.claims.actions import File, NewClaim
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim
from shuangbi.ledger import files
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Person, Unit
from shuangbi.projects.actions.registry import NewProject, register_project
from shuangbi.projects.models import Project
from tests.cast import Cast, give

YI = 10**10
DAY = date(2020, 9, 18)


@dataclass(frozen=True)
class Story:
    """The cast, and a project of each county. `owner` owns every indicator that the tests use."""

    cast: Cast
    project: Project
    other_project: Project

    def access(self, person: Person) -> Access:
        return access_of(person)

    def report(self, kind: str = Kind.STARTED, **values: object) -> UUID:
        """A claim of the county's reporter about the county's project."""
        return report(self.cast.reporter, self.cast.county, kind, **{"project": self.project.id, **values})

    def checked(self, kind: str = Kind.STARTED, **values: object) -> UUID:
        claim = self.report(kind, **values)
        if Claim.objects.get(id=claim).next_step == "confirm":
            actions.check_claim(claim=claim, by=access_of(self.cast.unit_lead))
        actions.check_claim(claim=claim, by=access_of(self.cast.owner))
        return claim

    def recognised(self, kind: str = Kind.STARTED, **values: object) -> UUID:
        claim = self.checked(kind, **values)
        actions.recognise_claim(claim=claim, by=access_of(self.cast.clerk))
        return claim


def story_of(cast: Cast) -> Story:
    """Owners and projects for the cast."""
    for indicator in Kind.values:
        give(cast, cast.owner, Role.INDICATOR_OWNER, cast.region, indicator)
    return Story(
        cast, _project(cast, cast.county, "青禾智能装备产业园一期"), _project(cast, cast.other_county, "云塘冷链物流中心")
    )


def _project(cast: Cast, unit: Unit, name: str) -> Project:
    new = NewProject(
        name=name, unit=unit.id, industry="C3591", investor_name="示例装备制造有限公司", site="示例工业园三号地块",
        total_investment=6 * YI,
    )
    return Project.objects.get(id=register_project(new=new, by=access_of(cast.clerk)))


def report(by: Person, unit: Unit, kind: str, **values: object) -> UUID:
    """A claim reported on DAY's matter; values override."""
    key = str(values.pop("key", ""))
    said = {"kind": kind, "unit": unit.id, "effective_on": DAY, **values}
    return actions.report_claim(new=NewClaim(**said), by=access_of(by), key=key)  # type: ignore[arg-type]


def paper(content: bytes = b"%PDF-1.4 example", name: str = "施工合同.pdf", kind: str = "building_contract") -> File:
    """A file that is kept already."""
    stored = files.keep([content], media_type="application/pdf")
    return File(stored.sha256, name, kind)
