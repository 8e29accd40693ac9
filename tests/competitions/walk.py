"""A random walk through what people do with projects and claims; whatever is refused is simply not done."""

import random
from datetime import date, timedelta
from uuid import UUID

from shuangbi.claims import actions as claims
from shuangbi.claims.actions import Correction, NewClaim
from shuangbi.claims.models import Claim
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import Access, access_of
from shuangbi.projects import actions as projects
from shuangbi.projects.actions import NewProject
from shuangbi.projects.models import Project
from tests.cast import Cast
from tests.competitions.stories import YI

KINDS = ("signed", "landed", "started", "funds_in_place")
DAYS = [date(2020, 1, 1) + timedelta(days=at) for at in range(290)]


class Walk:
    """One walk; `step` does one thing and answers its name, or nothing when it was refused."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.count = cast, random.Random(seed), 0
        self.acts = {
            "register": 3, "report": 6, "check": 6, "recognise": 5, "refuse": 2, "revoke": 1, "give_back": 1, "correct": 2,
            "withdraw": 1, "share": 1, "list_on": 1, "list_off": 1, "change": 2, "bring": 1,
        }

    def step(self) -> str:
        act = self.chance.choices(list(self.acts), list(self.acts.values()))[0]
        try:
            getattr(self, act)()
        except (Refused, IndexError):
            return ""
        return act

    def _access(self, name: str) -> Access:
        return access_of(getattr(self.cast, name))

    def _project(self) -> Project:
        return self.chance.choice(list(Project.objects.order_by("code")))

    def _claim(self, *states: str) -> UUID:
        found = Claim.objects.filter(state__in=states).order_by("seq", "id") if states else Claim.objects.order_by("seq", "id")
        return self.chance.choice([claim.id for claim in found])

    def _money(self) -> int:
        return self.chance.randint(1, 60) * YI // 10

    def register(self) -> None:
        self.count += 1
        unit = self.chance.choice([self.cast.county, self.cast.other_county])
        bringer = self.chance.choice([None, self.cast.company.id])
        projects.register_project(
            new=NewProject(
                name=f"随机第{self.count}号厂房{self.chance.randint(0, 10**9)}", unit=unit.id, industry="C3591", bringer=bringer,
                investor_name=f"随机{self.count}号投资有限公司", site=f"{self.count}号地块", total_investment=self._money(),
                contract_amount=self._money(),
            ),
            by=self._access("clerk"),
        )

    def report(self) -> None:
        project, kind = self._project(), self.chance.choice(KINDS)
        amount = self._money() if kind == "funds_in_place" else 0
        new = NewClaim(
            kind=kind, unit=project.unit_id, effective_on=self.chance.choice(DAYS), project=project.id, amount=amount,
        )
        lead = "unit_lead" if project.unit_id == self.cast.county.id else "other_unit_lead"
        claims.report_claim(new=new, by=self._access(lead))

    def check(self) -> None:
        claims.check_claim(claim=self._claim("reported"), by=self._access("owner"))

    def recognise(self) -> None:
        claims.recognise_claim(claim=self._claim("checked"), by=self._access("clerk"))

    def refuse(self) -> None:
        claims.refuse_claim(claim=self._claim("reported", "checked"), by=self._access("office_lead"), reason="依据不足")

    def revoke(self) -> None:
        claims.refuse_claim(claim=self._claim("recognised"), by=self._access("office_lead"), reason="现场复核不符")

    def give_back(self) -> None:
        claims.return_claim(claim=self._claim("reported", "checked"), by=self._access("owner"), reason="补充材料")

    def correct(self) -> None:
        claim = Claim.objects.get(id=self._claim())
        amount = self._money() if claim.kind == "funds_in_place" else 0
        name = {"recognised": "office_lead", "checked": "office_lead"}.get(claim.state, "unit_lead")
        if name == "unit_lead" and claim.unit_id != self.cast.county.id:
            name = "other_unit_lead"
        new = Correction(effective_on=self.chance.choice(DAYS), amount=amount)
        claims.correct_claim(claim=claim.id, new=new, by=self._access(name), reason="日期有误")

    def withdraw(self) -> None:
        claim = Claim.objects.get(id=self._claim("reported", "returned"))
        lead = "unit_lead" if claim.unit_id == self.cast.county.id else "other_unit_lead"
        claims.withdraw_claim(claim=claim.id, by=self._access(lead), reason="误报")

    def share(self) -> None:
        projects.set_credit(
            project=self._project(), unit=self.cast.park, share=self.chance.choice([0, 2500, 3333, 10_000]), contract="协议",
            by=self._access("clerk"), starts_on=self.chance.choice([None, date(2020, 6, 1)]),
        )

    def list_on(self) -> None:
        projects.put_on_list(project=self._project(), kind="list", code="key", by=self._access("clerk"))

    def list_off(self) -> None:
        projects.take_off_list(project=self._project(), kind="list", code="key", by=self._access("clerk"), reason="调出")

    def change(self) -> None:
        field = self.chance.choice(["contract_amount", "total_investment"])
        projects.change_project(
            project=self._project(), changes={field: self._money()}, reason="核实", by=self._access("clerk")
        )

    def bring(self) -> None:
        value = self.chance.choice([None, self.cast.company.id])
        projects.change_project(project=self._project(), changes={"bringer": value}, reason="补录", by=self._access("clerk"))
