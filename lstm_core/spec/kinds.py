"""A section of which there are several, told apart by its ``kind``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from lstm_core.spec.section import Section


class ByKind:
    """Annotates a field that holds one of the sections of a table; a kind is a key there.

    The table is looked up whenever a spec is read or described, so that another line is all that
    another kind takes; and faults stand at ``section.key``, whatever the kind.

    Args:
        kinds: a section each, which has a field ``kind`` with that name as its only value.
        usual: which one it is where none is named.
    """

    def __init__(self, kinds: Mapping[str, type[Section]], usual: str) -> None:
        self.kinds = kinds
        self.usual = usual

    def find(self, content: Any) -> type[Section]:
        """Return the section that the content is of, or the usual one where that is unknown."""
        kind = content.get("kind") if isinstance(content, Mapping) else None
        return self.kinds[kind if isinstance(kind, str) and kind in self.kinds else self.usual]

    def make_usual(self) -> Section:
        return self.kinds[self.usual]()

    def _read(self, content: Any) -> Section:
        if type(content) in self.kinds.values():
            return content
        kind = content.get("kind", self.usual) if isinstance(content, Mapping) else self.usual
        if not isinstance(kind, str) or kind not in self.kinds:
            known = " or ".join(f"'{each}'" for each in self.kinds)
            fault = InitErrorDetails(
                type="literal_error", loc=("kind",), input=kind, ctx={"expected": known}
            )
            raise ValidationError.from_exception_data("kind", [fault])
        return self.kinds[kind].model_validate(content)

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        choices = {kind: each.__pydantic_core_schema__ for kind, each in self.kinds.items()}
        return handler(core_schema.tagged_union_schema(choices, "kind"))
