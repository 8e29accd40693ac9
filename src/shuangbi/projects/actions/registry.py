"""Entering projects, one or many, and changing what is said of them."""

import dataclasses
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.functions import Length
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Problem, Refused, RowsRefused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, KeyReused, record, record_many
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.projects import access, codes, facts, lifecycle
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.checks import must
from shuangbi.projects.choices import CodeSystem, Money, TaggingKind
from shuangbi.projects.duplicates import Known, Likeness, duplicate_key, likely_duplicates
from shuangbi.projects.models import Project

CODE_PREFIX = "XM"
UNIT_FIELDS = ("unit", "bringer", "park")
TEXTS = {
    "name": (120, 2), "name_en": (200, 0), "summary": (1000, 0), "investor_name": (120, 0), "site": (200, 0),
    "not_duplicate_because": (300, 0),
}


@dataclasses.dataclass(frozen=True)
class NewProject:
    """What is entered of a project. Money in 分, 0 where not stated; units by id. `code` empty: the next free number."""

    name: str
    unit: UUID
    code: str = ""
    name_en: str = ""
    summary: str = ""
    bringer: UUID | None = None
    investor_name: str = ""
    investor_code: str = ""
    industry: str = ""
    site: str = ""
    park: UUID | None = None
    region: str = ""
    total_investment: int = 0
    contract_amount: int = 0
    attracted_amount: int = 0
    year_plan: int = 0
    stage: str = "lead"
    registered_on: date | None = None
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    national_code: str = ""
    not_duplicate_because: str = ""


CHANGEABLE = tuple(
    field.name for field in dataclasses.fields(NewProject)
    if field.name not in {
        "code", "stage", "registered_on", "lists", "tags", "national_code", "not_duplicate_because",
    }
)


def register_project(*, new: NewProject, by: Access, key: str = "") -> UUID:
    """Enter one project; its id. Raises RowsRefused with every problem of the fields, and Refused for likely duplicates
    (field `not_duplicate_because`) unless a reason is given."""
    return register_projects(rows=[new], by=by, key=key, careful=True)[0]


def register_projects(
    *, rows: Sequence[NewProject], by: Access, key: str = "", careful: bool = False
) -> list[UUID]:
    """Enter projects, all or none; their ids in order. Raises RowsRefused naming row, field and reason of each problem.

    A row whose name is known already needs a reason (`not_duplicate_because`); `careful` asks it of any likely repeat.
    """
    person = checks.actor(by)
    with writing():
        ids = [uuid.uuid5(person, f"{key}#{place}") if key else uuid.uuid4() for place in range(len(rows))]
        entered = {project.id: project for project in Project.objects.filter(id__in=ids)}
        clean, problems = _cleaned(rows, ids, by)
        if not entered:
            problems += _repeats(clean, ids, careful)
        if problems:
            raise RowsRefused(sorted(problems, key=lambda problem: problem.row))
        numbers = _next_numbers(clock.today().year, len(rows))
        drafts = []
        for new, id_, number in zip(clean, ids, numbers, strict=True):
            known = entered.get(id_)
            code = known.code if known else new.code or number
            on = new.registered_on or (known.registered_on if known else clock.today())
            drafts += _drafts(dataclasses.replace(new, code=code), id_, on)
        record_many(drafts=drafts, by=person, apply=facts.apply, key=key)
    return ids


def _cleaned(
    rows: Sequence[NewProject], ids: list[UUID], by: Access
) -> tuple[list[NewProject], list[Problem]]:
    units = dict(Unit.objects.order_by().values_list("id", "kind"))
    wanted = [row.code for row in rows if row.code]
    taken = set(Project.objects.filter(code__in=wanted).exclude(id__in=ids).values_list("code", flat=True))
    taken |= {code for code in wanted if wanted.count(code) > 1} if len(wanted) != len(set(wanted)) else set()
    clean, problems = [], []
    for place, row in enumerate(rows):
        new, wrong = cleaned(row, units)
        if not access.may_edit(by, row.unit):
            wrong.append(Refused(_("You may not enter projects of this unit."), "unit"))
        if (new.lists or row.lists) and not access.may_list(by, row.unit):
            wrong.append(Refused(_("Only the office and the indicator's owner put projects on lists."), "lists"))
        if row.code in taken:
            wrong.append(Refused(_("The number %(code)s is taken.") % {"code": row.code}, "code"))
        clean.append(new)
        problems += [Problem(place, problem.field, problem.message) for problem in wrong]
    return clean, problems


def cleaned(new: NewProject, units: Mapping[UUID, str]) -> tuple[NewProject, list[Refused]]:
    """The project with its texts tidied, and everything that is wrong with it."""
    values: dict[str, Any] = {}
    wrong: list[Refused] = []
    for field, (most, least) in TEXTS.items():
        try:
            values[field] = checks.text(getattr(new, field), field, most, least=least, lines=field == "summary")
        except Refused as problem:
            wrong.append(problem)
    for field in Money.values:
        try:
            values[field] = checks.money(getattr(new, field), field)
        except Refused as problem:
            wrong.append(problem)
    values["investor_code"] = new.investor_code.strip().upper()
    values["industry"] = new.industry.strip().upper()
    values["code"], values["national_code"] = new.code.strip(), new.national_code.strip()
    values["lists"] = tuple(dict.fromkeys(new.lists))
    values["tags"] = tuple(dict.fromkeys(new.tags))
    clean = dataclasses.replace(new, **values)
    for check in (_wrong_codes, _wrong_units, _wrong_stage):
        wrong += check(clean, units)
    return clean, wrong


def _wrong_codes(new: NewProject, units: Mapping[UUID, str]) -> list[Refused]:
    wrong = []
    today = clock.today()
    if new.investor_code and not codes.is_credit_code(new.investor_code):
        wrong.append(Refused(_("This is no unified social credit code; check the 18 characters."), "investor_code"))
    if new.industry and not codes.is_industry_code(new.industry):
        wrong.append(Refused(_("This is no industry code of GB/T 4754, such as C39 or I6510."), "industry"))
    if new.region and not codes.is_region_code(new.region):
        wrong.append(Refused(_("A region code has six digits and begins with a province."), "region"))
    if new.national_code and not codes.is_national_code(new.national_code, today):
        wrong.append(Refused(_("This is no national project code: 24 characters, 4-6-2-2-6 digits."), "national_code"))
    for field, marks in (("lists", new.lists), ("tags", new.tags)):
        wrong += [Refused(_("This cannot be the name of a list or tag."), field) for mark in marks if not codes.is_marker(mark)]
    if new.code and (len(new.code) > 40 or not all(c.isalnum() or c in "-_./" for c in new.code)):
        wrong.append(Refused(_("A number has at most 40 letters, digits and - _ . /"), "code"))
    return wrong


def _wrong_units(new: NewProject, units: Mapping[UUID, str]) -> list[Refused]:
    wrong = []
    for field in UNIT_FIELDS:
        unit = getattr(new, field)
        if unit is not None and unit not in units:
            wrong.append(Refused(_("There is no such unit."), field))
        elif field == "park" and unit is not None and units[unit] != "park":
            wrong.append(Refused(_("This unit is no park."), field))
    return wrong


def _wrong_stage(new: NewProject, units: Mapping[UUID, str]) -> list[Refused]:
    if new.stage not in lifecycle.FIRST:
        message = _("A project enters as a lead or in talks; every later stage is reached by a recognised claim.")
        return [Refused(message, "stage")]
    wrong = [Refused(needed(field), field) for field in lifecycle.missing(new, new.stage)]
    if new.registered_on is not None:
        try:
            checks.day(new.registered_on, "registered_on", past=True)
        except Refused as problem:
            wrong.append(problem)
    return wrong


def needed(field: str) -> str:
    """The sentence that a stage demands a field."""
    label = getattr(Project._meta.get_field(field), "verbose_name", field)
    return _("At this stage this must be filled in: %(field)s") % {"field": label}


def find_duplicates(new: NewProject, id_: UUID | None = None) -> list[Likeness]:
    """Projects of the whole region that this one may repeat, the likest first. Unscoped: callers show only who has them."""
    key = Known(id_ or uuid.UUID(int=0), duplicate_key(new.name), new.investor_code.strip().upper(), new.site)
    return likely_duplicates(key, _all_known())


def _all_known() -> list[Known]:
    rows = Project.objects.order_by().values_list("id", "duplicate_key", "investor_code", "site")
    return [Known(*row) for row in rows.iterator()]


def _repeats(rows: list[NewProject], ids: list[UUID], careful: bool) -> list[Problem]:
    """Rows that repeat a project on record or an earlier row, and give no reason."""
    if careful:
        found = [
            place for place, (new, id_) in enumerate(zip(rows, ids, strict=True))
            if not new.not_duplicate_because and find_duplicates(new, id_)
        ]
    else:
        keys = [duplicate_key(new.name) for new in rows]
        seen = set(Project.objects.filter(duplicate_key__in=keys).values_list("duplicate_key", flat=True))
        found = []
        for place, (new, key) in enumerate(zip(rows, keys, strict=True)):
            if key in seen and not new.not_duplicate_because:
                found.append(place)
            seen.add(key)
    message = _("This project seems to be known already. Say why it is another one, or leave it.")
    return [Problem(place, "not_duplicate_because", message) for place in found]


def _next_numbers(year: int, count: int) -> list[str]:
    """The next free numbers of a year: XM2020-0001, XM2020-0002, …"""
    prefix = f"{CODE_PREFIX}{year}-"
    taken = Project.objects.filter(code__startswith=prefix).annotate(length=Length("code"))
    highest = 0
    for code in taken.order_by("-length", "-code").values_list("code", flat=True).iterator(chunk_size=20):
        if (digits := code.removeprefix(prefix)).isdigit():
            highest = int(digits)
            break
    return [f"{prefix}{number:04d}" for number in range(highest + 1, highest + 1 + count)]


def _drafts(new: NewProject, id_: UUID, on: date) -> list[Draft]:
    said = {field.name: getattr(new, field.name) for field in dataclasses.fields(facts.Registered)}
    bodies: list[Any] = [facts.Registered(**said)]
    bodies += [facts.Listed(marker=TaggingKind.LIST.value, code=code) for code in new.lists]
    bodies += [facts.Listed(marker=TaggingKind.TAG.value, code=code) for code in new.tags]
    if new.national_code:
        bodies.append(facts.CodeGiven(system=CodeSystem.NATIONAL.value, code=new.national_code))
    return [Draft(body=body, subject=id_, unit=new.unit, effective_on=on) for body in bodies]


def change_project(
    *, project: Project, changes: Mapping[str, Any], reason: str, by: Access, key: str = "", seen: int | None = None
) -> Fact | None:
    """Give fields new values; None when nothing differs. `seen` is the last fact known to whoever made the change:
    a field that was changed after it refuses. Raises RowsRefused (fields) and Refused (right, reason, meanwhile)."""
    person = checks.actor(by)
    unknown = set(changes) - set(CHANGEABLE)
    must(not unknown, _("This cannot be changed: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    with writing():
        project = Project.objects.get(id=project.id)
        must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
        new, different = _difference(project, changes)
        if not different:
            return None
        if checks.earlier(person, key):
            raise KeyReused(key)
        why = checks.text(reason, "reason", 300, least=1)
        _may_change(project, new, different, by)
        last = _last_facts(project.id, different)
        behind = [field for field in different if seen is not None and last[field].seq > seen]
        must(not behind, _("Someone changed this meanwhile. Open the page again."), behind[0] if behind else "")
        body = facts.AttributeChanged(
            changes={field: _plain(getattr(new, field)) for field in different}, reason=why,
            replaces={field: last[field].uuid for field in different},
        )
        draft = Draft(body=body, subject=project.id, unit=new.unit, effective_on=clock.today())
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def _difference(project: Project, changes: Mapping[str, Any]) -> tuple[NewProject, list[str]]:
    now = {field: getattr(project, f"{field}_id" if field in UNIT_FIELDS else field) for field in CHANGEABLE}
    units = dict(Unit.objects.order_by().values_list("id", "kind"))
    new, wrong = cleaned(NewProject(**{**now, **changes}), units)
    if wrong:
        raise RowsRefused([Problem(0, problem.field, problem.message) for problem in wrong])
    return new, [field for field in CHANGEABLE if getattr(new, field) != now[field]]


def _may_change(project: Project, new: NewProject, different: list[str], by: Access) -> None:
    moved = [field for field in ("unit", "bringer") if field in different]
    if moved:
        allowed = access.may_move_units(by, project.unit_id) and access.may_move_units(by, new.unit)
        must(allowed, _("Only the office moves a project to another unit."), moved[0])
    moneys = [field for field in Money.values if field in different]
    if moneys and project.stage not in lifecycle.FIRST:
        # Recognised claims are measured by these: whoever reports them cannot alone make them larger.
        must(access.may_move_units(by, project.unit_id), _("Once a project is signed, only the office changes its moneys."), moneys[0])
    empty = [field for field in lifecycle.missing(new, project.stage) if field in different]
    must(not empty, needed(empty[0]) if empty else "", empty[0] if empty else "")


def _last_facts(project: UUID, fields: list[str]) -> dict[str, Fact]:
    """For each field the fact that gave the value which holds now."""
    kinds = (facts.Registered.KIND, facts.AttributeChanged.KIND)
    last: dict[str, Fact] = {}
    for fact in Fact.objects.filter(subject=project, kind__in=kinds).order_by("seq"):
        said = facts.AttributeChanged.read(fact).changes if fact.kind == facts.AttributeChanged.KIND else fields
        last.update({field: fact for field in fields if field in said})
    return last


def _plain(value: Any) -> str | int | None:
    return str(value) if isinstance(value, UUID) else value
