"""Writing projects: every action is one transaction, says no with Refused, and does nothing twice under one key."""

from shuangbi.projects.actions.events import NewEvent, add_to_event, hold_event, remove_from_event
from shuangbi.projects.actions.funds import grant_bond_batch, plan_funding, sign_agreement
from shuangbi.projects.actions.markers import give_code, put_on_list, set_credit, take_off_list
from shuangbi.projects.actions.milestones import move_milestone, reach_milestone, set_milestone
from shuangbi.projects.actions.registry import (
    CHANGEABLE,
    NewProject,
    change_project,
    find_duplicates,
    register_project,
    register_projects,
)
from shuangbi.projects.actions.stages import (
    assign_person,
    move_stage,
    refuse_incomplete,
    release_person,
    stage_reached,
    stage_withdrawn,
    take_back_stage,
)

__all__ = [
    "CHANGEABLE", "NewEvent", "NewProject", "add_to_event", "assign_person", "change_project", "find_duplicates",
    "give_code", "grant_bond_batch", "hold_event", "move_milestone", "move_stage", "plan_funding", "put_on_list",
    "reach_milestone", "refuse_incomplete", "register_project", "register_projects", "release_person",
    "remove_from_event", "set_credit", "set_milestone", "sign_agreement", "stage_reached", "stage_withdrawn",
    "take_back_stage", "take_off_list",
]
