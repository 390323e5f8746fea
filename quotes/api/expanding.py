"""`fields=` and `expand=`: less of a record, or more of one that it names, one level deep."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from rest_framework import serializers

Shape = type[serializers.BaseSerializer[Any]]
ALWAYS = "id"  # whatever fields were asked for


class Expandable(serializers.Field[Any, Any, Any, Any]):
    """A record named by the one shown: in brief, or in full where the request expands this field."""

    def __init__(self, brief: Shape, full: Callable[[], Shape], *, many: bool = False, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.brief, self.full, self.many = brief, full, many

    def to_representation(self, value: Any) -> Any:
        if self.many:
            return [self._shape.to_representation(record) for record in value.all()]
        return self._shape.to_representation(value)

    @cached_property
    def _shape(self) -> serializers.BaseSerializer[Any]:
        is_expanded = is_shown_itself(self.parent) and self.field_name in self.context.get("expand", ())
        shape = self.full() if is_expanded else self.brief
        # Of what this one names in turn nothing is expanded, and nothing left out.
        return shape(context={key: self.context[key] for key in self.context if key not in {"expand", "fields"}})


class Sparse(serializers.ModelSerializer[Any]):
    """A record that is asked for itself, perhaps for some of its fields only; its id always comes along."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        shown = self.context.get("fields") if is_shown_itself(self) else None
        return {name: each for name, each in fields.items() if not shown or name in shown or name == ALWAYS}


def is_shown_itself(shape: Any) -> bool:
    """Whether it is what was asked for, alone or as one of a list, and not a part of something else."""
    above = shape.parent
    return above is None or (isinstance(above, serializers.ListSerializer) and above.parent is None)


def names(shape: Shape) -> tuple[str, ...]:
    """The fields of a shape, in their order."""
    return tuple(shape.Meta.fields)  # type: ignore[attr-defined]


def expandable(shape: Shape) -> tuple[str, ...]:
    """Those of its fields that can be expanded."""
    declared = shape._declared_fields  # type: ignore[attr-defined]
    return tuple(name for name in names(shape) if isinstance(declared.get(name), Expandable))
