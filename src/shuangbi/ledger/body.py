"""What a fact's body is: a frozen dataclass with a kind and a version, turned into plain data and back."""

import dataclasses
import types
import typing
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from shuangbi.ledger.models import Fact


@dataclasses.dataclass(frozen=True)
class Body:
    """Base of every fact body. Fields: str, int, bool, date, UUID, tuples and dicts of these, or None."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1

    def data(self) -> dict[str, Any]:
        """Plain data for the ledger."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def read(cls, fact: Fact) -> Self:
        """The body of a stored fact. Fields added in later versions take their defaults."""
        data = fact.data
        hints = typing.get_type_hints(cls)
        values = {f.name: _typed(hints[f.name], data[f.name]) for f in dataclasses.fields(cls) if f.name in data}
        return cls(**values)


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return _typed(next(a for a in arguments if a is not type(None)), value)
    if hint is UUID:
        return UUID(value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_typed(arguments[0], item) for item in value)
        return tuple(_typed(kind, item) for kind, item in zip(arguments, value, strict=True))
    if origin is dict:
        return {_typed(arguments[0], key): _typed(arguments[1], item) for key, item in value.items()}
    return value
