"""Upkeep of the whole site, above all rooms: proving the tables, backing up, restoring. What the commands call."""

from shuangbi.upkeep.archive import backup, backup_keys, restore
from shuangbi.upkeep.rebuild import rebuild_check

__all__ = ["backup", "backup_keys", "rebuild_check", "restore"]
