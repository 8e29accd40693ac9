"""A standing without what every site draws by lot: ids are left out, and what stands equal is put in order of units."""

import json
import sys
from typing import Any
from uuid import UUID


def is_id(value: Any) -> bool:
    try:
        UUID(value)
    except (TypeError, ValueError, AttributeError):
        return False
    return True


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if not is_id(item) and key != "order"}
    if isinstance(value, list):
        return sorted((plain(item) for item in value), key=lambda item: json.dumps(item, ensure_ascii=False, sort_keys=True))
    return value


print(json.dumps(plain(json.load(sys.stdin)), ensure_ascii=False, indent=1, sort_keys=True))
